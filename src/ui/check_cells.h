// SPDX-License-Identifier: MIT
#pragma once
/* A cell per CPU of a check: it fills as the CPU is tested, then it is as long as the CPU
 * is fast, with its light end lost when all compute at once. */
#include "experiment/scene.h"
#include "ui/canvas.h"
#include "ui/figures.h"
#include "ui/lines.h"

struct check_cells {
    struct area area;
    const struct scene *scene; /* of a check */
    const struct figures *figures;
    bool head;    /* with a line of headings above */
    bool details; /* CPU numbers, and times in place of speeds */
    int label_columns;
    int first_line; /* scrolled down so far */
};

/* Draws them; the head says how many CPUs are hidden, where there is one. */
struct lines_rest check_cells_draw(
    struct canvas *canvas, const struct check_cells *cells);
