// SPDX-License-Identifier: MIT
#include "base/utf8.h"

/* The bytes of a character by its first one; 0 where none begins so. */
static size_t find_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

size_t utf8_character(size_t size, const char text[])
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = find_length(bytes[0]);
    if (length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    /* Longer than need be, half of a surrogate pair, beyond the last one. */
    if (length < 3)
        return length;
    bool wrong =
        (bytes[0] == 0xe0 && bytes[1] < 0xa0) || (bytes[0] == 0xed && bytes[1] > 0x9f) ||
        (bytes[0] == 0xf0 && bytes[1] < 0x90) || (bytes[0] == 0xf4 && bytes[1] > 0x8f);
    return wrong ? 0 : length;
}

bool utf8_is_text(size_t size, const char text[])
{
    for (size_t i = 0; i < size;) {
        size_t length = text[i] == '\0' ? 0 : utf8_character(size - i, text + i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}
