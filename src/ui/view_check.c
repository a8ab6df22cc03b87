// SPDX-License-Identifier: MIT
/* A check of the machine: what it does now, every CPU as it is tested, what was found;
 * when it is over, the verdict. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/check_stand.h"
#include "experiment/words_check.h"
#include "ui/check_cells.h"
#include "ui/check_findings.h"
#include "ui/check_steps.h"
#include "ui/check_verdict.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/shown.h"

enum {
    NOW_ROW = 2,        /* below what it will do */
    CELLS_ROW = 5,      /* below the steps and an empty row */
    FINDINGS_ROWS = 5,  /* kept for them from the start, so that nothing moves … */
    FINDINGS_TALL = 10, /* … on a tall screen */
    TALL_ROWS = 36,
    BESIDE_COLUMNS = 34,  /* from which on there is room for two things in a line */
    CELLS_ROWS_GOOD = 10, /* at the end, before there are figures */
    NAME_SIZE = 80,
    BETWEEN = 2,
    TEXT_SIZE = 512,
};

/* What the functions here share. */
struct drawing {
    struct canvas *canvas;
    const struct view_input *input;
    const struct scene *scene;
    const struct result_check *check;
    struct frame frame;
    bool ended;
};

/* So many rows of the frame, from one on. */
static struct area rows_of(const struct drawing *drawing, int row, int rows)
{
    struct area area = drawing->frame.area;
    return (struct area){row, area.column, rows, area.columns};
}

/* Before it measures anything it says what it will do. */
static bool is_beginning(const struct drawing *drawing)
{
    return !drawing->scene->check || drawing->scene->check->part <= CHECK_QUIET;
}

/* "Each CPU alone."; the part's name alone where that is too long. */
static void say_now(const struct drawing *drawing, int columns, size_t size, char text[])
{
    text[0] = '\0';
    if (!drawing->scene->check)
        return;
    enum check_part part = drawing->scene->check->part;
    snprintf(text, size, "%s.", words_check_part(part));
    if (canvas_width_of(text) > columns)
        snprintf(text, size, "%s.", check_part_names[part]);
    text[0] = (char)toupper((unsigned char)text[0]);
}

/* "about 12 s left"; nothing where it takes longer than it was to. */
static void say_left(const struct drawing *drawing, size_t size, char text[])
{
    const struct scene_check *check = drawing->scene->check;
    text[0] = '\0';
    if (check && check->expected_ns > check->elapsed_ns)
        shown_format_left(check->expected_ns - check->elapsed_ns, size, text);
}

static void draw_right(const struct drawing *drawing, int row, const char *text)
{
    const struct area *area = &drawing->frame.area;
    canvas_right(drawing->canvas, row, area->column + area->columns, STYLE_TEXT, text);
}

static struct lines_rest draw_cells(
    const struct drawing *drawing, struct area area, bool head)
{
    struct check_cells cells = {.area = area,
        .scene = drawing->scene,
        .figures = drawing->input->figures,
        .head = head,
        .details = drawing->input->details,
        .label_columns = drawing->frame.label_columns,
        .first_line = drawing->input->scroll};
    if (area.rows <= head)
        return (struct lines_rest){.cpus = drawing->scene->result->machine.cpu_count};
    struct lines_rest rest = check_cells_draw(drawing->canvas, &cells);
    more_set_page(drawing->input, rest.lines);
    return rest;
}

static void draw_findings(const struct drawing *drawing, struct area area, bool next)
{
    static const char nothing[] = "Nothing found yet.";
    struct check_findings findings = {drawing->check, next};
    bool none = drawing->check->finding_count == 0 && !drawing->ended;
    if (area.rows <= 0)
        return;
    if (none && !is_beginning(drawing) && canvas_width_of(nothing) <= area.columns)
        canvas_text(drawing->canvas, area.row, area.column, STYLE_TEXT, nothing);
    check_findings_draw(drawing->canvas, area, &findings);
}

static int draw_running(const struct drawing *drawing)
{
    struct area area = drawing->frame.area;
    struct area now = rows_of(drawing, NOW_ROW, 1);
    struct area steps = rows_of(drawing, NOW_ROW + 1, 1);
    int findings = area.rows >= TALL_ROWS ? FINDINGS_TALL : FINDINGS_ROWS;
    int end = area.rows - findings - 1;
    char text[TEXT_SIZE], left[48];
    words_check_begins(drawing->scene->result, sizeof text, text);
    canvas_paragraph(drawing->canvas, rows_of(drawing, 1, 1), STYLE_TEXT, text);
    say_left(drawing, sizeof left, left);
    now.columns -= canvas_width_of(left) + BETWEEN;
    say_now(drawing, now.columns, sizeof text, text);
    canvas_field(drawing->canvas, &now, STYLE_STRONG, text);
    canvas_rest(drawing->canvas, now.row, now.column);
    draw_right(drawing, NOW_ROW, left);
    check_steps_draw(drawing->canvas, &steps, drawing->scene);
    struct lines_rest rest =
        draw_cells(drawing, rows_of(drawing, CELLS_ROW, end - CELLS_ROW), true);
    int below = CELLS_ROW + rest.rows + 1;
    draw_findings(drawing, rows_of(drawing, below, area.rows - below), false);
    return rest.scroll;
}

/* A name and a value.  Where nothing was run they are what the machine says of itself. */
static bool figure_at(const struct drawing *drawing, int number, char name[NAME_SIZE],
    char value[TEXT_SIZE])
{
    const struct inventory *inventory = &drawing->check->inventory;
    if (drawing->check->measured)
        return words_check_figure(
            drawing->scene->result, number, NAME_SIZE, name, TEXT_SIZE, value);
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        if (!line->visible || number-- > 0)
            continue;
        text_copy(NAME_SIZE, name, line->topic);
        text_copy(TEXT_SIZE, value, line->value);
        return true;
    }
    return false;
}

/* The values stand below each other.  Returns how many there are; draws as many as there
 * are rows. */
static int draw_figures(const struct drawing *drawing, struct area area)
{
    char name[NAME_SIZE], value[TEXT_SIZE];
    int count = 0, widest = 0;
    for (; figure_at(drawing, count, name, value); count++) {
        int width = canvas_width_of(name);
        widest = width > widest ? width : widest;
    }
    for (int i = 0; i < count && i < area.rows; i++) {
        figure_at(drawing, i, name, value);
        struct area field = {area.row + i, area.column + widest + BETWEEN, 1,
            area.columns - widest - BETWEEN};
        canvas_text(drawing->canvas, field.row, area.column, STYLE_TEXT, name);
        canvas_paragraph(drawing->canvas, field, STYLE_TEXT, value);
    }
    return count;
}

/* Rows for the cells between `row` and the end: half of the room at least, as far as
 * findings need the rest; then come the figures, then thicker cells. */
static int rows_for_cells(
    const struct drawing *drawing, int row, int findings, int figures)
{
    int room = drawing->frame.area.rows - row,
        cpus = check_stand_count(drawing->scene->result);
    int rows = room - (findings > 0 ? findings + 1 : 0), good = CELLS_ROWS_GOOD;
    if (rows < room / 2)
        rows = room / 2;
    if (!drawing->check->measured && 1 + cpus < good) /* thin ones are enough */
        good = 1 + cpus;
    int spare = rows - good;
    if (spare > 1 && figures > 0)
        rows -= figures + 1 < spare ? figures + 1 : spare;
    return rows < room ? rows : room;
}

static int draw_over(const struct drawing *drawing)
{
    const struct area *area = &drawing->frame.area;
    const struct check_findings findings = {drawing->check, true};
    int found = check_findings_rows(&findings, area->columns);
    int figures = draw_figures(drawing, (struct area){0});
    int row = 1 + check_verdict_draw_large(drawing->canvas,
                      rows_of(drawing, 1, area->rows - 1), drawing->scene->result);
    int cells = rows_for_cells(drawing, row, found, figures);
    struct lines_rest rest = draw_cells(drawing, rows_of(drawing, row, cells), true);
    row += rest.rows + 1;
    draw_findings(drawing, rows_of(drawing, row, area->rows - row), true);
    row += found > 0 ? found + 1 : 0;
    if (row < area->rows)
        draw_figures(drawing, rows_of(drawing, row, area->rows - row));
    return rest.scroll;
}

/* Rows above the cells, with the headline. */
static int top_rows(const struct drawing *drawing)
{
    return drawing->frame.titled + 1 + (drawing->frame.area.columns < BESIDE_COLUMNS);
}

/* What it will do, in the headline's place where there is no other.  Returns the row
 * below. */
static int draw_begins_brief(const struct drawing *drawing)
{
    const struct area *area = &drawing->frame.area;
    int rows = top_rows(drawing), first = 0;
    char text[TEXT_SIZE];
    words_check_begins(drawing->scene->result, sizeof text, text);
    int needed = canvas_paragraph_rows(text, area->columns);
    if (drawing->frame.titled && needed < rows) {
        frame_draw_title(drawing->canvas, drawing->input, NULL);
        first = 1;
    }
    if (rows < needed)
        rows = needed < area->rows - 1 ? needed : area->rows - 1;
    canvas_paragraph(
        drawing->canvas, rows_of(drawing, first, rows - first), STYLE_STRONG, text);
    return rows;
}

/* What it does, and how long that takes yet.  Returns the row below. */
static int draw_now_brief(const struct drawing *drawing)
{
    const struct area *area = &drawing->frame.area;
    int row = drawing->frame.titled, left_row = top_rows(drawing) - 1;
    struct area now = rows_of(drawing, row, 1);
    char text[TEXT_SIZE], left[48];
    say_left(drawing, sizeof left, left);
    if (left_row == row && *left)
        now.columns -= canvas_width_of(left) + BETWEEN;
    say_now(drawing, now.columns, sizeof text, text);
    if (drawing->frame.titled)
        frame_draw_title(drawing->canvas, drawing->input, NULL);
    canvas_field(drawing->canvas, &now, STYLE_STRONG, text);
    canvas_rest(drawing->canvas, row, area->column);
    draw_right(drawing, left_row, left);
    return left_row + 1;
}

/* Findings below the cells, beside the number of CPUs that are not seen. */
static void draw_last(
    const struct drawing *drawing, struct area area, const struct lines_rest *rest)
{
    char text[48];
    lines_format_rest(rest, area.columns < BESIDE_COLUMNS, sizeof text, text);
    if (canvas_width_of(text) > area.columns / 3) /* the findings go first */
        lines_format_rest(rest, true, sizeof text, text);
    if (*text) {
        draw_right(drawing, area.row + area.rows - 1, text);
        area.columns -= canvas_width_of(text) + BETWEEN;
    }
    draw_findings(drawing, area, false);
}

static int draw_running_brief(const struct drawing *drawing)
{
    int end = drawing->frame.area.rows;
    int row =
        is_beginning(drawing) ? draw_begins_brief(drawing) : draw_now_brief(drawing);
    int last = row + 1 < end ? end - 1 : end; /* cells are the last to go */
    struct lines_rest rest =
        draw_cells(drawing, rows_of(drawing, row, last - row), false);
    if (last < end)
        draw_last(drawing, rows_of(drawing, last, 1), &rest);
    return rest.scroll;
}

/* The verdict, all in a sentence, and a line of cells. */
static int draw_over_tiny(const struct drawing *drawing)
{
    int end = drawing->frame.area.rows;
    char text[32];
    check_verdict_draw_alone(
        drawing->canvas, rows_of(drawing, 0, end - 1), drawing->scene->result);
    struct lines_rest rest = draw_cells(drawing, rows_of(drawing, end - 1, 1), false);
    lines_format_rest(&rest, true, sizeof text, text);
    draw_right(drawing, 0, text);
    return rest.scroll;
}

static int draw_over_brief(const struct drawing *drawing)
{
    const struct area *area = &drawing->frame.area;
    const struct check_findings findings = {drawing->check, false};
    if (!drawing->frame.titled)
        return draw_over_tiny(drawing);
    frame_draw_title(drawing->canvas, drawing->input, NULL);
    int row = check_verdict_draw(
        drawing->canvas, rows_of(drawing, 1, area->rows - 1), drawing->scene->result);
    int room = area->rows - row;
    int cells = room - check_findings_rows(&findings, area->columns);
    if (cells < room / 2)
        cells = room / 2;
    struct lines_rest rest = draw_cells(drawing, rows_of(drawing, row, cells), false);
    row += rest.rows;
    draw_last(drawing, rows_of(drawing, row, area->rows - row), &rest);
    return rest.scroll;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    const struct drawing drawing = {.canvas = canvas,
        .input = input,
        .scene = input->scene,
        .check = &input->scene->result->check,
        .frame = frame_of(canvas),
        .ended = input->scene->phase == SCENE_ENDED};
    frame_draw_keys_or_brief(canvas, input, frame_plain_keys(input));
    if (!drawing.frame.roomy)
        return drawing.ended ? draw_over_brief(&drawing) : draw_running_brief(&drawing);
    frame_draw_title(canvas, input, NULL);
    return drawing.ended ? draw_over(&drawing) : draw_running(&drawing);
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {
        "Top: which machine, what is done, how long it will take. Below: every CPU.",
        "A bar fills as its CPU is tested. Then it is as long as the CPU is fast, alone, "
        "beside the usual one of its kind; its light end is lost when all compute at "
        "once. The numbers are these two: 1.00 is as fast as usual, and as fast as "
        "alone.",
        "One character per CPU: a tens digit, a block when tested; ! wrong, d died, r "
        "refused, s slow, w waited, x offline, - not for us.",
        "Below the CPUs: what was found, and what to look at next.", NULL};
    static const struct view_key more[] = {
        {"d", "details: CPU numbers, median and least time of a task"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_check = {.name = "check", .draw = draw, .help = help};
