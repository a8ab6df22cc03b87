// SPDX-License-Identifier: MIT
#include "ui/check_cells.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/check_stand.h"
#include "ui/frame.h"

enum {
    EIGHTHS = 8,
    PAIR_NUMBERS_COLUMNS = 19,
    PAIR_COLUMNS_MIN = 32, /* of a cell that has as much beside its bar … */
    WORD_COLUMNS = 8,      /* … or else only that */
    SECOND_END = 8,        /* columns of numbers, from the right */
    FIRST_END = 14,
    BETWEEN = 2,
    COUNTS_SIZE = 160,
};

/* What the functions below share. */
struct drawing {
    struct canvas *canvas;
    const struct check_cells *cells;
    const struct scene *scene;
    struct lines lines;
    int column, end; /* where bars begin, where numbers end */
};

static struct check_stand stand_at(const struct drawing *drawing, size_t place)
{
    return check_stand_of(drawing->scene, drawing->lines.cpus.order[place]);
}

/* From the left, to an eighth of a cell. */
static void fill(struct canvas *canvas, struct area area, enum style style, double share)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    int eighths = (int)lround(share * area.columns * EIGHTHS);
    area.columns = eighths / EIGHTHS;
    canvas_fill(canvas, area, style, glyphs->across[EIGHTHS]);
    area.column += area.columns;
    area.columns = eighths % EIGHTHS > 0;
    canvas_fill(canvas, area, style, glyphs->across[eighths % EIGHTHS]);
}

/* As long as it is fast alone, dense as far as with all at once.  Where its speed alone
 * is an open question it is that of its kind. */
static void draw_speed(
    const struct drawing *drawing, const struct check_stand *stand, struct area area)
{
    const struct glyphs *glyphs = canvas_glyphs(drawing->canvas);
    enum style style = stand->mark == CHECK_UNMARKED ? STYLE_BUSY : STYLE_FAILED;
    double alone = stand->speed > 0 ? fmin(stand->speed, 1) : stand->tested;
    struct area light = area;
    if (stand->speed > 0 && stand->ratio <= 0) {
        fill(drawing->canvas, area, style, alone);
        return;
    }
    light.columns = (int)lround(alone * area.columns);
    canvas_fill(drawing->canvas, light, style, glyphs->shade[3]);
    area.columns = (int)lround(alone * fmin(fmax(stand->ratio, 0), 1) * area.columns);
    canvas_fill(drawing->canvas, area, style, glyphs->shade[0]);
}

static void draw_bar(
    const struct drawing *drawing, const struct check_stand *stand, struct area area)
{
    struct area track = area;
    track.row += (area.rows - 1) / 2;
    track.rows = 1;
    if (area.columns < 1)
        return;
    canvas_fill(
        drawing->canvas, track, STYLE_TEXT, canvas_glyphs(drawing->canvas)->track);
    if (stand->filling)
        fill(drawing->canvas, area,
            stand->mark == CHECK_UNMARKED ? STYLE_BUSY : STYLE_FAILED, stand->filled);
    else
        draw_speed(drawing, stand, area);
}

static bool is_looking(const struct drawing *drawing)
{
    return drawing->scene->phase == SCENE_CHECKING && drawing->scene->check &&
           drawing->scene->check->part <= CHECK_QUIET;
}

/* How busy it is with others' work, before anything is run. */
static void draw_load(const struct drawing *drawing, size_t place, int row, int end)
{
    const struct figures *figures = drawing->cells->figures;
    double share =
        figures->shares ? figures->shares[drawing->lines.cpus.order[place]] : -1;
    char text[16];
    snprintf(text, sizeof text, "%.0f %%", 100 * share);
    if (share >= 0)
        canvas_right(drawing->canvas, row, end, STYLE_TEXT, text);
}

static void draw_number(
    const struct drawing *drawing, int row, int end, int decimals, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    if (value > 0)
        canvas_right(drawing->canvas, row, end, STYLE_TEXT, text);
}

/* Both speeds, or both times; and what is wrong with it. */
static void draw_numbers(
    const struct drawing *drawing, const struct check_stand *stand, int row, int end)
{
    bool times = drawing->cells->details && stand->found;
    double first = stand->speed, second = stand->ratio;
    if (times) {
        first = (double)stand->found->alone.median_ns / NS_PER_MS;
        second = (double)stand->found->alone.min_ns / NS_PER_MS;
    }
    draw_number(drawing, row, end - FIRST_END, times ? 1 : 2, first);
    draw_number(drawing, row, end - SECOND_END, times ? 1 : 2, second);
    canvas_right(drawing->canvas, row, end, STYLE_FAILED, check_mark_words[stand->mark]);
}

/* Where there is room for one: what is wrong, or the last number. */
static void draw_one_number(
    const struct drawing *drawing, const struct check_stand *stand, int row, int end)
{
    if (stand->mark != CHECK_UNMARKED)
        canvas_right(
            drawing->canvas, row, end, STYLE_FAILED, check_mark_words[stand->mark]);
    else
        draw_number(drawing, row, end, 2, stand->ratio > 0 ? stand->ratio : stand->speed);
}

/* Columns beside a bar; the gap to the next one is among them. */
static int numbers_columns(const struct drawing *drawing)
{
    bool single = drawing->lines.layout.per_line == 1;
    if (single && drawing->cells->area.columns >= FRAME_ROOMY_COLUMNS)
        return FRAME_NUMBERS_COLUMNS;
    int gap = single ? 0 : BETWEEN;
    if (drawing->lines.layout.cell_columns >= PAIR_COLUMNS_MIN + gap)
        return PAIR_NUMBERS_COLUMNS + gap;
    return WORD_COLUMNS + gap;
}

static bool has_both(const struct drawing *drawing)
{
    return numbers_columns(drawing) > WORD_COLUMNS + BETWEEN;
}

/* Where the numbers of a cell end that begins there. */
static int numbers_end(const struct drawing *drawing, int column)
{
    const struct layout *layout = &drawing->lines.layout;
    return column + layout->cell_columns - (layout->per_line == 1 ? 0 : BETWEEN);
}

static void draw_full(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    struct check_stand stand = stand_at(drawing, place);
    int middle = cell.row + (cell.rows - 1) / 2, end = numbers_end(drawing, cell.column);
    if (check_stand_absence(&stand)) {
        canvas_text(drawing->canvas, middle, cell.column, STYLE_ABSENT,
            check_stand_absence(&stand));
        return;
    }
    cell.columns -= numbers_columns(drawing);
    draw_bar(drawing, &stand, cell);
    if (is_looking(drawing))
        draw_load(drawing, place, middle, end);
    else if (has_both(drawing))
        draw_numbers(drawing, &stand, middle, end);
    else
        draw_one_number(drawing, &stand, middle, end);
}

/* A short bar has no room for a word. */
static void draw_short(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    struct check_stand stand = stand_at(drawing, place);
    const char *absence = check_stand_absence(&stand);
    int middle = cell.row + (cell.rows - 1) / 2;
    cell.columns--;
    if (absence) {
        if (canvas_width_of(absence) > cell.columns)
            absence = stand.about->online ? "-" : "x";
        canvas_text(drawing->canvas, middle, cell.column, STYLE_ABSENT, absence);
        return;
    }
    draw_bar(drawing, &stand, cell);
    if (stand.mark != CHECK_UNMARKED)
        canvas_format(drawing->canvas, middle, cell.column, STYLE_MARK, "%c",
            check_mark_letters[stand.mark]);
}

/* A digit is tens of percent, a block is full: of the part under way, or tested. */
static void draw_cell(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    const struct glyphs *glyphs = canvas_glyphs(drawing->canvas);
    struct check_stand stand = stand_at(drawing, place);
    bool tested = stand.filling ? stand.filled >= 1 : stand.tested;
    enum style style = STYLE_BUSY;
    wchar_t glyph = tested ? glyphs->cell_full : glyphs->cell_low;
    if (check_stand_absence(&stand)) {
        style = STYLE_ABSENT;
        glyph = stand.about->online ? L'-' : L'x';
    } else if (stand.mark != CHECK_UNMARKED) {
        style = STYLE_MARK;
        glyph = (wchar_t)check_mark_letters[stand.mark];
    } else if (stand.filling && !tested && stand.filled >= 0.1) {
        style = STYLE_TEXT;
        glyph = L'0' + (wchar_t)(stand.filled * 10);
    }
    canvas_cell(drawing->canvas, cell.row, cell.column, style, glyph);
}

/* The least of a line confirms what the eye has found. */
static void draw_least(void *data, const struct layout_line *line, int row)
{
    const struct drawing *drawing = data;
    double least = INFINITY;
    for (size_t i = line->first; i < line->first + line->count; i++) {
        struct check_stand stand = stand_at(drawing, i);
        double value = stand.ratio > 0 ? stand.ratio : stand.speed;
        if (value > 0)
            least = fmin(least, value);
    }
    if (isfinite(least))
        draw_number(drawing, row, drawing->end, 2, least);
}

/* Adds a word to a list, as long as that has room. */
static void add_count(int columns, size_t size, char list[], const char *word)
{
    if (canvas_width_of(list) + 2 + canvas_width_of(word) <= columns)
        text_append(size, list, ", %s", word);
}

/* "12 CPUs, +4 hidden, 1 offline, s 1 slow": the letters where they stand for words. */
static void say_counts(const struct drawing *drawing, const struct lines_rest *rest,
    int columns, char text[COUNTS_SIZE])
{
    const struct check_tally tally = check_stand_tally(drawing->scene);
    int count = check_stand_count(drawing->scene->result);
    char word[48];
    snprintf(text, COUNTS_SIZE, "%d CPU%s", count, count == 1 ? "" : "s");
    lines_format_rest(rest, false, sizeof word, word);
    if (*word)
        add_count(INT_MAX, COUNTS_SIZE, text, word);
    snprintf(word, sizeof word, "%d not for us", tally.forbidden);
    if (tally.forbidden > 0)
        add_count(columns, COUNTS_SIZE, text, word);
    snprintf(word, sizeof word, "%d offline", tally.offline);
    if (tally.offline > 0)
        add_count(columns, COUNTS_SIZE, text, word);
    for (int i = CHECK_MARKS - 1; i > 0 && drawing->lines.layout.form != LAYOUT_BARS;
         i--) {
        snprintf(word, sizeof word, "%c %d %s", check_mark_letters[i], tally.marks[i],
            check_mark_words[i]);
        if (tally.marks[i] > 0)
            add_count(columns, COUNTS_SIZE, text, word);
    }
}

/* What the numbers of a cell are that ends there. */
static void draw_headings(const struct drawing *drawing, int end)
{
    int row = drawing->cells->area.row;
    bool details = drawing->cells->details;
    const char *last = is_looking(drawing) ? "busy" : details ? "ms" : "";
    canvas_right(drawing->canvas, row, end, STYLE_TEXT, last);
    if (is_looking(drawing))
        return;
    canvas_right(
        drawing->canvas, row, end - FIRST_END, STYLE_TEXT, details ? "median" : "alone");
    canvas_right(
        drawing->canvas, row, end - SECOND_END, STYLE_TEXT, details ? "least" : "all");
}

static void draw_head(const struct drawing *drawing, const struct lines_rest *rest)
{
    const struct layout *layout = &drawing->lines.layout;
    const struct scene *scene = drawing->scene;
    bool nothing = scene->phase == SCENE_ENDED && !scene->result->check.measured;
    bool least = layout->sums && scene->phase == SCENE_ENDED && !nothing;
    char text[COUNTS_SIZE];
    say_counts(drawing, rest,
        drawing->end - drawing->column - (least ? LAYOUT_SUM_COLUMNS + BETWEEN : 0),
        text);
    canvas_text(
        drawing->canvas, drawing->cells->area.row, drawing->column, STYLE_TEXT, text);
    if (least)
        canvas_right(
            drawing->canvas, drawing->cells->area.row, drawing->end, STYLE_TEXT, "least");
    if (layout->form != LAYOUT_BARS || !has_both(drawing) || nothing)
        return;
    bool roomy =
        canvas_width_of(text) + BETWEEN + numbers_columns(drawing) < layout->cell_columns;
    for (int i = !roomy; i < layout->per_line; i++)
        draw_headings(
            drawing, numbers_end(drawing, drawing->column + i * layout->cell_columns));
}

struct lines_rest check_cells_draw(struct canvas *canvas, const struct check_cells *cells)
{
    struct area area = cells->area;
    struct drawing drawing = {.canvas = canvas,
        .cells = cells,
        .scene = cells->scene,
        .column = area.column + cells->label_columns,
        .end = area.column + area.columns};
    struct layout_room room = {
        area.rows - cells->head, area.columns - cells->label_columns};
    lines_init(
        &drawing.lines, &cells->scene->result->machine, cells->label_columns, &room);
    area.row += cells->head;
    area.rows -= cells->head;
    struct lines_drawing how = {.canvas = canvas,
        .area = area,
        .first = cells->first_line,
        .ids = cells->details,
        .data = &drawing,
        .draw = {[LAYOUT_BARS] = draw_full,
            [LAYOUT_COLUMNS] = draw_short,
            [LAYOUT_GRID] = draw_cell},
        .sum = draw_least};
    struct lines_rest rest = lines_draw(&drawing.lines, &how);
    rest.rows += cells->head;
    if (cells->head)
        draw_head(&drawing, &rest);
    lines_finish(&drawing.lines);
    return rest;
}
