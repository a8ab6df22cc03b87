// SPDX-License-Identifier: MIT
#include "ui/stages.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "ui/picture.h"

enum { NAME_BRIEF_COLUMNS = 13, TIME_BRIEF_COLUMNS = 9 };

/* One stage's place in the picture. */
struct slot {
    enum result_stage_kind kind;
    const struct result_stage *stage; /* NULL: not begun */
    bool running;
    int64_t elapsed_ns;
};

int stages_rows(const struct stages *stages)
{
    return 2 * (1 + stages->rows) + stages->spaced + 1;
}

const struct result_stage *stages_find(
    const struct scene *scene, enum result_stage_kind kind)
{
    const struct result *result = scene->result;
    if (scene->phase == SCENE_ENDED) {
        const struct result_stage *usual = comparison_usual_stage(result, kind);
        if (usual)
            return usual;
    }
    for (int i = scene->stage; i >= 0; i--)
        if (result->stages[i].kind == kind)
            return &result->stages[i];
    return NULL;
}

static struct slot slot_of(const struct scene *scene, enum result_stage_kind kind)
{
    struct slot slot = {.kind = kind, .stage = stages_find(scene, kind)};
    slot.running = scene->phase == SCENE_RUNNING && slot.stage &&
                   slot.stage == &scene->result->stages[scene->stage];
    if (slot.stage)
        slot.elapsed_ns = slot.running ? scene->elapsed_ns : slot.stage->elapsed_ns;
    return slot;
}

static void name_slot(const struct result *result, const struct slot *slot, bool brief,
    size_t size, char text[])
{
    struct result_stage coming = {.kind = slot->kind, .workers = result->plan.workers};
    const struct result_stage *stage = slot->stage ? slot->stage : &coming;
    if (stage->kind == RESULT_SEQUENTIAL && brief)
        snprintf(text, size, "one by one");
    else if (stage->kind == RESULT_PARALLEL && stage->workers == 0)
        snprintf(text, size, "at a time");
    else
        words_stage(stage, size, text);
    size_t length = canvas_width_of(text) >= 0 ? (size_t)canvas_width_of(text) : 0;
    if (!brief && result->plan.repeats > 1 && stage->repeat >= 0 && slot->stage)
        snprintf(text + length, size - length, "  (run %d of %d)", stage->repeat + 1,
            result->plan.repeats);
}

void stages_format_left(const struct figures *figures, size_t size, char text[])
{
    char left[32];
    text[0] = '\0';
    if (figures->left_ns < 0)
        return;
    if (figures->left_ns < NS_PER_S / 20)
        text_copy(sizeof left, left, "0 s");
    else
        number_format_estimate(figures->left_ns, sizeof left, left);
    snprintf(text, size, "about %s left", left);
}

void stages_format_done(const struct view_input *input, size_t size, char text[])
{
    const struct figures *figures = input->figures;
    int64_t tasks = input->scene->result->plan.iterations;
    if (figures->failed > 0)
        snprintf(text, size, "%" PRId64 " of %" PRId64 ", %" PRId64 " failed",
            figures->done, tasks, figures->failed);
    else
        snprintf(text, size, "%" PRId64 " of %" PRId64 " done", figures->done, tasks);
}

/* As many figures as compare: of both times alike. */
static void format_time(const struct view_input *input, int64_t elapsed_ns, bool running,
    size_t size, char text[])
{
    int64_t scale_ns = input->axis ? input->axis->end_ns : 0;
    if (scale_ns < NS_PER_S || elapsed_ns >= 100 * NS_PER_S)
        number_format_duration(elapsed_ns, size, text);
    else
        snprintf(text, size, "%.*f s", running || scale_ns > 10 * NS_PER_S ? 1 : 2,
            (double)elapsed_ns / NS_PER_S);
}

/* How long, how much longer, how far: in the order people ask. */
static void draw_numbers(struct canvas *canvas, const struct stages *stages, int row,
    const struct slot *slot, const struct view_input *input)
{
    int end = stages->area.column + stages->area.columns;
    char elapsed[32], text[96];
    int64_t elapsed_ns = slot->running ? input->figures->elapsed_ns : slot->elapsed_ns;
    if (!slot->stage)
        return;
    format_time(input, elapsed_ns, slot->running, sizeof elapsed, elapsed);
    snprintf(text, sizeof text, "%s%s", elapsed,
        slot->running           ? " so far"
        : slot->stage->complete ? ""
                                : ", stopped");
    canvas_right(canvas, row, end, STYLE_STRONG, text);
    if (!slot->running)
        return;
    stages_format_left(input->figures, sizeof text, text);
    canvas_right(canvas, row + 1, end, STYLE_TEXT, text);
    if (stages->rows < 2)
        return;
    stages_format_done(input, sizeof text, text);
    canvas_right(canvas, row + 2, end,
        input->figures->failed > 0 ? STYLE_FAILED : STYLE_TEXT, text);
}

/* Before the first stage there is no axis yet, and nothing to draw on it. */
static struct axis axis_in(const struct view_input *input)
{
    return input->axis ? *input->axis : (struct axis){NS_PER_S, NS_PER_S};
}

static struct picture picture_of(
    const struct stages *stages, const struct view_input *input, const struct slot *slot)
{
    struct picture picture = {.area = stages->area,
        .label_columns = stages->label_columns,
        .machine = &input->scene->result->machine,
        .stage = slot->stage,
        .until_ns = slot->elapsed_ns,
        .axis = axis_in(input),
        .ids = input->details};
    picture.area.columns -= stages->numbers_columns;
    picture.area.rows = stages->rows;
    return picture;
}

static int draw_slot(struct canvas *canvas, const struct stages *stages, int row,
    const struct slot *slot, const struct view_input *input)
{
    char name[96];
    struct picture picture = picture_of(stages, input, slot);
    name_slot(input->scene->result, slot, false, sizeof name, name);
    canvas_text(canvas, row, stages->area.column, STYLE_STRONG, name);
    draw_numbers(canvas, stages, row, slot, input);
    picture.area.row = row + 1;
    picture_draw(canvas, &picture);
    return row + 1 + stages->rows;
}

static struct area free_area(
    const struct stages *stages, const struct view_input *input, const struct slot *slot)
{
    struct area area = stages->area;
    struct axis axis = axis_in(input);
    int room = area.columns - stages->label_columns - stages->numbers_columns;
    int used = stages->label_columns +
               picture_column(&axis, room, slot->stage ? slot->elapsed_ns : 0);
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
    struct slot slot = {0};
    for (int i = 0; i < 2; i++) {
        slot = slot_of(input->scene, kinds[i]);
        if (i == 1 && ret_free) {
            *ret_free = free_area(stages, input, &slot);
            ret_free->row = row + 1;
        }
        row = draw_slot(canvas, stages, row, &slot, input);
        row += i == 0 && stages->spaced;
    }
    struct picture picture = picture_of(stages, input, &slot);
    if (input->axis)
        picture_draw_axis(canvas, &picture, row);
}

/* A bar whose length is the time. */
static void draw_brief_slot(struct canvas *canvas, const struct area *area,
    const struct slot *slot, const struct view_input *input)
{
    char text[96];
    int end = area->column + area->columns;
    name_slot(input->scene->result, slot, true, sizeof text, text);
    canvas_text(canvas, area->row, area->column, STYLE_TEXT, text);
    if (!slot->stage)
        return;
    struct area bar = {area->row, area->column + NAME_BRIEF_COLUMNS, 1,
        area->columns - NAME_BRIEF_COLUMNS - TIME_BRIEF_COLUMNS};
    if (bar.columns >= 4) {
        struct axis axis = axis_in(input);
        int columns = picture_column(&axis, bar.columns, slot->elapsed_ns);
        bar.columns = columns < 1 ? 1 : columns > bar.columns ? bar.columns : columns;
        canvas_fill(canvas, bar, STYLE_BUSY, canvas_glyphs(canvas)->shade[0]);
    }
    format_time(input, slot->running ? input->figures->elapsed_ns : slot->elapsed_ns,
        slot->running, sizeof text, text);
    canvas_right(canvas, area->row, end, STYLE_STRONG, text);
}

void stages_draw_brief(
    struct canvas *canvas, struct area area, const struct view_input *input)
{
    struct slot sequential = slot_of(input->scene, RESULT_SEQUENTIAL);
    struct slot parallel = slot_of(input->scene, RESULT_PARALLEL);
    draw_brief_slot(canvas, &area, &sequential, input);
    area.row++;
    draw_brief_slot(canvas, &area, &parallel, input);
}
