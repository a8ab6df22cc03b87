// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/outline.h"
#include "experiment/sweep.h"
#include "picture/page.h"
#include "picture/part_curve.h"
#include "picture/part_remarks.h"

enum {
    ROWS = 4,
    ROW_HEIGHT = 19,
    LABELS = 112,    /* the width of what is said at the left */
    BELOW_AXIS = 21, /* to the first row */
    ABOVE_PLOT = 12, /* for what is upwards */
    BETWEEN_CELLS = 14,
    ABOVE_NOTES = 15,
    NOTES_LINES = 4,
    NOTES_SIZE = PART_REMARKS_SIZE,
    SENTENCE_LINES = 3,
    CELL_SIZE = 40
};

/* Row by row what stands under a point. */
static void write_cell(const struct point *point, int row, char text[CELL_SIZE])
{
    const struct result_point *result = point->result;
    text[0] = '\0';
    if (row == 0)
        snprintf(text, CELL_SIZE, "%d", point->workers);
    else if (!result)
        return;
    else if (row == 1)
        number_format_duration(result->elapsed_ns, CELL_SIZE, text);
    else if (row == 2)
        outline_format_times(result->speedup, CELL_SIZE, text);
    else
        snprintf(text, CELL_SIZE, "%.0f %%", 100 * result->efficiency);
}

/* How wide the texts under a point are, at most. */
static double find_widest(const struct page *page, const struct points *points)
{
    const struct drawing_text place = {.size = PAGE_NOTE, .bold = true};
    char text[CELL_SIZE];
    double widest = 0;
    for (size_t i = 0; i < points->count; i++)
        for (int row = 0; row < ROWS; row++) {
            write_cell(&points->list[i], row, text);
            widest = fmax(widest, drawing_extent(page->drawing, &place, text));
        }
    return widest;
}

static bool is_advised(const struct page *page, const struct point *point)
{
    return point->workers == page->result->sweep.advice_workers;
}

/* The points that there is room for texts below: the advised one for sure, in place of
 * its neighbours.  Caller frees. */
static bool *choose_points(const struct page *page, const struct part_curve *curve)
{
    const struct points *points = curve->points;
    double width = find_widest(page, points) + BETWEEN_CELLS;
    double *positions = memory_new(points->count, sizeof *positions);
    bool *shown = memory_new(points->count, sizeof *shown);
    for (size_t i = 0; i < points->count; i++)
        positions[i] = part_curve_x(curve, points->list[i].workers);
    worker_axis_choose(points->count, positions, width, shown);
    for (size_t i = 0; i < points->count; i++)
        for (size_t k = 0; is_advised(page, &points->list[i]) && k < points->count; k++)
            if (fabs(positions[k] - positions[i]) < width)
                shown[k] = k == i;
    free(positions);
    return shown;
}

/* The figures, each under its point. */
static void draw_table(const struct page *page, const struct part_curve *curve)
{
    static const char *const labels[ROWS] = {
        "workers", "time", "times as fast", "efficiency"};
    bool *shown = choose_points(page, curve);
    for (int row = 0; row < ROWS; row++) {
        struct drawing_text place = {.x = PAGE_MARGIN,
            .y = curve->box.y + curve->box.height + BELOW_AXIS + row * ROW_HEIGHT,
            .size = PAGE_NOTE,
            .ink = INK_NOTE};
        drawing_text(page->drawing, &place, labels[row]);
        place.anchor = DRAWING_MIDDLE;
        place.ink = INK_TEXT;
        for (size_t i = 0; i < curve->points->count; i++) {
            const struct point *point = &curve->points->list[i];
            char text[CELL_SIZE];
            write_cell(point, row, text);
            place.x = part_curve_x(curve, point->workers);
            place.bold = is_advised(page, point);
            if (shown[i])
                drawing_text(page->drawing, &place, text);
        }
    }
    free(shown);
}

static void append(char notes[NOTES_SIZE], const char *sentence)
{
    if (*sentence)
        text_append(NOTES_SIZE, notes, "%s%s", *notes ? " " : "", sentence);
}

/* What will make a reader doubt it, and the laws that were fitted. */
static void write_notes(const struct result *result, char notes[NOTES_SIZE])
{
    char text[480];
    notes[0] = '\0';
    sweep_describe_cut(result, sizeof text, text);
    append(notes, text);
    part_remarks_append(result, NOTES_SIZE, notes);
    if (result->sweep.point_count < 2 || !sweep_has_curve(&result->sweep))
        return;
    sweep_describe_amdahl(result, sizeof text, text);
    append(notes, text);
    sweep_describe_usl(result, sizeof text, text);
    append(notes, text);
}

/* Returns the y above it. */
static double draw_notes(const struct page *page, double end)
{
    char notes[NOTES_SIZE];
    write_notes(page->result, notes);
    double top = part_remarks_draw_text(page, end, NOTES_LINES, notes);
    return top - ABOVE_NOTES;
}

/* The scene of its end: every run is over. */
static void init_points(struct points *points, const struct result *result)
{
    const struct scene scene = {
        .result = result, .phase = SCENE_ENDED, .stage = (int)result->stage_count - 1};
    points_init(points, &scene);
}

/* What is to be seen, and what the whiskers are. */
static void draw_subtitle(const struct page *page, double y, const struct points *points)
{
    char whiskers[80];
    points_describe_spread(points, sizeof whiskers, whiskers);
    drawing_format(page->drawing,
        &(struct drawing_text){
            .x = PAGE_MARGIN, .y = y, .size = PAGE_NOTE, .ink = INK_NOTE},
        "sweep: times as fast by number of workers%s%s", *whiskers ? "; whiskers: " : "",
        whiskers);
}

static void draw(const struct page *page)
{
    struct points points;
    double top = page_draw_headline(page, page->result->plan.title);
    double end = page_draw_sentence(page, SENTENCE_LINES, page->result->sweep.advice);
    end = draw_notes(page, end) - (ROWS - 1) * ROW_HEIGHT - BELOW_AXIS;
    init_points(&points, page->result);
    draw_subtitle(page, top + PAGE_NOTE / 2.0, &points);
    top += ABOVE_PLOT + PAGE_NOTE;
    const struct drawing_box box = {PAGE_MARGIN + LABELS, top,
        PAGE_WIDTH - 2 * PAGE_MARGIN - LABELS - PAGE_NUMBERS, end - top};
    struct part_curve curve = part_curve_of(page, &points, &box);
    part_curve_draw(page, &curve);
    draw_table(page, &curve);
    points_finish(&points);
}

const struct page_ops page_sweep = {.draw = draw};
