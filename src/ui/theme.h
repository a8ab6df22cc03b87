// SPDX-License-Identifier: MIT
#pragma once
/* The sets of colours as tables: what a style looks like in each theme, for terminals of
 * every kind.  Pure; palette.h brings it to the terminal. */
#include "ui/style.h"

enum {
    THEME_OWN = -1, /* the terminal's own colour */
    THEME_BOLD = 1,
    THEME_DIM = 2,
    THEME_REVERSE = 4,
};

/* Of the 256 colours only those from 16 on, which look the same everywhere; a terminal of
 * 24 bits is given the same.  How the eight basic ones look nobody knows (ECMA-48: 0 is
 * black, 7 white). */
struct theme_colour {
    int of_256, of_8;
};

struct theme_look {
    struct theme_colour colour;
    int attributes; /* THEME_BOLD, … */
};

struct theme {
    struct theme_colour background;
    struct theme_look looks[STYLES];
};

const struct theme *theme_of(enum style_theme theme);

/* 0xRRGGBB of one of the 256 colours, from 16 on: a cube of six steps each way, then
 * greys. */
int theme_rgb(int of_256);
