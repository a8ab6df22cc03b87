// SPDX-License-Identifier: MIT
#include "ui/palette.h"

#include <ncurses.h>

#include "ui/theme.h"

enum { RGB_FIRST = 8 }; /* below it a number means one of the eight basic colours */

static int number_of(const struct theme_colour *colour)
{
    if (colour->of_256 < 0 || COLORS < 8)
        return THEME_OWN;
    if (tigetflag("RGB") > 0 && COLORS > 256) {
        int rgb = theme_rgb(colour->of_256);
        return rgb < RGB_FIRST ? RGB_FIRST : rgb;
    }
    return COLORS >= 256 ? colour->of_256 : colour->of_8;
}

/* The pair of that number; none where both are the terminal's own. */
static unsigned long pair_of(int pair, int colour, int background)
{
    if ((colour < 0 && background < 0) ||
        init_extended_pair(pair, colour, background) != OK)
        return 0;
    return COLOR_PAIR(pair);
}

static unsigned long attributes_of(int attributes)
{
    return (attributes & THEME_BOLD ? A_BOLD : 0) | (attributes & THEME_DIM ? A_DIM : 0) |
           (attributes & THEME_REVERSE ? A_REVERSE : 0);
}

void palette_prepare(
    enum style_theme theme, bool no_color, unsigned long attributes[STYLES])
{
    const struct theme *looks = theme_of(theme);
    bool coloured = !no_color && theme != STYLE_MONO && has_colors() &&
                    start_color() == OK && use_default_colors() == OK &&
                    COLOR_PAIRS > STYLES;
    int background = coloured ? number_of(&looks->background) : THEME_OWN;
    for (int style = 0; style < STYLES; style++) {
        const struct theme_look *look = &looks->looks[style];
        int colour = coloured ? number_of(&look->colour) : THEME_OWN;
        attributes[style] =
            attributes_of(look->attributes) | pair_of(style + 1, colour, background);
    }
}
