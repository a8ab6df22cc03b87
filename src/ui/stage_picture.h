// SPDX-License-Identifier: MIT
#pragma once
/* A stage as a picture: length is time, height is CPUs busy, so its area is the work. */
#include "experiment/result.h"
#include "model/axis.h"
#include "ui/canvas.h"

struct stage_picture {
    struct area area;  /* with the labels at its left */
    int label_columns; /* of them */
    const struct machine *machine;
    const struct result_stage *stage; /* NULL: still empty */
    int64_t until_ns;                 /* what has happened so far */
    int64_t measured_ns;              /* of that; the rest is projected */
    struct axis axis;
    bool ids; /* CPUs by Linux's numbers */
};

/* A row or several for every CPU, or several CPUs to a row, or all of them in two rows.
 */
void stage_picture_draw(struct canvas *canvas, const struct stage_picture *picture);

/* Of so many rows those that its CPUs fill evenly. */
int stage_picture_rows(const struct machine *machine, int rows);

/* The axis under it, in one row. */
void stage_picture_draw_axis(
    struct canvas *canvas, const struct stage_picture *picture, int row);

/* The column where a time is, of `columns` for the whole axis. */
int stage_picture_column(const struct axis *axis, int columns, int64_t t_ns);
