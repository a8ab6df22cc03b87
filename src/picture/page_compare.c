// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/comparison.h"
#include "experiment/outline.h"
#include "experiment/words_outcome.h"
#include "picture/page.h"
#include "picture/part_account.h"
#include "picture/part_remarks.h"
#include "picture/part_stage.h"

enum {
    BETWEEN = 10,
    SENTENCE_LINES = 2,
    DIGITS_MAX = 112, /* the size of the large number, … */
    DIGITS_GAP = 24,  /* … and what is free at its left */
    INTERVAL_SIZE = 16
};

static const double CAPITAL = 0.73; /* how high digits are, in sizes, … */
static const double BELOW = 0.23;   /* … and what letters need below the line */
static const double FILLED = 0.8;   /* of the height beside the stage */

/* The digits' size, with an interval below them or without. */
static double size_within(double height, const struct result_comparison *comparison)
{
    if (comparison->has_interval)
        return (height - CAPITAL * INTERVAL_SIZE) / (CAPITAL + BELOW);
    return height / CAPITAL;
}

static double interval_down(const struct drawing_text *digits)
{
    return BELOW * digits->size + CAPITAL * INTERVAL_SIZE;
}

static void draw_interval(const struct page *page, const struct drawing_text *digits)
{
    const struct result_comparison *comparison = &page->result->comparison;
    char text[80];
    struct drawing_text place = *digits;
    place.y += interval_down(digits);
    place.size = INTERVAL_SIZE;
    place.bold = false;
    place.ink = INK_NOTE;
    snprintf(text, sizeof text, "95 %%: %.2f to %.2f", comparison->interval_low,
        comparison->interval_high);
    drawing_text_within(page->drawing, &place, place.x - PAGE_MARGIN, text);
}

/* As large as there is room beside the stage, in the emptiness that it is about. */
static void draw_digits(
    const struct page *page, const struct part_stage *part, bool projected)
{
    const struct result_comparison *comparison = &page->result->comparison;
    struct drawing_box box = part_stage_history(&part->box);
    char times[32], text[40];
    struct drawing_text place = {.x = part->box.x + part->box.width,
        .anchor = DRAWING_RIGHT,
        .size = DIGITS_MAX,
        .bold = true,
        .ink = INK_TEXT};
    if (!comparison->has || comparison->doubtful)
        return;
    outline_format_times(comparison->speedup, sizeof times, times);
    snprintf(text, sizeof text, "%s%sx", projected ? "~" : "", times);
    double begin = page_x(&box, &part->axis, part->stage->elapsed_ns) + DIGITS_GAP;
    double width = drawing_extent(page->drawing, &place, text);
    place.size *= fmin((place.x - begin) / width, 1);
    place.size = fmin(place.size, size_within(FILLED * box.height, comparison));
    if (place.size < PAGE_LARGE) /* no number of this world */
        return;
    place.y = box.y + (box.height + CAPITAL * place.size) / 2;
    if (comparison->has_interval)
        place.y -= interval_down(&place) / 2;
    drawing_text(page->drawing, &place, text);
    if (comparison->has_interval)
        draw_interval(page, &place);
}

static void draw_both(const struct page *page, const struct drawing_box *box,
    const struct result_stage *sequential, const struct result_stage *parallel)
{
    const struct result_comparison *comparison = &page->result->comparison;
    int64_t longest_ns = sequential->elapsed_ns;
    if (parallel->elapsed_ns > longest_ns)
        longest_ns = parallel->elapsed_ns;
    bool several = comparison->has && comparison->pairs > 1;
    struct part_stage part = {.box = *box,
        .stage = sequential,
        .axis = axis_of(longest_ns),
        .median_ns = several ? comparison->sequential_ns : 0};
    part.box.height = floor((box->height - PART_STAGE_AXIS - BETWEEN) / 2);
    part_stage_draw(page, &part);
    part.box.y += part.box.height + BETWEEN;
    part.stage = parallel;
    part.median_ns = several ? comparison->parallel_ns : 0;
    part_stage_draw(page, &part);
    part_stage_draw_axis(page, &part);
    draw_digits(page, &part, sequential->projected || parallel->projected);
}

/* Where there are no two kinds of stage there is nothing to compare. */
static void draw_stages(const struct page *page, const struct drawing_box *box)
{
    const struct result *result = page->result;
    const struct result_stage *sequential =
        comparison_shown_stage(result, RESULT_SEQUENTIAL);
    const struct result_stage *parallel = comparison_shown_stage(result, RESULT_PARALLEL);
    if (sequential && parallel)
        draw_both(page, box, sequential, parallel);
    else if (result->stage_count > 0)
        part_stage_draw_alone(page, box,
            sequential ? sequential
            : parallel ? parallel
                       : &result->stages[result->stage_count - 1]);
}

/* A picture goes from hand to hand: without where this machine keeps its log. */
static void format_outcome(const struct result *result, size_t size, char text[])
{
    struct result *shown = memory_new(1, sizeof *shown);
    *shown = *result;
    shown->plan.log[0] = '\0';
    words_outcome(shown, size, text);
    free(shown);
}

static void draw(const struct page *page)
{
    char sentence[WORDS_OUTCOME_SIZE];
    const struct result *result = page->result;
    struct drawing_box box = {PAGE_MARGIN,
        page_draw_headline(page, result->plan.title) + BETWEEN,
        PAGE_WIDTH - 2 * PAGE_MARGIN, 0};
    format_outcome(result, sizeof sentence, sentence);
    double end_y = page_draw_sentence(page, SENTENCE_LINES, sentence);
    end_y = part_remarks_draw(page, end_y) - BETWEEN;
    if (part_account_has(page)) {
        struct drawing_box account = {box.x + PAGE_LABELS, end_y - PART_ACCOUNT_HEIGHT,
            box.width - PAGE_LABELS, PART_ACCOUNT_HEIGHT};
        part_account_draw(page, &account);
        end_y = account.y - BETWEEN;
    }
    box.height = end_y - box.y;
    draw_stages(page, &box);
}

const struct page_ops page_compare = {.draw = draw};
