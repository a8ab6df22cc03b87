// SPDX-License-Identifier: MIT
#include "ui/pair.h"

#include <string.h>

#include "experiment/contrast.h"
#include "ui/outline_row.h"
#include "ui/pair_half.h"

enum {
    ROOMY_ROWS = 19,
    ROOMY_COLUMNS = 58,
    BESIDE_COLUMNS = 124, /* from which on two pictures have room beside each other … */
    BESIDE_ROWS = 30,     /* … where there are too few rows for four of them */
    BETWEEN_HALVES = 4,
    PICTURE_ROWS_MOST = 10,
    SENTENCE_SIZE = 640,
    HEADS_FROM_ROWS = 6,
};

/* All that is drawn. */
struct drawing {
    struct canvas *canvas;
    struct pair_half halves[2];
    struct axis axis;
    struct outline_layout table;
    char sentence[SENTENCE_SIZE];
};

static void drawing_init(struct drawing *drawing, struct canvas *canvas,
    const struct area *area, const struct pair *pair)
{
    drawing->canvas = canvas;
    for (int i = 0; i < 2; i++)
        pair_half_init(&drawing->halves[i], pair->results[i], pair->names[i]);
    int64_t one_ns = pair_half_longest_ns(&drawing->halves[0]);
    int64_t other_ns = pair_half_longest_ns(&drawing->halves[1]);
    drawing->axis = axis_of(one_ns > other_ns ? one_ns : other_ns);
    drawing->table = outline_row_layout(2, pair->results, pair->names, area->columns);
    contrast_describe(pair->results, sizeof drawing->sentence, drawing->sentence);
}

/* The rows of one half, with pictures of so many rows each. */
static int half_rows(const struct pair_half *half, int columns, int stage_picture_rows)
{
    if (half->count == 0)
        return 1 + canvas_paragraph_rows(half->words, columns);
    return 1 + half->count * (1 + stage_picture_rows);
}

/* Draws one from the first row of an area on.  Returns the rows used. */
static int draw_half(const struct drawing *drawing, struct area area,
    const struct pair_half *half, int stage_picture_rows)
{
    struct canvas *canvas = drawing->canvas;
    int first = area.row, end = area.row + area.rows;
    pair_half_draw_headline(canvas, area, half);
    area.row++;
    for (int i = 0; i < half->count; i++) {
        area.rows = 1 + stage_picture_rows;
        if (stage_picture_rows > 0)
            area.row += pair_half_draw_picture(
                canvas, area, half, &half->strips[i], drawing->axis);
        else
            pair_half_draw_bar(canvas, area, &half->strips[i], drawing->axis);
        area.row += stage_picture_rows == 0;
    }
    area.rows = end - area.row;
    if (half->count == 0)
        area.row += canvas_paragraph(canvas, area, STYLE_TEXT, half->words);
    return area.row - first;
}

/* The figures of both in columns, and the sentence below. */
static void draw_table(const struct drawing *drawing, struct area area)
{
    int end = area.row + area.rows;
    outline_row_draw(drawing->canvas, area, &drawing->table, NULL);
    for (int i = 0; i < 2; i++) {
        area.row++;
        outline_row_draw(
            drawing->canvas, area, &drawing->table, &drawing->halves[i].outline);
    }
    area.row += 2;
    area.rows = end - area.row;
    canvas_rest(drawing->canvas, area.row, area.column);
    canvas_paragraph(drawing->canvas, area, STYLE_STRONG, drawing->sentence);
}

/* How the rows are shared out. */
struct plan_of_rows {
    bool beside;
    struct area halves[2];
    int stage_picture_rows; /* 0: bars */
    int table_rows;
};

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* The rows that are left for pictures, by how many of them are below each other. */
static void share_rows(
    const struct drawing *drawing, const struct area *area, struct plan_of_rows *rows)
{
    int columns = rows->halves[0].columns, strips = 0, needed = 0;
    for (int i = 0; i < 2; i++) {
        const struct pair_half *half = &drawing->halves[i];
        int least = half_rows(half, columns, 0);
        needed = rows->beside ? (least > needed ? least : needed) : needed + least;
        strips = rows->beside ? (half->count > strips ? half->count : strips)
                              : strips + half->count;
    }
    needed += rows->table_rows + 2 + !rows->beside; /* axis and blank rows */
    rows->stage_picture_rows = 0;
    if (strips > 0)
        rows->stage_picture_rows =
            clamp((area->rows - needed) / strips, 0, PICTURE_ROWS_MOST);
}

static struct plan_of_rows plan_rows(
    const struct drawing *drawing, const struct area *area)
{
    struct plan_of_rows rows = {
        .beside = area->columns >= BESIDE_COLUMNS && area->rows < BESIDE_ROWS,
        .halves = {*area, *area},
        .table_rows = 4 + canvas_paragraph_rows(drawing->sentence, area->columns)};
    if (rows.beside) {
        int columns = (area->columns - BETWEEN_HALVES) / 2;
        rows.halves[0].columns = rows.halves[1].columns = columns;
        rows.halves[1].column += columns + BETWEEN_HALVES;
    }
    share_rows(drawing, area, &rows);
    return rows;
}

/* Draws a half, and below it the axis where that belongs.  Returns the rows used. */
static int draw_with_axis(const struct drawing *drawing, struct area area,
    const struct pair_half *half, int stage_picture_rows)
{
    int used = draw_half(drawing, area, half, stage_picture_rows);
    if (stage_picture_rows == 0 || half->count == 0)
        return used;
    area.row += used;
    pair_half_draw_axis(drawing->canvas, area, half, drawing->axis);
    return used + 1;
}

/* Both below each other on one axis, or beside each other with one each. */
static void draw_roomy(const struct drawing *drawing, struct area area)
{
    struct plan_of_rows rows = plan_rows(drawing, &area);
    const struct pair_half *halves = drawing->halves;
    int pictures = rows.stage_picture_rows, used, more;
    struct area second = rows.halves[1];
    if (rows.beside) {
        used = draw_with_axis(drawing, rows.halves[0], &halves[0], pictures);
        more = draw_with_axis(drawing, second, &halves[1], pictures);
        used = more > used ? more : used;
    } else {
        bool last = halves[1].count == 0; /* the axis is below the last picture */
        used = last ? draw_with_axis(drawing, rows.halves[0], &halves[0], pictures)
                    : draw_half(drawing, rows.halves[0], &halves[0], pictures);
        second.row += used + 1;
        second.rows -= used + 1;
        used += 1 + draw_with_axis(drawing, second, &halves[1], pictures);
    }
    area.row += used + 1;
    area.rows -= used + 1;
    draw_table(drawing, area);
}

/* Lines below each other, of which some are seen. */
struct pen {
    struct area area;
    int line;  /* the next one */
    int first; /* the one that is seen in the first row */
};

/* Goes to the next line.  False: it is not seen. */
static bool next_line(struct pen *pen, struct area *ret_row)
{
    int row = pen->line++ - pen->first;
    *ret_row = (struct area){pen->area.row + row, pen->area.column, 1, pen->area.columns};
    return row >= 0 && row < pen->area.rows;
}

static void write_paragraph(
    const struct drawing *drawing, struct pen *pen, enum style style, const char *text)
{
    while (*text) {
        struct area row;
        char line[SENTENCE_SIZE];
        size_t length = canvas_words(text, pen->area.columns);
        memcpy(line, text, length);
        line[length] = '\0';
        if (next_line(pen, &row))
            canvas_field(drawing->canvas, &row, style, line);
        text += length;
        text += strspn(text, " ");
    }
}

static void write_half(
    const struct drawing *drawing, struct pen *pen, const struct pair_half *half)
{
    struct area row;
    if (next_line(pen, &row))
        pair_half_draw_headline(drawing->canvas, row, half);
    for (int i = 0; i < half->count; i++)
        if (next_line(pen, &row))
            pair_half_draw_bar(drawing->canvas, row, &half->strips[i], drawing->axis);
    if (half->count == 0)
        write_paragraph(drawing, pen, STYLE_TEXT, half->words);
}

/* The figures come first, for they stay longest; the rest can be scrolled to.  Returns
 * the lines that there are. */
static int draw_lines(const struct drawing *drawing, struct pen pen, bool airy)
{
    struct area row;
    if (airy && next_line(&pen, &row))
        outline_row_draw(drawing->canvas, row, &drawing->table, NULL);
    for (int i = 0; i < 2; i++)
        if (next_line(&pen, &row))
            outline_row_draw(
                drawing->canvas, row, &drawing->table, &drawing->halves[i].outline);
    pen.line += airy;
    write_paragraph(drawing, &pen, STYLE_STRONG, drawing->sentence);
    for (int i = 0; i < 2; i++) {
        pen.line += airy;
        write_half(drawing, &pen, &drawing->halves[i]);
    }
    return pen.line;
}

static int draw_scrolled(const struct drawing *drawing, struct area area, int scroll)
{
    bool airy = area.rows >= HEADS_FROM_ROWS;
    struct pen unseen = {.area = area};
    unseen.area.rows = 0;
    int lines = draw_lines(drawing, unseen, airy);
    int most = lines > area.rows ? lines - area.rows : 0;
    struct pen pen = {.area = area, .first = clamp(scroll, 0, most)};
    canvas_rest(drawing->canvas, area.row, area.column);
    draw_lines(drawing, pen, airy);
    return most;
}

/* Whether all of it has room, if only as bars. */
static bool is_roomy(const struct drawing *drawing, const struct area *area)
{
    if (area->rows < ROOMY_ROWS || area->columns < ROOMY_COLUMNS)
        return false;
    int needed = 3 + half_rows(&drawing->halves[0], area->columns, 0) +
                 half_rows(&drawing->halves[1], area->columns, 0) + 4 +
                 canvas_paragraph_rows(drawing->sentence, area->columns);
    return needed <= area->rows;
}

int pair_draw(
    struct canvas *canvas, struct area area, const struct pair *pair, int scroll)
{
    struct drawing drawing;
    if (area.rows < 1 || area.columns < 1)
        return 0;
    drawing_init(&drawing, canvas, &area, pair);
    if (is_roomy(&drawing, &area)) {
        draw_roomy(&drawing, area);
        return 0;
    }
    return draw_scrolled(&drawing, area, scroll);
}
