// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { WORD_MAX = 64 };

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* Edit distance in which two letters that changed places count once; words longer than
 * WORD_MAX are nowhere near anything. */
static size_t edit_distance(const char *one, const char *other)
{
    size_t columns = strlen(other), rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    if (strlen(one) > WORD_MAX || columns > WORD_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; one[i - 1] != '\0'; i++) {
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t replaced = above[j - 1] + (one[i - 1] != other[j - 1]);
            row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] &&
                one[i - 2] == other[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[columns];
}

/* Up to a third of the letters may be wrong, and one of any word that has two. */
const char *text_nearest(const char *word, size_t count, const char *const candidates[])
{
    const char *nearest = NULL;
    size_t length = strlen(word), limit = length < 2 ? 0 : length < 6 ? 1 : length / 3;
    size_t far = limit + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, candidates[i]);
        if (distance < far) {
            far = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

void text_copy(size_t size, char target[], const char *source)
{
    size_t length = strnlen(source, size - 1);
    memcpy(target, source, length);
    target[length] = '\0';
}

void text_append(size_t size, char text[], const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, size - length, format, arguments);
    va_end(arguments);
}

void text_make_printable(char text[])
{
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~')
            *text = '?';
}

char *text_duplicate(const char *source)
{
    return memory_need(strdup(source));
}

char *text_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text;
    if (vasprintf(&text, format, arguments) < 0)
        text = NULL;
    va_end(arguments);
    return memory_need(text);
}
