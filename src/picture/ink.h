// SPDX-License-Identifier: MIT
#pragma once
/* The colours of a picture, by meaning: a set for a light page and one for a dark one. */
#include <stdbool.h>

enum ink {
    INK_PAPER,  /* the page itself */
    INK_TEXT,   /* what is said */
    INK_NOTE,   /* what is said beside it: units, ticks; still legible */
    INK_RULE,   /* axes, and lines to measure by */
    INK_BUSY,   /* CPUs at work, workers at work */
    INK_OTHER,  /* the same of the next one, where neighbours are to be told apart */
    INK_SYSTEM, /* the system's part of it */
    INK_IRQ,
    INK_STEAL, /* taken by the host */
    INK_FAILED,
    INK_IDEAL,   /* what would be possible */
    INK_EMPTY,   /* where something could be: an idle CPU's row, a cell not tested */
    INK_WAITING, /* of workers: for a CPU, … */
    INK_BLOCKED, /* for anything else, … */
    INK_STARTING,
    INK_PREPARING, /* … while one of them does what cannot be shared out, … */
    INK_ENDED,     /* … when there is nothing left to do */
    INKS
};

/* 0…1 each. */
struct ink_colour {
    double red, green, blue;
};

struct ink_colour ink_colour(enum ink ink, bool dark);
