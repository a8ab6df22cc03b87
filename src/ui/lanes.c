// SPDX-License-Identifier: MIT
#include "ui/lanes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/groups.h"
#include "ui/heights.h"
#include "ui/stage_picture.h"

enum { THICKEST = 12, STEADY_MS = 2000 };

static const double STRETCH_COLUMNS = 1.5; /* on the mean: less is hard to tell apart */
static const double UNEVEN_FROM = 1.5;     /* times the mean: worth a stretch by itself */

/* What the functions below share. */
struct drawing {
    struct canvas *canvas;
    const struct lanes *lanes;
    int column, columns; /* of the pictures: the first, and how many for the whole axis */
    int passed;          /* how many of them have passed, at least one */
    double column_ns;
    float until;       /* what has happened so far, in columns */
    double mean_ns;    /* of the tasks that have a record of their own; 0: none */
    double longest_ns; /* of them */
    int64_t *last_ns;  /* per worker, since when it has had in hand what it has now */
    int *stretches;    /* per worker, how many were drawn */
    float *busy;       /* columns' worth of lane l in column c: element l * columns + c */
};

/* One task in a lane, or what is in hand. */
struct stretch {
    int worker;
    int64_t from_ns, to_ns;
    int64_t index; /* of the task, -1: none to show */
    enum style style;
    int shade;
    char letter; /* before the number, or alone; 0: none */
};

struct lanes_fit lanes_fit(int workers, int others, int rows)
{
    struct lanes_fit fit = {.size = 1, .count = workers, .thickness = 1};
    if (rows - others < 1)
        rows = others + 1;
    if (workers + others > rows)
        fit.size = groups_size(workers, rows - others);
    fit.count = (workers + fit.size - 1) / fit.size;
    int lanes = fit.count + others;
    if (2 * lanes + fit.count - 1 <= rows)
        fit.gap = 1;
    fit.thickness = (rows - fit.gap * (fit.count - 1)) / lanes;
    if (fit.thickness > THICKEST)
        fit.thickness = THICKEST;
    return fit;
}

int lanes_rows(const struct lanes_fit *fit)
{
    return fit->count * (fit->thickness + fit->gap) - fit->gap;
}

static struct area area_of_lane(const struct drawing *drawing, int lane)
{
    const struct lanes_fit *fit = &drawing->lanes->fit;
    return (struct area){drawing->lanes->area.row + lane * (fit->thickness + fit->gap),
        drawing->column, fit->thickness, drawing->columns};
}

static int workers_of_lane(const struct lanes *lanes, int lane)
{
    int first = lane * lanes->fit.size, left = lanes->workers - first;
    return left < lanes->fit.size ? left : lanes->fit.size;
}

/* For the widest, of the last lane that has several workers: all have one form. */
static bool has_room_for_ranges(const struct lanes *lanes)
{
    int size = lanes->fit.size, last = lanes->workers - 1 - (lanes->workers % size == 1);
    return snprintf(NULL, 0, "%d-%d", last / size * size, last) < lanes->label_columns;
}

/* "63", "56-63"; "56" where that is too long for any of them. */
static void draw_label(const struct drawing *drawing, int lane)
{
    const struct lanes *lanes = drawing->lanes;
    int first = lane * lanes->fit.size, last = first + workers_of_lane(lanes, lane) - 1;
    int end = lanes->area.column + lanes->label_columns - 1;
    struct area area = area_of_lane(drawing, lane);
    char text[32];
    snprintf(text, sizeof text, "%d", first);
    if (last > first && has_room_for_ranges(lanes))
        text_append(sizeof text, text, "-%d", last);
    canvas_right(drawing->canvas, area.row + (area.rows - 1) / 2, end, STYLE_TEXT, text);
    area.column = lanes->area.column;
    area.columns += lanes->label_columns;
    if (last == first && lanes->shown.stage == shown_latest(lanes->scene).stage)
        canvas_target(drawing->canvas, area, TARGET_WORKER, first);
}

/* Of a stage that is replayed, records of what is still to come are there as well. */
static bool is_over(const struct drawing *drawing, const struct result_record *record)
{
    const struct lanes *lanes = drawing->lanes;
    return record->worker < lanes->workers &&
           (!lanes->shown.running || record->end_ns <= lanes->shown.until_ns);
}

/* Whether most tasks, or any, are wide enough to be told from their neighbours. */
static bool shows_tasks(const struct drawing *drawing)
{
    return drawing->lanes->fit.size == 1 &&
           drawing->mean_ns >= STRETCH_COLUMNS * drawing->column_ns;
}

static bool shows_long_tasks(const struct drawing *drawing)
{
    return drawing->lanes->fit.size == 1 &&
           drawing->longest_ns >= STRETCH_COLUMNS * drawing->column_ns;
}

/* Where most of a stage's tasks are told apart all are that have a column of their own;
 * elsewhere those that are much longer than others. */
static bool is_stretch(const struct drawing *drawing, const struct result_record *record)
{
    const struct axis *axis = &drawing->lanes->axis;
    double length_ns = (double)(record->end_ns - record->start_ns);
    if (record->count > 1 || !shows_long_tasks(drawing))
        return false;
    if (shows_tasks(drawing))
        return stage_picture_column(axis, drawing->columns, record->end_ns) >
               stage_picture_column(axis, drawing->columns, record->start_ns);
    return length_ns >= STRETCH_COLUMNS * drawing->column_ns &&
           length_ns >= UNEVEN_FROM * drawing->mean_ns;
}

static void note_last(struct drawing *drawing, int worker, int64_t t_ns)
{
    if (worker >= 0 && worker < drawing->lanes->workers &&
        t_ns > drawing->last_ns[worker])
        drawing->last_ns[worker] = t_ns;
}

/* The mean task, and since when each worker has had its present one. */
static void survey(struct drawing *drawing)
{
    const struct result_stage *stage = drawing->lanes->shown.stage;
    double sum_ns = 0;
    int64_t count = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (!is_over(drawing, record))
            continue;
        note_last(drawing, record->worker, record->end_ns);
        if (record->count > 1)
            continue;
        double length_ns = (double)(record->end_ns - record->start_ns);
        if (length_ns > drawing->longest_ns)
            drawing->longest_ns = length_ns;
        sum_ns += length_ns;
        count++;
    }
    drawing->mean_ns = count > 0 ? sum_ns / (double)count : 0;
    for (size_t i = 0; i < stage->event_count; i++)
        if (stage->events[i].what == RESULT_REPLACED &&
            stage->events[i].t_ns <= drawing->lanes->shown.until_ns)
            note_last(drawing, stage->events[i].worker, stage->events[i].t_ns);
}

static float smaller(float one, float other)
{
    return one < other ? one : other;
}

/* Adds time in tasks to the columns that it covers. */
static void add_busy(struct drawing *drawing, int worker, int64_t from_ns, int64_t to_ns)
{
    int lane = worker / drawing->lanes->fit.size;
    float *cells = drawing->busy + (size_t)lane * (size_t)drawing->columns;
    float from = from_ns > 0 ? (float)((double)from_ns / drawing->column_ns) : 0;
    float to = smaller((float)((double)to_ns / drawing->column_ns), drawing->until);
    for (int column = (int)from; (float)column < to; column++) {
        float end = smaller(to, (float)(column + 1));
        cells[column] += end - from;
        from = end;
    }
}

/* From columns' worth to shares of what could be; what is there at all can be seen. */
static void draw_heights(const struct drawing *drawing, int lane)
{
    struct area area = area_of_lane(drawing, lane);
    float *shares = drawing->busy + (size_t)lane * (size_t)drawing->columns;
    float least = heights_least(area.rows);
    area.columns = drawing->passed;
    for (int column = 0; column < area.columns; column++) {
        float room = smaller(drawing->until - (float)column, 1) *
                     (float)workers_of_lane(drawing->lanes, lane);
        if (shares[column] <= 0)
            continue;
        shares[column] /= room;
        if (shares[column] < least)
            shares[column] = least;
    }
    heights_draw(drawing->canvas, &area, shares);
}

/* The letter and the number behind the first cell, where there is room for all of it; a
 * letter in any case. */
static void draw_name(const struct drawing *drawing, const struct stretch *stretch,
    const struct area *cells)
{
    char letter[] = {stretch->letter, '\0'}, text[32];
    int row = cells->row + (cells->rows - 1) / 2;
    int column = cells->column + (cells->columns > 1);
    text_copy(sizeof text, text, letter);
    if (stretch->index >= 0)
        text_append(sizeof text, text, "%" PRId64, stretch->index);
    if (canvas_width_of(text) + 1 > cells->columns)
        text_copy(sizeof text, text, letter);
    canvas_text(
        drawing->canvas, row, column, stretch->letter ? STYLE_FAILED : STYLE_TEXT, text);
}

static void draw_stretch(const struct drawing *drawing, const struct stretch *stretch)
{
    const struct axis *axis = &drawing->lanes->axis;
    struct area cells = area_of_lane(drawing, stretch->worker);
    int begin = stage_picture_column(axis, drawing->columns, stretch->from_ns);
    int end = stage_picture_column(axis, drawing->columns, stretch->to_ns);
    if (end > drawing->columns)
        end = drawing->columns;
    if (begin >= end)
        return;
    cells.column += begin;
    cells.columns = end - begin;
    canvas_fill(drawing->canvas, cells, stretch->style,
        canvas_glyphs(drawing->canvas)->shade[stretch->shade]);
    if (stretch->index >= 0)
        canvas_target(drawing->canvas, cells, TARGET_TASK, stretch->index);
    draw_name(drawing, stretch, &cells);
}

static void draw_task(const struct drawing *drawing, const struct result_record *record)
{
    bool odd = drawing->stretches[record->worker]++ % 2 == 1;
    struct stretch stretch = {.worker = record->worker,
        .from_ns = record->start_ns,
        .to_ns = record->end_ns,
        .index = record->index,
        .style = odd ? STYLE_OTHER : STYLE_BUSY,
        .shade = odd};
    if (record->status == RESULT_FAILED) {
        stretch.style = STYLE_FAILED;
        stretch.letter = 'F';
    }
    draw_stretch(drawing, &stretch);
}

/* A failure that is too short for a stretch is a letter; where a record sums up tasks
 * that is so only if it tells of most of them. */
static void mark_failure(
    const struct drawing *drawing, const struct result_record *record)
{
    struct area area = area_of_lane(drawing, record->worker / drawing->lanes->fit.size);
    int column = (int)((double)record->end_ns / drawing->column_ns);
    if (2 * record->failed < record->count)
        return;
    if (column >= drawing->passed)
        column = drawing->passed - 1;
    canvas_cell(drawing->canvas, area.row + (area.rows - 1) / 2, area.column + column,
        STYLE_FAILED, L'F');
}

/* What a worker has had in hand since its last task; false if it has nothing. */
static bool find_in_hand(
    const struct drawing *drawing, size_t number, struct stretch *ret_stretch)
{
    const struct lanes *lanes = drawing->lanes;
    const struct scene_worker *worker = &lanes->scene->workers[number];
    int64_t now_ns = lanes->shown.until_ns;
    if (worker->index < 0 || worker->worker >= lanes->workers)
        return false;
    int64_t from_ns = drawing->last_ns[worker->worker];
    bool steady = now_ns - from_ns >= STEADY_MS * NS_PER_MS;
    *ret_stretch = (struct stretch){.worker = worker->worker,
        .from_ns = from_ns,
        .to_ns = now_ns,
        .index = steady ? worker->index : -1,
        .style = STYLE_BUSY,
        .shade = 2};
    return true;
}

/* As a stretch where tasks are, or if it takes long. */
static bool is_stretched(const struct drawing *drawing, const struct stretch *stretch)
{
    double length_ns = (double)(stretch->to_ns - stretch->from_ns);
    return shows_tasks(drawing) || (drawing->lanes->fit.size == 1 &&
                                       length_ns >= STRETCH_COLUMNS * drawing->column_ns);
}

static size_t count_in_hand(const struct drawing *drawing)
{
    const struct lanes *lanes = drawing->lanes;
    return lanes->shown.running ? lanes->scene->worker_count : 0;
}

/* As columns by height: all that has no stretch of its own. */
static void draw_short_tasks(struct drawing *drawing)
{
    const struct result_stage *stage = drawing->lanes->shown.stage;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (is_over(drawing, record) && !is_stretch(drawing, record))
            add_busy(drawing, record->worker, record->start_ns, record->end_ns);
    }
    struct stretch stretch;
    for (size_t i = 0; i < count_in_hand(drawing); i++)
        if (find_in_hand(drawing, i, &stretch) && !is_stretched(drawing, &stretch))
            add_busy(drawing, stretch.worker, stretch.from_ns, stretch.to_ns);
    for (int lane = 0; lane < drawing->lanes->fit.count; lane++)
        draw_heights(drawing, lane);
}

static void draw_long_tasks(struct drawing *drawing)
{
    const struct result_stage *stage = drawing->lanes->shown.stage;
    for (size_t i = 0; shows_long_tasks(drawing) && i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (is_over(drawing, record) && is_stretch(drawing, record))
            draw_task(drawing, record);
    }
    struct stretch stretch;
    for (size_t i = 0; i < count_in_hand(drawing); i++)
        if (find_in_hand(drawing, i, &stretch) && is_stretched(drawing, &stretch))
            draw_stretch(drawing, &stretch);
}

/* Above all else. */
static void mark_failures(const struct drawing *drawing)
{
    const struct result_stage *stage = drawing->lanes->shown.stage;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->failed > 0 && is_over(drawing, record) &&
            !is_stretch(drawing, record))
            mark_failure(drawing, record);
    }
}

static void draw_stage(struct drawing *drawing)
{
    const struct lanes *lanes = drawing->lanes;
    int passed =
        stage_picture_column(&lanes->axis, drawing->columns, lanes->shown.until_ns);
    drawing->passed = passed < drawing->columns ? passed : drawing->columns;
    if (drawing->passed < 1)
        drawing->passed = 1;
    drawing->until = (float)((double)lanes->shown.until_ns / drawing->column_ns);
    drawing->until = smaller(drawing->until, (float)drawing->passed);
    survey(drawing);
    draw_short_tasks(drawing);
    draw_long_tasks(drawing);
    mark_failures(drawing);
}

bool lanes_draw(struct canvas *canvas, const struct lanes *lanes)
{
    int columns = lanes->area.columns - lanes->label_columns - lanes->numbers_columns;
    struct drawing drawing = {.canvas = canvas,
        .lanes = lanes,
        .column = lanes->area.column + lanes->label_columns,
        .columns = columns,
        .column_ns = (double)lanes->axis.end_ns / columns};
    if (columns < 1 || lanes->workers < 1)
        return false;
    for (int lane = 0; lane < lanes->fit.count; lane++)
        draw_label(&drawing, lane);
    if (!lanes->shown.stage || lanes->shown.until_ns <= 0)
        return false;
    size_t cells = (size_t)lanes->fit.count * (size_t)columns;
    drawing.busy = memory_new(cells, sizeof *drawing.busy);
    drawing.last_ns = memory_new((size_t)lanes->workers, sizeof *drawing.last_ns);
    drawing.stretches = memory_new((size_t)lanes->workers, sizeof *drawing.stretches);
    draw_stage(&drawing);
    bool told_apart = shows_tasks(&drawing);
    free(drawing.stretches);
    free(drawing.last_ns);
    free(drawing.busy);
    return told_apart;
}
