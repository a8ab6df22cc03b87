// SPDX-License-Identifier: MIT
#include "ui/stages.h"

#include "base/clock.h"
#include "ui/shown.h"
#include "ui/stage_picture.h"

enum { ROWS_MIN = 2, NAME_BRIEF_COLUMNS = 14, TIME_BRIEF_COLUMNS = 9, TEXT_SIZE = 96 };

void stages_fit(struct stages *stages, const struct machine *machine, int rows)
{
    stages->rows = stage_picture_rows(machine, rows < ROWS_MIN ? ROWS_MIN : rows);
}

int stages_rows(const struct stages *stages)
{
    return 2 * (1 + stages->rows) + stages->spaced + 1;
}

/* How long, how much longer, how far: in the order people ask. */
static void draw_numbers(struct canvas *canvas, const struct stages *stages, int row,
    const struct shown *shown, const struct view_input *input)
{
    int end = stages->area.column + stages->area.columns;
    char text[96];
    int columns = stages->numbers_columns; /* there is room beside the stage's name */
    if (shown->stage && shown->stage->projected)
        columns = stages->area.columns / 2;
    shown_time(shown, input, columns, sizeof text, text);
    canvas_right(canvas, row, end, STYLE_STRONG, text);
    if (!shown->running)
        return;
    shown_left(input, sizeof text, text);
    canvas_right(canvas, row + 1, end, STYLE_TEXT, text);
    shown_done(input, sizeof text, text);
    canvas_right(canvas, row + 2, end,
        input->figures->failed > 0 ? STYLE_FAILED : STYLE_TEXT, text);
}

/* Before the first stage there is no axis yet, and nothing to draw on it. */
static struct axis axis_in(const struct view_input *input)
{
    return input->axis ? *input->axis : (struct axis){NS_PER_S, NS_PER_S};
}

static struct stage_picture picture_of(const struct stages *stages,
    const struct view_input *input, const struct shown *shown)
{
    struct stage_picture picture = {.area = stages->area,
        .label_columns = stages->label_columns,
        .machine = &input->scene->result->machine,
        .stage = shown->stage,
        .until_ns = shown->until_ns,
        .measured_ns = shown_measured_ns(shown),
        .axis = axis_in(input),
        .ids = input->details};
    picture.area.columns -= stages->numbers_columns;
    picture.area.rows = stages->rows;
    return picture;
}

static int draw_stage(struct canvas *canvas, const struct stages *stages, int row,
    const struct shown *shown, const struct view_input *input)
{
    char name[96];
    struct stage_picture picture = picture_of(stages, input, shown);
    shown_name(input->scene, shown, false, sizeof name, name);
    canvas_text(canvas, row, stages->area.column, STYLE_STRONG, name);
    draw_numbers(canvas, stages, row, shown, input);
    picture.area.row = row + 1;
    stage_picture_draw(canvas, &picture);
    return row + 1 + stages->rows;
}

static struct area free_area(const struct stages *stages, const struct view_input *input,
    const struct shown *shown)
{
    struct area area = stages->area;
    struct axis axis = axis_in(input);
    int room = area.columns - stages->label_columns - stages->numbers_columns;
    int used = stages->label_columns +
               stage_picture_column(&axis, room, shown->stage ? shown->until_ns : 0);
    area.column += used;
    area.columns -= used;
    area.rows = stages->rows;
    return area;
}

void stages_draw(struct canvas *canvas, const struct stages *stages,
    const struct view_input *input, struct area *ret_free)
{
    static const enum result_stage_kind kinds[] = {RESULT_SEQUENTIAL, RESULT_PARALLEL};
    int row = stages->area.row;
    struct shown shown = {0};
    for (int i = 0; i < 2; i++) {
        shown = shown_find(input->scene, kinds[i]);
        if (i == 1 && ret_free) {
            *ret_free = free_area(stages, input, &shown);
            ret_free->row = row + 1;
        }
        row = draw_stage(canvas, stages, row, &shown, input);
        row += i == 0 && stages->spaced;
    }
    struct stage_picture picture = picture_of(stages, input, &shown);
    if (input->axis)
        stage_picture_draw_axis(canvas, &picture, row);
}

/* What was not measured is told apart. */
static void draw_bar_brief(
    struct canvas *canvas, struct area bar, const struct shown *shown)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    int64_t measured_ns = shown_measured_ns(shown);
    struct area rest = bar;
    if (measured_ns < shown->until_ns) {
        int room =
            (int)((double)bar.columns * (double)measured_ns / (double)shown->until_ns);
        bar.columns = room > 1 ? room : 1;
    }
    canvas_fill(canvas, bar, STYLE_BUSY, glyphs->shade[0]);
    rest.column += bar.columns;
    rest.columns -= bar.columns;
    canvas_fill(canvas, rest, STYLE_BUSY, glyphs->projected);
}

/* Both stages' columns: wider than usual where a name or a time is, so that a bar is as
 * long as its time, and ends before that. */
struct brief {
    struct area area;
    const struct view_input *input;
    int name_columns, time_columns;
};

static void make_room(struct brief *brief, const struct shown *shown)
{
    char text[TEXT_SIZE];
    shown_name(brief->input->scene, shown, true, sizeof text, text);
    if (canvas_width_of(text) >= brief->name_columns)
        brief->name_columns = canvas_width_of(text) + 1;
    if (!shown->stage)
        return;
    shown_time(shown, brief->input, brief->time_columns, sizeof text, text);
    if (canvas_width_of(text) >= brief->time_columns)
        brief->time_columns = canvas_width_of(text) + 1;
}

/* A bar whose length is the time. */
static void draw_stage_brief(
    struct canvas *canvas, const struct brief *brief, int row, const struct shown *shown)
{
    const struct area *area = &brief->area;
    char text[TEXT_SIZE];
    shown_name(brief->input->scene, shown, true, sizeof text, text);
    canvas_text(canvas, row, area->column, STYLE_TEXT, text);
    if (!shown->stage)
        return;
    struct area bar = {row, area->column + brief->name_columns, 1,
        area->columns - brief->name_columns - brief->time_columns};
    if (bar.columns >= 4) {
        struct axis axis = axis_in(brief->input);
        int columns = stage_picture_column(&axis, bar.columns, shown->until_ns);
        bar.columns = columns < 1 ? 1 : columns > bar.columns ? bar.columns : columns;
        draw_bar_brief(canvas, bar, shown);
    }
    shown_time(shown, brief->input, brief->time_columns, sizeof text, text);
    canvas_right(canvas, row, area->column + area->columns, STYLE_STRONG, text);
}

int stages_rows_brief(const struct view_input *input)
{
    return input->scene->result->plan.command == PLAN_RUN ? 2 : 1;
}

void stages_draw_brief(
    struct canvas *canvas, struct area area, const struct view_input *input)
{
    struct shown sequential = shown_find(input->scene, RESULT_SEQUENTIAL);
    struct shown parallel = shown_find(input->scene, RESULT_PARALLEL);
    bool both = stages_rows_brief(input) > 1;
    struct brief brief = {area, input, NAME_BRIEF_COLUMNS, TIME_BRIEF_COLUMNS};
    if (both)
        make_room(&brief, &sequential);
    make_room(&brief, &parallel);
    if (both)
        draw_stage_brief(canvas, &brief, area.row++, &sequential);
    draw_stage_brief(canvas, &brief, area.row, &parallel);
}
