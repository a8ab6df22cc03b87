// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/replay.h"
#include "ui/bar.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/shown.h"
#include "ui/worker_fields.h"
#include "ui/worker_times.h"

enum {
    CELL_COLUMNS = 48, /* of a worker at least, where several stand side by side */
    BETWEEN_CELLS = 4,
    BAR_HEAD_COLUMNS = 14,
    THICKEST = 3,
    TASK_FROM_MS = 2000,
    TEXT_MAX = 32,
    TOTAL_COLUMNS = 13, /* of the CPUs that all workers had, with blanks around */
};

/* The workers as lines and columns. */
struct table {
    struct canvas *canvas;
    const struct view_input *input;
    struct shown shown;
    size_t count;
    const struct scene_worker *workers;
    struct scene_worker *made; /* the same if they are ours to free */
    struct worker_fields fields;
    struct area area; /* of the lines */
    int columns;      /* workers on a line */
    int cell_columns;
    int thickness, gap;
    size_t lines, first, seen; /* in all, scrolled away above, seen */
    struct more more;          /* workers that are not seen */
};

static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"}, {"w", "back"},
    {"t", "tasks"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key keys_ended[] = {
    {"w", "back"}, {"t", "tasks"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key keys_timed[] = {{"w", "back"}, {"t", "tasks"},
    {"d", "details"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};

/* Whether it is known where each worker's time went. */
static bool is_timed(const struct view_input *input)
{
    struct shown shown = shown_latest(input->scene);
    return shown.stage && !shown.running && shown.stage->worker_count > 0;
}

static const struct view_key *keys_for(const struct view_input *input)
{
    bool over = input->scene->phase == SCENE_ENDED;
    return !over ? keys : is_timed(input) ? keys_timed : keys_ended;
}

/* A number changes too often to be read where tasks are short. */
static bool shows_tasks(const struct table *table)
{
    const struct scene *scene = table->input->scene;
    int64_t ended = scene->done + scene->failed;
    int64_t tasks = scene->result->plan.iterations;
    double mean_ns = 0;
    if (ended > 0)
        mean_ns = (double)scene->elapsed_ns * (double)table->count / (double)ended;
    else if (tasks > 0)
        mean_ns = (double)scene->expected_ns * (double)table->count / (double)tasks;
    return table->shown.running && mean_ns >= TASK_FROM_MS * (double)NS_PER_MS;
}

static bool has_names(const struct table *table)
{
    const struct scene *scene = table->input->scene;
    return scene->items && scene->result->plan.commands;
}

/* Several side by side where there are more than rows and columns enough for it. */
static void arrange(struct table *table)
{
    int rows = table->area.rows > 0 ? table->area.rows : 1;
    int room = table->area.columns + BETWEEN_CELLS;
    int most = room / (CELL_COLUMNS + BETWEEN_CELLS);
    int wanted = (int)((table->count + (size_t)rows - 1) / (size_t)rows);
    table->columns = wanted < most ? wanted : most;
    if (table->columns < 1)
        table->columns = 1;
    table->cell_columns = room / table->columns - BETWEEN_CELLS;
    table->lines = (table->count + (size_t)table->columns - 1) / (size_t)table->columns;
    int lines = table->lines < (size_t)rows ? (int)table->lines : rows;
    table->gap = lines > 0 && 3 * lines - 1 <= rows;
    table->thickness = lines > 0 ? (rows - table->gap * (lines - 1)) / lines : 1;
    if (table->thickness > THICKEST)
        table->thickness = THICKEST;
    table->seen = (size_t)lines;
    size_t below = table->lines - table->seen;
    table->first = table->input->scroll > 0 ? (size_t)table->input->scroll : 0;
    if (table->first > below)
        table->first = below;
    table->fields = worker_fields_in(table->cell_columns,
        table->input->scene->result->plan.iterations, shows_tasks(table),
        has_names(table));
}

/* Those of the scene, or of the stage that is shown in place of its. */
static void take_workers(struct table *table)
{
    const struct scene *scene = table->input->scene;
    const struct result_stage *stage = table->shown.stage;
    table->workers = scene->workers;
    table->count = scene->worker_count;
    if (stage == scene_stage(scene))
        return;
    table->made = memory_new(stage->worker_count, sizeof *table->made);
    replay_workers(stage, stage->elapsed_ns, table->made);
    table->workers = table->made;
    table->count = stage->worker_count;
}

/* Writes one field that ends at the columns given so far; nothing in one not shown. */
static void draw_field(
    const struct table *table, int row, int *column, int width, const char *text)
{
    *column += width;
    if (width > 0)
        canvas_right(table->canvas, row, *column, STYLE_TEXT, text);
}

static void format_number(int64_t number, char text[TEXT_MAX])
{
    snprintf(text, TEXT_MAX, "%" PRId64, number);
}

static void format_if(
    bool known, int64_t number, const char *otherwise, char text[TEXT_MAX])
{
    if (known)
        format_number(number, text);
    else
        text_copy(TEXT_MAX, text, otherwise);
}

static void draw_share(
    const struct table *table, double share, struct area cell, int column)
{
    const struct worker_fields *fields = &table->fields;
    int middle = cell.row + (cell.rows - 1) / 2;
    char text[TEXT_MAX] = "-";
    if (share >= 0)
        snprintf(text, sizeof text, "%.0f %%", 100 * share);
    if (share >= 0 && fields->bar > 0) {
        float length = share < 1 ? (float)share : 1;
        struct load_share load = {.busy = length, .user = length};
        cell.columns = fields->bar - 2;
        cell.column = column + 2;
        bar_draw(table->canvas, &(struct bar){.area = cell, .load = &load});
    }
    column += fields->bar;
    draw_field(table, middle, &column, fields->percent, text);
}

/* The task in hand: by its item's name, or by its number. */
static void draw_task(
    const struct table *table, const struct scene_worker *worker, int row, int column)
{
    char text[TEXT_MAX];
    struct area field = {row, column + 2, 1, table->fields.task - 2};
    const struct scene_items *items = table->input->scene->items;
    const char *item = has_names(table) ? shown_item(items, worker) : NULL;
    if (table->fields.task == 0)
        return;
    if (item) {
        canvas_field(table->canvas, &field, STYLE_TEXT, item);
        return;
    }
    format_if(worker->index >= 0, worker->index, "", text);
    if (has_names(table))
        canvas_field(table->canvas, &field, STYLE_TEXT, text);
    else
        draw_field(table, row, &column, table->fields.task, text);
}

static void draw_worker(
    const struct table *table, const struct scene_worker *worker, struct area cell)
{
    const struct worker_fields *fields = &table->fields;
    int column = cell.column, middle = cell.row + (cell.rows - 1) / 2;
    char text[TEXT_MAX];
    canvas_target(table->canvas, cell, TARGET_WORKER, worker->worker);
    format_number(worker->worker, text);
    draw_field(table, middle, &column, fields->number, text);
    format_if(worker->pid > 0, worker->pid, "-", text);
    draw_field(table, middle, &column, fields->pid, text);
    format_if(worker->cpu >= 0, worker->cpu, "-", text);
    draw_field(table, middle, &column, fields->cpu, text);
    draw_task(table, worker, middle, column);
    column += fields->task;
    format_number(worker->done, text);
    draw_field(table, middle, &column, fields->done, text);
    draw_share(table, worker->cpu_share, cell, column);
}

static void draw_lines(struct table *table)
{
    struct area cell = {.rows = table->thickness, .columns = table->cell_columns};
    size_t seen = 0, above = table->first * (size_t)table->columns;
    for (int i = 0; i < table->columns; i++) {
        cell.column = table->area.column + i * (table->cell_columns + BETWEEN_CELLS);
        cell.row = table->area.row;
        for (size_t line = table->first; line < table->first + table->seen; line++) {
            size_t number = (size_t)i * table->lines + line;
            if (number < table->count)
                draw_worker(table, &table->workers[number], cell);
            seen += number < table->count;
            cell.row += table->thickness + table->gap;
        }
    }
    above = above < table->count - seen ? above : table->count - seen;
    table->more = (struct more){above, table->count - seen - above};
}

static void draw_head(const struct table *table, int row)
{
    const struct worker_fields *fields = &table->fields;
    for (int i = 0; i < table->columns; i++) {
        int column = table->area.column + i * (table->cell_columns + BETWEEN_CELLS);
        draw_field(table, row, &column, fields->number, "worker");
        draw_field(table, row, &column, fields->pid, "pid");
        draw_field(table, row, &column, fields->cpu, "CPU");
        if (has_names(table) && fields->task > 0)
            canvas_text(table->canvas, row, column + 2, STYLE_TEXT, "item");
        draw_field(table, row, &column, fields->task, has_names(table) ? "" : "task");
        draw_field(table, row, &column, fields->done, "done");
        if (fields->bar >= BAR_HEAD_COLUMNS + 2) {
            canvas_text(table->canvas, row, column + 2, STYLE_TEXT, "share of a CPU");
            continue;
        }
        column += fields->bar;
        draw_field(table, row, &column, fields->percent, "share");
    }
}

/* "3 failed, +47 more", either only if there are some. */
static void format_rest(const struct table *table, size_t size, char text[])
{
    int64_t failed =
        table->shown.running ? table->input->figures->failed : table->shown.stage->failed;
    char rest[TEXT_MAX];
    more_format(&table->more, "more", sizeof rest, rest);
    text[0] = '\0';
    if (failed > 0)
        text_append(size, text, "%" PRId64 " failed", failed);
    text_append(size, text, "%s%s", *rest && failed > 0 ? ", " : "", rest);
}

/* What all have done, and how many CPUs they had. */
static void draw_total(const struct table *table, int row)
{
    const struct worker_fields *fields = &table->fields;
    int column = table->area.column;
    int64_t done = 0;
    double cpus = 0;
    char text[TEXT_MAX] = "-";
    for (size_t i = 0; i < table->count; i++) {
        done += table->workers[i].done;
        if (table->workers[i].cpu_share > 0)
            cpus += table->workers[i].cpu_share;
    }
    draw_field(table, row, &column, fields->number, "all");
    column += fields->pid + fields->cpu + fields->task;
    format_number(done, text);
    draw_field(table, row, &column, fields->done, text);
    column += fields->bar;
    int decimals = cpus < 99.95;
    const char *unit = fields->bar > 0 ? " CPUs" : "";
    snprintf(text, sizeof text, "%.*f%s", decimals, cpus, unit);
    draw_field(table, row, &column, fields->percent, text);
}

static const char *name_stage(const struct table *table, size_t size, char text[])
{
    shown_name(table->input->scene, &table->shown, false, size, text);
    return text;
}

/* Title, what stage it is, heads, workers, the total. */
static void draw_roomy(struct table *table, const struct frame *frame)
{
    char text[96];
    int end = frame->area.column + frame->area.columns;
    table->area = frame->area;
    table->area.row = FRAME_FIRST_ROW + 2;
    table->area.rows = frame->area.rows - table->area.row - 3;
    arrange(table);
    frame_draw_title(table->canvas, table->input, NULL);
    canvas_text(table->canvas, FRAME_FIRST_ROW, frame->area.column, STYLE_STRONG,
        name_stage(table, sizeof text, text));
    shown_time(&table->shown, table->input, frame->area.columns, sizeof text, text);
    canvas_right(table->canvas, FRAME_FIRST_ROW, end, STYLE_STRONG, text);
    draw_head(table, FRAME_FIRST_ROW + 1);
    draw_lines(table);
    int row = table->area.row + (int)table->seen * (table->thickness + table->gap) -
              table->gap + 1;
    draw_total(table, row);
    format_rest(table, sizeof text, text);
    int column = table->area.column + table->cell_columns - table->fields.bar -
                 table->fields.percent + 2;
    int room = table->fields.bar + table->fields.percent - TOTAL_COLUMNS;
    if (canvas_width_of(text) > room) /* the total is there */
        row++;
    canvas_text(table->canvas, row, column, STYLE_STRONG, text);
    frame_draw_keys(table->canvas, table->input, keys_for(table->input));
}

/* What is hidden is said in the line of keys, at its left end. */
static void draw_brief(struct table *table, const struct frame *frame)
{
    char text[96];
    table->area = frame->area;
    table->area.row = frame->titled + 1;
    table->area.rows = frame->area.rows - table->area.row - 1;
    arrange(table);
    if (frame->titled)
        frame_draw_title(
            table->canvas, table->input, name_stage(table, sizeof text, text));
    draw_head(table, frame->titled);
    draw_lines(table);
    draw_total(table, frame->area.rows - 1);
    format_rest(table, sizeof text, text);
    if (!*text) {
        frame_draw_keys_or_brief(table->canvas, table->input, keys_for(table->input));
        return;
    }
    int width = canvas_width_of(text);
    int room = frame_draw_keys_brief(table->canvas, table->input);
    if (width <= room)
        canvas_text(
            table->canvas, frame->area.rows, frame->area.column, STYLE_STRONG, text);
    more_draw_key(table->canvas, table->input, width + 2, room);
}

static int draw_table(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct table table = {
        .canvas = canvas, .input = input, .shown = shown_latest(input->scene)};
    take_workers(&table);
    if (frame->roomy)
        draw_roomy(&table, frame);
    else
        draw_brief(&table, frame);
    int most = (int)(table.lines - table.seen);
    more_set_page(input, (int)table.seen);
    free(table.made);
    return most;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    bool shows =
        scene_stage(input->scene) && input->scene->result->plan.command != PLAN_WATCH;
    if (shows && input->details && is_timed(input))
        return worker_times_draw_page(canvas, &frame, input, keys_for(input));
    if (shows)
        return draw_table(canvas, &frame, input);
    shown_draw_nothing(canvas, &frame, input);
    frame_draw_keys_brief(canvas, input);
    return 0;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {
        "A line for each worker: its number, its process (pid), the CPU that it was seen "
        "on last, the task or item in hand where tasks are long, how many it has done, "
        "and for how much of the time it had a CPU. Below: all of them together.",
        NULL};
    static const char *const words_over[] = {"A line for each worker, and all together.",
        "With d, where its time went: starting, alone (one prepared for all), work, "
        "waiting (for a CPU), blocked (in a task, but not computing), hand-out (between "
        "two tasks), idle (at the end, when no task was left).",
        NULL};
    static const struct view_key more[] = {
        {"d", "details: where each worker's time went"}, {"w", "back to the picture"},
        {NULL, NULL}};
    bool over = input->scene->phase == SCENE_ENDED && is_timed(input);
    return (struct view_help){over ? words_over : words, over ? more : more + 1};
}

const struct view_ops view_workers = {.name = "workers", .draw = draw, .help = help};
