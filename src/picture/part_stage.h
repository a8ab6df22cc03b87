// SPDX-License-Identifier: MIT
#pragma once
/* A stage on a page: its name, its time, its history. */
#include "picture/page.h"

struct part_stage {
    struct drawing_box box; /* of all of it, but for the axis */
    const struct result_stage *stage;
    struct axis axis;
    int64_t median_ns; /* of several runs, in place of its own time; 0: its own */
};

enum { PART_STAGE_AXIS = 30 }; /* the height of an axis below it */

void part_stage_draw(const struct page *page, const struct part_stage *part);

/* Where its history is: as wide as the axis. */
struct drawing_box part_stage_history(const struct drawing_box *box);

void part_stage_draw_axis(const struct page *page, const struct part_stage *part);

/* One alone, with its axis, and beside it how many CPUs were busy and what was done. */
void part_stage_draw_alone(const struct page *page, const struct drawing_box *box,
    const struct result_stage *stage);
