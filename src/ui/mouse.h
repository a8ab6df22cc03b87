// SPDX-License-Identifier: MIT
#pragma once
/* The mouse as terminals report it (xterm's ctlseqs, "Mouse Tracking"): a press, a
 * release, a turn of the wheel each is a control sequence.  ncurses, which knows them
 * too, gathers several to one and loses some of many, so they are read here. */
#include <stdbool.h>
#include <stddef.h>

/* What makes the terminal report it, in the form without limits (SGR) if it has that, and
 * what ends it. */
extern const char mouse_begin[], mouse_end[];

/* Whether the terminal of the current ncurses screen has one that it reports. */
bool mouse_is_reported(void);

/* Makes ncurses, once it has its keys, forget that it knows the reports. */
void mouse_prepare(void);

/* How many bytes follow the report's beginning ("[M", of the old form) that no rule tells
 * the end of. */
enum { MOUSE_OLD_BYTES = 3 };

/* What a control sequence, without its escape, reports: KEYS_CLICK with the place,
 * counted from 0, KEYS_WHEEL_UP, KEYS_WHEEL_DOWN; KEYS_NONE: nothing of that. */
int mouse_read(size_t size, const char sequence[], int *ret_row, int *ret_column);
