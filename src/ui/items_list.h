// SPDX-License-Identifier: MIT
#pragma once
/* Items as lines: those under way for longest, and those that have failed. */
#include "experiment/scene.h"
#include "ui/canvas.h"

/* Below a heading with the median that they are to be held against.  Return the rows
 * used: 0 where there is nothing to say, or no room for it. */
int items_list_draw_longest(
    struct canvas *canvas, struct area area, const struct scene *scene);
int items_list_draw_failed(
    struct canvas *canvas, struct area area, const struct scene *scene);

/* The failures alone, from number `first` on, a line each.  Returns how many are not
 * seen, of those that are kept. */
int items_list_draw_failures(
    struct canvas *canvas, struct area area, const struct scene_items *items, int first);

/* How an item is called: by what it is, or as "task 7". */
void items_list_name(const struct scene_item *item, size_t size, char text[]);
