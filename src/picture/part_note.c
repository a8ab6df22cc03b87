// SPDX-License-Identifier: MIT
#include "picture/part_note.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"

enum { BETWEEN = 12, SWATCH_GAP = 5, RUN_SIZE = 48 };

static const double SWATCH = 0.75; /* of a font's size: as high as a capital */

void part_note_run(
    const struct page *page, const struct result_stage *stage, size_t size, char text[])
{
    int repeats = page->result->plan.repeats;
    text[0] = '\0';
    if (repeats > 1 && stage->kind != RESULT_WATCHED)
        snprintf(text, size, "run %d of %d", stage->repeat + 1, repeats);
}

void part_note_write(
    const struct page *page, const struct result_stage *stage, size_t size, char text[])
{
    char run[RUN_SIZE];
    part_note_run(page, stage, sizeof run, run);
    if (stage->projected)
        text_copy(size, text, run);
    else
        snprintf(text, size, "dt=%.3fs%s%s", (double)stage->elapsed_ns / NS_PER_S,
            *run ? ", " : "", run);
}

/* From below, as they stand on each other. */
static const struct mode {
    enum ink ink;
    const char *name;
} modes[] = {{INK_BUSY, "user"}, {INK_SYSTEM, "system"}, {INK_IRQ, "interrupts"},
    {INK_STEAL, "stolen by the host"}};

enum { MODES = sizeof modes / sizeof *modes };

static bool is_drawn(const struct mode *mode, unsigned inks)
{
    return inks & 1U << mode->ink || (mode->ink == INK_BUSY && inks != 0);
}

static double swatch_size(const struct drawing_text *place)
{
    return floor(SWATCH * place->size);
}

static double extent_from(const struct page *page, const struct drawing_text *place,
    unsigned inks, size_t first)
{
    double width = 0;
    for (size_t i = first; i < MODES; i++)
        if (is_drawn(&modes[i], inks))
            width += (width > 0 ? BETWEEN : 0) + swatch_size(place) + SWATCH_GAP +
                     drawing_extent(page->drawing, place, modes[i].name);
    return width;
}

double part_note_modes_extent(
    const struct page *page, const struct drawing_text *place, unsigned inks)
{
    return extent_from(page, place, inks, 0);
}

/* Where there is no room for all, what is expected goes first. */
void part_note_modes(const struct page *page, const struct drawing_text *place,
    double end_x, unsigned inks)
{
    struct drawing_text next = *place;
    double size = swatch_size(place);
    next.ink = INK_TEXT;
    size_t first = place->x + extent_from(page, place, inks, 0) <= end_x ? 0 : 1;
    for (size_t i = first; i < MODES; i++) {
        struct drawing_box swatch = {next.x, next.y - size, size, size};
        double begin = next.x + size + SWATCH_GAP;
        double end = begin + drawing_extent(page->drawing, &next, modes[i].name);
        if (!is_drawn(&modes[i], inks))
            continue;
        if (end > end_x)
            return;
        drawing_box(page->drawing, &swatch, modes[i].ink);
        next.x = begin;
        drawing_text(page->drawing, &next, modes[i].name);
        next.x = end + BETWEEN;
    }
}
