// SPDX-License-Identifier: MIT
#pragma once
/* The launcher's help: what is on its screen, piece by piece, and the keys. */
#include "ui/canvas.h"

/* Draws it on an empty canvas, from an entry on.  Returns how many more there are below.
 */
int launcher_help_draw(struct canvas *canvas, int scroll);
