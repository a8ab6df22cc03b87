// SPDX-License-Identifier: MIT
#pragma once
/* A line of a list of results, and the headings over it. */
#include "experiment/outline.h"
#include "ui/canvas.h"

/* The columns that these results need, fitted into a width; `names` may be NULL. */
struct outline_layout outline_row_layout(size_t count,
    const struct result *const results[], const char *const names[], int width);

/* Draws one at the left of an area's first row; the headings without an outline. */
void outline_row_draw(struct canvas *canvas, struct area row,
    const struct outline_layout *layout, const struct outline *outline);
