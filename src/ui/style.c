// SPDX-License-Identifier: MIT
#include "ui/style.h"

#include <ncurses.h>

/* The colours are those of Okabe and Ito (2008), a little brighter where they are to be
 * seen on black; each has a contrast of 3 or more against white and against black.  Of
 * the eight basic colours nobody knows how they look, so only three of them are used. */
static const struct look {
    int rgb, of_256, of_8; /* -1: the terminal's own foreground */
    attr_t attributes;
} looks[STYLES] = {
    [STYLE_TEXT] = {-1, -1, -1, A_NORMAL},
    [STYLE_STRONG] = {-1, -1, -1, A_BOLD},
    [STYLE_BUSY] = {0x0087d7, 32, COLOR_GREEN, A_NORMAL},
    [STYLE_OTHER] = {0x5f5faf, 61, COLOR_CYAN, A_NORMAL},
    [STYLE_NICE] = {0x00875f, 29, COLOR_CYAN, A_NORMAL},
    [STYLE_SYSTEM] = {0xd75f00, 166, COLOR_RED, A_NORMAL},
    [STYLE_IRQ] = {0xaf8700, 136, COLOR_RED, A_NORMAL},
    [STYLE_STEAL] = {0xaf5f87, 132, COLOR_MAGENTA, A_NORMAL},
    [STYLE_FAILED] = {0xd7005f, 161, COLOR_RED, A_BOLD},
    [STYLE_ABSENT] = {-1, -1, -1, A_DIM},
    [STYLE_KEY] = {-1, -1, -1, A_BOLD},
    [STYLE_MARK] = {-1, -1, -1, A_REVERSE},
};

static int colour_of(const struct look *look)
{
    if (tigetflag("RGB") > 0 && COLORS > 256)
        return look->rgb;
    if (COLORS >= 256)
        return look->of_256;
    return COLORS >= 8 ? look->of_8 : -1;
}

void style_prepare(bool no_color, unsigned long attributes[STYLES])
{
    bool coloured = !no_color && has_colors() && start_color() == OK &&
                    use_default_colors() == OK && COLOR_PAIRS > STYLES;
    for (int style = 0; style < STYLES; style++) {
        attributes[style] = looks[style].attributes;
        int colour = coloured ? colour_of(&looks[style]) : -1;
        if (colour >= 0 && init_extended_pair(style + 1, colour, -1) == OK)
            attributes[style] |= COLOR_PAIR(style + 1);
    }
}
