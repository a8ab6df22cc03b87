// SPDX-License-Identifier: MIT
#pragma once
/* What the files of lanes share. */
#include "picture/part_lanes.h"

enum {
    PART_LANES_TEXT = 13,  /* points: a lane that is as thick has room for words */
    PART_LANES_CROSS = 12, /* the largest cross where a worker died */
    PART_LANES_NAME = 96,  /* bytes of what stands on a block */
};

/* Of all workers of a lane, from the axis's start to its end. */
struct drawing_box part_lanes_box(const struct part_lanes *lanes, int lane);

int part_lanes_workers(const struct part_lanes *lanes, int lane);

/* Where a time is, within the axis. */
double part_lanes_x(const struct part_lanes *lanes, int64_t t_ns);

/* How much of the box at its right has the edge of what is cut off there; 0: nothing is.
 */
double part_lanes_cut(const struct part_lanes *lanes);

/* The baseline of words in the middle of a box. */
double part_lanes_baseline(const struct drawing_box *box, double size);

/* Whether it is of a worker that has a lane. */
bool part_lanes_has(const struct part_lanes *lanes, int worker);

bool part_lanes_is_death(const struct result_event *event);

/* Whether a record is to be drawn as a block: where most tasks are wide enough all are,
 * elsewhere those that are much longer than others. */
bool part_lanes_is_block(
    const struct part_lanes *lanes, const struct result_record *record);

/* All that are no blocks, by the share of time that they fill. */
void part_lanes_draw_shares(const struct part_lanes *lanes);

/* What all items of a stage begin and end with, in bytes, by whole words and numbers: it
 * tells none from another. */
struct part_lanes_common {
    size_t beginning, ending;
};

struct part_lanes_common part_lanes_common_of(const struct result_stage *stage);

/* What is to stand on a record's block, in `room` points of width, and its size: the
 * number of a task, the item of a command, or what tells that from others, or its number
 * ("#3"), which all fonts have; with a letter before it if it failed.  False where
 * nothing does. */
bool part_lanes_fit_name(const struct drawing *drawing,
    const struct result_record *record, const struct part_lanes_common *common,
    double room, struct drawing_text *place, char text[PART_LANES_NAME]);

/* The blocks with their names, and who had nothing to do at the end. */
void part_lanes_draw_blocks(const struct part_lanes *lanes);

/* Failures that are no blocks, and deaths. */
void part_lanes_draw_marks(const struct part_lanes *lanes);
