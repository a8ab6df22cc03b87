// SPDX-License-Identifier: MIT
#define NCURSES_WIDECHAR 1
#include "ui/keyboard.h"

#include <ncurses.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/clock.h"
#include "base/memory.h"
#include "ui/mouse.h"

enum {
    SEQUENCE_MAX = 32, /* of a longer one the rest is not kept: nobody knows it */
    SEQUENCE_MS = 150, /* so long the rest of one is waited for */
};

struct keyboard {
    WINDOW *window;
    bool mouse;
    mbstate_t state; /* of a character of several bytes */
    bool in_sequence;
    size_t size; /* of the sequence so far, without its escape */
    char sequence[SEQUENCE_MAX];
    int64_t begun_ns;
    int row, column;
};

static void teach(void)
{
    static const struct {
        const char *sequence;
        int key;
    } common[] = {
        {"\033[3~", KEY_DC},
        {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},
        {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},
        {"\033[Z", KEY_BTAB},
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        define_key(common[i].sequence, common[i].key);
    mouse_prepare();
}

struct keyboard *keyboard_create(void *window, bool mouse)
{
    struct keyboard *keyboard = memory_new(1, sizeof *keyboard);
    keyboard->window = window;
    keyboard->mouse = mouse;
    teach();
    return keyboard;
}

void keyboard_destroy(struct keyboard *keyboard)
{
    free(keyboard);
}

static int name_function_key(int key)
{
    static const struct {
        int curses, ours;
    } keys[] = {
        {KEY_ENTER, KEYS_ENTER},
        {KEY_UP, KEYS_UP},
        {KEY_DOWN, KEYS_DOWN},
        {KEY_LEFT, KEYS_LEFT},
        {KEY_RIGHT, KEYS_RIGHT},
        {KEY_PPAGE, KEYS_PAGE_UP},
        {KEY_NPAGE, KEYS_PAGE_DOWN},
        {KEY_HOME, KEYS_HOME},
        {KEY_END, KEYS_END},
        {KEY_BACKSPACE, KEYS_BACKSPACE},
        {KEY_DC, KEYS_DELETE},
        {KEY_BTAB, KEYS_BACK_TAB},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].curses == key)
            return keys[i].ours;
    return KEYS_NONE; /* KEY_RESIZE, too: SIGWINCH says it */
}

static int name_character(wchar_t character)
{
    switch (character) {
    case L'\r':
        return KEYS_ENTER;
    case L'\b':
    case 0x7f:
        return KEYS_BACKSPACE;
    default:
        return (int)character;
    }
}

/* A byte of a character in the locale's encoding; what is none of it is left out.
 * wgetch() is asked and not wget_wch(), which takes up to sixteen keys for the rest of
 * such a byte. */
static int take_byte(struct keyboard *keyboard, int byte)
{
    char one = (char)byte;
    wchar_t character;
    size_t length = mbrtowc(&character, &one, 1, &keyboard->state);
    if (length == (size_t)-1) { /* perhaps in the middle of another */
        keyboard->state = (mbstate_t){0};
        length = mbrtowc(&character, &one, 1, &keyboard->state);
    }
    if (length == (size_t)-1)
        keyboard->state = (mbstate_t){0};
    return length <= 1 ? name_character(character) : KEYS_NONE;
}

/* Whether a control sequence begins with the escape just read (ECMA-48: CSI, parameters,
 * a final byte; SS3, one byte). */
static bool begins_sequence(struct keyboard *keyboard)
{
    int key = wgetch(keyboard->window);
    if (key != '[' && key != 'O') {
        if (key != ERR)
            ungetch(key);
        return false;
    }
    keyboard->in_sequence = true;
    keyboard->sequence[0] = (char)key;
    keyboard->size = 1;
    keyboard->begun_ns = clock_now_ns();
    return true;
}

/* The old form of the mouse's reports ends where it is long enough. */
static bool is_old_report(const struct keyboard *keyboard)
{
    return keyboard->mouse && keyboard->size >= 2 &&
           memcmp(keyboard->sequence, "[M", 2) == 0;
}

/* The next byte of a sequence; what it means, if that was the last. */
static int continue_sequence(struct keyboard *keyboard, int key)
{
    bool was_old = is_old_report(keyboard);
    if (keyboard->size < SEQUENCE_MAX)
        keyboard->sequence[keyboard->size++] = (char)key;
    bool over = key >= '@' && key <= '~';
    if (is_old_report(keyboard))
        over = was_old && keyboard->size == 2 + MOUSE_OLD_BYTES;
    if (!over)
        return KEYS_NONE;
    keyboard->in_sequence = false;
    return keyboard->mouse ? mouse_read(keyboard->size, keyboard->sequence,
                                 &keyboard->row, &keyboard->column)
                           : KEYS_NONE;
}

static int take(struct keyboard *keyboard, int key)
{
    int64_t age_ns = keyboard->in_sequence ? clock_now_ns() - keyboard->begun_ns : 0;
    if (key >= KEY_MIN || key == KEYS_ESCAPE || age_ns > SEQUENCE_MS * NS_PER_MS)
        keyboard->in_sequence = false;
    if (keyboard->in_sequence)
        return continue_sequence(keyboard, key);
    if (key == KEYS_ESCAPE)
        return begins_sequence(keyboard) ? KEYS_NONE : KEYS_ESCAPE;
    return key < KEY_MIN ? take_byte(keyboard, key) : name_function_key(key);
}

int keyboard_next(struct keyboard *keyboard)
{
    int key;
    while ((key = wgetch(keyboard->window)) != ERR) {
        int taken = take(keyboard, key);
        if (taken != KEYS_NONE)
            return taken;
    }
    return KEYS_NONE;
}

void keyboard_clicked(const struct keyboard *keyboard, int *ret_row, int *ret_column)
{
    *ret_row = keyboard->row;
    *ret_column = keyboard->column;
}
