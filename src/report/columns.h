// SPDX-License-Identifier: MIT
#pragma once
/* Texts in columns beside each other, each of which wraps within its own width. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { COLUMNS_GAP = 2, COLUMNS_MAX = 16 };

struct column {
    int width;  /* 1 at least */
    bool right; /* a number: aligned at its right */
};

/* Prints a row of at most COLUMNS_MAX cells, in as many lines as the longest takes. Lines
 * end between words, else after a / or a comma. */
void columns_print(
    FILE *out, size_t count, const struct column columns[], const char *const cells[]);

/* Prints a label and a text beside it, which begins behind `label_width` columns; below
 * it, where hardly any are left of `width`. */
void columns_print_pair(
    FILE *out, int width, int label_width, const char *label, const char *text);

/* The larger of `width` and the columns of a text. */
int columns_widest(int width, const char *text);
