// SPDX-License-Identifier: MIT
#pragma once
/* The line of keys at the foot of a screen: what each does, and each can be clicked. */
#include "ui/canvas.h"

/* A key and what it does. */
struct view_key {
    const char *key, *does;
};

enum { KEY_LINE_BETWEEN = 3 };

int key_line_width_of(const struct view_key *key);

/* Draws one; returns the column for the next. */
int key_line_draw_key(
    struct canvas *canvas, int row, int column, const struct view_key *key);

/* Draws as many as fit between two columns (ended by one without a name), the last
 * always. */
void key_line_draw(
    struct canvas *canvas, int row, int column, int end, const struct view_key keys[]);
