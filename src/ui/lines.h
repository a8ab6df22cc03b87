// SPDX-License-Identifier: MIT
#pragma once
/* The machine's CPUs as lines on the screen, by the ladder of layout.h: those that have
 * room are drawn, the others are counted. */
#include "ui/canvas.h"
#include "ui/layout.h"

struct lines {
    const struct machine *machine; /* borrowed */
    struct cpus cpus;
    struct layout layout;
    int label_columns;
};

/* What had no room. */
struct lines_rest {
    size_t cpus;  /* above and below, … */
    size_t above; /* … of which so many */
    int scroll;   /* how far it can be scrolled: lines that do not fit */
    int rows;     /* that were used */
    int lines;    /* that are seen */
};

/* `columns` are without those of the label. */
void lines_init(struct lines *lines, const struct machine *machine, int label_columns,
    const struct layout_room *room);
void lines_finish(struct lines *lines);

/* How they are drawn. */
struct lines_drawing {
    struct canvas *canvas;
    struct area area;
    int first; /* lines scrolled away, as far as there are so many */
    bool ids;  /* labels by CPU numbers */
    void *data;

    /* A CPU, by its place in lines->cpus, in a cell of each form (enum layout_form). */
    void (*draw[LAYOUT_GRID + 1])(void *data, size_t place, struct area cell);

    /* What stands at the end of a line where layout.sums, in its middle row. */
    void (*sum)(void *data, const struct layout_line *line, int row);
};

/* The CPUs that had none: "+8 hidden", "+8 above, +4 below"; in brief "+8", "+8, +4"; ""
 * where there are none. */
void lines_format_rest(
    const struct lines_rest *rest, bool brief, size_t size, char text[]);

/* Draws those lines that have room. */
struct lines_rest lines_draw(
    const struct lines *lines, const struct lines_drawing *drawing);
