// SPDX-License-Identifier: MIT
#pragma once
/* What a view has no room for: how much that is, and the key that leads there. */
#include "ui/view.h"

struct more {
    size_t above, below; /* lines, CPUs, workers … that are not seen */
};

/* "+48 hidden", where `word` is "hidden"; where some of them are above "+20 above, +28
 * below"; without a word as short as "+48" and "+20, +28"; "" where nothing is hidden. */
void more_format(const struct more *more, const char *word, size_t size, char text[]);

/* "PageDown more", or "PageUp more" at the end.  False where all is seen. */
bool more_key(const struct view_input *input, struct view_key *ret_key);

/* Draws that key so that it ends before column `end`, where it has room from `begin` on.
 */
void more_draw_key(
    struct canvas *canvas, const struct view_input *input, int begin, int end);

/* Says how many of a view's lines are seen: by so many a page is turned. */
void more_set_page(const struct view_input *input, int lines);

/* Draws a view on an empty canvas, twice where only that tells whether there is more of
 * it.  Sets how far it is scrolled, at most to its end, and what is below.  Returns how
 * far it can be scrolled. */
int more_draw(
    struct canvas *canvas, const struct view_ops *view, struct view_input *input);
