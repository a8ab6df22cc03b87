// SPDX-License-Identifier: MIT
#pragma once
/* Paragraphs of text in lines of a given width. */
#include <stdio.h>

/* The columns of a text in UTF-8, each character counted as one. */
int paragraph_columns(size_t length, const char text[]);

/* The bytes of the word that a text begins with; "98 %;" is one word. */
size_t paragraph_word(const char *text);

/* Prints a text in lines of at most `width` columns, or in one where that is 0.  Lines
 * end at each newline and between words (a % stays with its number), where blanks go; a
 * longer word has a line of its own.  Prints nothing for a text without words. */
void paragraph_print(FILE *out, int width, const char *text);
