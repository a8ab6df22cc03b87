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
    size_t cpus; /* above and below */
    int scroll;  /* how far it can be scrolled: lines that do not fit */
    int rows;    /* that were used */
};

/* `columns` are without those of the label. */
void lines_init(struct lines *lines, const struct machine *machine, int label_columns,
    const struct layout_room *room);
void lines_finish(struct lines *lines);

/* Writes the label of a line where it is to stand; `ids`: by CPU numbers. */
void lines_draw_label(const struct lines *lines, const struct layout_line *line,
    struct canvas *canvas, const struct area *label, bool ids);

/* Draws a line whose uppermost row is given. */
typedef void lines_draw_line(void *data, const struct layout_line *line, int row);

/* Has those drawn that have room in the area, `first` of them scrolled away at most. */
struct lines_rest lines_draw(const struct lines *lines, const struct area *area,
    int first, lines_draw_line *draw, void *data);
