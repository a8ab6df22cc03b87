// SPDX-License-Identifier: MIT
#include "ui/launcher_help.h"

#include "ui/frame.h"

enum { NAME_COLUMNS = 14, NAME_COLUMNS_NARROW = 13, NAMES_FROM_COLUMNS = 34 };

/* What stands there and what it is; without a name a heading. */
static const struct view_key entries[] = {
    {"", "On the screen:"},
    {"first field", "what to do: a prepared loop to begin with. It fills in the others."},
    {"other fields",
        "the loop itself. (in brackets): what is taken if nothing is typed."},
    {"beside them", "what may stand there; behind a ! why it cannot be run like this."},
    {"command", "the same as a command line, always right: copy it into a shell."},
    {"machine", "what it is, and how many of its CPUs may be used, and why."},
    {"results", "earlier runs: times, workers, and how many times as fast."},
    {"", ""},
    {"", "In the form:"},
    {"Enter", "run the loop: first one task after the other, then all workers."},
    {"Tab Up Down", "the next field, the one before; j and k, too."},
    {"Left Right", "change what stands between < and >; Space, h and l, too."},
    {"0-9", "type a number: 15, 1e6, 1M; a time: 500ms, 2m."},
    {"[text]", "the first letter typed takes its place; Left, Backspace: change it."},
    {"Ctrl-U", "empty the field."},
    {"Esc", "end typing; in a text: leave it, so that letters are keys again."},
    {"g", "to the results, as Tab does behind the last field; Esc: back."},
    {"", ""},
    {"", "In the results:"},
    {"Enter", "look at it again: its screens, its tasks, its CPUs."},
    {"m", "mark one or two, or take the mark away."},
    {"b", "put the two marked ones side by side, or the one and this one."},
    {"s", "save it in a file; Tab: as text, table, trace, picture."},
    {"", ""},
    {"", "Everywhere, where no text is typed:"},
    {"o", "open a file of results."},
    {"c", "the next set of colours; it is remembered."},
    {"Ctrl-L", "draw everything again."},
    {"mouse", "click a field, a result or a key; the wheel goes up and down."},
    {"q", "leave; asks first where results are in no file yet."},
};

enum { ENTRIES = sizeof entries / sizeof *entries };

static bool is_heading(const struct view_key *entry)
{
    return !*entry->key;
}

/* Where there is no room beside the names, they have a row of their own. */
static int rows_of(const struct view_key *entry, int columns, int name_columns)
{
    int room = is_heading(entry) ? columns : columns - name_columns;
    int rows = canvas_paragraph_rows(entry->does, room);
    return (rows > 0 ? rows : 1) + (name_columns == 0 && !is_heading(entry));
}

static void draw_entry(struct canvas *canvas, struct area area,
    const struct view_key *entry, int name_columns)
{
    enum style style = is_heading(entry) ? STYLE_STRONG : STYLE_TEXT;
    if (!is_heading(entry)) {
        canvas_text(canvas, area.row, area.column, STYLE_KEY, entry->key);
        area.row += name_columns == 0;
        area.rows -= name_columns == 0;
        area.column += name_columns;
        area.columns -= name_columns;
    }
    canvas_paragraph(canvas, area, style, entry->does);
}

static int name_columns_of(int columns)
{
    if (columns < NAMES_FROM_COLUMNS)
        return 0;
    return columns < FRAME_ROOMY_COLUMNS ? NAME_COLUMNS_NARROW : NAME_COLUMNS;
}

/* How many entries there are room for, from one on: one at least, if there is one. */
static int count_below(int first, const struct area *area)
{
    int count = 0, rows = 0, name_columns = name_columns_of(area->columns);
    for (; first + count < ENTRIES; count++) {
        rows += rows_of(&entries[first + count], area->columns, name_columns);
        if (count > 0 && rows > area->rows)
            break;
    }
    return count;
}

/* The same above one. */
static int count_above(int end, const struct area *area)
{
    int count = 0, rows = 0, name_columns = name_columns_of(area->columns);
    for (; count < end; count++) {
        rows += rows_of(&entries[end - count - 1], area->columns, name_columns);
        if (count > 0 && rows > area->rows)
            break;
    }
    return count;
}

struct launcher_help_page launcher_help_page_from(int scroll, const struct area *area)
{
    return (struct launcher_help_page){.above = count_above(scroll, area),
        .seen = count_below(scroll, area),
        .last = ENTRIES - count_above(ENTRIES, area)};
}

static void draw_keys(struct canvas *canvas, const struct area *area, int scroll)
{
    struct view_key keys[] = {{"PageDown", "more"}, {"q", "quit"}, {"?", "back"}, {0}};
    bool more = scroll < launcher_help_page_from(scroll, area).last;
    if (!more)
        keys[0] = (struct view_key){"PageUp", "before"};
    key_line_draw(canvas, area->row + area->rows, area->column,
        area->column + area->columns, more || scroll > 0 ? keys : keys + 1);
}

void launcher_help_draw(struct canvas *canvas, int scroll)
{
    const struct area all = frame_of(canvas).area;
    struct area area = all;
    int end = scroll + launcher_help_page_from(scroll, &all).seen;
    int name_columns = name_columns_of(all.columns);
    for (int number = scroll; number < end; number++) {
        area.rows = all.row + all.rows - area.row;
        draw_entry(canvas, area, &entries[number], name_columns);
        area.row += rows_of(&entries[number], all.columns, name_columns);
    }
    draw_keys(canvas, &all, scroll);
}
