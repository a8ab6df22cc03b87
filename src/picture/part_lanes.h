// SPDX-License-Identifier: MIT
#pragma once
/* A stage as lanes: workers down, time across.  A task that is wide enough is a block of
 * its own; of many the share of time is drawn that the worker was in tasks.  With more
 * workers than there is room for, a lane is of several. */
#include "experiment/words_facts.h"
#include "picture/page.h"

struct part_lanes {
    const struct page *page;
    const struct result_stage *stage; /* drawn up to its end, or the axis's */
    struct axis axis;
    struct drawing_box box; /* as wide as the axis; names stand left of it, and right of
                               it, in the width of `numbers`, how many tasks each had */
    double numbers;         /* 0: none */
    const struct words_facts *facts; /* of that stage */
    int workers;
    bool named; /* by their workers */
    /* By part_lanes_fit(): */
    int count, size;         /* lanes, and workers of each but for the last */
    double pitch, thickness; /* from one lane to the next; of each */
};

/* Shares the workers out to lanes, and makes the box as high as these are. */
void part_lanes_fit(struct part_lanes *lanes);

/* Whether most tasks can be told apart. */
bool part_lanes_shows_tasks(const struct part_lanes *lanes);

void part_lanes_draw(const struct part_lanes *lanes);
