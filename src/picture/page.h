// SPDX-License-Identifier: MIT
#pragma once
/* What the pages have in common: where things stand, the headline, the sentence, a time
 * axis.  A page is wide as a slide, 16 to 9; in print it is a third of a sheet. */
#include <stddef.h>

#include "experiment/result.h"
#include "model/axis.h"
#include "picture/drawing.h"

enum {
    PAGE_WIDTH = 960,
    PAGE_HEIGHT = 540,
    PAGE_MARGIN = 32,
    PAGE_LABELS = 88,   /* the width of what is said at the left of a picture */
    PAGE_NUMBERS = 152, /* and at its right */
    PAGE_LARGE = 22,    /* sizes of text: headlines, times; */
    PAGE_MEDIUM = 16,   /* names and sentences; */
    PAGE_NOTE = 14,     /* ticks, tables; */
    PAGE_SMALL = 12     /* notes, and names in rows that are low */
};

struct page {
    const struct drawing *drawing;
    const struct result *result;
    const struct result_stage *stage; /* that the page is about, or NULL */
};

/* A kind of page: one file each. */
struct page_ops {
    void (*draw)(const struct page *page);
};

extern const struct page_ops page_compare;  /* both stages on one axis */
extern const struct page_ops page_stage;    /* page->stage alone */
extern const struct page_ops page_tasks;    /* which worker did what when */
extern const struct page_ops page_sweep;    /* speed-up against workers */
extern const struct page_ops page_programs; /* whole programs, one below the other */
extern const struct page_ops page_check;    /* every CPU of a check */

/* What was run at the left, the machine at the right, in one line; of what is too long
 * the end stays, which says how much of it there is.  Returns the y below it, where a
 * page's content may begin. */
double page_draw_headline(const struct page *page, const char *title);

/* A sentence at the foot of the page, in `lines` lines at most, which are about as long.
 * Returns the y above it,
 * where a page's content must end. */
double page_draw_sentence(const struct page *page, int lines, const char *text);

/* Ticks and their labels below a box that is as wide as the axis: 25 points high. */
void page_draw_axis(
    const struct page *page, const struct drawing_box *box, const struct axis *axis);

/* Where a time is. */
double page_x(const struct drawing_box *box, const struct axis *axis, int64_t t_ns);
