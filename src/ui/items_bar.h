// SPDX-License-Identifier: MIT
#pragma once
/* How far a loop is, as one bar: what is done, what failed, what is under way, what
 * waits. */
#include <stdint.h>

#include "ui/canvas.h"

struct items_bar {
    struct area area; /* one row */
    int64_t total;
    int64_t done, failed, running;
};

/* What failed and what runs has a cell at least, however few they are. */
void items_bar_draw(struct canvas *canvas, const struct items_bar *bar);

/* The names of its parts in the row below, each where its part begins. */
void items_bar_draw_names(struct canvas *canvas, const struct items_bar *bar);
