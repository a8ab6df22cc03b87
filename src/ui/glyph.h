// SPDX-License-Identifier: MIT
#pragma once
/* The characters that pictures are made of, by what the terminal can show. */
#include <wchar.h>

struct glyphs {
    wchar_t across[9]; /* a cell filled from the left by so many eighths */
    wchar_t up[9];     /* a cell filled from below by so many eighths */
    wchar_t shade[4]; /* fills to be told apart without colour: full, dense, half, thin */
    wchar_t part[9];  /* more of them: of the parts of a whole, each another */
    wchar_t cell_low; /* one cell per CPU: under 5 % */
    wchar_t cell_full; /* from 95 % on; between them the tens digit */
    wchar_t projected; /* what was not measured, but follows from what was */
    wchar_t track;     /* where a bar could still grow */
    wchar_t point;     /* what was measured */
    wchar_t spread;    /* how far it may be off, above and below it */
    wchar_t ideal;     /* what is possible */
    wchar_t curve[4];  /* a curve low, in the middle and high in its cell */
};

extern const struct glyphs glyphs_ascii;   /* any terminal */
extern const struct glyphs glyphs_halves;  /* the console: full, half and shaded blocks */
extern const struct glyphs glyphs_eighths; /* a terminal window */

/* The best set for a terminal of that name (TERM) in the current locale. */
const struct glyphs *glyphs_for(const char *terminal);
