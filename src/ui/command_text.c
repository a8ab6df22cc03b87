// SPDX-License-Identifier: MIT
#include "ui/command_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PIECE_MAX = 480, INDENT = 4 };

static const char goes_on[] = " \\", cut[] = "...";

/* One line of it. */
struct line {
    size_t length; /* bytes that are drawn */
    size_t taken;  /* with the blank that it is broken at */
    bool broken;   /* in the middle of a word, for want of a blank */
};

static int width_of(const char *text, size_t length)
{
    char piece[PIECE_MAX + 1];
    snprintf(piece, sizeof piece, "%.*s", (int)length, text);
    return canvas_width_of(piece);
}

static bool begins_character(char byte)
{
    return (byte & 0xc0) != 0x80;
}

/* The quote that is open behind a byte; a backslash takes the next byte's meaning. */
static char quote_after(char quote, char byte)
{
    if (byte != '\'' && byte != '"')
        return quote;
    if (quote == '\0')
        return byte;
    return quote == byte ? '\0' : quote;
}

/* The longest line that is not wider. */
static struct line next_line(const char *text, int columns)
{
    struct line line = {0};
    size_t at = 0, hard = 0;
    char quote = '\0';
    for (; text[at] && at < PIECE_MAX; at++) {
        bool blank = text[at] == ' ' && quote == '\0';
        if (begins_character(text[at])) {
            int width = width_of(text, at + 1); /* at most one too many: a partial one */
            hard = width <= columns ? at : hard;
            if (blank && width - 1 + (int)strlen(goes_on) <= columns)
                line = (struct line){.length = at, .taken = at + 1};
        }
        if (text[at] == '\\' && quote != '\'' && text[at + 1])
            at++;
        else
            quote = quote_after(quote, text[at]);
    }
    if (!text[at] && width_of(text, at) <= columns)
        return (struct line){.length = at, .taken = at};
    if (line.length == 0)
        line = (struct line){.length = hard, .taken = hard, .broken = true};
    if (line.taken == 0) /* no column at all */
        line.taken = line.length = strlen(text);
    return line;
}

int command_text_rows(const char *text, int columns)
{
    int rows = 0;
    while (*text) {
        text += next_line(text, rows > 0 ? columns - INDENT : columns).taken;
        rows++;
    }
    return rows;
}

int command_text_draw(
    struct canvas *canvas, struct area area, enum style style, const char *text)
{
    int rows = 0;
    while (*text && rows < area.rows) {
        int indent = rows > 0 ? INDENT : 0, columns = area.columns - indent;
        struct line line = next_line(text, columns);
        struct area cells = {area.row + rows, area.column + indent, 1, columns};
        const char *end = text[line.taken] && !line.broken ? goes_on : "";
        char drawn[PIECE_MAX + sizeof cut];
        if (text[line.taken] && rows + 1 == area.rows) { /* more than there is room for */
            line = next_line(text, columns - (int)strlen(cut));
            end = cut;
        }
        snprintf(drawn, sizeof drawn, "%.*s%s", (int)line.length, text, end);
        canvas_field(canvas, &cells, style, drawn);
        text += line.taken;
        rows++;
    }
    return rows;
}
