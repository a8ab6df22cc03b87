// SPDX-License-Identifier: MIT
#include "ui/key_line.h"

#include <string.h>

#include "ui/keys.h"

/* What keys.h calls a key of that name; KEYS_NONE where it stands for several. */
static int code_of(const char *name)
{
    static const struct {
        const char *name;
        int code;
    } codes[] = {{"Space", ' '}, {"Enter", KEYS_ENTER}, {"Esc", KEYS_ESCAPE},
        {"Tab", '\t'}, {"PageDown", KEYS_PAGE_DOWN}, {"PageUp", KEYS_PAGE_UP},
        {"Home", KEYS_HOME}, {"End", KEYS_END}, {"Down", KEYS_DOWN}, {"Up", KEYS_UP}};
    if (strlen(name) == 1)
        return name[0];
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].name, name) == 0)
            return codes[i].code;
    return KEYS_NONE;
}

int key_line_width_of(const struct view_key *key)
{
    return canvas_width_of(key->key) + 1 + canvas_width_of(key->does);
}

int key_line_draw_key(
    struct canvas *canvas, int row, int column, const struct view_key *key)
{
    int code = code_of(key->key), width = key_line_width_of(key);
    canvas_text(canvas, row, column, STYLE_KEY, key->key);
    canvas_text(
        canvas, row, column + canvas_width_of(key->key) + 1, STYLE_TEXT, key->does);
    if (code != KEYS_NONE)
        canvas_target(canvas, (struct area){row, column, 1, width}, TARGET_KEY, code);
    return column + width + KEY_LINE_BETWEEN;
}

void key_line_draw(
    struct canvas *canvas, int row, int column, int end, const struct view_key keys[])
{
    const struct view_key *last = keys;
    while (last->key && last[1].key)
        last++;
    for (const struct view_key *key = keys; key->key; key++) {
        int needed = key_line_width_of(key);
        if (key != last)
            needed += KEY_LINE_BETWEEN + key_line_width_of(last);
        if (column + needed <= end)
            column = key_line_draw_key(canvas, row, column, key);
    }
}
