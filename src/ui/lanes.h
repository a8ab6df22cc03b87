// SPDX-License-Identifier: MIT
#pragma once
/* A stage as lanes: workers down, time across, in the columns of the stage's picture.  A
 * task that is wide enough is a stretch of its own; of many the share of time is drawn
 * that the worker was in tasks.  With more workers than rows a lane is of several. */
#include "model/axis.h"
#include "ui/canvas.h"
#include "ui/shown.h"

/* How workers are shared out to rows. */
struct lanes_fit {
    int count;     /* lanes */
    int size;      /* workers of each, but for the last */
    int thickness; /* rows of each */
    int gap;       /* empty rows between two */
};

/* Into so many rows, of which `others` more lanes of the same thickness have a part. */
struct lanes_fit lanes_fit(int workers, int others, int rows);
int lanes_rows(const struct lanes_fit *fit);

struct lanes {
    struct area area; /* with the labels at its left, and room for numbers at its right */
    int label_columns, numbers_columns;
    int workers;
    struct lanes_fit fit;
    struct shown shown;
    const struct scene *scene; /* of what is in hand */
    struct axis axis;
};

/* Returns true if tasks can be told apart. */
bool lanes_draw(struct canvas *canvas, const struct lanes *lanes);
