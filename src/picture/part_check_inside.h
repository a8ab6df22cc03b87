// SPDX-License-Identifier: MIT
#pragma once
/* What the files that draw a check's CPUs share; only part_check_*.c includes it. */
#include "experiment/check_stand.h"
#include "picture/page.h"
#include "picture/part_check_grid.h"

enum { PART_CHECK_SECOND_END = 64, PART_CHECK_FIRST_END = 120 };

struct part_check_sheet {
    const struct page *page;
    const struct scene *scene; /* of the check's end */
    struct cpus cpus;
    struct check_stand *stands; /* by place */
    struct drawing_box box;     /* of the bars or cells */
    struct part_check_grid grid;
};

/* A small text; the baseline of one in the middle of a line. */
struct drawing_text part_check_text(double x, double y, enum ink ink);
double part_check_text_y(double y, double height);

/* As full as it is fast; where that is an open question, as its kind is. */
double part_check_fullness(const struct check_stand *stand);

/* A place to be filled; where nothing will fill it, with a rule around it: without one it
 * would hardly stand out from the page. */
void part_check_draw_empty(
    const struct part_check_sheet *sheet, const struct drawing_box *box, bool ruled);

/* Above the line that begins at a place.  Returns the y below. */
double part_check_draw_heading(
    const struct part_check_sheet *sheet, size_t place, double y);

/* A bar for every CPU, with its numbers.  Returns the y below.  And what these are. */
double part_check_bars_draw(const struct part_check_sheet *sheet);
void part_check_bars_draw_heads(const struct part_check_sheet *sheet, double y);
