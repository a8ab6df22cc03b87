// SPDX-License-Identifier: MIT
#include "picture/page.h"

#include <math.h>

#include "experiment/words.h"

enum { BETWEEN = 24, TICK = 5, AXIS_DOWN = 19 };

/* Smaller before anything of it is left out. */
static void draw_title(const struct page *page, double y, double room, const char *title)
{
    struct drawing_text place = {
        .x = PAGE_MARGIN, .y = y, .size = PAGE_LARGE, .bold = true, .ink = INK_TEXT};
    while (
        place.size > PAGE_MEDIUM && drawing_extent(page->drawing, &place, title) > room)
        place.size--;
    drawing_text_around(page->drawing, &place, room, title);
}

/* The machine has what the title leaves, and half of the line at least. */
double page_draw_headline(const struct page *page, const char *title)
{
    char machine[400];
    struct drawing_text place = {.x = PAGE_WIDTH - PAGE_MARGIN,
        .y = PAGE_MARGIN + PAGE_MEDIUM,
        .anchor = DRAWING_RIGHT,
        .size = PAGE_MEDIUM,
        .ink = INK_NOTE};
    const struct drawing_text large = {.size = PAGE_LARGE, .bold = true};
    const double all = PAGE_WIDTH - 2 * PAGE_MARGIN;
    double left = all - BETWEEN - drawing_extent(page->drawing, &large, title);
    words_machine_short(&page->result->machine, sizeof machine, machine);
    double width =
        fmin(drawing_extent(page->drawing, &place, machine), fmax(left, all / 2));
    drawing_text_around(page->drawing, &place, width, machine);
    draw_title(page, place.y, all - width - BETWEEN, title);
    return place.y + BETWEEN;
}

double page_draw_sentence(const struct page *page, int lines, const char *text)
{
    struct drawing_text place = {
        .x = PAGE_MARGIN, .size = PAGE_MEDIUM, .bold = true, .ink = INK_TEXT};
    double width = drawing_paragraph_narrowest(
        page->drawing, &place, PAGE_WIDTH - 2 * PAGE_MARGIN, lines, text);
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
                .size = PAGE_NOTE,
                .ink = INK_NOTE},
            label);
    }
    struct drawing_point line[] = {{box->x, y}, {box->x + box->width, y}};
    drawing_line(page->drawing, 2, line, 1, INK_RULE);
}
