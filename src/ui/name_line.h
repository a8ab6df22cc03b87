// SPDX-License-Identifier: MIT
#pragma once
/* A file's name that is typed in the last row of a screen: what it is asked for, the
 * name, the keys that end it. */
#include "ui/canvas.h"
#include "ui/entry.h"

struct name_line {
    const char *asked; /* "Save as:" */
    const char *does;  /* what Enter does: "save" */
    const struct entry *name;
    const char *const *endings; /* as below */
};

/* Draws it into an area; the keys are below it where that has a second row, else beside
 * it where there is room. */
void name_line_draw(
    struct canvas *canvas, struct area area, const struct name_line *line);

enum name_line_end {
    NAME_LINE_OPEN,
    NAME_LINE_ENTERED,
    NAME_LINE_LEFT, /* by Escape, or by Enter without a name */
};

/* What a key makes of it.  The first character that is typed takes the place of a name
 * that is proposed; Left, Backspace and others change that.  Tab and Shift-Tab go through
 * the endings (ended by NULL), of which there may be none: NULL. */
enum name_line_end name_line_obey(
    struct entry *name, const char *const *endings, int key);
