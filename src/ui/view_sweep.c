// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/outline.h"
#include "experiment/sweep.h"
#include "experiment/words_outcome.h"
#include "ui/digits.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/notice.h"
#include "ui/panel.h"
#include "ui/plot.h"
#include "ui/shown.h"
#include "ui/sweep_progress.h"
#include "ui/sweep_table.h"
#include "ui/verdict.h"
#include "ui/view_help.h"

enum {
    FIGURE_ROWS = 3,                  /* under the plot */
    BELOW_ROWS = SWEEP_PROGRESS_ROWS, /* or the advice */
    FITS_ROWS = 5,                    /* of details */
    AROUND_ROWS = FRAME_FIRST_ROW + 1 + FIGURE_ROWS + 1 + BELOW_ROWS + 1,
    PANEL_FROM_ROWS = 34,
    TEXT_MAX = 32,
};

static bool has_ended(const struct view_input *input)
{
    return input->scene->phase == SCENE_ENDED;
}

/* Whether there is room below the plot for every CPU, or the figures. */
static bool has_panel(const struct frame *frame, const struct view_input *input)
{
    return !input->details && frame->area.rows >= PANEL_FROM_ROWS;
}

/* What stands under each point, in three rows. */
struct texts {
    char workers[TEXT_MAX], speedup[TEXT_MAX], each[TEXT_MAX];
};

static void format_texts(const struct point *point, struct texts *ret_texts)
{
    snprintf(ret_texts->workers, TEXT_MAX, "%d", point->workers);
    ret_texts->speedup[0] = ret_texts->each[0] = '\0';
    if (!point->result)
        return;
    outline_format_times(point->result->speedup, TEXT_MAX, ret_texts->speedup);
    snprintf(ret_texts->each, TEXT_MAX, "%.0f %%", 100 * point->result->efficiency);
}

static void draw_figures(struct canvas *canvas, const struct plot *plot, int row)
{
    size_t count = plot->points->count;
    struct texts *texts = memory_new(count, sizeof *texts);
    const char **rows = memory_new(FIGURE_ROWS * count, sizeof *rows);
    static const char *const labels[] = {"workers", "times", "each"};
    for (size_t i = 0; i < count; i++) {
        format_texts(&plot->points->list[i], &texts[i]);
        rows[i] = texts[i].workers;
        rows[count + i] = texts[i].speedup;
        rows[2 * count + i] = texts[i].each;
    }
    for (int i = 0; i < FIGURE_ROWS; i++)
        plot_draw_row(canvas, plot,
            &(struct plot_row){row + i, labels[i], rows + (size_t)i * count, i == 0});
    canvas_right(canvas, row + FIGURE_ROWS - 1, plot->area.column + plot->area.columns,
        STYLE_TEXT, "of a worker alone");
    free(rows);
    free(texts);
}

/* The speed-up of the advice as large as it fits, with the number of workers below. */
static void draw_digits(
    struct canvas *canvas, const struct plot *plot, const struct result_sweep *sweep)
{
    const struct point *point = points_find(plot->points, sweep->advice_workers);
    char text[TEXT_MAX], words[TEXT_MAX];
    struct area area;
    if (!point || !point->result)
        return;
    outline_format_times(point->result->speedup, sizeof text - 1, text);
    text_append(sizeof text, text, "x");
    snprintf(words, sizeof words, "with %d worker%s", point->workers,
        point->workers == 1 ? "" : "s");
    int scale = digits_scale(text, plot->area.rows, plot->area.columns);
    int least = canvas_width_of(words);
    for (; scale > 0; scale--) {
        int width = digits_width(text, scale);
        int rows = scale * DIGITS_ROWS + 2, columns = width > least ? width : least;
        if (!plot_find_room(plot, rows, columns + 2, &area))
            continue;
        int end = area.column + area.columns;
        digits_draw(
            canvas, &(struct digits){area.row, end - width, scale, STYLE_STRONG}, text);
        canvas_right(canvas, area.row + rows - 1, end, STYLE_STRONG, words);
        return;
    }
}

static void draw_plot(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct points *points, int rows)
{
    const struct result *result = input->scene->result;
    struct plot plot = {.area = frame->area,
        .label_columns = frame->label_columns,
        .names_columns = frame->numbers_columns,
        .points = points,
        .sweep = &result->sweep,
        .room = sweep_room(result),
        .fitted_workers = sweep_fitted_workers(result)};
    plot.area.row = FRAME_FIRST_ROW + 1;
    plot.area.rows = rows;
    canvas_text(
        canvas, FRAME_FIRST_ROW, frame->area.column, STYLE_STRONG, "times as fast");
    plot_init(&plot);
    plot_draw(canvas, &plot);
    if (has_ended(input))
        draw_digits(canvas, &plot, &result->sweep);
    draw_figures(canvas, &plot, plot.area.row + rows);
    plot_finish(&plot);
}

/* The laws, or why there is none. */
static void draw_fits(
    struct canvas *canvas, struct area area, const struct result *result)
{
    char text[400];
    int end = area.row + area.rows;
    sweep_describe_amdahl(result, sizeof text, text);
    area.rows = 2;
    area.row += canvas_paragraph(canvas, area, STYLE_TEXT, text);
    area.rows = end - area.row;
    sweep_describe_usl(result, sizeof text, text);
    canvas_paragraph(canvas, area, STYLE_TEXT, text);
}

static void draw_more(
    struct canvas *canvas, const struct area *row, const struct more *more)
{
    char text[48];
    more_format(more, "more", sizeof text, text);
    canvas_text(canvas, row->row, row->column, STYLE_STRONG, text);
}

/* All figures in place of the picture. */
static int draw_details(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct points *points)
{
    struct sweep_table table = {.area = frame->area,
        .points = points,
        .input = input,
        .heads = true,
        .details = true};
    struct more more;
    table.area.row = FRAME_FIRST_ROW;
    table.area.rows =
        frame->area.rows - FRAME_FIRST_ROW - 1 - FITS_ROWS - 1 - BELOW_ROWS - 1;
    int most = sweep_table_draw(canvas, &table, &more);
    int rows = sweep_table_rows(&table);
    struct area area = frame->area;
    area.row = FRAME_FIRST_ROW + (rows < table.area.rows ? rows : table.area.rows);
    draw_more(canvas, &area, &more);
    area.row++;
    area.rows = FITS_ROWS;
    draw_fits(canvas, area, input->scene->result);
    return most;
}

/* Why there is less to see than there might be; false where that is not so. */
static bool say_missing(const struct result *result, size_t size, char text[])
{
    const struct result_sweep *sweep = &result->sweep;
    sweep_describe_cut(result, size, text);
    if (!*text && sweep->point_count > 1 && !sweep_has_curve(sweep))
        text_copy(size, text, "No curve: it takes 3 points with a CPU for each worker.");
    return *text;
}

static void draw_notice(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    char text[128];
    if (!has_ended(input))
        notice_draw(canvas, &frame->area, input);
    else if (say_missing(input->scene->result, sizeof text, text))
        canvas_text(canvas, 1, frame->area.column, STYLE_TEXT, text);
}

/* Below what goes on every CPU, or what was found in figures. */
static int draw_rest(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct points *points, struct area area)
{
    struct more more;
    struct sweep_table table = {
        .area = area, .points = points, .input = input, .heads = true};
    bool all = sweep_table_rows(&table) <= area.rows;
    struct panel panel = {.area = area,
        .scene = input->scene,
        .figures = input->figures,
        .head = true,
        .label_columns = frame->label_columns,
        .first_line = input->scroll};
    if (!has_ended(input)) {
        struct lines_rest rest = panel_draw(canvas, &panel);
        more_set_page(input, rest.lines);
        return rest.scroll;
    }
    table.area.rows -= !all;
    int most = sweep_table_draw(canvas, &table, &more);
    area.row += table.area.rows;
    draw_more(canvas, &area, &more);
    return most;
}

static int draw_roomy(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct points *points)
{
    struct area below = frame->area;
    int room = frame->area.rows - AROUND_ROWS, most = 0;
    bool both = has_panel(frame, input);
    int rows = both ? room * 3 / 5 : room;
    frame_draw_title(canvas, input, NULL);
    draw_notice(canvas, frame, input);
    below.row = frame->area.rows - BELOW_ROWS - 1;
    if (input->details)
        most = draw_details(canvas, frame, input, points);
    else {
        draw_plot(canvas, frame, input, points, rows);
        below.row = FRAME_FIRST_ROW + 1 + rows + FIGURE_ROWS + 1;
    }
    below.rows = BELOW_ROWS;
    if (has_ended(input))
        verdict_draw_sentence(canvas, below, input->scene->result);
    else
        sweep_progress_draw(
            canvas, frame, &(struct sweep_progress){input, points, below.row, both});
    below.row += BELOW_ROWS + 1;
    below.rows = frame->area.rows - 1 - below.row;
    if (both)
        most = draw_rest(canvas, frame, input, points, below);
    frame_draw_keys(canvas, input, frame_picture_keys(canvas, input));
    return most;
}

/* The advice in as few rows as it takes, but no more than half of them; what runs in
 * one. Returns the rows. */
static int draw_brief_below(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    struct shown shown = shown_latest(input->scene);
    char text[WORDS_OUTCOME_SIZE];
    area.rows = 1;
    if (has_ended(input)) {
        words_outcome(input->scene->result, sizeof text, text);
        area.rows = canvas_paragraph_rows(text, area.columns);
        if (area.rows > frame->area.rows / 2)
            area.rows = frame->area.rows / 2;
        area.row = frame->area.rows - area.rows;
        verdict_draw_sentence(canvas, area, input->scene->result);
        return area.rows;
    }
    area.row = frame->area.rows - 1;
    const char *phase = notice_phase(input->scene);
    if (phase || !shown.stage) {
        canvas_paragraph(canvas, area, STYLE_TEXT, phase ? phase : "");
        return area.rows;
    }
    shown_name(input->scene, &shown, true, sizeof text, text);
    canvas_text(canvas, area.row, area.column, STYLE_STRONG, text);
    int room = area.columns - canvas_width_of(text) - 2;
    shown_time(&shown, input, room, sizeof text, text);
    canvas_right(canvas, area.row, area.column + area.columns, STYLE_STRONG, text);
    return area.rows;
}

/* The machine, or what is more important. */
static const char *title_right(const struct view_input *input)
{
    return input->scene->result->sweep.cut_short ? "cut short" : NULL;
}

/* A line for each point; what is not seen is counted in the last row. */
static int draw_brief(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct points *points)
{
    struct sweep_table table = {.area = frame->area, .points = points, .input = input};
    char text[96] = "", left[96], few[48];
    struct more more;
    panel_format_busy(input->figures, true, sizeof text, text);
    if (frame->titled)
        frame_draw_title(canvas, input, has_ended(input) ? title_right(input) : text);
    else if (!has_ended(input))
        canvas_text(canvas, 0, frame->area.column, STYLE_STRONG, text);
    table.area.row = frame->titled || !has_ended(input);
    table.area.rows = frame->area.rows - table.area.row;
    table.area.rows -= draw_brief_below(canvas, frame, input);
    int most = sweep_table_draw(canvas, &table, &more);
    left[0] = '\0';
    more_format(&more, "more", sizeof text, text);
    if (!has_ended(input))
        sweep_progress_left(input, points, sizeof left, left);
    int room = frame_draw_keys_brief(canvas, input);
    more_format(&more, "", sizeof few, few);
    if (*left && canvas_width_of(text) + canvas_width_of(left) + 2 > room &&
        canvas_width_of(few) + canvas_width_of(left) + 2 <= room)
        text_copy(sizeof text, text, few);
    if (*left && canvas_width_of(text) + canvas_width_of(left) + 2 <= room)
        text_append(sizeof text, text, "%s%s", *text ? ", " : "", left);
    if (canvas_width_of(text) <= room)
        canvas_text(canvas, frame->area.rows, frame->area.column, STYLE_TEXT, text);
    more_draw_key(canvas, input, *text ? canvas_width_of(text) + 2 : 0, room);
    return most;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    struct points points;
    points_init(&points, input->scene);
    int most = frame.roomy ? draw_roomy(canvas, &frame, input, &points)
                           : draw_brief(canvas, &frame, input, &points);
    points_finish(&points);
    return most;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {VIEW_HELP_TOP,
        "The curve: how many times as fast (upwards) with how many workers (to the "
        "right). A point was measured; a bar through it is its spread; the dots are what "
        "is possible; the line is fitted to the points.",
        "Under it, for some points: workers, times as fast, and how fast each worker "
        "was, "
        "100 % being one alone.",
        "Below: what runs now and what is left; at the end, how many workers to take.",
        "On a small screen every number of workers is a line instead.", NULL};
    static const struct view_key more[] = {
        {"d", "details: every point as a line, and the fitted laws"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_sweep = {.name = "sweep", .draw = draw, .help = help};
