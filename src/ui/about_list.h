// SPDX-License-Identifier: MIT
#pragma once
/* Names, each with what is said of it beside it, or below it where there is little room;
 * scrolled by whole ones. */
#include <stddef.h>

#include "ui/canvas.h"

struct about_list_row {
    const char *name; /* NULL: the text has all columns; with "" an empty line */
    const char *text;
};

struct about_list {
    struct area area;
    int name_columns; /* of the names, with the blanks behind them */
    enum style name_style;
    const char *mark; /* one character before what has no name; NULL: none */
    int first;        /* how many are scrolled away */
    size_t count;
    const struct about_list_row *rows; /* borrowed */
};

/* How many a page is, so that none is passed over: those that are seen, or have room
 * above them if these are fewer; at least 1. */
int about_list_page(const struct about_list *list);

/* Returns how far it can be scrolled. */
int about_list_draw(struct canvas *canvas, const struct about_list *list);
