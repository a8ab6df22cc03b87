// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "picture/part_lanes_inside.h"

enum {
    LETTER_WIDTH = 10, /* of a box with a letter in it */
    SLIVER = 3,        /* of one without */
    SLIVER_HEIGHT = 5,
    LETTER_GAP = 8, /* behind a thin lane */
    LETTER_PITCH = 14,
    LETTER_ABOVE_AXIS = 2,
    CROSS_MIN = 5,
    HALO = 3, /* around a cross */
};

/* Where the last letter of each lane ends. */
struct marks {
    const struct part_lanes *lanes;
    double *ends;
};

/* A failure that is too short for a block; where a record sums up tasks only if most of
 * them failed.  Many of them side by side have one letter. */
static void mark_failure(struct marks *marks, const struct result_record *record)
{
    const struct part_lanes *lanes = marks->lanes;
    const struct drawing *drawing = lanes->page->drawing;
    int lane = record->worker / lanes->size;
    struct drawing_box box = part_lanes_box(lanes, lane);
    double end_x = part_lanes_x(lanes, record->end_ns);
    bool lettered = lanes->thickness >= PART_LANES_TEXT && end_x >= marks->ends[lane];
    if (2 * record->failed < record->count || end_x + SLIVER < marks->ends[lane])
        return;
    double width = lettered ? LETTER_WIDTH : SLIVER;
    box.x = fmin(fmax(end_x - width / 2, lanes->box.x), lanes->box.x + box.width - width);
    box.width = width;
    if (lettered || lanes->thickness < PART_LANES_TEXT)
        marks->ends[lane] = box.x + (lettered ? 2 * LETTER_WIDTH : SLIVER);
    if (box.height < SLIVER_HEIGHT) {
        box.y -= (SLIVER_HEIGHT - box.height) / 2;
        box.height = SLIVER_HEIGHT;
    }
    drawing_box(drawing, &box, INK_FAILED);
    const struct drawing_text place = {.x = box.x + width / 2,
        .y = part_lanes_baseline(&box, PAGE_SMALL),
        .anchor = DRAWING_MIDDLE,
        .size = PAGE_SMALL,
        .bold = true,
        .ink = INK_PAPER};
    if (lettered)
        drawing_text(drawing, &place, "F");
}

/* Behind lanes that have no room for it. */
static void draw_letters(const struct marks *marks)
{
    const struct part_lanes *lanes = marks->lanes;
    const double lowest = lanes->box.y + lanes->box.height - LETTER_ABOVE_AXIS;
    double next_y = 0;
    for (int lane = 0; lane < lanes->count; lane++) {
        struct drawing_box box = part_lanes_box(lanes, lane);
        double y = fmin(part_lanes_baseline(&box, PAGE_SMALL), lowest);
        if (marks->ends[lane] <= 0 || y < next_y)
            continue;
        next_y = y + LETTER_PITCH;
        drawing_text(lanes->page->drawing,
            &(struct drawing_text){
                .x = part_lanes_x(lanes, lanes->stage->elapsed_ns) + LETTER_GAP,
                .y = y,
                .size = PAGE_SMALL,
                .bold = true,
                .ink = INK_FAILED},
            "F");
    }
}

static void mark_failures(const struct part_lanes *lanes)
{
    const struct result_stage *stage = lanes->stage;
    struct marks marks = {lanes, memory_new((size_t)lanes->count, sizeof *marks.ends)};
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->failed == 0 || !part_lanes_has(lanes, record->worker))
            continue;
        if (part_lanes_is_block(lanes, record))
            marks.ends[record->worker] = fmax(marks.ends[record->worker], 1);
        else
            mark_failure(&marks, record);
    }
    if (lanes->thickness < PART_LANES_TEXT)
        draw_letters(&marks);
    free(marks.ends);
}

static void draw_cross(
    const struct drawing *drawing, struct drawing_box box, double width, enum ink ink)
{
    const struct drawing_point falling[] = {
        {box.x, box.y}, {box.x + box.width, box.y + box.height}};
    const struct drawing_point rising[] = {
        {box.x, box.y + box.height}, {box.x + box.width, box.y}};
    drawing_line(drawing, 2, falling, width, ink);
    drawing_line(drawing, 2, rising, width, ink);
}

/* A cross where a worker's time broke off, before the next one began. */
static void mark_death(const struct part_lanes *lanes, const struct result_event *event)
{
    struct drawing_box box = part_lanes_box(lanes, event->worker / lanes->size);
    double size = fmin(fmax(lanes->thickness / 2, CROSS_MIN), PART_LANES_CROSS);
    double right = fmax(part_lanes_x(lanes, event->t_ns), lanes->box.x + size);
    box.x = right - size;
    box.y += (box.height - size) / 2;
    box.width = box.height = size;
    draw_cross(lanes->page->drawing, box, size / 4 + HALO, INK_PAPER);
    draw_cross(lanes->page->drawing, box, size / 4, INK_FAILED);
}

bool part_lanes_is_death(const struct result_event *event)
{
    return event->what == RESULT_KILLED || event->what == RESULT_LEFT;
}

void part_lanes_draw_marks(const struct part_lanes *lanes)
{
    const struct result_stage *stage = lanes->stage;
    mark_failures(lanes);
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        if (part_lanes_is_death(event) && part_lanes_has(lanes, event->worker))
            mark_death(lanes, event);
    }
}
