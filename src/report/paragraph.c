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

size_t paragraph_word(const char *text)
{
    size_t length = strcspn(text, " \n");
    while (text[length] == ' ' && text[length + 1] == '%')
        length += 1 + strcspn(text + length + 1, " \n");
    return length;
}

void paragraph_print(FILE *out, int width, const char *text)
{
    int column = 0;
    bool begun = false; /* the line has a word, if without columns */
    for (; *text; text += paragraph_word(text)) {
        size_t blanks = strspn(text, " \n");
        bool ends = memchr(text, '\n', blanks);
        text += blanks;
        size_t length = paragraph_word(text);
        if (length == 0)
            break;
        int columns = paragraph_columns(length, text);
        int after = column + (int)blanks + columns;
        bool breaks = ends || (width > 0 && after > width);
        if (begun && breaks)
            fputc('\n', out);
        else if (begun)
            fwrite(text - blanks, 1, blanks, out);
        column = begun && !breaks ? column + (int)blanks : 0;
        fwrite(text, 1, length, out);
        column += columns;
        begun = true;
    }
    if (begun)
        fputc('\n', out);
}
