// SPDX-License-Identifier: MIT
/* Items in a line for a person. */
#include <string.h>

#include "workload/items.h"

/* The length of the character in UTF-8 that `text` begins with, 0 if it begins with none,
 * or with one that is not to be seen (Unicode 15, table 3-7). */
static size_t character_length(const unsigned char *text)
{
    size_t length = text[0] < 0x80 ? 1 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    if (text[0] < 0x20 || text[0] == 0x7f || (text[0] >= 0x80 && text[0] < 0xc2) ||
        text[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    bool control = text[0] == 0xc2 && text[1] < 0xa0;
    bool overlong =
        (text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xf0 && text[1] < 0x90);
    bool none =
        (text[0] == 0xed && text[1] > 0x9f) || (text[0] == 0xf4 && text[1] > 0x8f);
    return control || overlong || none ? 0 : length;
}

/* Adds a text behind `used` bytes; how many there are then, more than
 * `room` if it was cut. */
static size_t add(const char *source, size_t used, size_t room, char text[])
{
    while (*source) {
        size_t length = character_length((const unsigned char *)source);
        if (used + (length > 0 ? length : 1) > room)
            return room + 1;
        if (length > 0)
            memcpy(text + used, source, length);
        else
            text[used] = '?';
        used += length > 0 ? length : 1;
        source += length > 0 ? length : 1;
        text[used] = '\0';
    }
    return used;
}

void items_describe(const struct items_task *task, size_t size, char text[])
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < task->count && used < size; i++) {
        if (i > 0)
            used = add(" ", used, size - 1, text);
        if (used < size)
            used = add(task->texts[i], used, size - 1, text);
    }
}
