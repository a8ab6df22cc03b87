// SPDX-License-Identifier: MIT
#pragma once
/* What things mean on the screen, and the sets of colours for it (theme.h has them).
 * Colour is never the only carrier: whoever draws tells things apart by glyph, letter or
 * place too. */

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

/* Sets of colours. */
enum style_theme {
    STYLE_DEFAULT,  /* on light and on dark backgrounds */
    STYLE_LIGHT,    /* for a light background */
    STYLE_CONTRAST, /* for a projector: a background of its own */
    STYLE_SAFE,     /* told apart by every colour-blind viewer */
    STYLE_MONO,     /* no colours */
    STYLE_THEMES
};

/* "default", "light", "contrast", "safe", "mono"; ended by NULL. */
extern const char *const style_theme_names[STYLE_THEMES + 1];

/* What each is for, for the user: "light, for a light background"; ended by NULL. */
extern const char *const style_theme_words[STYLE_THEMES + 1];

/* The theme of that name; STYLE_THEMES if there is none. */
enum style_theme style_find_theme(const char *name);
