// SPDX-License-Identifier: MIT
#pragma once
/* Keys: characters are themselves, the others have numbers above all characters. */

enum keys {
    KEYS_NONE = -1,
    KEYS_GONE = -2, /* the terminal is */
    KEYS_ENTER = '\n',
    KEYS_ESCAPE = 27,
    KEYS_REPAINT = 12, /* Ctrl-L */
    KEYS_UP = 0x110000,
    KEYS_DOWN,
    KEYS_LEFT,
    KEYS_RIGHT,
    KEYS_PAGE_UP,
    KEYS_PAGE_DOWN,
    KEYS_HOME,
    KEYS_END,
    KEYS_BACKSPACE,
};

/* Teaches the current ncurses screen the keys that terminals send today, whatever TERM
 * says that they have. */
void keys_prepare(void);

/* The next key that came in on an ncurses window, which must not wait; KEYS_NONE if there
 * is none.  A sequence that nobody knows is none. */
int keys_next(void *window);
