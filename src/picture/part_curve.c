// SPDX-License-Identifier: MIT
#include "picture/part_curve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/outline.h"
#include "experiment/sweep.h"
#include "picture/part_room.h"

enum {
    INSET = 28, /* of the outer points: their texts are in the middle below them */
    TICK = 5,
    PER_TICK = 44, /* points upwards */
    BEFORE_LABEL = 9,
    PIECES = 120, /* of a curve */
    CORNERS = 24, /* of a disc */
    CAP = 5,
    REACH = 160,
    NAME_GAP = 3
};

static const double RADIUS_MOST = 5, RADIUS_LEAST = 2, RING = 4;
static const double SPREAD_SEEN = 1.3; /* of the highest speed-up */

/* What the functions here share. */
struct sheet {
    const struct page *page;
    const struct part_curve *curve;
    struct part_room room;
    double radius; /* of a point */
};

/* The highest that is to be seen, with as much of the spreads as leaves the points some
 * height. */
static double find_highest(const struct points *points, double last, double possible)
{
    double highest = fmax(fmin(last, possible), points_highest(points)), most = highest;
    for (size_t i = 0; i < points->count; i++)
        if (points->list[i].has_spread)
            most = fmax(most, fmin(points->list[i].high, SPREAD_SEEN * highest));
    return most;
}

struct part_curve part_curve_of(
    const struct page *page, const struct points *points, const struct drawing_box *box)
{
    struct part_curve curve = {.box = *box, .points = points};
    int *workers = memory_new(points->count, sizeof *workers);
    for (size_t i = 0; i < points->count; i++)
        workers[i] = points->list[i].workers;
    curve.workers = worker_axis_of(points->count, workers);
    free(workers);
    curve.top = worker_axis_top(
        find_highest(points, curve.workers.last, sweep_room(page->result)));
    return curve;
}

double part_curve_x(const struct part_curve *curve, double workers)
{
    double share = worker_axis_share(&curve->workers, workers);
    return curve->box.x + INSET + share * (curve->box.width - 2 * INSET);
}

static double bottom_of(const struct part_curve *curve)
{
    return curve->box.y + curve->box.height;
}

static double find_y(const struct part_curve *curve, double speedup)
{
    double share = fmin(fmax(speedup / curve->top, 0), 1);
    return bottom_of(curve) - share * curve->box.height;
}

static void draw_ticks(const struct sheet *sheet)
{
    const struct part_curve *curve = sheet->curve;
    const struct drawing *drawing = sheet->page->drawing;
    double step = worker_axis_step(curve->top, (int)(curve->box.height / PER_TICK) + 1);
    double x = curve->box.x;
    for (int i = 0; i * step <= curve->top; i++) {
        double y = find_y(curve, i * step);
        struct drawing_point tick[] = {{x - TICK, y}, {x, y}};
        drawing_line(drawing, 2, tick, 1, INK_RULE);
        drawing_format(drawing,
            &(struct drawing_text){.x = x - BEFORE_LABEL,
                .y = y + PAGE_NOTE / 3.0,
                .anchor = DRAWING_RIGHT,
                .size = PAGE_NOTE,
                .ink = INK_NOTE},
            "%.*f", step < 1, i * step);
    }
    struct drawing_point side[] = {{x, curve->box.y}, {x, bottom_of(curve)}};
    drawing_line(drawing, 2, side, 1, INK_RULE);
}

static void draw_base(const struct sheet *sheet)
{
    const struct part_curve *curve = sheet->curve;
    double y = bottom_of(curve);
    struct drawing_point base[] = {
        {curve->box.x, y}, {curve->box.x + curve->box.width, y}};
    drawing_line(sheet->page->drawing, 2, base, 1, INK_RULE);
    for (size_t i = 0; i < curve->points->count; i++) {
        double x = part_curve_x(curve, curve->points->list[i].workers);
        struct drawing_point tick[] = {{x, y}, {x, y + TICK}};
        drawing_line(sheet->page->drawing, 2, tick, 1, INK_RULE);
    }
}

/* A name near the end of its line, where there is room. */
static void draw_name(
    struct sheet *sheet, const struct drawing_point *end, const char *name)
{
    static const struct part_room_offset offsets[] = {
        {12, PAGE_SMALL / 3.0, DRAWING_LEFT}, {0, 2 * PAGE_SMALL, DRAWING_LEFT},
        {0, 2 * PAGE_SMALL, DRAWING_RIGHT}};
    const struct part_room_search search = {.x = end->x,
        .y = end->y,
        .gap = NAME_GAP,
        .reach = REACH,
        .count = sizeof offsets / sizeof *offsets,
        .offsets = offsets};
    struct drawing_text place = {.size = PAGE_MEDIUM, .ink = INK_NOTE};
    if (part_room_place(&sheet->room, sheet->page->drawing, &search, name, &place))
        drawing_text(sheet->page->drawing, &place, name);
}

/* A line from one number of workers to another one. */
struct law {
    double first, last;
    double (*at)(const struct result *result, double workers);
    double bend; /* a number of workers where it has a corner; 0: none */
};

static size_t add_point(const struct sheet *sheet, const struct law *law, double workers,
    size_t count, struct drawing_point points[])
{
    points[count] = (struct drawing_point){part_curve_x(sheet->curve, workers),
        find_y(sheet->curve, law->at(sheet->page->result, workers))};
    return count + 1;
}

/* Draws it and returns its end. */
static struct drawing_point draw_law(
    struct sheet *sheet, const struct law *law, double width, enum ink ink)
{
    const struct worker_axis *axis = &sheet->curve->workers;
    double from = worker_axis_share(axis, law->first);
    double to = worker_axis_share(axis, law->last), before = INFINITY;
    struct drawing_point points[PIECES + 2];
    size_t count = 0;
    for (int i = 0; i <= PIECES; i++) {
        double share = from + (to - from) * i / PIECES;
        double workers = worker_axis_at(axis, share);
        if (before < law->bend && law->bend < workers)
            count = add_point(sheet, law, law->bend, count, points);
        count = add_point(sheet, law, workers, count, points);
        before = workers;
    }
    drawing_line(sheet->page->drawing, count, points, width, ink);
    part_room_take_line(&sheet->room, count, points);
    return points[count - 1];
}

static double possible_at(const struct result *result, double workers)
{
    return fmin(workers, sweep_room(result));
}

static double fitted_at(const struct result *result, double workers)
{
    return sweep_curve_at(&result->sweep, workers);
}

/* Only where it was measured, and as far as the law holds.  False where there is none. */
static bool draw_fitted(struct sheet *sheet, struct drawing_point *ret_end)
{
    const struct result *result = sheet->page->result;
    int first, last, most = sweep_fitted_workers(result);
    if (!sweep_has_curve(&result->sweep) ||
        !points_find_measured(sheet->curve->points, &first, &last))
        return false;
    if (last > most)
        last = most;
    if (last <= first)
        return false;
    const struct law law = {.first = first, .last = last, .at = fitted_at};
    *ret_end = draw_law(sheet, &law, 2, INK_OTHER);
    return true;
}

static void draw_disc(const struct sheet *sheet, const struct drawing_point *middle,
    double radius, enum ink ink)
{
    struct drawing_point points[CORNERS];
    for (int i = 0; i < CORNERS; i++) {
        double angle = 2 * M_PI * i / CORNERS;
        points[i] = (struct drawing_point){
            middle->x + radius * cos(angle), middle->y + radius * sin(angle)};
    }
    drawing_area(sheet->page->drawing, CORNERS, points, ink);
}

static void draw_cap(const struct sheet *sheet, double x, double y)
{
    double half = fmin(CAP, sheet->radius + 1);
    struct drawing_point cap[] = {{x - half, y}, {x + half, y}};
    drawing_line(sheet->page->drawing, 2, cap, 1.5, INK_BUSY);
}

static void draw_spread(struct sheet *sheet, const struct point *point)
{
    double x = part_curve_x(sheet->curve, point->workers);
    double low = find_y(sheet->curve, point->low);
    double high = find_y(sheet->curve, point->high);
    struct drawing_point bar[] = {{x, low}, {x, high}};
    drawing_line(sheet->page->drawing, 2, bar, 1.5, INK_BUSY);
    double least = find_y(sheet->curve, point->result->speedup) + sheet->radius + 1;
    double most = least - 2 * (sheet->radius + 1);
    if (low > least)
        draw_cap(sheet, x, low);
    if (high < most && point->high <= sheet->curve->top) /* else it goes on */
        draw_cap(sheet, x, high);
    part_room_take_line(&sheet->room, 2, bar);
}

static struct drawing_point place_of(const struct sheet *sheet, const struct point *point)
{
    return (struct drawing_point){part_curve_x(sheet->curve, point->workers),
        find_y(sheet->curve, point->result->speedup)};
}

static void draw_points(struct sheet *sheet)
{
    const struct points *points = sheet->curve->points;
    double radius = sheet->radius;
    for (size_t i = 0; i < points->count; i++)
        if (points->list[i].has_spread)
            draw_spread(sheet, &points->list[i]);
    for (size_t i = 0; i < points->count; i++) {
        if (!points->list[i].result)
            continue;
        struct drawing_point middle = place_of(sheet, &points->list[i]);
        draw_disc(sheet, &middle, radius, INK_BUSY);
        part_room_take(&sheet->room, &(struct drawing_box){middle.x - radius,
                                         middle.y - radius, 2 * radius, 2 * radius});
    }
}

/* Where no curve is: for the eye to follow. */
static void join_points(struct sheet *sheet)
{
    const struct points *points = sheet->curve->points;
    struct drawing_point *line = memory_new(points->count, sizeof *line);
    size_t count = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->list[i].result)
            line[count++] = place_of(sheet, &points->list[i]);
    if (count > 1) {
        drawing_line(sheet->page->drawing, count, line, 1, INK_BUSY);
        part_room_take_line(&sheet->room, count, line);
    }
    free(line);
}

/* As large as they can be without touching. */
static double find_radius(const struct part_curve *curve)
{
    double least = RADIUS_MOST;
    for (size_t i = 1; i < curve->points->count; i++) {
        const struct point *point = &curve->points->list[i];
        double apart =
            part_curve_x(curve, point->workers) - part_curve_x(curve, point[-1].workers);
        least = fmin(least, apart / 2 - 0.5);
    }
    return fmax(least, RADIUS_LEAST);
}

/* "4 workers: 3.61x". */
static void say_advice(const struct point *point, size_t size, char text[])
{
    char times[32];
    outline_format_times(point->result->speedup, sizeof times, times);
    snprintf(text, size, "%d worker%s: %sx", point->workers,
        point->workers == 1 ? "" : "s", times);
}

/* A ring around the point, and a line down to its number. */
static void mark_advice(struct sheet *sheet, const struct point *point)
{
    struct drawing_point middle = place_of(sheet, point);
    struct drawing_point drop[] = {middle, {middle.x, bottom_of(sheet->curve)}};
    drawing_line(sheet->page->drawing, 2, drop, 1, INK_RULE);
    draw_disc(sheet, &middle, sheet->radius + RING, INK_BUSY);
    draw_disc(sheet, &middle, sheet->radius + RING - 2, INK_PAPER);
    part_room_take_line(&sheet->room, 2, drop);
    double reach = sheet->radius + RING;
    part_room_take(&sheet->room,
        &(struct drawing_box){middle.x - reach, middle.y - reach, 2 * reach, 2 * reach});
}

/* Below the point, beside the line down, where there is room; else where there is. */
static void name_advice(struct sheet *sheet, const struct point *point)
{
    static const struct part_room_offset offsets[] = {{12, 0, DRAWING_LEFT},
        {-12, 0, DRAWING_RIGHT}, {24, 0, DRAWING_LEFT}, {-24, 0, DRAWING_RIGHT}};
    static const struct {
        double size;
        bool anywhere;
    } tries[] = {{PAGE_LARGE, false}, {PAGE_MEDIUM, false}, {PAGE_LARGE, true}};
    struct drawing_point middle = place_of(sheet, point);
    double below = (bottom_of(sheet->curve) - middle.y) / 2;
    char text[64];
    say_advice(point, sizeof text, text);
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        const struct part_room_search search = {.x = middle.x,
            .y = middle.y + below + tries[i].size / 3,
            .gap = 6,
            .reach = tries[i].anywhere ? PAGE_HEIGHT : below,
            .count = sizeof offsets / sizeof *offsets,
            .offsets = offsets};
        struct drawing_text place = {
            .size = tries[i].size, .bold = true, .ink = INK_TEXT};
        if (!part_room_place(&sheet->room, sheet->page->drawing, &search, text, &place))
            continue;
        drawing_text(sheet->page->drawing, &place, text);
        return;
    }
}

void part_curve_draw(const struct page *page, const struct part_curve *curve)
{
    const struct drawing_box bounds = {curve->box.x + TICK, curve->box.y - PAGE_MEDIUM,
        PAGE_WIDTH - PAGE_MARGIN - curve->box.x - TICK,
        curve->box.height + PAGE_MEDIUM - TICK};
    struct sheet sheet = {.page = page, .curve = curve, .room = {.bounds = bounds}};
    const struct law possible = {.first = curve->workers.first,
        .last = curve->workers.last,
        .at = possible_at,
        .bend = sweep_room(page->result)};
    struct drawing_point possible_end, fitted_end;
    const struct point *advised =
        points_find(curve->points, page->result->sweep.advice_workers);
    sheet.radius = find_radius(curve);
    draw_ticks(&sheet);
    draw_base(&sheet);
    possible_end = draw_law(&sheet, &possible, 1.5, INK_IDEAL);
    bool has_fit = draw_fitted(&sheet, &fitted_end);
    if (!has_fit)
        join_points(&sheet);
    if (advised && advised->result)
        mark_advice(&sheet, advised);
    draw_points(&sheet);
    if (advised && advised->result)
        name_advice(&sheet, advised);
    if (curve->points->count > 1)
        draw_name(&sheet, &possible_end, "possible");
    if (has_fit)
        draw_name(&sheet, &fitted_end,
            page->result->sweep.usl.has ? "fitted (USL)" : "fitted (Amdahl)");
    part_room_finish(&sheet.room);
}
