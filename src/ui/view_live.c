// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/words_meters.h"
#include "ui/frame.h"
#include "ui/items_bar.h"
#include "ui/more.h"
#include "ui/notice.h"
#include "ui/panel.h"
#include "ui/shown.h"
#include "ui/stages.h"
#include "ui/view_help.h"

enum { PANEL_ROWS_MIN = 10, MACHINE_COLUMNS = 18 };

static const struct view_key keys_watch[] = {
    {"q", "quit"}, {"Space", "freeze"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};

static const struct view_key *keys_for(
    const struct canvas *canvas, const struct view_input *input)
{
    bool watching = input->scene->phase == SCENE_WATCHING;
    return watching ? keys_watch : frame_picture_keys(canvas, input);
}

static struct lines_rest draw_panel(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, struct area area)
{
    struct panel panel = {.area = area,
        .scene = input->scene,
        .figures = input->figures,
        .details = input->details,
        .head = frame->roomy,
        .label_columns = frame->label_columns,
        .first_line = input->scroll};
    struct lines_rest rest = panel_draw(canvas, &panel);
    more_set_page(input, rest.lines);
    return rest;
}

/* "56 min so far, about 39 min left: done at about 01:35" */
static void say_time(const struct view_input *input, size_t size, char text[])
{
    struct shown shown = shown_latest(input->scene);
    int64_t left_ns = input->figures->left_ns;
    char left[64], clock[16];
    shown_time(&shown, input, INT_MAX, size, text);
    shown_left(input, sizeof left, left);
    if (!shown.running || !*left)
        return;
    text_append(size, text, ", %s", left);
    if (left_ns < 60 * NS_PER_S)
        return;
    time_t end = time(NULL) + (time_t)(left_ns / NS_PER_S);
    struct tm local;
    strftime(clock, sizeof clock, "%H:%M", localtime_r(&end, &local));
    text_append(size, text, ": done at about %s", clock);
}

/* How far the loop is: what is done, what is in hand, what waits. */
static void draw_progress(
    struct canvas *canvas, const struct area *bar, const struct view_input *input)
{
    const struct scene *scene = input->scene;
    struct items_bar items = {.area = *bar,
        .total = scene->result->plan.iterations,
        .done = scene->done,
        .failed = scene->failed};
    for (size_t i = 0; i < scene->worker_count; i++)
        items.running += scene->workers[i].pid > 0 && scene->workers[i].index >= 0;
    items_bar_draw(canvas, &items);
}

static int draw_map(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    char text[128];
    int column = frame->area.column + frame->label_columns;
    int end = frame->area.column + frame->area.columns;
    struct area bar = {FRAME_FIRST_ROW, column, 1, end - column - frame->numbers_columns};
    canvas_text(canvas, FRAME_FIRST_ROW, frame->area.column, STYLE_TEXT, "tasks");
    draw_progress(canvas, &bar, input);
    shown_done(input, sizeof text, text);
    canvas_right(canvas, FRAME_FIRST_ROW, end, STYLE_STRONG, text);
    say_time(input, sizeof text, text);
    canvas_text(canvas, FRAME_FIRST_ROW + 1, frame->area.column, STYLE_TEXT, "time");
    canvas_text(canvas, FRAME_FIRST_ROW + 1, column, STYLE_STRONG, text);
    return FRAME_FIRST_ROW + 3;
}

static int draw_run(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct stages stages = {.area = frame->area,
        .label_columns = frame->label_columns,
        .numbers_columns = frame->numbers_columns,
        .spaced = true};
    stages_fit(&stages, &input->scene->result->machine, (frame->area.rows - 13) / 5);
    stages.area.row = FRAME_FIRST_ROW;
    int row = FRAME_FIRST_ROW + stages_rows(&stages) + 2;
    if (frame->area.rows - row < PANEL_ROWS_MIN)
        row--;
    stages_draw(canvas, &stages, input, NULL);
    return row;
}

/* What the machine's sensors say now: the last row before the keys.  Returns how many
 * rows that takes. */
static int draw_meters(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    char text[160];
    const struct scene_meters *meters = input->scene->meters;
    if (!input->details || !meters)
        return 0;
    words_meters(meters, &input->scene->result->machine, sizeof text, text);
    canvas_text(canvas, frame->area.rows - 2, frame->area.column, STYLE_TEXT, text);
    return 1;
}

static int draw_roomy(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    frame_draw_title(canvas, input, NULL);
    notice_draw(canvas, &frame->area, input);
    switch (input->scene->result->plan.command) {
    case PLAN_RUN:
        area.row = draw_run(canvas, frame, input);
        break;
    case PLAN_MAP:
        area.row = draw_map(canvas, frame, input);
        break;
    default:
        area.row = FRAME_FIRST_ROW;
    }
    area.rows = frame->area.rows - 1 - area.row;
    area.rows -= draw_meters(canvas, frame, input);
    frame_draw_keys(canvas, input, keys_for(canvas, input));
    return draw_panel(canvas, frame, input, area).scroll;
}

/* Until the first task has ended, what goes on or will spoil the result. */
static const char *say_first(const struct view_input *input)
{
    const struct result *result = input->scene->result;
    const char *phase = notice_phase(input->scene);
    if (phase || result->remark_count == 0 || input->figures->done > 0)
        return phase;
    return result->remarks[result->remark_count - 1];
}

/* How far, how long: as much of it as fits.  Returns the column where it ends. */
static int draw_status(
    struct canvas *canvas, const struct view_input *input, int row, int columns)
{
    const struct figures *figures = input->figures;
    int64_t tasks = input->scene->result->plan.iterations;
    char texts[4][160], left[48] = "";
    shown_done(input, sizeof texts[0], texts[0]);
    shown_left(input, sizeof left, left);
    snprintf(texts[1], sizeof texts[1], "%.96s%s%s", texts[0], *left ? ", " : "", left);
    snprintf(texts[2], sizeof texts[2], "%" PRId64 "/%" PRId64, figures->done, tasks);
    snprintf(texts[3], sizeof texts[3], "%.96s, %s", texts[2], left);
    const char *const choice[] = {
        say_first(input), texts[1], *left ? texts[3] : texts[0], texts[0], texts[2]};
    for (int i = choice[0] ? 0 : 1; i < 5; i++)
        if (canvas_width_of(choice[i]) <= columns) {
            canvas_text(canvas, row, 0, STYLE_TEXT, choice[i]);
            return canvas_width_of(choice[i]);
        }
    return 0;
}

/* The last row, and with `airy` the one above it. */
static void draw_foot(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, bool airy)
{
    bool watching = input->scene->result->plan.command == PLAN_WATCH;
    int row = frame->area.rows - airy, columns = frame->area.columns, end = 0;
    if (airy)
        frame_draw_keys(canvas, input, keys_for(canvas, input));
    else
        columns = frame_draw_keys_brief(canvas, input);
    if (!watching)
        end = draw_status(canvas, input, row, columns);
    if (!airy)
        more_draw_key(canvas, input, end > 0 ? end + KEY_LINE_BETWEEN : 0, columns);
}

/* The columns of the total when all CPUs are busy. */
static int widest_busy(
    const struct figures *figures, const struct lines_rest *rest, int columns)
{
    char text[160];
    double any = 1;
    int widest = 0;
    struct figures full = *figures;
    full.busy_cpus = full.online_cpus;
    if (!full.shares)
        full.shares = &any;
    panel_format_hidden(&full, rest, columns, sizeof text, text);
    widest = canvas_width_of(text);
    panel_format_whose(figures, rest, columns, sizeof text, text);
    return canvas_width_of(text) > widest ? canvas_width_of(text) : widest;
}

/* The two times and the total never go; what else there is room for comes around them. */
static int draw_brief(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    char busy[160];
    bool watching = input->scene->result->plan.command == PLAN_WATCH;
    bool airy = area.rows >= 11 && input->scene->result->machine.cpu_count <= 2;
    area.row = frame->titled + airy;
    if (!watching) {
        stages_draw_brief(canvas, area, input);
        area.row += stages_rows_brief(input);
    }
    int busy_row = frame->titled ? 0 : area.row++;
    area.row += airy;
    area.rows = frame->area.rows - airy - area.row;
    struct lines_rest rest = draw_panel(canvas, frame, input, area);
    int room = area.columns - (watching && frame->titled ? MACHINE_COLUMNS : 0);
    if (!watching && frame->titled && rest.cpus == 0) /* what is hidden is said in full */
        room = frame_title_room(canvas, input);
    panel_format_whose(input->figures, &rest, room, sizeof busy, busy);
    if (frame->titled)
        frame_draw_title_beside(
            canvas, input, busy, widest_busy(input->figures, &rest, room));
    else
        canvas_text(canvas, busy_row, area.column, STYLE_STRONG, busy);
    draw_foot(canvas, frame, input, airy);
    return rest.scroll;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    return frame.roomy ? draw_roomy(canvas, &frame, input)
                       : draw_brief(canvas, &frame, input);
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {VIEW_HELP_TOP,
        "Below it both runs on one scale of time. Length is time, height is CPUs busy: "
        "the second run grows under the first, and stops where it saves time.",
        "At the right of a run: how long, how much longer, how many tasks are done.",
        "Below, \"now\": what each CPU does. A full bar is 100 % busy; behind it is the "
        "worker that was seen there. A line \"0-7+\": CPUs 0 to 7, and those that share "
        "their cores.",
        VIEW_HELP_CELLS, NULL};
    static const char *const words_map[] = {VIEW_HELP_TOP,
        "The bar: tasks that are done, in hand, waiting. Below it: the time so far, and "
        "what is left.",
        "\"now\": what each CPU does. A full bar is 100 % busy; behind it is the worker "
        "that was seen there.",
        VIEW_HELP_CELLS, NULL};
    static const char *const words_watch[] = {"Top line: the machine. Nothing is run.",
        "\"now\": what each CPU does. A full bar is 100 % busy.", VIEW_HELP_CELLS, NULL};
    static const struct view_key more[] = {VIEW_HELP_DETAILS, {NULL, NULL}};
    enum plan_command command = input->scene->result->plan.command;
    return (struct view_help){command == PLAN_WATCH ? words_watch
                              : command == PLAN_MAP ? words_map
                                                    : words,
        more};
}

const struct view_ops view_live = {.name = "live", .draw = draw, .help = help};
