// SPDX-License-Identifier: MIT
#include "ui/mouse.h"

#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/keys.h"

enum { BUTTON_LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65, OLD_OFFSET = 32, DIGITS_MAX = 5 };

const char mouse_begin[] = "\033[?1000h\033[?1006h";
const char mouse_end[] = "\033[?1006l\033[?1000l";

static const char *report_of_terminal(void)
{
    const char *report = tigetstr("kmous");
    return report == (char *)-1 ? NULL : report;
}

/* The console has such an entry, but reports to gpm alone. */
bool mouse_is_reported(void)
{
    const char *report = report_of_terminal(), *name = getenv("TERM");
    return report && (strcmp(report, "\033[M") == 0 || strcmp(report, "\033[<") == 0) &&
           name && strncmp(name, "linux", 5) != 0;
}

void mouse_prepare(void)
{
    const char *report = report_of_terminal();
    if (report)
        define_key(report, 0);
}

/* With a key held down it is another number: not ours. */
static int meaning_of(int button)
{
    switch (button) {
    case BUTTON_LEFT:
        return KEYS_CLICK;
    case WHEEL_UP:
        return KEYS_WHEEL_UP;
    case WHEEL_DOWN:
        return KEYS_WHEEL_DOWN;
    default:
        return KEYS_NONE;
    }
}

/* A number of few digits, and what ends it. */
static const char *read_number(const char *text, const char *ends, int *ret_number)
{
    size_t digits = text ? strspn(text, "0123456789") : 0;
    if (digits == 0 || digits > DIGITS_MAX || !text[digits] ||
        !strchr(ends, text[digits]))
        return NULL;
    *ret_number = (int)strtol(text, NULL, 10);
    return text + digits + 1;
}

/* "[<button;column;rowM", and with an m at the end when the button is let go. */
static int read_sgr(const char *text, int *ret_row, int *ret_column)
{
    int button, column, row;
    text = read_number(text, ";", &button);
    text = read_number(text, ";", &column);
    text = read_number(text, "M", &row);
    if (!text || *text || column < 1 || row < 1)
        return KEYS_NONE;
    *ret_row = row - 1;
    *ret_column = column - 1;
    return meaning_of(button);
}

int mouse_read(size_t size, const char sequence[], int *ret_row, int *ret_column)
{
    char text[32];
    if (size >= sizeof text || size < 2)
        return KEYS_NONE;
    memcpy(text, sequence, size);
    text[size] = '\0';
    if (memcmp(text, "[<", 2) == 0)
        return read_sgr(text + 2, ret_row, ret_column);
    if (memcmp(text, "[M", 2) != 0 || size != 2 + MOUSE_OLD_BYTES)
        return KEYS_NONE;
    *ret_column = (unsigned char)text[3] - OLD_OFFSET - 1;
    *ret_row = (unsigned char)text[4] - OLD_OFFSET - 1;
    return *ret_row < 0 || *ret_column < 0
               ? KEYS_NONE
               : meaning_of((unsigned char)text[2] - OLD_OFFSET);
}
