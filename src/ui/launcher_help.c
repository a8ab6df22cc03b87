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
    {"0-9", "type a number: 15, 1e6, 1M; a time: 500ms, 2m. Del: empty it."},
    {"Esc", "end typing; in a text: leave it, so that letters are keys again."},
    {"g", "to the results, as Tab does behind the last field; Esc: back."},
    {"", ""},
    {"", "In the results:"},
    {"Enter", "look at it again: its screens, its tasks, its CPUs."},
    {"m", "mark one or two, or take the mark away."},
    {"b", "put the two that are marked side by side."},
    {"s", "save it in a file, which any machine can show."},
    {"", ""},
    {"", "Everywhere, where no text is typed:"},
    {"o", "open a file of results."},
    {"c", "the next set of colours; it is remembered."},
    {"Ctrl-L", "draw everything again."},
    {"mouse", "click a field, a result or a key; the wheel goes up and down."},
    {"q", "leave."},
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

int launcher_help_draw(struct canvas *canvas, int scroll)
{
    static const struct view_key keys[] = {
        {"PageDown", "more"}, {"q", "quit"}, {"?", "back"}, {NULL, NULL}};
    static const struct view_key few[] = {{"q", "quit"}, {"?", "back"}, {NULL, NULL}};
    struct area area = frame_of(canvas).area;
    int foot = area.row + area.rows, end = foot, number = scroll;
    int name_columns = name_columns_of(area.columns);
    for (int first = area.row; number < ENTRIES && area.row < end; number++) {
        int rows = rows_of(&entries[number], area.columns, name_columns);
        if (area.row > first && area.row + rows > end && rows < end - first)
            break; /* whole entries only, where one has room */
        area.rows = end - area.row;
        draw_entry(canvas, area, &entries[number], name_columns);
        area.row += rows;
    }
    key_line_draw(canvas, foot, area.column, area.column + area.columns,
        number < ENTRIES || scroll > 0 ? keys : few);
    return ENTRIES - number;
}
