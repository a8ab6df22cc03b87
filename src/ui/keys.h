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
    KEYS_DELETE,
    KEYS_BACK_TAB,
    KEYS_CLICK, /* screen_clicked() says on what */
    KEYS_WHEEL_UP,
    KEYS_WHEEL_DOWN,
};
