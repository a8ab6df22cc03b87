// SPDX-License-Identifier: MIT
#pragma once
/* A theme's colours on the terminal at hand: of 24 bits, of 256, of 8, or none. */
#include <stdbool.h>

#include "ui/style.h"

/* Makes the colour pairs of the current ncurses screen and tells the attributes that draw
 * each style; those of STYLE_TEXT are the background's, too.  May be called again for
 * another theme: then all is to be drawn again. */
void palette_prepare(
    enum style_theme theme, bool no_color, unsigned long attributes[STYLES]);
