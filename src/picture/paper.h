// SPDX-License-Identifier: MIT
#pragma once
/* What a page is drawn on and becomes the bytes of a file: an SVG, a PNG, a PDF, by
 * cairo. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "picture/drawing.h"

enum paper_form { PAPER_SVG, PAPER_PNG, PAPER_PDF };

struct paper_setup {
    enum paper_form form;
    double width, height; /* points; a PNG has two pixels for each */
    bool dark;
    const char *title; /* of the document, where the form has one: any bytes; borrowed */
};

struct paper;

/* Returns 0 or -errno with `fault` filled; caller destroys *ret_paper. */
int paper_create(
    const struct paper_setup *setup, struct paper **ret_paper, struct fault *fault);
void paper_destroy(struct paper *paper); /* NULL is fine */

/* Borrowed as long as the paper lives. */
const struct drawing *paper_drawing(const struct paper *paper);

/* Ends the page.  Returns 0 or -errno with `fault` filled; caller frees *ret_data, which
 * a NUL that is not counted ends. */
int paper_finish(
    struct paper *paper, char **ret_data, size_t *ret_size, struct fault *fault);

/* Whether there can be paper: the library is in place.  Returns 0 or -errno with `fault`
 * filled. */
int paper_probe(struct fault *fault);
