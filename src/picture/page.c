// SPDX-License-Identifier: MIT
#include "picture/page.h"

#include "experiment/words.h"

enum { BETWEEN = 24, TICK = 5, AXIS_DOWN = 18 };

double page_draw_headline(const struct page *page, const char *title)
{
    char machine[400];
    struct drawing_text place = {.x = PAGE_WIDTH - PAGE_MARGIN,
        .y = PAGE_MARGIN + PAGE_MEDIUM,
        .anchor = DRAWING_RIGHT,
        .size = PAGE_MEDIUM,
        .ink = INK_NOTE};
    const double room = PAGE_WIDTH - 2 * PAGE_MARGIN;
    words_machine_short(&page->result->machine, sizeof machine, machine);
    double width = drawing_extent(page->drawing, &place, machine);
    if (width > room / 2)
        width = room / 2;
    drawing_text_within(page->drawing, &place, width, machine);
    place.x = PAGE_MARGIN;
    place.anchor = DRAWING_LEFT;
    place.size = PAGE_LARGE;
    place.bold = true;
    place.ink = INK_TEXT;
    drawing_text_within(page->drawing, &place, room - width - BETWEEN, title);
    return place.y + BETWEEN;
}

double page_draw_sentence(const struct page *page, int lines, const char *text)
{
    struct drawing_text place = {
        .x = PAGE_MARGIN, .size = PAGE_MEDIUM, .bold = true, .ink = INK_TEXT};
    const double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
    int count = drawing_paragraph_lines(page->drawing, &place, width, lines, text);
    place.y = PAGE_HEIGHT - PAGE_MARGIN - (count - 1) * drawing_leading(&place);
    drawing_paragraph(page->drawing, &place, width, lines, text);
    return place.y - drawing_leading(&place);
}

double page_x(const struct drawing_box *box, const struct axis *axis, int64_t t_ns)
{
    return box->x + box->width * (double)t_ns / (double)axis->end_ns;
}

void page_draw_axis(
    const struct page *page, const struct drawing_box *box, const struct axis *axis)
{
    double y = box->y + box->height;
    for (int64_t t_ns = 0; t_ns <= axis->end_ns; t_ns += axis->step_ns) {
        char label[32];
        double x = page_x(box, axis, t_ns);
        struct drawing_point tick[] = {{x, y}, {x, y + TICK}};
        drawing_line(page->drawing, 2, tick, 1, INK_RULE);
        axis_format(axis, t_ns, sizeof label, label);
        drawing_text(page->drawing,
            &(struct drawing_text){.x = x,
                .y = y + AXIS_DOWN,
                .anchor = DRAWING_MIDDLE,
                .size = PAGE_SMALL,
                .ink = INK_NOTE},
            label);
    }
    struct drawing_point line[] = {{box->x, y}, {box->x + box->width, y}};
    drawing_line(page->drawing, 2, line, 1, INK_RULE);
}
