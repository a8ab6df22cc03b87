// SPDX-License-Identifier: MIT
#include "report/paragraph.h"

#include <stdbool.h>
#include <string.h>

int paragraph_columns(size_t length, const char text[])
{
    int columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += (text[i] & 0xc0) != 0x80; /* not a byte that goes on */
    return columns;
}

/* "98 %;" is one word. */
static size_t word_length(const char *text)
{
    size_t length = strcspn(text, " \n");
    while (text[length] == ' ' && text[length + 1] == '%')
        length += 1 + strcspn(text + length + 1, " \n");
    return length;
}

void paragraph_print(FILE *out, int width, const char *text)
{
    int column = 0;
    for (; *text; text += word_length(text)) {
        size_t blanks = strspn(text, " \n");
        bool ends = memchr(text, '\n', blanks);
        text += blanks;
        int columns = paragraph_columns(word_length(text), text);
        if (columns == 0)
            break;
        bool fits = width == 0 || column + 1 + columns <= width;
        if (column > 0) {
            fputc(ends || !fits ? '\n' : ' ', out);
            column = ends || !fits ? 0 : column + 1;
        }
        fwrite(text, 1, word_length(text), out);
        column += columns;
    }
    if (column > 0)
        fputc('\n', out);
}
