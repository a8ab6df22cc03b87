// SPDX-License-Identifier: MIT
#define NCURSES_WIDECHAR 1
#include "ui/keys.h"

#include <ncurses.h>
#include <stdbool.h>

void keys_prepare(void)
{
    static const struct {
        const char *sequence;
        int key;
    } common[] = {
        {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},
        {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        define_key(common[i].sequence, common[i].key);
}

static int translate(int key)
{
    static const struct {
        int curses, ours;
    } keys[] = {
        {'\r', KEYS_ENTER},
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
        {0x7f, KEYS_BACKSPACE},
        {'\b', KEYS_BACKSPACE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].curses == key)
            return keys[i].ours;
    return key;
}

/* Takes the rest of a control sequence (ECMA-48: CSI, parameters, a final byte; SS3, one
 * byte) that begins with the escape just read.  False if none does. */
static bool swallow_sequence(WINDOW *window)
{
    int key = wgetch(window);
    if (key != '[' && key != 'O') {
        if (key != ERR)
            ungetch(key);
        return false;
    }
    do
        key = wgetch(window);
    while (key != ERR && (key < '@' || key > '~'));
    return true;
}

int keys_next(void *window)
{
    for (;;) {
        int key = wgetch(window);
        if (key == ERR)
            return KEYS_NONE;
        if (key == KEYS_ESCAPE && swallow_sequence(window))
            continue;
        if (key != KEY_RESIZE) /* SIGWINCH says it too */
            return translate(key);
    }
}
