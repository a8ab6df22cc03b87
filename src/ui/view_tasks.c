// SPDX-License-Identifier: MIT
#include "experiment/words_facts.h"
#include "ui/facts.h"
#include "ui/frame.h"
#include "ui/lanes.h"
#include "ui/stage_picture.h"
#include "ui/view_help.h"

enum {
    NOTED_ROWS = 10,
    AXIS_ROWS = 4,
    FACTS_ROWS = 2,
    BETWEEN_TEXTS = 2,
    BETWEEN_NAME = 1,     /* and the time at least */
    AXIS_END_COLUMNS = 3, /* for the label at its end, where no numbers stand above */
};

static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"}, {"t", "back"},
    {"w", "workers"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key keys_ended[] = {
    {"t", "back"}, {"w", "workers"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};

/* How many workers a stage has, or will have. */
static int workers_of(const struct view_input *input, const struct shown *shown)
{
    int workers = shown->stage ? shown_workers_asked(shown->stage)
                               : input->scene->result->plan.workers;
    return workers > 0 ? workers : 1;
}

static struct lanes lanes_of(
    const struct frame *frame, const struct view_input *input, const struct shown *shown)
{
    return (struct lanes){.area = frame->area,
        .label_columns = frame->label_columns,
        .numbers_columns = frame->roomy ? frame->numbers_columns : AXIS_END_COLUMNS,
        .workers = workers_of(input, shown),
        .shown = *shown,
        .scene = input->scene,
        .axis = *input->axis};
}

/* What is to be seen in a stage's lanes. */
static void explain(const struct lanes *lanes, bool told_apart, size_t size, char text[])
{
    text[0] = '\0';
    if (lanes->shown.stage && lanes->shown.stage->kind == RESULT_SEQUENTIAL)
        return;
    words_facts_lanes(lanes->fit.size, told_apart, size, text);
}

/* Which stage it is, and its time; an explanation where there is room. */
static void draw_heading(struct canvas *canvas, const struct lanes *lanes,
    const struct view_input *input, bool told_apart)
{
    char name[96], time[48], text[96];
    int row = lanes->area.row - 1, column = lanes->area.column;
    int room = lanes->area.columns - BETWEEN_TEXTS;
    shown_name(input->scene, &lanes->shown, false, sizeof name, name);
    shown_time(&lanes->shown, input, room, sizeof time, time);
    if (canvas_width_of(name) + BETWEEN_NAME + canvas_width_of(time) >
        lanes->area.columns)
        shown_name(input->scene, &lanes->shown, true, sizeof name, name);
    canvas_text(canvas, row, column, STYLE_STRONG, name);
    room -= canvas_width_of(name);
    shown_time(&lanes->shown, input, room, sizeof time, time);
    canvas_right(canvas, row, column + lanes->area.columns, STYLE_STRONG, time);
    room -= canvas_width_of(time);
    explain(lanes, told_apart, sizeof text, text);
    if (canvas_width_of(text) <= room)
        canvas_text(canvas, row, column + canvas_width_of(name), STYLE_TEXT, text);
}

/* How much longer, how far: at the right of the stage that runs. */
static void draw_progress(
    struct canvas *canvas, const struct lanes *lanes, const struct view_input *input)
{
    char text[96];
    int row = lanes->area.row, end = lanes->area.column + lanes->area.columns;
    if (!lanes->shown.running || lanes->numbers_columns <= AXIS_END_COLUMNS)
        return;
    shown_left(input, sizeof text, text);
    canvas_right(canvas, row, end, STYLE_TEXT, text);
    if (lanes_rows(&lanes->fit) < 2)
        return;
    shown_done(input, sizeof text, text);
    canvas_right(canvas, row + 1, end,
        input->figures->failed > 0 ? STYLE_FAILED : STYLE_TEXT, text);
}

/* Returns the row below. */
static int draw_stage(
    struct canvas *canvas, const struct lanes *lanes, const struct view_input *input)
{
    bool told_apart = lanes_draw(canvas, lanes);
    draw_heading(canvas, lanes, input, told_apart);
    draw_progress(canvas, lanes, input);
    return lanes->area.row + lanes_rows(&lanes->fit);
}

static void draw_axis(struct canvas *canvas, const struct lanes *lanes, int row)
{
    struct stage_picture picture = {
        .area = lanes->area, .label_columns = lanes->label_columns, .axis = lanes->axis};
    picture.area.columns -= lanes->numbers_columns;
    stage_picture_draw_axis(canvas, &picture, row);
}

/* The pool's; of a sweep those of the stage that is shown, which may be the first. */
static struct lanes pool_of(const struct frame *frame, const struct view_input *input)
{
    bool sweep = input->scene->result->plan.command == PLAN_SWEEP;
    struct shown shown =
        sweep ? shown_latest(input->scene) : shown_find(input->scene, RESULT_PARALLEL);
    return lanes_of(frame, input, &shown);
}

/* Both stages, the sequential one as a single lane, as in live. */
static int draw_run(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct shown shown = shown_find(input->scene, RESULT_SEQUENTIAL);
    struct lanes alone = lanes_of(frame, input, &shown);
    struct lanes pool = pool_of(frame, input);
    int rows = frame->area.rows - FRAME_FIRST_ROW - 3 - FACTS_ROWS - 3;
    alone.workers = 1;
    pool.fit = lanes_fit(pool.workers, 1, rows);
    alone.fit = (struct lanes_fit){1, 1, pool.fit.thickness, 0};
    alone.area.row = FRAME_FIRST_ROW + 1;
    pool.area.row = draw_stage(canvas, &alone, input) + 2;
    int row = draw_stage(canvas, &pool, input);
    draw_axis(canvas, &pool, row);
    return row;
}

static int draw_map(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct lanes pool = pool_of(frame, input);
    pool.fit = lanes_fit(
        pool.workers, 0, frame->area.rows - FRAME_FIRST_ROW - 2 - FACTS_ROWS - 1);
    pool.area.row = FRAME_FIRST_ROW + 1;
    int row = draw_stage(canvas, &pool, input);
    draw_axis(canvas, &pool, row);
    return row;
}

static void draw_roomy(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    bool run = input->scene->result->plan.command == PLAN_RUN;
    int row = run ? draw_run(canvas, frame, input) : draw_map(canvas, frame, input);
    struct area area = frame->area;
    struct shown shown = shown_latest(input->scene);
    area.row = row + 2;
    area.rows = FACTS_ROWS;
    facts_draw(canvas, area, &input->scene->result->plan, &shown);
}

/* One stage; what there is no room for goes: facts, headline, axis. */
static void draw_brief(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct shown shown = shown_latest(input->scene);
    struct lanes lanes = lanes_of(frame, input, &shown);
    int rows = frame->area.rows;
    bool timed = rows >= AXIS_ROWS, noted = rows >= NOTED_ROWS;
    lanes.area.row = frame->titled + 1;
    lanes.fit = lanes_fit(lanes.workers, 0, rows - frame->titled - 1 - timed - noted);
    int row = draw_stage(canvas, &lanes, input);
    if (timed)
        draw_axis(canvas, &lanes, row);
    struct area area = {row + 1, frame->area.column, 1, frame->area.columns};
    if (noted)
        facts_draw(canvas, area, &input->scene->result->plan, &shown);
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    if (frame.titled)
        frame_draw_title(canvas, input, NULL);
    if (!input->axis || !scene_stage(input->scene))
        shown_draw_nothing(canvas, &frame, input);
    else if (frame.roomy)
        draw_roomy(canvas, &frame, input);
    else
        draw_brief(canvas, &frame, input);
    frame_draw_keys_or_brief(
        canvas, input, input->scene->phase == SCENE_ENDED ? keys_ended : keys);
    return 0;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {VIEW_HELP_TOP,
        "Each run: workers downwards, time to the right, on one scale for both. Where it "
        "is filled the worker had a task; a gap is time without one.",
        "Tasks that are long enough stand by themselves, in two shades by turns, with "
        "their number; of short ones the height says how much of the time was in tasks. "
        "F is one that failed. Lighter: in hand now.",
        "With many workers a row is of several, which its label says.",
        "The last lines: how long tasks took, and who had nothing to do.", NULL};
    static const struct view_key more[] = {{"t", "back to the picture"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_tasks = {.name = "tasks", .draw = draw, .help = help};
