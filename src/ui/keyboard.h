// SPDX-License-Identifier: MIT
#pragma once
/* The keyboard and the mouse: what the terminal sends, as keys (keys.h). */
#include <stdbool.h>

#include "ui/keys.h"

struct keyboard;

/* Reads from an ncurses window of the current screen, which must not wait and has its
 * keypad; borrowed.  Teaches that screen the keys that terminals send today, whatever
 * TERM says that they have.  Without `mouse` what a mouse reports is nothing. */
struct keyboard *keyboard_create(void *window, bool mouse);
void keyboard_destroy(struct keyboard *keyboard); /* NULL is fine */

/* The next key that came in; KEYS_NONE if there is none.  A sequence that nobody knows is
 * none; of one that has not come whole the rest is waited for. */
int keyboard_next(struct keyboard *keyboard);

/* Where the last click was, after KEYS_CLICK: counted from 0, anywhere. */
void keyboard_clicked(const struct keyboard *keyboard, int *ret_row, int *ret_column);
