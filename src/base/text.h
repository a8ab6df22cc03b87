// SPDX-License-Identifier: MIT
#pragma once
/* Small services on text that libc lacks. */
#include <stddef.h>

/* The candidate nearest to `word` by edit distance, if no more than a third of the
 * letters (one of a short word) are wrong; NULL otherwise.  Borrowed from `candidates`.
 */
const char *text_nearest(const char *word, size_t count, const char *const candidates[]);

/* Copies `source` into `target` of `size` bytes, cut where it does not fit, always ended.
 */
void text_copy(size_t size, char target[], const char *source);

/* Writes formatted text behind that in `text` of `size` bytes, cut where it does not fit.
 */
__attribute__((format(printf, 3, 4))) void text_append(
    size_t size, char text[], const char *format, ...);

/* Puts a question mark in the place of every byte that is not printable ASCII: what comes
 * from elsewhere is not to reach a terminal, or to make a result unreadable. */
void text_make_printable(char text[]);

/* A copy the caller frees; ends the program when there is no memory for it. */
char *text_duplicate(const char *source);

/* Formatted text the caller frees; ends the program when there is no memory for it. */
__attribute__((format(printf, 1, 2))) char *text_format(const char *format, ...);
