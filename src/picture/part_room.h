// SPDX-License-Identifier: MIT
#pragma once
/* Where on a page there is room for a text among curves and points: what is there already
 * is kept as boxes. */
#include <stdbool.h>
#include <stddef.h>

#include "picture/drawing.h"

struct part_room {
    struct drawing_box bounds; /* texts stay in it */
    size_t count;
    struct drawing_box *taken; /* owned */
};

void part_room_finish(struct part_room *room);

/* Boxes may have no width or height. */
void part_room_take(struct part_room *room, const struct drawing_box *box);

/* The boxes around the pieces of a line through the points. */
void part_room_take_line(
    struct part_room *room, size_t count, const struct drawing_point points[]);

/* Where a text may stand, in the order of preference: offsets of its baseline's left end,
 * middle or right end from a point. */
struct part_room_offset {
    double x, y;
    enum drawing_anchor anchor;
};

/* Moves the text to the first place near (x, y) where nothing is within `gap`, and takes
 * it: each offset as it is, then all of them further up or down, step by step as far as
 * `reach`.  False if there is none. */
struct part_room_search {
    double x, y, gap, reach;
    size_t count;
    const struct part_room_offset *offsets;
};
bool part_room_place(struct part_room *room, const struct drawing *drawing,
    const struct part_room_search *search, const char *text, struct drawing_text *place);
