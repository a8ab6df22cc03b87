// SPDX-License-Identifier: MIT
#pragma once
/* The launcher's help: what is on its screen, piece by piece, and the keys. */
#include "ui/canvas.h"

/* Where it is scrolled to, in entries, of which none is torn between two pages. */
struct launcher_help_page {
    int above; /* of the page before this one */
    int seen;
    int last; /* the first of the last page */
};

/* The page that begins with an entry, in so much room (frame_of()). */
struct launcher_help_page launcher_help_page_from(int scroll, const struct area *area);

/* Draws that on an empty canvas. */
void launcher_help_draw(struct canvas *canvas, int scroll);
