// SPDX-License-Identifier: MIT
/* The CPUs of a check as bars. */
#include <math.h>

#include "picture/part_check_inside.h"

enum { HEADING_SIZE = 160, UNKNOWN_IN = 8, RULED_LEAST = 4 };

static const double RULE = 0.75;

double part_check_text_y(double y, double height)
{
    return y + height / 2 + PAGE_SMALL * 0.36;
}

struct drawing_text part_check_text(double x, double y, enum ink ink)
{
    return (struct drawing_text){.x = x, .y = y, .size = PAGE_SMALL, .ink = ink};
}

double part_check_fullness(const struct check_stand *stand)
{
    return fmin(fmax(stand->speed, 0), 1);
}

void part_check_draw_empty(
    const struct part_check_sheet *sheet, const struct drawing_box *box, bool ruled)
{
    struct drawing_box inside = *box;
    if (ruled && fmin(box->width, box->height) >= RULED_LEAST) {
        drawing_box(sheet->page->drawing, box, INK_RULE);
        inside.x += RULE;
        inside.y += RULE;
        inside.width -= 2 * RULE;
        inside.height -= 2 * RULE;
    }
    drawing_box(sheet->page->drawing, &inside, INK_EMPTY);
}

double part_check_draw_heading(
    const struct part_check_sheet *sheet, size_t place, double y)
{
    char name[HEADING_SIZE];
    cpus_name_group(&sheet->cpus, &sheet->page->result->machine, place,
        sheet->grid.splits, sizeof name, name);
    struct drawing_text at = part_check_text(
        sheet->box.x, y + PART_CHECK_HEADING - PAGE_SMALL / 2.0, INK_NOTE);
    drawing_text_within(sheet->page->drawing, &at, sheet->box.width, name);
    return y + PART_CHECK_HEADING;
}

static void draw_number(
    const struct part_check_sheet *sheet, double end, double y, double value)
{
    struct drawing_text place =
        part_check_text(PAGE_WIDTH - PAGE_MARGIN - end, y, INK_TEXT);
    place.anchor = DRAWING_RIGHT;
    if (value > 0)
        drawing_format(sheet->page->drawing, &place, "%.2f", value);
}

/* What something is wrong with says so at its right end. */
static void draw_word(
    const struct part_check_sheet *sheet, double y, enum check_mark mark)
{
    struct drawing_text place = part_check_text(PAGE_WIDTH - PAGE_MARGIN, y, INK_FAILED);
    place.anchor = DRAWING_RIGHT;
    place.bold = true;
    drawing_text(sheet->page->drawing, &place, check_mark_words[mark]);
}

/* Its speed is: too few rounds, or nothing was run. */
static void draw_unknown(const struct part_check_sheet *sheet, double y)
{
    struct drawing_text place = part_check_text(sheet->box.x + UNKNOWN_IN, y, INK_NOTE);
    if (sheet->page->result->check.measured)
        drawing_text(sheet->page->drawing, &place, "speed not known");
}

/* As long as it is fast alone, dense as far as with all at once. */
static void draw_bar(const struct part_check_sheet *sheet, size_t at, double y)
{
    const struct drawing *drawing = sheet->page->drawing;
    const struct check_stand *stand = &sheet->stands[at];
    double height = sheet->grid.height, base = part_check_text_y(y, height);
    struct drawing_box bar = {sheet->box.x, y + 2, sheet->box.width, height - 4};
    struct drawing_text place = part_check_text(PAGE_MARGIN, base, INK_TEXT);
    drawing_format(drawing, &place, "CPU %d", stand->about->id);
    if (check_stand_absence(stand)) {
        place = part_check_text(sheet->box.x, base, INK_NOTE);
        drawing_text(drawing, &place, check_stand_absence(stand));
        return;
    }
    bool marked = stand->mark != CHECK_UNMARKED;
    part_check_draw_empty(sheet, &bar, part_check_fullness(stand) <= 0);
    bar.width *= part_check_fullness(stand);
    drawing_box(drawing, &bar,
        marked             ? INK_FAILED
        : stand->ratio > 0 ? INK_OTHER
                           : INK_BUSY);
    bar.width *= fmin(fmax(stand->ratio, 0), 1);
    drawing_box(drawing, &bar, marked ? INK_FAILED : INK_BUSY);
    if (stand->speed <= 0)
        draw_unknown(sheet, base);
    draw_number(sheet, PART_CHECK_FIRST_END, base, stand->speed);
    draw_number(sheet, PART_CHECK_SECOND_END, base, stand->ratio);
    draw_word(sheet, base, stand->mark);
}

double part_check_bars_draw(const struct part_check_sheet *sheet)
{
    double y = sheet->box.y;
    for (size_t i = 0; i < sheet->cpus.count; i++) {
        if (sheet->grid.named && (i == 0 || sheet->cpus.parts[i] >= sheet->grid.splits))
            y = part_check_draw_heading(sheet, i, y);
        draw_bar(sheet, i, y);
        y += sheet->grid.height;
    }
    return y;
}

/* What numbers at the right are. */
void part_check_bars_draw_heads(const struct part_check_sheet *sheet, double y)
{
    struct drawing_text place =
        part_check_text(PAGE_WIDTH - PAGE_MARGIN - PART_CHECK_FIRST_END, y, INK_NOTE);
    place.anchor = DRAWING_RIGHT;
    drawing_text(sheet->page->drawing, &place, "alone");
    place.x = PAGE_WIDTH - PAGE_MARGIN - PART_CHECK_SECOND_END;
    drawing_text(sheet->page->drawing, &place, "all");
}
