// SPDX-License-Identifier: MIT
#include "picture/part_room.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* Of a font's size: above and below the baseline. */
static const double ASCENT = 0.8, DESCENT = 0.25;

enum { STEP = 4 };

void part_room_finish(struct part_room *room)
{
    free(room->taken);
    room->taken = NULL;
    room->count = 0;
}

void part_room_take(struct part_room *room, const struct drawing_box *box)
{
    void *taken = room->taken;
    struct drawing_box *last = memory_append(&taken, room->count++, sizeof *last);
    room->taken = taken;
    *last = *box;
}

void part_room_take_line(
    struct part_room *room, size_t count, const struct drawing_point points[])
{
    for (size_t i = 1; i < count; i++) {
        const struct drawing_point *from = &points[i - 1], *to = &points[i];
        part_room_take(
            room, &(struct drawing_box){fmin(from->x, to->x), fmin(from->y, to->y),
                      fabs(to->x - from->x), fabs(to->y - from->y)});
    }
}

static bool is_free(
    const struct part_room *room, const struct drawing_box *box, double gap)
{
    const struct drawing_box *bounds = &room->bounds;
    if (box->x < bounds->x || box->y < bounds->y ||
        box->x + box->width > bounds->x + bounds->width ||
        box->y + box->height > bounds->y + bounds->height)
        return false;
    for (size_t i = 0; i < room->count; i++) {
        const struct drawing_box *other = &room->taken[i];
        if (box->x - gap <= other->x + other->width &&
            other->x <= box->x + box->width + gap &&
            box->y - gap <= other->y + other->height &&
            other->y <= box->y + box->height + gap)
            return false;
    }
    return true;
}

static struct drawing_box box_of(const struct drawing_text *place, double width)
{
    double left = place->anchor == DRAWING_LEFT     ? 0
                  : place->anchor == DRAWING_MIDDLE ? width / 2
                                                    : width;
    return (struct drawing_box){place->x - left, place->y - ASCENT * place->size, width,
        (ASCENT + DESCENT) * place->size};
}

static bool try_all(struct part_room *room, const struct part_room_search *search,
    double width, double down, struct drawing_text *place)
{
    for (size_t i = 0; i < search->count; i++) {
        struct drawing_text moved = *place;
        moved.x = search->x + search->offsets[i].x;
        moved.y = search->y + search->offsets[i].y + down;
        moved.anchor = search->offsets[i].anchor;
        struct drawing_box box = box_of(&moved, width);
        if (!is_free(room, &box, search->gap))
            continue;
        part_room_take(room, &box);
        *place = moved;
        return true;
    }
    return false;
}

bool part_room_place(struct part_room *room, const struct drawing *drawing,
    const struct part_room_search *search, const char *text, struct drawing_text *place)
{
    double width = drawing_extent(drawing, place, text);
    for (double down = 0; down <= search->reach; down += STEP)
        if (try_all(room, search, width, down, place) ||
            try_all(room, search, width, -down, place))
            return true;
    return false;
}
