// SPDX-License-Identifier: MIT
/* Looking at a terminal's screen: texts and places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "terminal.h"

char *terminal_row(const struct terminal *terminal, int row)
{
    char *text = terminal_full_row(terminal, row);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    return text;
}

/* All rows, each between two texts; caller frees. */
static char *list_rows(const struct terminal *terminal,
    char *(*row_of)(const struct terminal *terminal, int row), const char *before,
    const char *after)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = memory_need(open_memstream(&text, &size));
    for (int row = 0; row < terminal_state(terminal).rows; row++) {
        char *line = row_of(terminal, row);
        fprintf(file, "%s%s%s", before, line, after);
        free(line);
    }
    fclose(file);
    return memory_need(text);
}

char *terminal_text(const struct terminal *terminal)
{
    return list_rows(terminal, terminal_row, "", "\n");
}

char *terminal_picture(const struct terminal *terminal)
{
    return list_rows(terminal, terminal_full_row, "|", "|\n");
}

/* The column of the cell that byte `offset` of a row's text belongs to. */
static int column_at(const struct terminal *terminal, int row, size_t offset)
{
    size_t length = 0;
    int column = 0;
    for (;;) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        length += cell.width == 0 ? 0 : cell.text[0] ? strlen(cell.text) : 1;
        if (length > offset || column + 1 >= terminal_state(terminal).columns)
            return column;
        column++;
    }
}

bool terminal_find(
    const struct terminal *terminal, const char *text, int *ret_row, int *ret_column)
{
    for (int row = 0; row < terminal_state(terminal).rows; row++) {
        char *line = terminal_full_row(terminal, row);
        const char *place = strstr(line, text);
        size_t offset = place ? (size_t)(place - line) : 0;
        free(line);
        if (!place)
            continue;
        *ret_row = row;
        *ret_column = column_at(terminal, row, offset);
        return true;
    }
    return false;
}

bool terminal_shows(const struct terminal *terminal, const char *text)
{
    int row, column;
    return terminal_find(terminal, text, &row, &column);
}

bool terminal_shows_prompt(const struct terminal *terminal)
{
    char *row = terminal_row(terminal, terminal_state(terminal).cursor_row);
    size_t length = strlen(row), end = strlen(TERMINAL_PROMPT);
    bool shown = length >= end && strcmp(row + length - end, TERMINAL_PROMPT) == 0;
    free(row);
    return shown && terminal_foreground(terminal) == terminal_pid(terminal);
}

bool terminal_wrote(const struct terminal *terminal, const char *bytes)
{
    size_t size;
    const char *all = terminal_bytes(terminal, &size);
    return memmem(all, size, bytes, strlen(bytes)) != NULL;
}
