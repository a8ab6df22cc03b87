// SPDX-License-Identifier: MIT
#pragma once
/* What pages are drawn with: boxes, lines, areas, text and the room that it takes.  Units
 * are points of a page, from its upper left corner to the right and down.  A page is laid
 * out once with it, whatever it is made into. */
#include <stddef.h>

#include "picture/ink.h"

struct drawing_point {
    double x, y;
};

struct drawing_box {
    double x, y, width, height;
};

enum drawing_anchor { DRAWING_LEFT, DRAWING_MIDDLE, DRAWING_RIGHT };

struct drawing_text {
    double x, y; /* of the baseline's left end, middle or right end */
    enum drawing_anchor anchor;
    double size; /* of the font: a line takes about 1.25 times as much */
    bool bold;
    enum ink ink;
};

/* What does the drawing; texts are UTF-8. */
struct drawing_ops {
    void (*box)(void *self, const struct drawing_box *box, enum ink ink);
    /* An open line through the points. */
    void (*line)(void *self, size_t count, const struct drawing_point points[],
        double width, enum ink ink);
    /* The inside of a closed one. */
    void (*area)(
        void *self, size_t count, const struct drawing_point points[], enum ink ink);
    void (*text)(void *self, const struct drawing_text *place, const char *text);
    double (*extent)(void *self, const struct drawing_text *place, const char *text);
    /* Whether the font has all letters of it. */
    bool (*has)(void *self, const struct drawing_text *place, const char *text);
};

struct drawing {
    const struct drawing_ops *ops;
    void *self;
    double width, height; /* of the page */
};

/* Nothing is drawn of what has no width or height. */
void drawing_box(
    const struct drawing *drawing, const struct drawing_box *box, enum ink ink);
void drawing_line(const struct drawing *drawing, size_t count,
    const struct drawing_point points[], double width, enum ink ink);
void drawing_area(const struct drawing *drawing, size_t count,
    const struct drawing_point points[], enum ink ink);

/* What can be drawn of a text of any bytes: those that are no UTF-8, control characters,
 * and what is never a character, become '?'.  One too long ends in "…".  `size` is at
 * least 4. */
void drawing_clean(size_t size, char cleaned[], const char *text);

/* Any bytes, as above; 1 kB of them at most. */
void drawing_text(
    const struct drawing *drawing, const struct drawing_text *place, const char *text);
__attribute__((format(printf, 3, 4))) void drawing_format(const struct drawing *drawing,
    const struct drawing_text *place, const char *format, ...);

/* How wide a text is in that size. */
double drawing_extent(
    const struct drawing *drawing, const struct drawing_text *place, const char *text);

/* Whether it can be read as drawn: the font has its letters, and they are of a script
 * whose letters neither run from right to left nor depend on each other. */
bool drawing_has(
    const struct drawing *drawing, const struct drawing_text *place, const char *text);

/* The same text, cut at its end ("…") where it is wider than `width`. */
void drawing_text_within(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text);

/* The same, but cut before its last part, which begins with its last ", " if there is
 * one, or else where a word does. */
void drawing_text_around(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text);

/* A text of several lines, the first at `place`, each of them at most `width` wide and
 * broken between words, or within one that is wider; `lines` of them at most, the last
 * one cut where that is not enough. Returns how many there are. */
int drawing_paragraph(const struct drawing *drawing, const struct drawing_text *place,
    double width, int lines, const char *text);

/* How many it would be, drawn or not. */
int drawing_paragraph_lines(const struct drawing *drawing,
    const struct drawing_text *place, double width, int lines, const char *text);

/* The narrowest width, `width` at most, in which these are no more lines: no last one is
 * left with a word alone. */
double drawing_paragraph_narrowest(const struct drawing *drawing,
    const struct drawing_text *place, double width, int lines, const char *text);

/* From one line's baseline to the next one's. */
double drawing_leading(const struct drawing_text *place);
