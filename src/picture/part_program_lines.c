// SPDX-License-Identifier: MIT
#include "picture/part_program_lines.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "experiment/words_programs.h"

enum {
    NAMES = 260, /* points: the width of names, … */
    RATIOS = 96, /* … of how many times as fast at the right, … */
    TIMES = 88,  /* … and of times before that */
    APART = 12,  /* two of them */
    PITCH_MAX = 40,
    BAR_MAX = 18,
    ABOVE_AXIS = 4,
    TEXT_SIZE = 128
};

static const double BAR_SHARE = 0.7; /* of a line */

/* A line, and what is in it. */
struct line {
    const struct page *page;
    const struct drawing_box *box; /* of the bars */
    struct axis axis;
    double y, pitch;
    int program;
};

static struct drawing_text text_at(const struct line *line, double x)
{
    return (struct drawing_text){.x = x,
        .y = line->y + line->pitch / 2 + 0.36 * PAGE_NOTE,
        .size = PAGE_NOTE,
        .ink = INK_TEXT};
}

/* It failed, or how many times as fast as the first it is. */
static void draw_ratio(const struct line *line, const struct result_program *program)
{
    struct drawing_text place = text_at(line, PAGE_WIDTH - PAGE_MARGIN);
    place.anchor = DRAWING_RIGHT;
    place.bold = program->failed;
    place.ink = program->failed ? INK_FAILED : INK_NOTE;
    if (program->failed)
        drawing_text(line->page->drawing, &place, "failed");
    else if (line->program > 0 && program->ratio > 0 &&
             !line->page->result->programs.doubtful)
        drawing_format(line->page->drawing, &place, "%.2f times", program->ratio);
}

/* The median of its runs; of one without a good run what the longest took. */
static int64_t time_of(const struct result *result, int program)
{
    int64_t time_ns = result->programs.list[program].elapsed_ns;
    bool known = time_ns > 0;
    for (size_t i = 0; i < result->stage_count && !known; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind == RESULT_PROGRAM && stage->program == program &&
            !stage->warmup && stage->elapsed_ns > time_ns)
            time_ns = stage->elapsed_ns;
    }
    return time_ns;
}

static void draw_bar(const struct line *line, bool failed, int64_t time_ns)
{
    double height = fmin(floor(BAR_SHARE * line->pitch), BAR_MAX);
    struct drawing_box bar = {line->box->x, line->y + (line->pitch - height) / 2,
        page_x(line->box, &line->axis, time_ns) - line->box->x, height};
    drawing_box(line->page->drawing, &bar, failed ? INK_FAILED : INK_BUSY);
}

static void draw_line(const struct line *line)
{
    const struct result *result = line->page->result;
    const struct result_program *program = &result->programs.list[line->program];
    struct drawing_text place = text_at(line, PAGE_MARGIN);
    int64_t time_ns = time_of(result, line->program);
    char text[TEXT_SIZE];
    words_program_label(result, line->program, sizeof text, text);
    drawing_text_within(line->page->drawing, &place, NAMES - APART, text);
    draw_bar(line, program->failed, time_ns);
    draw_ratio(line, program);
    place.x = PAGE_WIDTH - PAGE_MARGIN - RATIOS;
    place.anchor = DRAWING_RIGHT;
    place.bold = true;
    number_format_duration(time_ns, sizeof text, text);
    if (time_ns > 0)
        drawing_text(line->page->drawing, &place, text);
}

void part_program_lines_draw(
    const struct page *page, const struct drawing_box *box, struct axis axis)
{
    size_t count = page->result->programs.count;
    double pitch = fmin((box->height - ABOVE_AXIS) / fmax((double)count, 1), PITCH_MAX);
    struct drawing_box bars = {box->x + NAMES, box->y,
        box->width - NAMES - RATIOS - TIMES - APART, (double)count * pitch + ABOVE_AXIS};
    for (size_t i = 0; i < count; i++)
        draw_line(
            &(struct line){page, &bars, axis, box->y + (double)i * pitch, pitch, (int)i});
    page_draw_axis(page, &bars, &axis);
}
