// SPDX-License-Identifier: MIT
#include "ui/name_line.h"

#include <string.h>

#include "ui/ending.h"
#include "ui/key_line.h"
#include "ui/keys.h"

enum {
    NAME_COLUMNS_MIN = 33, /* what is asked and a name, beside which keys have room */
    BETWEEN = 2,
    KEYS_MAX = 3,
};

static bool has_endings(const char *const *endings)
{
    return endings && *endings;
}

static int width_of(const struct view_key keys[])
{
    int width = -KEY_LINE_BETWEEN;
    for (; keys->key; keys++)
        width += KEY_LINE_BETWEEN + key_line_width_of(keys);
    return width;
}

/* Whoever knows the endings can do without Tab, so that goes first. */
static void list_keys(const struct name_line *line, int columns, struct view_key keys[])
{
    struct view_key *key = keys;
    *key++ = (struct view_key){"Enter", line->does};
    if (has_endings(line->endings))
        *key++ = (struct view_key){"Tab", "format"};
    *key = (struct view_key){"Esc", "leave it"};
    if (key == keys + 2 && width_of(keys) > columns) {
        keys[1] = keys[2];
        keys[2] = (struct view_key){NULL, NULL};
    }
}

/* Of one that is selected only the text is marked, not the room behind it. */
static void draw_name(struct canvas *canvas, struct area row, const struct entry *name)
{
    int width = canvas_width_of(name->text) + 1;
    if (name->selected && name->text[0] && width < row.columns)
        row.columns = width;
    entry_draw(canvas, &row, STYLE_MARK, name, true);
}

void name_line_draw(struct canvas *canvas, struct area area, const struct name_line *line)
{
    struct view_key keys[KEYS_MAX + 1] = {0};
    struct area row = {area.row, area.column, 1, area.columns};
    int below = area.rows > 1, end = area.column + area.columns;
    int asked = canvas_width_of(line->asked) + 1;
    list_keys(line, below ? area.columns : area.columns - NAME_COLUMNS_MIN, keys);
    int width = width_of(keys);
    if (below)
        key_line_draw(canvas, area.row + 1, area.column, end, keys);
    else if (row.columns >= NAME_COLUMNS_MIN + width) {
        key_line_draw(canvas, row.row, end - width, end, keys);
        row.columns -= width + BETWEEN;
    }
    canvas_field(canvas, &row, STYLE_STRONG, line->asked);
    row.column += asked;
    row.columns -= asked;
    draw_name(canvas, row, line->name);
}

/* The cursor stays where it is in what stays, else it is at the end. */
static void turn(struct entry *name, const char *const *endings, int by)
{
    bool at_end = !name->text[name->cursor];
    if (!ending_turn(sizeof name->text, name->text, endings, by))
        return;
    size_t length = strlen(name->text);
    if (at_end || name->cursor > length)
        name->cursor = length;
}

enum name_line_end name_line_obey(struct entry *name, const char *const *endings, int key)
{
    if (key == KEYS_ESCAPE || key == KEYS_ENTER) {
        name->selected = true; /* should it be proposed again */
        return key == KEYS_ENTER && name->text[0] ? NAME_LINE_ENTERED : NAME_LINE_LEFT;
    }
    if ((key == '\t' || key == KEYS_BACK_TAB) && has_endings(endings))
        turn(name, endings, key == '\t' ? 1 : -1);
    else
        entry_obey_anew(name, key);
    return NAME_LINE_OPEN;
}
