// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/sweep.h"
#include "experiment/words.h"
#include "picture/page.h"
#include "picture/part_lanes.h"
#include "picture/part_note.h"

enum {
    NUMBERS = 84, /* points: at the right of lanes */
    HEADING = 14, /* from its upper edge to its baseline */
    BELOW = 14,   /* a heading: the first lane's name reaches above a thin lane */
    BETWEEN = 20, /* two stages */
    ALONE = 28,   /* height of the one lane of those done one after the other */
    AXIS = 32,    /* with its labels */
    APART = 10,   /* two texts in a line */
    CUT_FROM = 4, /* times as long as the other: it would leave that no room */
    SENTENCE_LINES = 2,
    SENTENCE_SIZE = 480,
};

/* The stages, one below the other; each may be NULL. */
struct stages {
    const struct result_stage *alone, *pool;
    struct words_facts alone_facts, pool_facts;
    struct axis axis;
};

static const struct result_stage *find_in_sweep(const struct result *result)
{
    const struct result_stage *stage = sweep_advised_stage(result);
    if (!stage && result->stage_count > 0)
        stage = &result->stages[result->stage_count - 1];
    return stage;
}

/* One stage that is much longer than the other is shown as far as that goes. */
static struct axis axis_for(const struct stages *stages)
{
    int64_t alone_ns = stages->alone ? stages->alone->elapsed_ns : 0;
    int64_t pool_ns = stages->pool ? stages->pool->elapsed_ns : 0;
    bool is_cut = pool_ns > 0 && alone_ns / CUT_FROM > pool_ns;
    return axis_of(alone_ns > pool_ns && !is_cut ? alone_ns : pool_ns);
}

static struct words_facts facts_of(
    const struct page *page, const struct result_stage *stage)
{
    if (!stage)
        return (struct words_facts){0};
    struct words_facts facts = words_facts_of(stage, false, stage->elapsed_ns);
    facts.plan = &page->result->plan;
    return facts;
}

static struct stages stages_of(const struct page *page)
{
    const struct result *result = page->result;
    struct stages stages = {.pool = page->stage};
    if (!page->stage && result->plan.command == PLAN_SWEEP) {
        stages.pool = find_in_sweep(result);
    } else if (!page->stage) {
        stages.alone = comparison_shown_stage(result, RESULT_SEQUENTIAL);
        stages.pool = comparison_shown_stage(result, RESULT_PARALLEL);
    }
    if (!stages.pool && !stages.alone && result->stage_count > 0)
        stages.pool = &result->stages[result->stage_count - 1];
    stages.alone_facts = facts_of(page, stages.alone);
    stages.pool_facts = facts_of(page, stages.pool);
    stages.axis = axis_for(&stages);
    return stages;
}

static struct part_lanes lanes_of(
    const struct page *page, const struct result_stage *stage, struct axis axis)
{
    int workers =
        stage->workers_asked > stage->workers ? stage->workers_asked : stage->workers;
    return (struct part_lanes){.page = page,
        .stage = stage,
        .axis = axis,
        .box = {.x = PAGE_MARGIN + PAGE_LABELS,
            .width = PAGE_WIDTH - 2 * PAGE_MARGIN - PAGE_LABELS - NUMBERS},
        .numbers = NUMBERS,
        .workers = workers > 0 ? workers : 1};
}

/* What is to be seen of a stage. */
static void explain(const struct part_lanes *lanes, size_t size, char text[])
{
    char time[32];
    text[0] = '\0';
    if (lanes->stage->elapsed_ns > lanes->axis.end_ns) {
        number_format_duration(lanes->axis.end_ns, sizeof time, time);
        snprintf(text, size, ": the first %s", time);
    } else if (lanes->stage->kind == RESULT_PARALLEL) {
        words_facts_lanes(lanes->size, part_lanes_shows_tasks(lanes), size, text);
    }
}

/* What is to be known of its time. */
static void qualify(
    const struct page *page, const struct result_stage *stage, size_t size, char text[])
{
    text[0] = '\0';
    if (stage->projected)
        snprintf(text, size, "projected from %" PRId64 " of %" PRId64,
            stage->done + stage->failed, page->result->plan.iterations);
    else if (!stage->complete)
        text_copy(size, text, "stopped");
}

/* Returns where it begins. */
static double draw_time(const struct part_lanes *lanes, double y)
{
    const struct drawing *drawing = lanes->page->drawing;
    struct drawing_text place = {.x = PAGE_WIDTH - PAGE_MARGIN,
        .y = y,
        .anchor = DRAWING_RIGHT,
        .size = PAGE_LARGE,
        .bold = true,
        .ink = INK_TEXT};
    char time[48], text[96];
    number_format_duration(lanes->stage->elapsed_ns, sizeof time, time);
    drawing_text(drawing, &place, time);
    place.x -= drawing_extent(drawing, &place, time) + APART;
    place.size = PAGE_MEDIUM;
    place.bold = false;
    qualify(lanes->page, lanes->stage, sizeof text, text);
    drawing_text(drawing, &place, text);
    return place.x - drawing_extent(drawing, &place, text);
}

/* Which of all: "2 at a time, run 3 of 3", "sweep with 2 workers, run 3 of 3". */
static void write_name(
    const struct page *page, const struct result_stage *stage, size_t size, char text[])
{
    char run[48];
    int workers = stage->workers_asked;
    if (page->result->plan.command == PLAN_SWEEP)
        snprintf(text, size, "sweep with %d worker%s", workers, workers == 1 ? "" : "s");
    else
        words_stage(stage, size, text);
    part_note_run(page, stage, sizeof run, run);
    if (*run)
        text_append(size, text, ", %s", run);
}

/* Which stage it is, what is to be seen of it, its time. */
static void draw_heading(const struct part_lanes *lanes, double y)
{
    const struct drawing *drawing = lanes->page->drawing;
    struct drawing_text place = {
        .x = PAGE_MARGIN, .y = y, .size = PAGE_MEDIUM, .bold = true, .ink = INK_TEXT};
    double end = draw_time(lanes, y) - APART;
    char name[96], text[96];
    write_name(lanes->page, lanes->stage, sizeof name, name);
    drawing_text_within(drawing, &place, end - place.x, name);
    place.x += drawing_extent(drawing, &place, name);
    place.bold = false;
    explain(lanes, sizeof text, text);
    if (place.x + drawing_extent(drawing, &place, text) <= end)
        drawing_text(drawing, &place, text);
}

/* The heading, and the lanes in that height or less.  Returns the y below. */
static double draw_stage(struct part_lanes *lanes, double y, double height)
{
    lanes->box.y = y + HEADING + BELOW;
    lanes->box.height = height - HEADING - BELOW;
    part_lanes_fit(lanes);
    draw_heading(lanes, y + HEADING);
    part_lanes_draw(lanes);
    return lanes->box.y + lanes->box.height;
}

/* One lane, without a name; higher where nothing stands below it. */
static double draw_alone(
    const struct page *page, const struct stages *stages, double y, double end)
{
    struct part_lanes lanes = lanes_of(page, stages->alone, stages->axis);
    lanes.facts = &stages->alone_facts;
    lanes.workers = 1;
    return draw_stage(&lanes, y, stages->pool ? HEADING + BELOW + ALONE : end - y);
}

static double draw_pool(
    const struct page *page, const struct stages *stages, double y, double end)
{
    struct part_lanes lanes = lanes_of(page, stages->pool, stages->axis);
    lanes.facts = &stages->pool_facts;
    lanes.named = true;
    return draw_stage(&lanes, y, end - y);
}

static void say(const struct words_facts *facts, char text[SENTENCE_SIZE])
{
    text[0] = '\0';
    for (int fact = 0; facts->stage && fact < WORDS_FACTS; fact++) {
        char said[128];
        words_fact(facts, fact, sizeof said, said);
        if (*said)
            text_append(SENTENCE_SIZE, text, "%s%s", *text ? " " : "", said);
    }
}

static void draw_nothing(const struct page *page, double y)
{
    bool watching = page->result->plan.command == PLAN_WATCH;
    drawing_text(page->drawing,
        &(struct drawing_text){
            .x = PAGE_MARGIN, .y = y + HEADING, .size = PAGE_MEDIUM, .ink = INK_TEXT},
        watching ? "Nothing is run: the machine is looked at, there are no tasks."
                 : "No task has begun yet.");
}

static void draw(const struct page *page)
{
    const struct stages stages = stages_of(page);
    double y = page_draw_headline(page, page->result->plan.title);
    char text[SENTENCE_SIZE];
    if (!stages.alone && !stages.pool) {
        draw_nothing(page, y);
        return;
    }
    say(stages.pool ? &stages.pool_facts : &stages.alone_facts, text);
    double end = page_draw_sentence(page, SENTENCE_LINES, text) - AXIS;
    if (stages.alone)
        y = draw_alone(page, &stages, y, end);
    if (stages.alone && stages.pool)
        y += BETWEEN;
    if (stages.pool)
        y = draw_pool(page, &stages, y, end);
    struct drawing_box box =
        lanes_of(page, stages.pool ? stages.pool : stages.alone, stages.axis).box;
    box.y = y;
    page_draw_axis(page, &box, &stages.axis);
}

const struct page_ops page_tasks = {.draw = draw};
