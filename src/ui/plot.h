// SPDX-License-Identifier: MIT
#pragma once
/* Speed-up against workers: what is possible, what was measured with its spread, the
 * curve fitted to it. */
#include "experiment/points.h"
#include "ui/canvas.h"
#include "ui/plot_scale.h"

struct plot {
    struct area area; /* with the ticks' labels at its left and names at its right */
    int label_columns, names_columns;
    const struct points *points;
    const struct result_sweep *sweep;
    double room;        /* how many tasks the CPUs have room for at once: so many times is
                           possible */
    int fitted_workers; /* how far the curve goes */
    struct plot_scale scale;
    bool *shown; /* of each point, whether there is room for texts under it; owned */
    bool *taken; /* cells with something in them, row by row, from the plot's left edge to
                    the area's right one; owned */
};

/* Fits the scale to the area. */
void plot_init(struct plot *plot);
void plot_finish(struct plot *plot);

void plot_draw(struct canvas *canvas, struct plot *plot);

/* An area of `rows` x `columns` with nothing in it, at the right edge and as far down as
 * possible: for what is said of it.  False if there is none. */
bool plot_find_room(
    const struct plot *plot, int rows, int columns, struct area *ret_area);

/* Texts under the points: a row of the table that the plot stands on. */
struct plot_row {
    int row; /* of the canvas */
    const char *label;
    const char *const *texts; /* a text for each point, NULL: none */
    bool marked;              /* that of the point that runs */
};
void plot_draw_row(
    struct canvas *canvas, const struct plot *plot, const struct plot_row *row);
