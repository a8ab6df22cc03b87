// SPDX-License-Identifier: MIT
#pragma once
/* What things mean on the screen, and how that looks on the terminal at hand.  Colour is
 * never the only carrier: whoever draws tells things apart by glyph, letter or place too.
 */

#include <stdbool.h>

enum style {
    STYLE_TEXT,   /* what is read */
    STYLE_STRONG, /* headline, times, verdict */
    STYLE_BUSY,   /* a CPU at work for a program: the one accent */
    STYLE_OTHER,  /* the next task beside another */
    STYLE_NICE,   /* a CPU at work for a program of low priority */
    STYLE_SYSTEM, /* for the kernel; time that was lost */
    STYLE_IRQ,    /* for interrupts */
    STYLE_STEAL,  /* taken away by the host */
    STYLE_FAILED, /* what went wrong */
    STYLE_ABSENT, /* a CPU that is offline or not for us: said in words as well */
    STYLE_KEY,    /* a key to press */
    STYLE_MARK,   /* FROZEN, a question */
    STYLES
};

/* Makes the colour pairs of the current ncurses screen: of 24 bits, of 256, of 8, or
 * none. Chosen to be told apart by colour-blind viewers, on light and on dark
 * backgrounds. */
void style_prepare(bool no_color, unsigned long attributes[STYLES]);
