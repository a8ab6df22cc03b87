// SPDX-License-Identifier: MIT
#include "ui/entry.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "ui/keys.h"

enum { CONTROL_OFFSET = 'A' - 1 };
#define CONTROL(letter) ((letter)-CONTROL_OFFSET)

void entry_set(struct entry *entry, const char *text)
{
    text_copy(sizeof entry->text, entry->text, text);
    entry->cursor = strlen(entry->text);
    entry->selected = true;
}

/* The bytes of one code point, and its columns; a byte that begins none counts as one. */
static size_t code_point(const char *text, int *ret_width)
{
    mbstate_t state = {0};
    wchar_t character;
    size_t length = mbrtowc(&character, text, MB_LEN_MAX, &state);
    if (length == 0)
        return 0;
    bool broken = length == (size_t)-1 || length == (size_t)-2;
    *ret_width = broken ? 1 : wcwidth(character);
    if (*ret_width < 0)
        *ret_width = 1;
    return broken ? 1 : length;
}

/* The bytes of what is one character to the eye: with the marks that stand over it. */
static size_t character(const char *text, int *ret_width)
{
    int width;
    size_t length = code_point(text, ret_width), more;
    while (length > 0 && (more = code_point(text + length, &width)) > 0 && width == 0)
        length += more;
    return length;
}

/* Where the character before the cursor begins. */
static size_t before(const struct entry *entry)
{
    size_t at = 0;
    int width;
    while (at < entry->cursor) {
        size_t length = character(entry->text + at, &width);
        if (length == 0 || at + length >= entry->cursor)
            break;
        at += length;
    }
    return at;
}

static size_t behind(const struct entry *entry)
{
    int width;
    return entry->cursor + character(entry->text + entry->cursor, &width);
}

/* Takes out what is between two places; the cursor stays between what is left. */
static void erase(struct entry *entry, size_t from, size_t to)
{
    memmove(entry->text + from, entry->text + to, strlen(entry->text + to) + 1);
    entry->cursor = from;
}

/* Where the word before the cursor begins. */
static size_t before_word(const struct entry *entry)
{
    size_t at = entry->cursor;
    while (at > 0 && entry->text[at - 1] == ' ')
        at--;
    while (at > 0 && entry->text[at - 1] != ' ')
        at--;
    return at;
}

bool entry_is_character(int key)
{
    return key >= ' ' && key < KEYS_UP && wcwidth((wchar_t)key) >= 0;
}

static bool insert(struct entry *entry, int key)
{
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    if (!entry_is_character(key))
        return false;
    size_t size = strlen(entry->text), length = wcrtomb(bytes, (wchar_t)key, &state);
    if (length == (size_t)-1)
        return false;
    if (size + length >= sizeof entry->text)
        return true;
    char *at = entry->text + entry->cursor;
    memmove(at + length, at, size - entry->cursor + 1);
    memcpy(at, bytes, length);
    entry->cursor += length;
    return true;
}

static bool obey(struct entry *entry, int key)
{
    switch (key) {
    case KEYS_LEFT:
        entry->cursor = before(entry);
        return true;
    case KEYS_RIGHT:
        entry->cursor = behind(entry);
        return true;
    case KEYS_HOME:
    case CONTROL('A'):
        entry->cursor = 0;
        return true;
    case KEYS_END:
    case CONTROL('E'):
        entry->cursor = strlen(entry->text);
        return true;
    case KEYS_BACKSPACE:
        erase(entry, before(entry), entry->cursor);
        return true;
    case KEYS_DELETE:
        erase(entry, entry->cursor, behind(entry));
        return true;
    case CONTROL('U'):
        erase(entry, 0, strlen(entry->text));
        return true;
    case CONTROL('K'):
        entry->text[entry->cursor] = '\0';
        return true;
    case CONTROL('W'):
        erase(entry, before_word(entry), entry->cursor);
        return true;
    default:
        return insert(entry, key);
    }
}

bool entry_obey(struct entry *entry, int key)
{
    bool obeyed = obey(entry, key);
    entry->selected = entry->selected && !obeyed;
    return obeyed;
}

bool entry_obey_anew(struct entry *entry, int key)
{
    if (entry->selected && (entry_is_character(key) || key == KEYS_DELETE))
        entry_set(entry, "");
    return entry_obey(entry, key);
}

/* The columns of so many bytes of it. */
static int width_of(const struct entry *entry, size_t bytes)
{
    int columns = 0, width = 0;
    for (size_t at = 0, length; at < bytes; at += length, columns += width)
        if ((length = character(entry->text + at, &width)) == 0)
            break;
    return columns;
}

/* The first byte that is drawn, so that the cursor is within so many columns; where the
 * text does not begin there, its first column says so. */
static size_t first_drawn(const struct entry *entry, int columns)
{
    int excess = width_of(entry, entry->cursor) - (columns - 1), width;
    size_t at = 0;
    if (excess <= 0)
        return 0;
    for (excess++; excess > 0; excess -= width) {
        size_t length = character(entry->text + at, &width);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

void entry_draw(struct canvas *canvas, const struct area *field, enum style style,
    const struct entry *entry, bool typing)
{
    struct area cells = *field;
    size_t first = typing ? first_drawn(entry, field->columns) : 0;
    int room = field->columns, cursor;
    canvas_fill(canvas, cells, style, L' ');
    if (first > 0) {
        canvas_cell(canvas, cells.row, cells.column++, STYLE_STRONG, L'<');
        cells.columns--;
    }
    canvas_field(canvas, &cells, style, entry->text + first);
    cursor = cells.column - field->column + width_of(entry, entry->cursor) -
             width_of(entry, first);
    if (canvas_width_of(entry->text + first) > cells.columns &&
        (!typing || cursor < room - 1))
        canvas_cell(
            canvas, cells.row, cells.column + cells.columns - 1, STYLE_STRONG, L'>');
    if (typing)
        canvas_rest(canvas, field->row, field->column + cursor);
}
