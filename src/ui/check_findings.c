// SPDX-License-Identifier: MIT
#include "ui/check_findings.h"

#include <stdio.h>

#include "base/text.h"

enum { WIDE_COLUMNS = 60, TEXT_SIZE = 2 * CHECK_TEXT_SIZE + 32, BETWEEN = 2 };

static bool is_wide(int columns)
{
    return columns >= WIDE_COLUMNS;
}

/* The column where sentences begin, behind the longest level; 0: they follow it. */
static int indent_of(const struct check_findings *findings, int columns)
{
    int widest = 0;
    for (size_t i = 0; i < findings->check->finding_count; i++) {
        int width =
            canvas_width_of(check_verdict_names[findings->check->findings[i].level]);
        widest = width > widest ? width : widest;
    }
    return is_wide(columns) ? widest + BETWEEN : 0;
}

static void say(const struct check_findings *findings, size_t number, int columns,
    size_t size, char text[])
{
    const struct check_finding *finding = &findings->check->findings[number];
    text[0] = '\0';
    if (!is_wide(columns))
        snprintf(text, size, "%s: ", check_verdict_names[finding->level]);
    text_append(size, text, "%s", finding->text);
    if (findings->next && finding->next[0])
        text_append(size, text, " %s", finding->next);
}

static int rows_of(const struct check_findings *findings, size_t number, int columns)
{
    char text[TEXT_SIZE];
    say(findings, number, columns, sizeof text, text);
    return canvas_paragraph_rows(text, columns - indent_of(findings, columns));
}

int check_findings_rows(const struct check_findings *findings, int columns)
{
    int rows = 0;
    for (size_t i = 0; i < findings->check->finding_count; i++)
        rows += rows_of(findings, i, columns);
    return rows;
}

static int draw_finding(struct canvas *canvas, struct area area,
    const struct check_findings *findings, size_t number)
{
    enum check_verdict level = findings->check->findings[number].level;
    enum style style = level == CHECK_FAIL ? STYLE_FAILED : STYLE_STRONG;
    int indent = indent_of(findings, area.columns);
    char text[TEXT_SIZE];
    say(findings, number, area.columns, sizeof text, text);
    area.column += indent;
    area.columns -= indent;
    int used = canvas_paragraph(canvas, area, indent > 0 ? STYLE_TEXT : style, text);
    if (indent > 0)
        canvas_text(
            canvas, area.row, area.column - indent, style, check_verdict_names[level]);
    return used;
}

int check_findings_draw(
    struct canvas *canvas, struct area area, const struct check_findings *findings)
{
    size_t count = findings->check->finding_count, number = 0;
    int first = area.row, end = area.row + area.rows;
    for (; number < count && area.row < end; number++) {
        int needed = rows_of(findings, number, area.columns);
        int more = number + 1 < count && area.row > first;
        area.rows = end - area.row;
        if (area.row > first && needed + more > area.rows)
            break;
        if (number == 0 && count > 1 && needed >= area.rows && area.rows > 1)
            area.rows--; /* for how many more there are */
        area.row += draw_finding(canvas, area, findings, number);
    }
    if (number == count || area.row >= end)
        return area.row - first;
    canvas_format(canvas, area.row, area.column, STYLE_TEXT,
        is_wide(area.columns) ? "+%zu more, in the report that follows" : "+%zu more",
        count - number);
    return area.row + 1 - first;
}
