// SPDX-License-Identifier: MIT
#pragma once
/* What holds for every screen, whatever it shows. */
#include <stdbool.h>

enum { FACTS_CAUSE_MAX = 200 };

struct facts_screen {
    const char *picture; /* as of terminal_picture() */
    const char *view;
    const char *result; /* a recorded one's name */
    int stage, ms;      /* the moment of it */
    bool asks;          /* a question is to be answered */
    bool says;          /* a word, or a name that is typed, is where the keys were */
    bool ascii;         /* nothing else may be there */
};

/* False: `cause` says what does not hold. */
bool facts_hold(const struct facts_screen *screen, char cause[FACTS_CAUSE_MAX]);

/* Whether a stream of bytes sets a colour. */
bool facts_has_colour(const char *bytes);
