// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "picture/part_lanes_inside.h"

enum {
    NAME_MAX = 18, /* points: of the font */
    PADDING = 4,   /* before and behind a name */
};

static const double NAME_SHARE = 0.5; /* of a lane's thickness */
static const double GAP = 1;          /* between two blocks … */
static const double GAP_SHARE = 0.25; /* … and at most so much of one */
static const double IDLE_FROM = 0.01; /* of the stage's time */

/* What the functions below share. */
struct blocks {
    const struct part_lanes *lanes;
    struct part_lanes_common common;
    double size;      /* of names; 0: there is no room for any */
    double *named;    /* per worker, where its last name ends */
    int64_t *last_ns; /* per worker, the end of its last task */
};

static struct drawing_box box_of(
    const struct part_lanes *lanes, const struct result_record *record)
{
    struct drawing_box box = part_lanes_box(lanes, record->worker);
    box.x = part_lanes_x(lanes, record->start_ns);
    box.width = part_lanes_x(lanes, record->end_ns) - box.x;
    box.width -= fmin(GAP, GAP_SHARE * box.width);
    return box;
}

/* A cross will stand there. */
static bool is_crossed(const struct part_lanes *lanes, int worker, double from, double to)
{
    for (size_t i = 0; i < lanes->stage->event_count; i++) {
        const struct result_event *event = &lanes->stage->events[i];
        double right = part_lanes_x(lanes, event->t_ns), left = right - PART_LANES_CROSS;
        if (part_lanes_is_death(event) && event->worker == worker && left < to &&
            right > from)
            return true;
    }
    return false;
}

static void draw_name(struct blocks *blocks, const struct drawing_box *box,
    const struct result_record *record)
{
    const struct drawing *drawing = blocks->lanes->page->drawing;
    struct drawing_text place = {
        .x = box->x + PADDING, .size = blocks->size, .ink = INK_PAPER};
    const struct drawing_box *all = &blocks->lanes->box;
    double most = all->x + all->width - part_lanes_cut(blocks->lanes) - box->x;
    double room = fmin(box->width, most) - 2 * PADDING;
    char text[PART_LANES_NAME];
    if (blocks->size <= 0 || room < PAGE_SMALL / 2.0 ||
        box->x < blocks->named[record->worker] ||
        !part_lanes_fit_name(drawing, record, &blocks->common, room, &place, text))
        return;
    double end = place.x + fmin(drawing_extent(drawing, &place, text), room);
    if (is_crossed(blocks->lanes, record->worker, place.x, end))
        return;
    place.y = part_lanes_baseline(box, place.size);
    drawing_text_within(drawing, &place, room, text);
    blocks->named[record->worker] = box->x + box->width;
}

static void draw_block(struct blocks *blocks, const struct result_record *record)
{
    struct drawing_box box = box_of(blocks->lanes, record);
    drawing_box(blocks->lanes->page->drawing, &box,
        record->status == RESULT_FAILED ? INK_FAILED : INK_BUSY);
    draw_name(blocks, &box, record);
}

/* Behind a worker's last task, if that was long before the end; where there is no room
 * behind that. */
static void draw_idle(const struct blocks *blocks, const struct result_worker *worker)
{
    const struct part_lanes *lanes = blocks->lanes;
    struct drawing_box box = part_lanes_box(lanes, worker->worker);
    double end_x = part_lanes_x(lanes, lanes->stage->elapsed_ns);
    double begin_x = part_lanes_x(lanes, blocks->last_ns[worker->worker]);
    int64_t idle_ns = worker->times.tail_ns;
    char time[32], text[64] = "no task";
    struct drawing_text place = {.x = begin_x + 2 * PADDING,
        .y = part_lanes_baseline(&box, fmin(blocks->size, PAGE_MEDIUM)),
        .size = fmin(blocks->size, PAGE_MEDIUM),
        .ink = INK_NOTE};
    if (worker->tasks > 0) {
        number_format_duration(idle_ns, sizeof time, time);
        snprintf(text, sizeof text, "idle %s", time);
        if ((double)idle_ns < IDLE_FROM * (double)lanes->stage->elapsed_ns)
            return;
    }
    double width = drawing_extent(lanes->page->drawing, &place, text);
    if (place.x + width + PADDING > end_x)
        place.x = end_x + 2 * PADDING;
    if (place.x + width <= lanes->box.x + lanes->box.width)
        drawing_text(lanes->page->drawing, &place, text);
}

static void draw_idles(const struct blocks *blocks)
{
    const struct part_lanes *lanes = blocks->lanes;
    const struct result_stage *stage = lanes->stage;
    if (blocks->size <= 0 || stage->kind != RESULT_PARALLEL || !stage->complete ||
        stage->projected)
        return;
    for (size_t i = 0; i < stage->worker_count; i++)
        if (part_lanes_has(lanes, stage->worker_list[i].worker))
            draw_idle(blocks, &stage->worker_list[i]);
}

void part_lanes_draw_blocks(const struct part_lanes *lanes)
{
    const struct result_stage *stage = lanes->stage;
    struct blocks blocks = {.lanes = lanes, .common = part_lanes_common_of(stage)};
    if (lanes->size > 1)
        return;
    if (lanes->thickness >= PART_LANES_TEXT)
        blocks.size = fmin(fmax(NAME_SHARE * lanes->thickness, PAGE_SMALL), NAME_MAX);
    blocks.named = memory_new((size_t)lanes->workers, sizeof *blocks.named);
    blocks.last_ns = memory_new((size_t)lanes->workers, sizeof *blocks.last_ns);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (!part_lanes_has(lanes, record->worker))
            continue;
        if (part_lanes_is_block(lanes, record))
            draw_block(&blocks, record);
        if (record->end_ns > blocks.last_ns[record->worker])
            blocks.last_ns[record->worker] = record->end_ns;
    }
    draw_idles(&blocks);
    free(blocks.last_ns);
    free(blocks.named);
}
