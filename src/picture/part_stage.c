// SPDX-License-Identifier: MIT
#include "picture/part_stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/projection.h"
#include "experiment/words_items.h"
#include "experiment/words_outcome.h"
#include "picture/part_history.h"
#include "picture/part_note.h"

enum {
    NAME_DOWN = 20, /* from the top to the name's baseline, … */
    NAME_HEIGHT = 30,
    BETWEEN = 12, /* … between the texts of that row … */
    TIME_SIZE = 26,
    NOTE_SIZE = 14,
    AXIS_GAP = 4,
    FACT_DOWN = 52, /* … and from one fact to the next one */
    FACT_WORDS = 17
};

struct drawing_box part_stage_history(const struct drawing_box *box)
{
    return (struct drawing_box){box->x + PAGE_LABELS, box->y + NAME_HEIGHT,
        box->width - PAGE_LABELS - PAGE_NUMBERS, box->height - NAME_HEIGHT};
}

/* What kind of time it is, where it is not that of all tasks in one run. */
static void format_kind(
    const struct page *page, const struct part_stage *part, size_t size, char text[])
{
    const struct result_stage *stage = part->stage;
    projection_describe(&page->result->plan, stage, size, text);
    if (part->median_ns > 0)
        snprintf(text, size, "median of %d", page->result->comparison.pairs);
    else if (!stage->complete && stage->kind != RESULT_WATCHED)
        text_copy(size, text, "stopped");
}

/* Returns where it begins. */
static double draw_time(const struct page *page, const struct part_stage *part)
{
    char text[96];
    int64_t time_ns = part->median_ns > 0 ? part->median_ns : part->stage->elapsed_ns;
    struct drawing_text place = {.x = part->box.x + part->box.width,
        .y = part->box.y + NAME_DOWN,
        .anchor = DRAWING_RIGHT,
        .size = TIME_SIZE,
        .bold = true,
        .ink = INK_TEXT};
    number_format_duration(time_ns, sizeof text, text);
    drawing_text(page->drawing, &place, text);
    place.x -= drawing_extent(page->drawing, &place, text) + BETWEEN;
    place.size = NOTE_SIZE;
    place.bold = false;
    place.ink = INK_NOTE;
    format_kind(page, part, sizeof text, text);
    drawing_text(page->drawing, &place, text);
    return place.x - drawing_extent(page->drawing, &place, text) - BETWEEN;
}

static void draw_name(
    const struct page *page, const struct part_stage *part, double end_x, unsigned inks)
{
    char text[128];
    struct drawing_text place = {.x = part->box.x,
        .y = part->box.y + NAME_DOWN,
        .size = PAGE_MEDIUM,
        .bold = true,
        .ink = INK_TEXT};
    words_stage(part->stage, sizeof text, text);
    drawing_text_within(page->drawing, &place, end_x - place.x, text);
    place.x += drawing_extent(page->drawing, &place, text) + BETWEEN;
    place.size = NOTE_SIZE;
    place.bold = false;
    place.ink = INK_NOTE;
    part_note_write(page, part->stage, sizeof text, text);
    double width = drawing_extent(page->drawing, &place, text);
    if (place.x + width > end_x)
        return;
    drawing_text(page->drawing, &place, text);
    place.x += width > 0 ? width + BETWEEN : 0;
    part_note_modes(page, &place, end_x, inks);
}

void part_stage_draw(const struct page *page, const struct part_stage *part)
{
    struct part_history history = {
        part_stage_history(&part->box), part->stage, part->axis};
    unsigned inks = part_history_draw(page, &history);
    draw_name(page, part, draw_time(page, part), inks);
}

void part_stage_draw_axis(const struct page *page, const struct part_stage *part)
{
    struct drawing_box box = part_stage_history(&part->box);
    box.height += AXIS_GAP;
    page_draw_axis(page, &box, &part->axis);
}

/* Numbers with their words below them, one below the other. */
struct facts {
    const struct page *page;
    double x, y; /* of the next one: its right end */
};

static void draw_fact(
    struct facts *facts, enum ink ink, const char *number, const char *words)
{
    const struct drawing *drawing = facts->page->drawing;
    const double room = PAGE_NUMBERS - BETWEEN;
    struct drawing_text place = {.x = facts->x,
        .y = facts->y,
        .anchor = DRAWING_RIGHT,
        .size = PAGE_LARGE,
        .bold = true,
        .ink = ink};
    double width = drawing_extent(drawing, &place, number);
    if (width > room) /* a number that is cut would be another one */
        place.size = fmax(PAGE_SMALL, place.size * room / width);
    drawing_text(drawing, &place, number);
    place.y += FACT_WORDS;
    place.size = NOTE_SIZE;
    place.bold = false;
    place.ink = ink == INK_TEXT ? INK_NOTE : ink;
    drawing_text_within(drawing, &place, room, words);
    facts->y += FACT_DOWN;
}

static void draw_done(struct facts *facts, const struct result_stage *stage)
{
    const struct plan *plan = &facts->page->result->plan;
    char number[32], words[96] = "done", count[64];
    if (plan->iterations > 0) {
        words_items_count(plan, plan->iterations, sizeof count, count);
        snprintf(words, sizeof words, "of %s done", count);
    }
    snprintf(number, sizeof number, "%" PRId64, stage->done);
    draw_fact(facts, INK_TEXT, number, words);
    snprintf(number, sizeof number, "%" PRId64, stage->failed);
    if (stage->failed > 0)
        draw_fact(facts, INK_FAILED, number, "failed");
}

static void draw_facts(const struct page *page, const struct part_stage *part)
{
    double y = part_stage_history(&part->box).y + FACT_DOWN - FACT_WORDS;
    struct facts facts = {page, part->box.x + part->box.width, y};
    double busy = words_busy_cpus(part->stage);
    int cpus = page->result->machine.online_cpus;
    char number[32], words[64];
    if (busy >= 0) {
        snprintf(number, sizeof number, "%.1f", busy);
        snprintf(words, sizeof words, "of %d CPU%s busy", cpus, cpus == 1 ? "" : "s");
        draw_fact(&facts, INK_TEXT, number, words);
    }
    if (part->stage->kind != RESULT_WATCHED && part->stage->kind != RESULT_PROGRAM)
        draw_done(&facts, part->stage);
}

void part_stage_draw_alone(const struct page *page, const struct drawing_box *box,
    const struct result_stage *stage)
{
    struct part_stage part = {
        .box = *box, .stage = stage, .axis = axis_of(stage->elapsed_ns)};
    part.box.height -= PART_STAGE_AXIS;
    part_stage_draw(page, &part);
    part_stage_draw_axis(page, &part);
    draw_facts(page, &part);
}
