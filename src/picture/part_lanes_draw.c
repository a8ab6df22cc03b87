// SPDX-License-Identifier: MIT
#include "picture/part_lanes.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "experiment/words_items.h"
#include "model/groups.h"
#include "picture/part_lanes_inside.h"

enum {
    PITCH_MIN = 2,       /* points: thinner lanes are no longer seen one by one, … */
    PITCH_MIN_GROUP = 9, /* … and of several workers the height is to be read */
    PITCH_MAX = 128,
    GAP_MAX = 8,
    LABEL_GAP = 8, /* between a name and its lane */
    LABEL_PITCH = 14,
    LABEL_LARGE = 20, /* more than that and names are larger */
    STRIPE = 4,
    CUT_LINES = 2,
};

static const double GAP_SHARE = 0.15;  /* of the pitch */
static const double MIDDLE = 0.36;     /* of a font's size: half of a letter's height */
static const double BLOCK_POINTS = 2;  /* on the mean: less is hard to tell apart */
static const double UNEVEN_POINTS = 5; /* of one among shorter ones */
static const double SLANT = 1 / 3.0;   /* of a cut edge: to the right, of its height */
static const double UNEVEN_FROM = 1.5; /* times the mean */

void part_lanes_fit(struct part_lanes *lanes)
{
    double height = lanes->box.height;
    lanes->size = 1;
    if (lanes->workers * (double)PITCH_MIN > height)
        lanes->size = groups_size(lanes->workers, (int)fmax(height / PITCH_MIN_GROUP, 1));
    lanes->count = (lanes->workers + lanes->size - 1) / lanes->size;
    double pitch = fmin(height / lanes->count, PITCH_MAX);
    double gap = fmin(round(GAP_SHARE * pitch), GAP_MAX);
    lanes->pitch = fmax(floor(2 * pitch) / 2, 1); /* so that edges are on pixels */
    if (gap < 1)
        gap = 0.5;
    if (lanes->count == 1)
        gap = 0;
    lanes->thickness = lanes->pitch - gap;
    lanes->box.height = lanes->count * lanes->pitch - gap;
}

struct drawing_box part_lanes_box(const struct part_lanes *lanes, int lane)
{
    return (struct drawing_box){lanes->box.x, lanes->box.y + lane * lanes->pitch,
        lanes->box.width, lanes->thickness};
}

int part_lanes_workers(const struct part_lanes *lanes, int lane)
{
    int left = lanes->workers - lane * lanes->size;
    return left < lanes->size ? left : lanes->size;
}

double part_lanes_x(const struct part_lanes *lanes, int64_t t_ns)
{
    double x = page_x(&lanes->box, &lanes->axis, t_ns);
    return fmin(fmax(x, lanes->box.x), lanes->box.x + lanes->box.width);
}

double part_lanes_baseline(const struct drawing_box *box, double size)
{
    return box->y + box->height / 2 + MIDDLE * size;
}

bool part_lanes_has(const struct part_lanes *lanes, int worker)
{
    return worker >= 0 && worker < lanes->workers;
}

static double points_of(const struct part_lanes *lanes, double length_ns)
{
    return length_ns * lanes->box.width / (double)lanes->axis.end_ns;
}

static double mean_ns(const struct part_lanes *lanes)
{
    return lanes->facts->count > 0 ? lanes->facts->sum_ns / (double)lanes->facts->count
                                   : 0;
}

bool part_lanes_shows_tasks(const struct part_lanes *lanes)
{
    return lanes->size == 1 && points_of(lanes, mean_ns(lanes)) >= BLOCK_POINTS;
}

bool part_lanes_is_block(
    const struct part_lanes *lanes, const struct result_record *record)
{
    double length_ns = (double)(record->end_ns - record->start_ns);
    if (record->count > 1 || lanes->size > 1)
        return false;
    return part_lanes_shows_tasks(lanes) ||
           (points_of(lanes, length_ns) >= UNEVEN_POINTS &&
               length_ns >= UNEVEN_FROM * mean_ns(lanes));
}

/* Every so many lanes have a name: all where there is room. */
static int label_step(const struct part_lanes *lanes)
{
    int step = 1;
    while (step * lanes->pitch < LABEL_PITCH && step < lanes->count)
        step *= 2;
    return step;
}

static double label_size(const struct part_lanes *lanes)
{
    return lanes->pitch >= LABEL_LARGE ? PAGE_NOTE : PAGE_SMALL;
}

/* "worker 0", then "1"; "0-63", then "64-127". */
static void draw_label(const struct part_lanes *lanes, int lane)
{
    struct drawing_box box = part_lanes_box(lanes, lane);
    double size = label_size(lanes);
    struct drawing_text place = {.x = box.x - LABEL_GAP,
        .y = part_lanes_baseline(&box, size),
        .anchor = DRAWING_RIGHT,
        .size = size,
        .ink = INK_NOTE};
    int first = lane * lanes->size, last = first + part_lanes_workers(lanes, lane) - 1;
    char text[32];
    snprintf(
        text, sizeof text, "%s%d", lanes->size == 1 && lane == 0 ? "worker " : "", first);
    if (last > first)
        text_append(sizeof text, text, "-%d", last);
    drawing_text(lanes->page->drawing, &place, text);
}

/* How many tasks the workers of a lane had; -1: not known. */
static int64_t count_tasks(const struct part_lanes *lanes, int lane)
{
    const struct result_stage *stage = lanes->stage;
    int first = lane * lanes->size, end = first + part_lanes_workers(lanes, lane);
    int64_t tasks = -1;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        if (worker->worker < first || worker->worker >= end)
            continue;
        tasks = (tasks < 0 ? 0 : tasks) + worker->tasks;
    }
    return tasks;
}

static void draw_number(const struct part_lanes *lanes, int lane)
{
    const struct drawing *drawing = lanes->page->drawing;
    struct drawing_box box = part_lanes_box(lanes, lane);
    struct drawing_text place = {.x = box.x + box.width + lanes->numbers,
        .y = part_lanes_baseline(&box, label_size(lanes)),
        .anchor = DRAWING_RIGHT,
        .size = label_size(lanes),
        .ink = INK_NOTE};
    int64_t tasks = count_tasks(lanes, lane);
    char text[64];
    if (tasks < 0)
        return;
    words_items_count(&lanes->page->result->plan, tasks, sizeof text, text);
    if (drawing_extent(drawing, &place, text) > lanes->numbers - LABEL_GAP)
        place.size = PAGE_SMALL;
    if (drawing_extent(drawing, &place, text) <= lanes->numbers - LABEL_GAP)
        drawing_text(drawing, &place, text);
}

/* Where it is filled they could have had tasks; what is only projected is striped. */
static void draw_ground(const struct part_lanes *lanes, int lane)
{
    const struct drawing *drawing = lanes->page->drawing;
    struct drawing_box box = part_lanes_box(lanes, lane);
    int64_t measured_ns = result_measured_ns(lanes->stage);
    if (measured_ns > lanes->stage->elapsed_ns)
        measured_ns = lanes->stage->elapsed_ns;
    double end_x = part_lanes_x(lanes, lanes->stage->elapsed_ns);
    box.width = part_lanes_x(lanes, measured_ns) - box.x;
    drawing_box(drawing, &box, INK_EMPTY);
    for (double x = box.x + box.width + STRIPE; x < end_x; x += STRIPE)
        drawing_box(drawing,
            &(struct drawing_box){x, box.y, fmin(STRIPE / 2.0, end_x - x), box.height},
            INK_BUSY);
}

double part_lanes_cut(const struct part_lanes *lanes)
{
    if (result_measured_ns(lanes->stage) <= lanes->axis.end_ns)
        return 0;
    return lanes->box.height * SLANT + CUT_LINES * 2 * STRIPE;
}

/* It goes on beyond the axis: cut off with a slanted edge. */
static void draw_cut(const struct part_lanes *lanes)
{
    const struct drawing_box *box = &lanes->box;
    double x = box->x + box->width - part_lanes_cut(lanes), slant = SLANT * box->height;
    for (int i = 0; i < CUT_LINES; i++, x += 2 * STRIPE) {
        const struct drawing_point points[] = {{x, box->y + box->height},
            {x + slant, box->y}, {x + slant + STRIPE, box->y},
            {x + STRIPE, box->y + box->height}};
        drawing_area(lanes->page->drawing, 4, points, INK_PAPER);
    }
}

/* So that who had nothing to do is seen. */
static void draw_end(const struct part_lanes *lanes)
{
    double x = part_lanes_x(lanes, lanes->stage->elapsed_ns);
    const struct drawing_point line[] = {
        {x, lanes->box.y}, {x, lanes->box.y + lanes->box.height}};
    drawing_line(lanes->page->drawing, 2, line, 1, INK_NOTE);
}

void part_lanes_draw(const struct part_lanes *lanes)
{
    int step = label_step(lanes);
    for (int lane = 0; lane < lanes->count; lane++) {
        draw_ground(lanes, lane);
        if (lanes->named && lane % step == 0)
            draw_label(lanes, lane);
        if (lanes->numbers > 0 && lanes->pitch >= LABEL_PITCH)
            draw_number(lanes, lane);
    }
    if (lanes->stage->elapsed_ns <= 0)
        return;
    part_lanes_draw_shares(lanes);
    part_lanes_draw_blocks(lanes);
    part_lanes_draw_marks(lanes);
    if (part_lanes_cut(lanes) > 0)
        draw_cut(lanes);
    else if (lanes->named && lanes->stage->elapsed_ns <= lanes->axis.end_ns)
        draw_end(lanes);
}
