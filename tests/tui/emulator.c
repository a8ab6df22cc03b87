// SPDX-License-Identifier: MIT
#include "emulator.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "base/memory.h"

struct emulator {
    VTerm *vterm;
    VTermScreen *screen;
    VTermScreenCallbacks callbacks; /* libvterm keeps the address */
    struct terminal_state state;
    void (*answer)(const char *bytes, size_t size, void *data);
    void *data;
};

static int set_property(VTermProp property, VTermValue *value, void *data)
{
    struct emulator *emulator = data;
    if (property == VTERM_PROP_CURSORVISIBLE)
        emulator->state.cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        emulator->state.alternate = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        emulator->state.mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static int move_cursor(VTermPos position, VTermPos old, int visible, void *data)
{
    struct emulator *emulator = data;
    (void)old;
    (void)visible;
    emulator->state.cursor_row = position.row;
    emulator->state.cursor_column = position.col;
    return 1;
}

static int ring(void *data)
{
    struct emulator *emulator = data;
    emulator->state.bells++;
    return 1;
}

static void pass_answer(const char *bytes, size_t size, void *data)
{
    struct emulator *emulator = data;
    emulator->answer(bytes, size, emulator->data);
}

struct emulator *emulator_create(int rows, int columns,
    void (*answer)(const char *bytes, size_t size, void *data), void *data)
{
    struct emulator *emulator = memory_new(1, sizeof *emulator);
    emulator->answer = answer;
    emulator->data = data;
    emulator->state =
        (struct terminal_state){.rows = rows, .columns = columns, .cursor_visible = true};
    emulator->vterm = memory_need(vterm_new(rows, columns));
    vterm_set_utf8(emulator->vterm, 1);
    vterm_output_set_callback(emulator->vterm, pass_answer, emulator);
    emulator->screen = vterm_obtain_screen(emulator->vterm);
    emulator->callbacks = (VTermScreenCallbacks){
        .movecursor = move_cursor, .settermprop = set_property, .bell = ring};
    vterm_screen_set_callbacks(emulator->screen, &emulator->callbacks, emulator);
    vterm_screen_enable_altscreen(emulator->screen, 1);
    vterm_screen_reset(emulator->screen, 1);
    return emulator;
}

void emulator_destroy(struct emulator *emulator)
{
    if (!emulator)
        return;
    vterm_free(emulator->vterm);
    free(emulator);
}

void emulator_write(struct emulator *emulator, size_t size, const char bytes[])
{
    vterm_input_write(emulator->vterm, bytes, size);
    vterm_screen_flush_damage(emulator->screen);
}

void emulator_resize(struct emulator *emulator, int rows, int columns)
{
    emulator->state.rows = rows;
    emulator->state.columns = columns;
    vterm_set_size(emulator->vterm, rows, columns);
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(emulator->vterm), &position);
    emulator->state.cursor_row = position.row;
    emulator->state.cursor_column = position.col;
}

void emulator_press(struct emulator *emulator, enum terminal_key key)
{
    static const struct {
        VTermKey key;
        VTermModifier modifier;
    } keys[TERMINAL_KEYS] = {
        [TERMINAL_UP] = {VTERM_KEY_UP, VTERM_MOD_NONE},
        [TERMINAL_DOWN] = {VTERM_KEY_DOWN, VTERM_MOD_NONE},
        [TERMINAL_LEFT] = {VTERM_KEY_LEFT, VTERM_MOD_NONE},
        [TERMINAL_RIGHT] = {VTERM_KEY_RIGHT, VTERM_MOD_NONE},
        [TERMINAL_PAGE_UP] = {VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
        [TERMINAL_PAGE_DOWN] = {VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
        [TERMINAL_HOME] = {VTERM_KEY_HOME, VTERM_MOD_NONE},
        [TERMINAL_END] = {VTERM_KEY_END, VTERM_MOD_NONE},
        [TERMINAL_INSERT] = {VTERM_KEY_INS, VTERM_MOD_NONE},
        [TERMINAL_DELETE] = {VTERM_KEY_DEL, VTERM_MOD_NONE},
        [TERMINAL_ENTER] = {VTERM_KEY_ENTER, VTERM_MOD_NONE},
        [TERMINAL_TAB] = {VTERM_KEY_TAB, VTERM_MOD_NONE},
        [TERMINAL_BACK_TAB] = {VTERM_KEY_TAB, VTERM_MOD_SHIFT},
        [TERMINAL_BACKSPACE] = {VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
        [TERMINAL_ESCAPE] = {VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
    };
    vterm_keyboard_key(emulator->vterm, keys[key].key, keys[key].modifier);
}

struct terminal_state emulator_state(const struct emulator *emulator)
{
    return emulator->state;
}

static size_t encode(uint32_t code, char text[4])
{
    if (code < 0x80) {
        text[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, code >>= 6)
        text[i] = (char)(0x80 | (code & 0x3f));
    text[0] = (char)(0xf00 >> size | code); /* as many ones as bytes, then a zero */
    return size;
}

static int colour_of(const VTermColor *colour)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
        return TERMINAL_DEFAULT;
    if (VTERM_COLOR_IS_INDEXED(colour))
        return colour->indexed.idx;
    return TERMINAL_RGB + (colour->rgb.red << 16 | colour->rgb.green << 8) +
           colour->rgb.blue;
}

struct terminal_cell emulator_cell(const struct emulator *emulator, int row, int column)
{
    VTermScreenCell shown = {0};
    struct terminal_cell cell = {.width = 0};
    vterm_screen_get_cell(
        emulator->screen, (VTermPos){.row = row, .col = column}, &shown);
    bool is_right_half = shown.chars[0] == (uint32_t)-1;
    size_t length = 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && !is_right_half; i++)
        if (shown.chars[i] != 0)
            length += encode(shown.chars[i], cell.text + length);
    cell.width = is_right_half ? 0 : shown.width;
    cell.foreground = colour_of(&shown.fg);
    cell.background = colour_of(&shown.bg);
    cell.bold = shown.attrs.bold;
    cell.underline = shown.attrs.underline != VTERM_UNDERLINE_OFF;
    cell.italic = shown.attrs.italic;
    cell.blink = shown.attrs.blink;
    cell.reverse = shown.attrs.reverse;
    return cell;
}

char *emulator_row(const struct emulator *emulator, int row)
{
    size_t size =
        (size_t)emulator->state.columns * sizeof((struct terminal_cell *)0)->text;
    char *text = memory_new(size + 1, 1), *end = text;
    for (int column = 0; column < emulator->state.columns; column++) {
        struct terminal_cell cell = emulator_cell(emulator, row, column);
        if (cell.width > 0)
            end = stpcpy(end, cell.text[0] ? cell.text : " ");
    }
    return text;
}
