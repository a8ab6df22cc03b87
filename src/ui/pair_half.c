// SPDX-License-Identifier: MIT
#include "ui/pair_half.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "experiment/words_check.h"
#include "experiment/words_programs.h"
#include "ui/stage_picture.h"

enum {
    LABEL_COLUMNS = 7,
    NAME_COLUMNS = 13, /* of a bar */
    TIME_COLUMNS = 9,
    BAR_COLUMNS_MIN = 4,
    BETWEEN = 2,
};

static void add_strip(struct pair_half *half, const struct result_stage *stage)
{
    if (!stage || half->count == PAIR_STRIPS_MAX)
        return;
    struct pair_strip *strip = &half->strips[half->count++];
    char time[48];
    strip->stage = stage;
    words_stage(stage, sizeof strip->name, strip->name);
    text_copy(sizeof strip->brief, strip->brief, strip->name);
    if (stage->kind == RESULT_SEQUENTIAL)
        text_copy(sizeof strip->brief, strip->brief, "one by one");
    if (stage->kind == RESULT_PROGRAM)
        words_program_label(
            half->result, stage->program, sizeof strip->brief, strip->brief);
    number_format_duration(stage->elapsed_ns, sizeof time, time);
    bool stopped = !stage->complete && stage->kind != RESULT_WATCHED;
    snprintf(strip->time, sizeof strip->time, "%s%s%s", stage->projected ? "~" : "", time,
        stopped ? ", stopped" : "");
}

/* The usual stage of a kind, or the first where none did it all. */
static const struct result_stage *find_stage(
    const struct result *result, enum result_stage_kind kind)
{
    const struct result_stage *usual = comparison_usual_stage(result, kind);
    for (size_t i = 0; i < result->stage_count && !usual; i++)
        if (result->stages[i].kind == kind)
            usual = &result->stages[i];
    return usual;
}

/* Of a sweep that with as many workers as the line of it names, and of its runs the one
 * that took about as long as it says there. */
static const struct result_stage *find_point(const struct pair_half *half)
{
    const struct result *result = half->result;
    const struct result_stage *nearest = NULL;
    int64_t least_ns = INT64_MAX;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        int64_t away_ns = llabs(stage->elapsed_ns - half->outline.parallel_ns);
        if (stage->kind != RESULT_PARALLEL || !stage->complete || stage->warmup ||
            stage->workers_asked != half->outline.workers || away_ns >= least_ns)
            continue;
        nearest = stage;
        least_ns = away_ns;
    }
    return nearest;
}

/* The shortest whole run of the first program, or of the others. */
static const struct result_stage *find_program(const struct result *result, bool first)
{
    const struct result_stage *fastest = NULL;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind != RESULT_PROGRAM || stage->warmup || !stage->complete ||
            (stage->program == 0) != first)
            continue;
        if (!fastest || stage->elapsed_ns < fastest->elapsed_ns)
            fastest = stage;
    }
    return fastest;
}

static void find_strips(struct pair_half *half)
{
    const struct result *result = half->result;
    enum plan_command command = result->plan.command;
    if (command == PLAN_CHECK)
        return;
    if (command == PLAN_VERSUS) {
        add_strip(half, find_program(result, true));
        add_strip(half, find_program(result, false));
    } else if (command == PLAN_WATCH) {
        add_strip(half, result->stage_count > 0 ? &result->stages[0] : NULL);
    } else {
        bool sweeps = command == PLAN_SWEEP;
        add_strip(half, find_stage(result, RESULT_SEQUENTIAL));
        add_strip(half, sweeps ? find_point(half) : find_stage(result, RESULT_PARALLEL));
    }
}

static void find_words(struct pair_half *half)
{
    const struct result *result = half->result;
    char summary[PAIR_WORDS_SIZE - 32];
    if (half->count > 0)
        return;
    if (!result->check.has) {
        text_copy(sizeof half->words, half->words,
            result->nothing_to_do ? "There was nothing to do."
                                  : "It was stopped before anything was done.");
        return;
    }
    words_check_summary(result, sizeof summary, summary);
    snprintf(half->words, sizeof half->words, "%s: %s",
        check_verdict_names[result->check.verdict], summary);
}

void pair_half_init(struct pair_half *half, const struct result *result, const char *name)
{
    *half = (struct pair_half){.result = result};
    outline_init(&half->outline, result, name);
    find_strips(half);
    find_words(half);
}

int64_t pair_half_longest_ns(const struct pair_half *half)
{
    int64_t longest_ns = 0;
    for (int i = 0; i < half->count; i++)
        if (half->strips[i].stage->elapsed_ns > longest_ns)
            longest_ns = half->strips[i].stage->elapsed_ns;
    return longest_ns;
}

void pair_half_draw_headline(
    struct canvas *canvas, struct area row, const struct pair_half *half)
{
    char machine[200], what[OUTLINE_CELL_SIZE];
    const struct outline *outline = &half->outline;
    words_machine_short(&half->result->machine, sizeof machine, machine);
    int room = row.columns - canvas_width_of(machine) - BETWEEN;
    if (canvas_width_of(outline->cells[OUTLINE_WHAT]) <= room ||
        (outline->brief[0] && canvas_width_of(outline->brief) <= room)) {
        canvas_right(canvas, row.row, row.column + row.columns, STYLE_TEXT, machine);
        row.columns = room;
    }
    outline_write_what(outline, row.columns, "..", what);
    canvas_field(canvas, &row, STYLE_STRONG, what);
}

static struct stage_picture picture_of(
    struct area area, const struct pair_half *half, struct axis axis)
{
    return (struct stage_picture){.area = area,
        .label_columns = LABEL_COLUMNS,
        .machine = &half->result->machine,
        .axis = axis};
}

int pair_half_draw_picture(struct canvas *canvas, struct area area,
    const struct pair_half *half, const struct pair_strip *strip, struct axis axis)
{
    int end = area.column + area.columns;
    struct area name = {
        area.row, area.column, 1, area.columns - canvas_width_of(strip->time) - BETWEEN};
    canvas_field(canvas, &name, STYLE_TEXT, strip->name);
    canvas_right(canvas, area.row, end, STYLE_STRONG, strip->time);
    area.row++;
    area.rows = stage_picture_rows(&half->result->machine, area.rows - 1);
    struct stage_picture picture = picture_of(area, half, axis);
    picture.stage = strip->stage;
    picture.until_ns = strip->stage->elapsed_ns;
    picture.measured_ns = result_measured_ns(strip->stage);
    if (picture.measured_ns > picture.until_ns)
        picture.measured_ns = picture.until_ns;
    stage_picture_draw(canvas, &picture);
    return area.rows + 1;
}

void pair_half_draw_axis(struct canvas *canvas, struct area row,
    const struct pair_half *half, struct axis axis)
{
    struct stage_picture picture = picture_of(row, half, axis);
    stage_picture_draw_axis(canvas, &picture, row.row);
}

void pair_half_draw_bar(struct canvas *canvas, struct area row,
    const struct pair_strip *strip, struct axis axis)
{
    int time = canvas_width_of(strip->time), end = row.column + row.columns;
    struct area name = {row.row, row.column, 1, NAME_COLUMNS - 1};
    struct area bar = {row.row, row.column + NAME_COLUMNS, 1, 0};
    int room =
        row.columns - NAME_COLUMNS - 1 - (time > TIME_COLUMNS ? time : TIME_COLUMNS);
    if (row.columns - time - 1 < name.columns)
        name.columns = row.columns - time - 1;
    canvas_field(canvas, &name, STYLE_TEXT, strip->brief);
    if (room >= BAR_COLUMNS_MIN) {
        int columns = stage_picture_column(&axis, room, strip->stage->elapsed_ns);
        bar.columns = columns < 1 ? 1 : columns > room ? room : columns;
        canvas_fill(canvas, bar, STYLE_BUSY, canvas_glyphs(canvas)->shade[0]);
    }
    canvas_right(canvas, row.row, end, STYLE_STRONG, strip->time);
}
