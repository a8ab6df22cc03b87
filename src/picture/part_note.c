// SPDX-License-Identifier: MIT
#include "picture/part_note.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"

enum { BETWEEN = 12, RUN_SIZE = 48 };

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

/* Of what is drawn apart from INK_BUSY. */
static const struct mode {
    enum ink ink;
    const char *name;
} modes[] = {
    {INK_SYSTEM, "system"}, {INK_IRQ, "interrupts"}, {INK_STEAL, "stolen by the host"}};

enum { MODES = sizeof modes / sizeof *modes };

double part_note_modes_extent(
    const struct page *page, const struct drawing_text *place, unsigned inks)
{
    struct drawing_text bold = *place;
    double width = 0;
    bold.bold = true;
    for (size_t i = 0; i < MODES; i++)
        if (inks & 1U << modes[i].ink)
            width += (width > 0 ? BETWEEN : 0) +
                     drawing_extent(page->drawing, &bold, modes[i].name);
    return width;
}

void part_note_modes(const struct page *page, const struct drawing_text *place,
    double end_x, unsigned inks)
{
    struct drawing_text next = *place;
    next.bold = true;
    for (size_t i = 0; i < MODES; i++) {
        if (!(inks & 1U << modes[i].ink))
            continue;
        next.ink = modes[i].ink;
        double width = drawing_extent(page->drawing, &next, modes[i].name);
        if (next.x + width > end_x)
            return;
        drawing_text(page->drawing, &next, modes[i].name);
        next.x += width + BETWEEN;
    }
}
