// SPDX-License-Identifier: MIT
#pragma once
/* The gallery: results to choose from, a row each, two of which can be marked to be put
 * side by side. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"
#include "ui/canvas.h"

struct gallery {
    size_t count;
    const struct result *const *results; /* borrowed */
    const char *const *names;            /* of their files, or what was run; borrowed */
    size_t selected;
    int marked[2]; /* -1: none; the first is the one marked first */
};

void gallery_init(struct gallery *gallery, size_t count,
    const struct result *const results[], const char *const names[]);

enum gallery_action {
    GALLERY_DRAW,
    GALLERY_OPEN,   /* the selected one */
    GALLERY_BESIDE, /* the two of gallery_pair() */
    GALLERY_OTHER,  /* the key means nothing here */
};

/* Takes a key: up and down, j and k, PageUp, PageDown, Home, End, m (marks, or takes the
 * mark away), b (side by side), Enter. */
enum gallery_action gallery_obey(struct gallery *gallery, int key, int page);

/* Selects a row that was clicked; the one that is selected already is opened. */
enum gallery_action gallery_click(struct gallery *gallery, const struct target *target);

/* The two to be put side by side: both marked ones; the marked one and the selected one;
 * with no mark the selected one and the one before it.  False where there are no two. */
bool gallery_pair(const struct gallery *gallery, size_t ret_pair[2]);

/* Draws a heading and the rows that there is room for, scrolled so that the selected one
 * is seen, with "+N hidden" where some are not; `active`: the keys go there. */
void gallery_draw(
    struct canvas *canvas, struct area area, const struct gallery *gallery, bool active);
