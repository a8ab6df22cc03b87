// SPDX-License-Identifier: MIT
/* Whole programs on one axis of time, and every CPU now; when they are over, what came of
 * them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/words_programs.h"
#include "ui/digits.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/notice.h"
#include "ui/panel.h"
#include "ui/processes.h"
#include "ui/shown.h"
#include "ui/stage_picture.h"
#include "ui/view_help.h"

enum {
    PANEL_ROWS_MIN = 8,
    VERDICT_ROWS = 4, /* of the sentence, with empty rows around it */
    PICTURE_ROWS_MIN = 2,
    NAME_COLUMNS_MAX = 30,
    TIME_COLUMNS = 9,
    BAR_COLUMNS_MIN = 4,
    TEXT_SIZE = 128,
};

/* What all functions here draw on and from. */
struct drawing {
    struct canvas *canvas;
    const struct frame *frame;
    const struct view_input *input;
    bool ended;
    int count; /* of programs */
};

/* The run of a program to be shown: the one that runs, or the last one; NULL before. */
static struct shown find_run(const struct scene *scene, int program)
{
    struct shown shown = {.kind = RESULT_PROGRAM};
    for (int i = scene->stage; i >= 0 && !shown.stage; i--) {
        const struct result_stage *stage = &scene->result->stages[i];
        bool running = scene->phase == SCENE_RUNNING && i == scene->stage;
        if (stage->program != program || (stage->warmup && !running))
            continue;
        shown.stage = stage;
        shown.running = running;
        shown.until_ns = running ? scene->elapsed_ns : stage->elapsed_ns;
    }
    return shown;
}

static void name_run(const struct drawing *drawing, int program,
    const struct shown *shown, char text[TEXT_SIZE])
{
    const struct result *result = drawing->input->scene->result;
    bool brief = drawing->ended || !shown->stage || shown->stage->warmup;
    if (shown->stage)
        shown_name(drawing->input->scene, shown, brief, TEXT_SIZE, text);
    else
        words_program_label(result, program, TEXT_SIZE, text);
}

static struct axis axis_in(const struct view_input *input)
{
    return input->axis ? *input->axis : (struct axis){NS_PER_S, NS_PER_S};
}

/* A picture as it is for all of them, of so many rows. */
static struct stage_picture picture_in(
    const struct drawing *drawing, int row, int rows, const struct shown *shown)
{
    struct stage_picture picture = {.area = drawing->frame->area,
        .label_columns = drawing->frame->label_columns,
        .machine = &drawing->input->scene->result->machine,
        .stage = shown->stage,
        .until_ns = shown->until_ns,
        .measured_ns = shown->until_ns,
        .axis = axis_in(drawing->input),
        .ids = drawing->input->details};
    picture.area.columns -= drawing->frame->numbers_columns;
    picture.area.row = row;
    picture.area.rows = rows;
    return picture;
}

/* Where there is room for them: the largest of the processes, and how sure the ratio is.
 */
static void draw_more(const struct drawing *drawing, int row, int rows, int program)
{
    const struct result_program *about =
        &drawing->input->scene->result->programs.list[program];
    int end = drawing->frame->area.column + drawing->frame->area.columns;
    char memory[32];
    if (rows > 0 && about->max_rss_bytes > 0) {
        words_program_memory(about->max_rss_bytes, sizeof memory, memory);
        canvas_right(drawing->canvas, row++, end - canvas_width_of(memory), STYLE_TEXT,
            "largest ");
        canvas_right(drawing->canvas, row - 1, end, STYLE_TEXT, memory);
        rows--;
    }
    if (rows > 0 && program > 0 && about->ratio > 0 && about->has_interval) {
        char text[TEXT_SIZE];
        snprintf(text, sizeof text, "%.2f to %.2f times", about->interval_low,
            about->interval_high);
        canvas_right(drawing->canvas, row, end, STYLE_TEXT, text);
    }
}

/* Beside the picture of so many rows: how much longer and how many processes, or what
 * they used. */
static void draw_numbers(const struct drawing *drawing, int row, int rows, int program,
    const struct shown *shown)
{
    const struct view_input *input = drawing->input;
    const struct family *family = input->scene->family;
    const struct result_program *about = &input->scene->result->programs.list[program];
    int end = drawing->frame->area.column + drawing->frame->area.columns;
    char text[TEXT_SIZE] = "", count[TEXT_SIZE] = "";
    if (shown->running) {
        shown_left(input, sizeof text, text);
        if (family)
            processes_count((int)family->count, family->threads, sizeof count, count);
    } else if (shown->stage && about->cpu_ns > 0) {
        char duration[32];
        number_format_duration(about->cpu_ns, sizeof duration, duration);
        snprintf(text, sizeof text, "CPU time %s", duration);
        processes_count(
            shown->stage->processes, shown->stage->threads, sizeof count, count);
    }
    canvas_right(drawing->canvas, row, end, STYLE_TEXT, text);
    canvas_right(drawing->canvas, row + 1, end,
        shown->stage && shown->stage->failed > 0 ? STYLE_FAILED : STYLE_TEXT,
        shown->stage && shown->stage->failed > 0 ? "failed" : count);
    if (!shown->running && shown->stage)
        draw_more(drawing, row + 2, rows - 2, program);
}

/* The name, the picture, the numbers.  Returns the row below. */
static int draw_program(const struct drawing *drawing, int row, int rows, int program)
{
    const struct view_input *input = drawing->input;
    int end = drawing->frame->area.column + drawing->frame->area.columns;
    struct shown shown = find_run(input->scene, program);
    struct stage_picture picture = picture_in(drawing, row + 1, rows, &shown);
    struct area field = {row, drawing->frame->area.column, 1,
        drawing->frame->area.columns - drawing->frame->numbers_columns};
    char text[TEXT_SIZE];
    name_run(drawing, program, &shown, text);
    canvas_field(drawing->canvas, &field, STYLE_STRONG, text);
    shown_time(&shown, input, drawing->frame->numbers_columns, sizeof text, text);
    canvas_right(drawing->canvas, row, end, STYLE_STRONG, text);
    stage_picture_draw(drawing->canvas, &picture);
    draw_numbers(drawing, row + 1, rows, program, &shown);
    return row + 1 + rows;
}

/* How many bytes of all names are words that they begin with alike: "python3 ". */
static size_t count_common(const struct result *result)
{
    char first[TEXT_SIZE], other[TEXT_SIZE];
    size_t common = 0, same = 0;
    words_program_label(result, 0, sizeof first, first);
    for (bool alike = result->programs.count > 1; alike && first[same]; same++) {
        for (size_t i = 1; i < result->programs.count && alike; i++) {
            words_program_label(result, (int)i, sizeof other, other);
            alike = other[same] == first[same];
        }
        if (alike && first[same] == ' ')
            common = same + 1;
    }
    return common;
}

/* How many columns the names have in lines, and how many bytes of them go: what tells
 * them apart is to be seen. */
static int fit_names(const struct drawing *drawing, size_t *ret_skipped)
{
    const struct result *result = drawing->input->scene->result;
    int columns = drawing->frame->area.columns, widest[2] = {0};
    size_t common = count_common(result);
    int most = columns / 3;
    if (columns - most - 2 - TIME_COLUMNS < BAR_COLUMNS_MIN) /* then there is no bar */
        most = columns - TIME_COLUMNS - 1;
    if (most > NAME_COLUMNS_MAX)
        most = NAME_COLUMNS_MAX;
    for (int i = 0; i < drawing->count; i++) {
        char text[TEXT_SIZE];
        words_program_label(result, i, sizeof text, text);
        widest[0] = (int)fmax(widest[0], canvas_width_of(text));
        widest[1] = (int)fmax(widest[1], canvas_width_of(text + common));
    }
    if (drawing->count == 1) /* the headline names it */
        widest[0] = most;
    bool shortened = widest[0] > most;
    *ret_skipped = shortened ? common : 0;
    return widest[shortened] < most ? widest[shortened] : most;
}

/* A name, or what a single program has started; a bar whose length is the time; the time.
 */
static void draw_line(const struct drawing *drawing, int row, int program)
{
    const struct area *area = &drawing->frame->area;
    const struct family *family = drawing->input->scene->family;
    struct shown shown = find_run(drawing->input->scene, program);
    size_t skipped;
    int names = fit_names(drawing, &skipped);
    struct area field = {row, area->column, 1, names};
    struct area bar = {
        row, area->column + names + 2, 1, area->columns - names - 2 - TIME_COLUMNS};
    char text[TEXT_SIZE];
    name_run(drawing, program, &shown, text);
    if (drawing->count == 1 && family)
        processes_count((int)family->count, family->threads, sizeof text, text);
    canvas_field(drawing->canvas, &field, STYLE_TEXT, text + skipped);
    if (!shown.stage)
        return;
    if (bar.columns >= BAR_COLUMNS_MIN) {
        struct axis axis = axis_in(drawing->input);
        int columns = stage_picture_column(&axis, bar.columns, shown.until_ns);
        bar.columns = columns < 1 ? 1 : columns > bar.columns ? bar.columns : columns;
        canvas_fill(
            drawing->canvas, bar, STYLE_BUSY, canvas_glyphs(drawing->canvas)->shade[0]);
    }
    shown_time(&shown, drawing->input, TIME_COLUMNS, sizeof text, text);
    canvas_right(drawing->canvas, row, area->column + area->columns, STYLE_STRONG, text);
}

/* All of them as pictures of so many rows, with the axis; or a line each where that is 0.
 * Returns the row below. */
static int draw_programs(const struct drawing *drawing, int row, int rows)
{
    for (int i = 0; i < drawing->count && row < drawing->frame->area.rows; i++)
        if (rows > 0)
            row = draw_program(drawing, row, rows, i);
        else
            draw_line(drawing, row++, i);
    if (rows == 0)
        return row;
    struct stage_picture picture = picture_in(drawing, row, rows, &(struct shown){0});
    if (drawing->input->axis)
        stage_picture_draw_axis(drawing->canvas, &picture, row);
    return row + 1;
}

/* As many as leave `below` rows for what comes under them; 0: a line for each.  At the
 * end of two also those that the CPUs do not fill: for the digits. */
static int rows_of_picture(const struct drawing *drawing, int below)
{
    const struct machine *machine = &drawing->input->scene->result->machine;
    int room = drawing->frame->area.rows - FRAME_FIRST_ROW - 2 - below;
    int rows = room / drawing->count - 1;
    if (!drawing->frame->roomy || rows < PICTURE_ROWS_MIN)
        return 0;
    int fitting = stage_picture_rows(machine, rows);
    if (drawing->ended && drawing->count == 2)
        return rows;
    return fitting <= rows ? fitting : rows;
}

/* With a line for each core, where its processes are named, if the pictures allow it. */
static int rows_of_panel(const struct drawing *drawing)
{
    const struct machine *machine = &drawing->input->scene->result->machine;
    int cores = machine->cores > 0 ? machine->cores : machine->online_cpus;
    int wanted = 1 + cores + 1; /* with a head, and an empty row below */
    bool fits = wanted > PANEL_ROWS_MIN && rows_of_picture(drawing, wanted) > 0;
    return fits ? wanted : PANEL_ROWS_MIN;
}

/* How many times as fast the second of two is, where the first has taken longer. */
static void draw_ratio(const struct drawing *drawing, int row, int rows)
{
    const struct result_programs *programs = &drawing->input->scene->result->programs;
    if (drawing->count != 2 || programs->doubtful || programs->list[1].ratio <= 1 ||
        rows < DIGITS_ROWS)
        return;
    struct shown shown = find_run(drawing->input->scene, 1);
    struct axis axis = axis_in(drawing->input);
    const struct frame *frame = drawing->frame;
    int room = frame->area.columns - frame->label_columns - frame->numbers_columns;
    int used = stage_picture_column(&axis, room, shown.until_ns) + 2;
    char text[16];
    snprintf(text, sizeof text, "%.2f", programs->list[1].ratio);
    int scale = digits_scale(text, rows, room - used);
    int end = frame->area.column + frame->label_columns + room;
    if (scale > 0)
        digits_draw(drawing->canvas,
            &(struct digits){row, end - digits_width(text, scale), scale, STYLE_STRONG},
            text);
}

static void draw_sentence(const struct drawing *drawing, int row)
{
    struct area area = drawing->frame->area;
    const char *sentence = drawing->input->scene->result->programs.sentence;
    area.row = row;
    area.rows = drawing->frame->area.rows - row;
    if (area.rows <= 0)
        return;
    canvas_paragraph(drawing->canvas, area, STYLE_STRONG, sentence);
    canvas_rest(drawing->canvas, row, area.column);
}

static struct lines_rest draw_panel(const struct drawing *drawing, int row, int end)
{
    struct panel panel = {.area = drawing->frame->area,
        .scene = drawing->input->scene,
        .figures = drawing->input->figures,
        .details = drawing->input->details,
        .head = drawing->frame->roomy,
        .label_columns = drawing->frame->label_columns,
        .first_line = drawing->input->scroll};
    panel.area.row = row;
    panel.area.rows = end - row;
    if (panel.area.rows <= 0)
        return (struct lines_rest){.cpus = panel.scene->result->machine.cpu_count};
    struct lines_rest rest = panel_draw(drawing->canvas, &panel);
    more_set_page(drawing->input, rest.lines);
    return rest;
}

/* The total never goes without the CPUs that are hidden: in the headline, or where there
 * is none in the last row. */
static int draw_panel_brief(const struct drawing *drawing, int row)
{
    const struct area *area = &drawing->frame->area;
    bool titled = drawing->frame->titled;
    char busy[TEXT_SIZE];
    struct lines_rest rest = draw_panel(drawing, row, area->rows - !titled);
    panel_format_hidden(drawing->input->figures, &rest, area->columns, sizeof busy, busy);
    if (titled)
        frame_draw_title(drawing->canvas, drawing->input, busy);
    else if (row < area->rows)
        canvas_text(drawing->canvas, area->rows - 1, area->column, STYLE_STRONG, busy);
    return rest.scroll;
}

static int draw_over(const struct drawing *drawing, int first)
{
    int rows = rows_of_picture(drawing, VERDICT_ROWS);
    int row = draw_programs(drawing, first, rows);
    if (rows > 0) /* beside the second picture */
        draw_ratio(drawing, first + rows + 2, rows);
    draw_sentence(drawing, row + drawing->frame->roomy);
    return 0;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    const struct drawing drawing = {.canvas = canvas,
        .frame = &frame,
        .input = input,
        .ended = input->scene->phase == SCENE_ENDED,
        .count = (int)input->scene->result->programs.count};
    int first = frame.roomy ? FRAME_FIRST_ROW : frame.titled;
    if (frame.titled && (frame.roomy || drawing.ended))
        frame_draw_title(canvas, input, NULL);
    if (frame.roomy && !drawing.ended)
        notice_draw(canvas, &frame.area, input);
    frame_draw_keys_or_brief(canvas, input, frame_plain_keys(input));
    if (drawing.ended)
        return draw_over(&drawing, first);
    int rows = rows_of_picture(&drawing, rows_of_panel(&drawing));
    int row = draw_programs(&drawing, first, rows);
    if (!frame.roomy)
        return draw_panel_brief(&drawing, row);
    return draw_panel(&drawing, row + 1, frame.area.rows - 1).scroll;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {"Top line: the programs, and the machine.",
        "Each program on one scale of time: length is time, height is CPUs busy. At its "
        "right: how long it took, its CPU time, the most processes at a time.",
        "Below, \"now\": what each CPU does. A full bar is 100 % busy; behind it is the "
        "process of the program that was seen there.",
        VIEW_HELP_CELLS, NULL};
    static const char *const words_over[] = {"Top line: the programs, and the machine.",
        "Each program on one scale of time: length is time, height is CPUs busy. At its "
        "right: how long it took, its CPU time, the most processes at a time.",
        "The large number: how many times as fast as the first program.",
        "The sentence: what came of it, and what the programs did with the CPUs.", NULL};
    static const struct view_key more[] = {VIEW_HELP_DETAILS, {NULL, NULL}};
    static const struct view_key more_over[] = {
        {"d", "details: CPU numbers"}, {NULL, NULL}};
    bool over = input->scene->phase == SCENE_ENDED;
    return (struct view_help){over ? words_over : words, over ? more_over : more};
}

const struct view_ops view_versus = {.name = "versus", .draw = draw, .help = help};
