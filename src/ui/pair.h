// SPDX-License-Identifier: MIT
#pragma once
/* Two results side by side on one axis of time: what each ran on, its times, its
 * speed-up, and what came of it. */
#include "experiment/result.h"
#include "ui/canvas.h"

struct pair {
    const struct result *results[2];
    const char *names[2];
};

/* Draws it into an area of any size; the two times and the speed-ups go last.  Returns
 * how far it can be scrolled. */
int pair_draw(
    struct canvas *canvas, struct area area, const struct pair *pair, int scroll);
