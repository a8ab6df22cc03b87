// SPDX-License-Identifier: MIT
#pragma once
/* What every CPU does now. */
#include "experiment/scene.h"
#include "ui/canvas.h"
#include "ui/figures.h"
#include "ui/lines.h"

struct panel {
    struct area area;
    const struct scene *scene;
    const struct figures *figures;
    bool details; /* every mode, and Linux's CPU numbers */
    bool head;    /* with a line of headings above */
    bool whose;   /* which says how much of it is ours, in place of a scale */
    int label_columns;
    int first_line; /* scrolled down so far */
};

/* The head says how many CPUs are hidden, where there is one. */
struct lines_rest panel_draw(struct canvas *canvas, const struct panel *panel);

/* "2.0 of 2 CPUs busy", "2.0 of 2 busy". */
void panel_format_busy(
    const struct figures *figures, bool brief, size_t size, char text[]);

/* The same, brief, with the CPUs that are hidden, in so many columns: "2.0 of 64 busy, +8
 * hidden", or as short as "2 of 64, +8". */
void panel_format_hidden(const struct figures *figures, const struct lines_rest *rest,
    int columns, size_t size, char text[]);

/* The same, and whose it is where others are at work: from "yours 0.3, others 1.7 of 2
 * busy, +8 hidden" to "2.0 of 2: yours 0.3", or without it where there is no room. */
void panel_format_whose(const struct figures *figures, const struct lines_rest *rest,
    int columns, size_t size, char text[]);

/* CPUs that are busy with others' work; -1: not known. */
double panel_others(const struct figures *figures);
