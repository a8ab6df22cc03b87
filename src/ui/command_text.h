// SPDX-License-Identifier: MIT
#pragma once
/* A command line to be copied: broken at blanks that stand in no quotes, with a backslash
 * there, so that a shell takes its lines for one command. */
#include "ui/canvas.h"

/* The rows that it takes in so many columns. */
int command_text_rows(const char *text, int columns);

/* Draws it, the last row cut with "..." if there is more of it.  Returns the rows. */
int command_text_draw(
    struct canvas *canvas, struct area area, enum style style, const char *text);
