// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "ui/form.h"

enum {
    WIDE_COLUMNS = 76, /* from which on what is said beside the values has room there */
    MARK_COLUMNS = 2,  /* of the field that has the focus */
    LABEL_COLUMNS_MIN = 7,
    LABEL_COLUMNS_MAX = 16,
    BETWEEN = 2,
    VALUE_COLUMNS_MIN = 24,
    VALUE_COLUMNS_MAX = 40,
    ARROWS = 2, /* before the text of a choice, and behind it */
    BRACKETS = 2,
    CUT_FROM_COLUMNS = 5, /* from which on a choice is cut with a mark */
    NUMBER_COLUMNS = 12,
    SIDE_ROWS = 3,          /* of the field that has the focus */
    LAST_SIDE_ROWS = 1,     /* below the last field */
    REFUSED_COLUMNS = 2,    /* "! " */
    MORE_COLUMNS = 9,       /* "+12 above" */
    MORE_COLUMNS_FEW = 3,   /* "+12" */
    MORE_FROM_COLUMNS = 30, /* from which on it is said where */
};

/* Where things stand in all rows. */
struct places {
    int label_columns, value, value_columns, side, side_columns;
    bool wide;
};

/* One field as it is drawn. */
struct row {
    const struct form_field *field;
    struct area area; /* its rows, without what stands at their right */
    struct places places;
    bool focused, typing, selected;
    int side_rows; /* 0: what would be said beside it has given way to the field above */
};

static int least(int one, int other)
{
    return one < other ? one : other;
}

/* The columns of the widest of all that can be chosen, and of what empty fields stand
 * for. */
static int widest_value(const struct form *form)
{
    int widest = VALUE_COLUMNS_MIN;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        int width = canvas_width_of(field->fallback) + ARROWS + BRACKETS;
        for (size_t k = 0; field->kind == FORM_CHOICE && field->choices[k]; k++)
            if (canvas_width_of(field->choices[k]) + 2 * ARROWS > width)
                width = canvas_width_of(field->choices[k]) + 2 * ARROWS;
        if (width > widest)
            widest = width;
    }
    return least(widest, VALUE_COLUMNS_MAX);
}

/* Fields come and go; the columns stay. */
static struct places places_of(const struct form *form, int columns)
{
    struct places places = {
        .label_columns = LABEL_COLUMNS_MIN, .wide = columns >= WIDE_COLUMNS};
    for (size_t i = 0; i < form->count; i++) {
        int width = canvas_width_of(form->fields[i].label);
        if (width > places.label_columns)
            places.label_columns = width;
    }
    int most = least(LABEL_COLUMNS_MAX, columns * 2 / 5);
    places.label_columns = least(places.label_columns, most);
    places.value = MARK_COLUMNS + places.label_columns + (places.wide ? BETWEEN : 1);
    places.value_columns = columns - places.value;
    if (!places.wide)
        return places;
    places.value_columns =
        least(widest_value(form), (columns - places.value - BETWEEN) * 11 / 20);
    places.side = places.value + places.value_columns + BETWEEN;
    places.side_columns = columns - places.side;
    return places;
}

static int count_seen(const struct form *form, size_t from, size_t to)
{
    int count = 0;
    for (size_t i = from; i < to; i++)
        count += !form->fields[i].hidden;
    return count;
}

int form_rows(const struct form *form)
{
    return count_seen(form, 0, form->count);
}

/* Why it is refused, with a mark at its first line, or what may stand there. */
static void draw_said(struct canvas *canvas, struct area area,
    const struct form_field *field, enum style hint_style)
{
    bool refused = field->refusal[0];
    if (area.rows < 1 || area.columns <= REFUSED_COLUMNS)
        return;
    if (refused) {
        canvas_cell(canvas, area.row, area.column, STYLE_FAILED, L'!');
        area.column += REFUSED_COLUMNS;
        area.columns -= REFUSED_COLUMNS;
    }
    canvas_paragraph(canvas, area, refused ? STYLE_FAILED : hint_style,
        refused ? field->refusal : field->hint);
}

enum form_below form_below(const struct form *form, int columns)
{
    if (form->focus >= form->count || columns >= WIDE_COLUMNS)
        return FORM_BELOW_NOTHING;
    const struct form_field *field = &form->fields[form->focus];
    if (field->hidden)
        return FORM_BELOW_NOTHING;
    return field->refusal[0] ? FORM_BELOW_REFUSAL
           : field->hint[0]  ? FORM_BELOW_HINT
                             : FORM_BELOW_NOTHING;
}

void form_draw_below(struct canvas *canvas, struct area area, const struct form *form)
{
    int columns = area.columns;
    area.column += MARK_COLUMNS;
    area.columns -= MARK_COLUMNS;
    if (form_below(form, columns) != FORM_BELOW_NOTHING)
        draw_said(canvas, area, &form->fields[form->focus], STYLE_TEXT);
}

/* The first field that is drawn, so that the one with the focus is seen whole, and the
 * one behind it as well where there is room. */
static size_t first_drawn(const struct form *form, int rows)
{
    size_t first = 0, last = form->focus;
    while (last + 1 < form->count && form->fields[++last].hidden)
        ;
    size_t end = last < form->count ? last + 1 : form->count;
    while (first < end && first < form->focus && count_seen(form, first, end) > rows)
        first++;
    return first;
}

static void draw_choice(struct canvas *canvas, const struct row *row, struct area cells)
{
    static const char cut[] = "..";
    const struct form_field *field = row->field;
    const char *text = field->choices[field->choice];
    enum style style = row->focused ? STYLE_MARK : STYLE_TEXT;
    int width = canvas_width_of(text), room = cells.columns - 2 * ARROWS;
    if (width > room)
        width = room;
    cells.columns = width + 2 * ARROWS;
    canvas_fill(canvas, cells, style, L' ');
    canvas_cell(canvas, cells.row, cells.column, style, L'<');
    canvas_cell(canvas, cells.row, cells.column + cells.columns - 1, style, L'>');
    cells.column += ARROWS;
    cells.columns = width;
    canvas_field(canvas, &cells, style, text);
    cells.column += width - canvas_width_of(cut);
    cells.columns = canvas_width_of(cut);
    if (canvas_width_of(text) > width && width >= CUT_FROM_COLUMNS)
        canvas_field(canvas, &cells, style, cut);
}

/* In brackets: the first character that is typed takes its place. */
static void draw_selected(struct canvas *canvas, const struct row *row, struct area cells)
{
    const struct entry *entry = &row->field->entry;
    int width = canvas_width_of(entry->text) + 1;
    if (width < cells.columns)
        cells.columns = width;
    entry_draw(canvas, &cells, STYLE_MARK, entry, true);
    canvas_cell(canvas, cells.row, cells.column - 1, STYLE_TEXT, L'[');
    canvas_cell(canvas, cells.row, cells.column + cells.columns - 1, STYLE_TEXT, L']');
}

/* What is typed begins in the same column as the text of a choice. */
static void draw_typed(struct canvas *canvas, const struct row *row, struct area cells)
{
    const struct form_field *field = row->field;
    char text[sizeof field->fallback + 3];
    snprintf(text, sizeof text, "(%s)", field->fallback);
    bool empty = !field->entry.text[0] && !row->typing && field->fallback[0];
    cells.column += ARROWS;
    cells.columns -= ARROWS;
    if (row->selected) {
        draw_selected(canvas, row, cells);
        return;
    }
    int width = canvas_width_of(empty ? text : field->entry.text) + 1;
    if (field->kind == FORM_NUMBER && width < NUMBER_COLUMNS)
        width = NUMBER_COLUMNS;
    if (field->kind == FORM_NUMBER && width < cells.columns)
        cells.columns = width;
    if (!empty) {
        entry_draw(canvas, &cells, row->focused ? STYLE_MARK : STYLE_TEXT, &field->entry,
            row->typing);
        return;
    }
    if (row->focused)
        canvas_fill(canvas, cells, STYLE_MARK, L' ');
    canvas_paragraph(canvas, cells, row->focused ? STYLE_MARK : STYLE_ABSENT, text);
}

/* A text may be longer than the others' values, where nothing is to be said of it. */
static bool is_long(const struct row *row)
{
    const struct form_field *field = row->field;
    return field->kind == FORM_TEXT && !field->refusal[0] &&
           canvas_width_of(field->entry.text) > row->places.value_columns - ARROWS - 1;
}

static void draw_value(struct canvas *canvas, const struct row *row)
{
    struct area cells = {row->area.row, row->area.column + row->places.value, 1,
        row->places.value_columns};
    int room = row->area.columns - row->places.value;
    if (cells.columns > room || is_long(row))
        cells.columns = room;
    if (row->focused)
        canvas_rest(canvas, cells.row, cells.column + ARROWS);
    if (row->field->kind == FORM_CHOICE)
        draw_choice(canvas, row, cells);
    else
        draw_typed(canvas, row, cells);
}

/* Beside the value; where there is no room for that, only that there is something. */
static void draw_side(struct canvas *canvas, const struct row *row)
{
    struct area area = row->area;
    if (!row->places.wide) {
        if (row->field->refusal[0])
            canvas_cell(canvas, area.row, area.column + 1, STYLE_FAILED, L'!');
        return;
    }
    if (is_long(row))
        return;
    area.column += row->places.side;
    area.columns -= row->places.side;
    area.rows = row->side_rows;
    draw_said(canvas, area, row->field, row->focused ? STYLE_TEXT : STYLE_ABSENT);
}

static void draw_row(struct canvas *canvas, const struct row *row)
{
    struct area label = row->area;
    enum style style = row->focused ? STYLE_STRONG : STYLE_TEXT;
    if (row->focused)
        canvas_cell(canvas, label.row, label.column, STYLE_STRONG, L'>');
    label.column += MARK_COLUMNS;
    label.columns = row->places.label_columns;
    canvas_field(canvas, &label, style, row->field->label);
    draw_value(canvas, row);
    draw_side(canvas, row);
}

/* How many fields there are above and below what is seen, said at the right end of the
 * first and the last row.  Returns the columns it takes. */
static int draw_more(struct canvas *canvas, const struct area *row, int above, int below)
{
    const char *where = above == 0 ? "below" : below == 0 ? "above" : "more";
    bool roomy = row->columns >= MORE_FROM_COLUMNS;
    char text[32];
    if (above + below == 0)
        return 0;
    snprintf(text, sizeof text, "+%d%s%s", above + below, roomy ? " " : "",
        roomy ? where : "");
    canvas_right(canvas, row->row, row->column + row->columns, STYLE_TEXT, text);
    return (roomy ? MORE_COLUMNS : MORE_COLUMNS_FEW) + 1;
}

/* The field behind the last one that fits. */
static size_t end_drawn(const struct form *form, size_t first, int rows)
{
    for (size_t i = first; i < form->count; i++) {
        rows -= !form->fields[i].hidden;
        if (rows < 0 && i > form->focus)
            return i;
    }
    return form->count;
}

/* The rows of what is said beside the field with the focus: those beside the fields below
 * it, too, so that nothing moves. */
static int side_rows(
    const struct form *form, const struct places *places, struct area area, int used)
{
    const struct form_field *field = &form->fields[form->focus];
    bool refused = field->refusal[0];
    int rows = 1, columns = places->side_columns - (refused ? REFUSED_COLUMNS : 0);
    int wanted = least(SIDE_ROWS,
        canvas_paragraph_rows(refused ? field->refusal : field->hint, columns));
    for (size_t i = form->focus + 1; i < form->count && !form->fields[i].refusal[0]; i++)
        rows += !form->fields[i].hidden;
    if (count_seen(form, form->focus + 1, form->count) == 0)
        rows += LAST_SIDE_ROWS;
    return least(least(wanted, rows), area.rows - used);
}

int form_draw(
    struct canvas *canvas, struct area area, const struct form *form, bool active)
{
    struct places places = places_of(form, area.columns);
    size_t first = first_drawn(form, area.rows);
    size_t end = end_drawn(form, first, area.rows);
    int used = 0, said = 0; /* rows, and those of what is said beside them so far */
    for (size_t i = first; i < end && used < area.rows; i++) {
        bool focused = active && i == form->focus;
        struct row row = {&form->fields[i], area, places, focused,
            focused && form_is_typing(form), focused && form_is_selected(form),
            used >= said};
        if (row.field->hidden)
            continue;
        if (focused && places.wide)
            row.side_rows = side_rows(form, &places, area, used);
        row.area.row += used;
        row.area.rows = 1;
        canvas_target(canvas, row.area, TARGET_FIELD, (int64_t)i);
        bool last = used + 1 >= area.rows || count_seen(form, i + 1, end) == 0;
        row.area.columns -=
            draw_more(canvas, &row.area, used == 0 ? count_seen(form, 0, first) : 0,
                last ? count_seen(form, end, form->count) : 0);
        said = used >= said ? used + row.side_rows : said;
        used++;
        draw_row(canvas, &row);
    }
    return used;
}
