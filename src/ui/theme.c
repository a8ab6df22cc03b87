// SPDX-License-Identifier: MIT
#include "ui/theme.h"

#include <assert.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

enum { CUBE = 16, GREYS = 232, STEPS = 6 };

#define OWN                                                                              \
    {                                                                                    \
        THEME_OWN, THEME_OWN                                                             \
    }
#define PLAIN                                                                            \
    {                                                                                    \
        231, WHITE                                                                       \
    } /* on a black background of ours */

/* Chosen by tests/unit/ui/test_theme.c, which computes how all kinds of eyes see them.
 * Where the background is not ours the default and the safe colours have a contrast of 3
 * or more against white and against black, the light ones of 4.5 against white.  On a
 * projector black is the better background: among the colours that have a contrast of 7
 * against it more can be told apart than against white. */
static const struct theme themes[STYLE_THEMES] = {
    [STYLE_DEFAULT] = {OWN,
        {
            [STYLE_TEXT] = {OWN, 0},
            [STYLE_STRONG] = {OWN, THEME_BOLD},
            [STYLE_BUSY] = {{33, GREEN}, 0},
            [STYLE_OTHER] = {{61, CYAN}, 0},
            [STYLE_NICE] = {{65, CYAN}, 0},
            [STYLE_SYSTEM] = {{202, RED}, 0},
            [STYLE_IRQ] = {{58, RED}, 0},
            [STYLE_STEAL] = {{132, MAGENTA}, 0},
            [STYLE_FAILED] = {{197, RED}, THEME_BOLD},
            [STYLE_ABSENT] = {OWN, THEME_DIM},
            [STYLE_KEY] = {OWN, THEME_BOLD},
            [STYLE_MARK] = {OWN, THEME_REVERSE},
        }},
    [STYLE_LIGHT] = {OWN,
        {
            [STYLE_TEXT] = {OWN, 0},
            [STYLE_STRONG] = {OWN, THEME_BOLD},
            [STYLE_BUSY] = {{27, BLUE}, 0},
            [STYLE_OTHER] = {{20, MAGENTA}, 0},
            [STYLE_NICE] = {{18, BLUE}, 0},
            [STYLE_SYSTEM] = {{160, RED}, 0},
            [STYLE_IRQ] = {{52, RED}, 0},
            [STYLE_STEAL] = {{96, MAGENTA}, 0},
            [STYLE_FAILED] = {{89, RED}, THEME_BOLD},
            [STYLE_ABSENT] = {OWN, THEME_DIM},
            [STYLE_KEY] = {OWN, THEME_BOLD},
            [STYLE_MARK] = {OWN, THEME_REVERSE},
        }},
    [STYLE_CONTRAST] = {{16, BLACK},
        {
            [STYLE_TEXT] = {PLAIN, 0},
            [STYLE_STRONG] = {PLAIN, THEME_BOLD},
            [STYLE_BUSY] = {{75, GREEN}, 0},
            [STYLE_OTHER] = {{51, CYAN}, 0},
            [STYLE_NICE] = {{158, CYAN}, 0},
            [STYLE_SYSTEM] = {{172, YELLOW}, 0},
            [STYLE_IRQ] = {{227, YELLOW}, 0},
            [STYLE_STEAL] = {{144, WHITE}, 0},
            [STYLE_FAILED] = {{203, YELLOW}, THEME_BOLD},
            [STYLE_ABSENT] = {{250, WHITE}, 0}, /* dim would be too little */
            [STYLE_KEY] = {PLAIN, THEME_BOLD},
            [STYLE_MARK] = {PLAIN, THEME_REVERSE},
        }},
    [STYLE_SAFE] = {OWN,
        {
            [STYLE_TEXT] = {OWN, 0},
            [STYLE_STRONG] = {OWN, THEME_BOLD},
            [STYLE_BUSY] = {{33, CYAN}, 0},
            [STYLE_OTHER] = {{25, GREEN}, 0},
            [STYLE_NICE] = {{103, CYAN}, 0},
            [STYLE_SYSTEM] = {{202, MAGENTA}, 0},
            [STYLE_IRQ] = {{95, MAGENTA}, 0},
            [STYLE_STEAL] = {{138, MAGENTA}, 0},
            [STYLE_FAILED] = {{160, RED}, THEME_BOLD},
            [STYLE_ABSENT] = {OWN, THEME_DIM},
            [STYLE_KEY] = {OWN, THEME_BOLD},
            [STYLE_MARK] = {OWN, THEME_REVERSE},
        }},
    [STYLE_MONO] = {OWN,
        {
            [STYLE_TEXT] = {OWN, 0},
            [STYLE_STRONG] = {OWN, THEME_BOLD},
            [STYLE_BUSY] = {OWN, 0},
            [STYLE_OTHER] = {OWN, 0},
            [STYLE_NICE] = {OWN, 0},
            [STYLE_SYSTEM] = {OWN, 0},
            [STYLE_IRQ] = {OWN, 0},
            [STYLE_STEAL] = {OWN, 0},
            [STYLE_FAILED] = {OWN, THEME_BOLD},
            [STYLE_ABSENT] = {OWN, THEME_DIM},
            [STYLE_KEY] = {OWN, THEME_BOLD},
            [STYLE_MARK] = {OWN, THEME_REVERSE},
        }},
};

const struct theme *theme_of(enum style_theme theme)
{
    assert(theme < STYLE_THEMES);
    return &themes[theme];
}

/* The steps are those of xterm's 256colres.pl, which all others took over. */
int theme_rgb(int of_256)
{
    static const int steps[STEPS] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    assert(of_256 >= CUBE && of_256 < 256);
    if (of_256 >= GREYS)
        return 0x010101 * (8 + 10 * (of_256 - GREYS));
    int place = of_256 - CUBE;
    return steps[place / (STEPS * STEPS)] << 16 | steps[place / STEPS % STEPS] << 8 |
           steps[place % STEPS];
}
