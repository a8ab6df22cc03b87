// SPDX-License-Identifier: MIT
#pragma once
/* The browser's help: what is on its screen, piece by piece, and the keys. */
#include <stdbool.h>

#include "ui/canvas.h"

struct browser_help {
    bool of_pair;  /* two side by side; else the list */
    bool can_save; /* what is shown */
    int scroll;    /* to which entry */
};

/* Draws whole entries.  Returns how far it can be scrolled. */
int browser_help_draw(
    struct canvas *canvas, struct area area, const struct browser_help *help);
