// SPDX-License-Identifier: MIT
#pragma once
/* What will make a reader doubt a page's numbers, in small type above its foot. */
#include "picture/page.h"

enum { PART_REMARKS_SIZE = 1400 };

/* Appends a result's remarks, a space between two. */
void part_remarks_append(const struct result *result, size_t size, char text[]);

/* Any text, "" too, in `lines` of them at most; `end_y` is where a page's content
 * must end.  Returns the same for what stands above. */
double part_remarks_draw_text(
    const struct page *page, double end_y, int lines, const char *text);

/* The remarks of the page's result in two lines. */
double part_remarks_draw(const struct page *page, double end_y);
