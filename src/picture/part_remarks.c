// SPDX-License-Identifier: MIT
#include "picture/part_remarks.h"

#include "base/text.h"

enum { LINES = 2, ABOVE_FOOT = 3 };

void part_remarks_append(const struct result *result, size_t size, char text[])
{
    for (size_t i = 0; i < result->remark_count; i++)
        text_append(size, text, "%s%s", *text ? " " : "", result->remarks[i]);
}

double part_remarks_draw_text(
    const struct page *page, double end_y, int lines, const char *text)
{
    struct drawing_text place = {.x = PAGE_MARGIN, .size = PAGE_SMALL, .ink = INK_NOTE};
    const double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
    if (!*text)
        return end_y;
    int count = drawing_paragraph_lines(page->drawing, &place, width, lines, text);
    place.y = end_y - ABOVE_FOOT - (count - 1) * drawing_leading(&place);
    drawing_paragraph(page->drawing, &place, width, lines, text);
    return place.y - drawing_leading(&place);
}

double part_remarks_draw(const struct page *page, double end_y)
{
    char text[PART_REMARKS_SIZE] = "";
    part_remarks_append(page->result, sizeof text, text);
    return part_remarks_draw_text(page, end_y, LINES, text);
}
