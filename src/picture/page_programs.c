// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_programs.h"
#include "picture/page.h"
#include "picture/part_history.h"
#include "picture/part_note.h"
#include "picture/part_program_lines.h"

enum {
    HEIGHT_MIN = 52,  /* points: of a program with its name, its picture and its runs */
    HEIGHT_MAX = 190, /* of one among several */
    HEADING = 16,     /* from its upper edge to its name's baseline */
    BELOW = 6,        /* a name */
    RUNS = 8,         /* the marks of the runs */
    BETWEEN = 10,     /* two programs */
    APART = 8,        /* two texts in a line */
    AXIS_DOWN = 6,    /* below the marks, … */
    AXIS = 36,        /* … with its labels */
    RATIO_SIZE = 14,
    NOTE_SIZE = 14,
    RUNS_MANY = 30, /* more have no mark of their own */
    SENTENCE_LINES = 3,
    TITLE_GAP = 24, /* to the machine */
    TEXT_SIZE = 128,
    SENTENCE_SIZE = 512,
};

static bool counts(const struct result_stage *stage, int program)
{
    return stage->kind == RESULT_PROGRAM && stage->program == program && !stage->warmup;
}

/* The run that took about as long as they did in the middle; NULL if there is none. */
static const struct result_stage *find_run(const struct result *result, int program)
{
    const struct result_stage *found = NULL;
    double median_ns = (double)result->programs.list[program].elapsed_ns,
           least = INFINITY;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        double distance = fabs((double)stage->elapsed_ns - median_ns);
        if (!counts(stage, program) || distance >= least)
            continue;
        found = stage;
        least = distance;
    }
    return found;
}

/* For all of their runs. */
static struct axis axis_for(const struct result *result)
{
    int64_t longest_ns = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (counts(stage, stage->program) && stage->elapsed_ns > longest_ns)
            longest_ns = stage->elapsed_ns;
    }
    return axis_of(longest_ns);
}

/* What the functions below share: a program, and where it is. */
struct programs {
    const struct page *page;
    struct axis axis;
    double height; /* of each, with what is between them */
};

static struct drawing_box picture_box(const struct programs *programs, double y)
{
    const int above = HEADING + BELOW;
    return (struct drawing_box){.x = PAGE_MARGIN + PAGE_LABELS,
        .y = y + above,
        .width = PAGE_WIDTH - 2 * PAGE_MARGIN - PAGE_LABELS - PAGE_NUMBERS,
        .height = programs->height - above - RUNS - BETWEEN};
}

/* Behind the marks of the runs what they are; before them where there is no room. */
static void count_runs(const struct programs *programs, const struct drawing_box *box,
    const struct drawing_point marks[2], int runs)
{
    const struct drawing *drawing = programs->page->drawing;
    struct drawing_text place = {.x = marks[1].x + APART,
        .y = marks[0].y + RUNS / 2.0,
        .size = PAGE_SMALL,
        .ink = INK_NOTE};
    char text[32];
    snprintf(text, sizeof text, "%d runs", runs);
    if (place.x + drawing_extent(drawing, &place, text) > box->x + box->width) {
        place.x = marks[0].x - APART;
        place.anchor = DRAWING_RIGHT;
    }
    drawing_text(drawing, &place, text);
}

/* How the runs scatter: a mark for each, and a line from the first to the last. */
static void draw_runs(
    const struct programs *programs, const struct drawing_box *box, int program)
{
    const struct result *result = programs->page->result;
    const struct drawing *drawing = programs->page->drawing;
    double low = INFINITY, high = -INFINITY, y = box->y + box->height + RUNS / 2.0 + 1;
    int runs = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        if (!counts(&result->stages[i], program))
            continue;
        double x = fmin(page_x(box, &programs->axis, result->stages[i].elapsed_ns),
            box->x + box->width);
        const struct drawing_point tick[] = {{x, y - RUNS / 2.0}, {x, y + RUNS / 2.0}};
        low = fmin(low, x);
        high = fmax(high, x);
        if (++runs <= RUNS_MANY && result->programs.list[program].repeats > 1)
            drawing_line(drawing, 2, tick, 1, INK_NOTE);
    }
    const struct drawing_point line[] = {{low, y}, {high, y}};
    if (runs < 2)
        return;
    drawing_line(drawing, 2, line, 1, INK_NOTE);
    count_runs(programs, box, line, runs);
}

/* The lines below a program's time, the most important first; "" where there is none. */
enum number { NUMBER_RATIO, NUMBER_INTERVAL, NUMBER_CPU_TIME, NUMBER_SIZE, NUMBERS };

static void write_number(
    const struct result *result, int program, enum number number, char text[TEXT_SIZE])
{
    const struct result_program *about = &result->programs.list[program];
    bool compared = program > 0 && about->ratio > 0 && !result->programs.doubtful;
    char time[32];
    text[0] = '\0';
    if (number == NUMBER_RATIO && about->failed) {
        snprintf(text, TEXT_SIZE, "failed");
    } else if (number == NUMBER_RATIO && compared) {
        snprintf(text, TEXT_SIZE, "%.2f times as fast", about->ratio);
    } else if (number == NUMBER_INTERVAL && compared && about->has_interval) {
        snprintf(text, TEXT_SIZE, "95 %%: %.2f to %.2f", about->interval_low,
            about->interval_high);
    } else if (number == NUMBER_CPU_TIME && about->cpu_ns > 0) {
        number_format_duration(about->cpu_ns, sizeof time, time);
        snprintf(text, TEXT_SIZE, "CPU time %s", time);
    } else if (number == NUMBER_SIZE && about->processes > 0) {
        words_program_size(about->processes, about->threads, TEXT_SIZE, text);
    }
}

/* As many as there is room for. */
static void draw_numbers(const struct programs *programs, double y, int program)
{
    const struct result *result = programs->page->result;
    double end = y + programs->height - BETWEEN;
    bool failed = result->programs.list[program].failed;
    struct drawing_text place = {
        .x = PAGE_WIDTH - PAGE_MARGIN, .y = y + HEADING, .anchor = DRAWING_RIGHT};
    for (int number = 0; number < NUMBERS; number++) {
        char text[TEXT_SIZE];
        write_number(result, program, number, text);
        place.bold = number == NUMBER_RATIO;
        place.size = place.bold ? RATIO_SIZE : PAGE_SMALL;
        place.ink = !place.bold ? INK_NOTE : failed ? INK_FAILED : INK_TEXT;
        if (!*text || place.y + drawing_leading(&place) > end)
            continue;
        place.y += drawing_leading(&place);
        drawing_text_within(programs->page->drawing, &place, PAGE_NUMBERS, text);
    }
}

/* Of the run that is drawn how long it took, and what its colours mean; as much of the
 * name is left as has room before them, and at least half of the line. */
static void draw_name(
    const struct programs *programs, double y, int program, unsigned inks)
{
    const struct page *page = programs->page;
    const struct result_stage *run = find_run(page->result, program);
    const double width = PAGE_WIDTH - 2 * PAGE_MARGIN - PAGE_NUMBERS;
    struct drawing_text place = {
        .x = PAGE_MARGIN, .y = y + HEADING, .size = NOTE_SIZE, .ink = INK_NOTE};
    char name[TEXT_SIZE] = "", note[TEXT_SIZE] = "";
    if (run)
        part_note_write(page, run, sizeof note, note);
    double noted = drawing_extent(page->drawing, &place, note);
    double beside = noted + part_note_modes_extent(page, &place, inks) + 2 * APART;
    if (page->result->programs.count > 1) /* else it is in the headline */
        words_program_label(page->result, program, sizeof name, name);
    struct drawing_text heading = place;
    heading.size = PAGE_MEDIUM;
    heading.bold = true;
    heading.ink = INK_TEXT;
    double room = fmax(width - beside, width / 2);
    drawing_text_within(page->drawing, &heading, room, name);
    if (*name)
        place.x += fmin(drawing_extent(page->drawing, &heading, name), room) + APART;
    if (place.x + noted > PAGE_MARGIN + width)
        return;
    drawing_text(page->drawing, &place, note);
    place.x += noted + APART;
    part_note_modes(page, &place, PAGE_MARGIN + width, inks);
}

/* In the middle of its runs. */
static void draw_time(const struct programs *programs, double y, int program)
{
    const struct result *result = programs->page->result;
    const struct result_stage *run = find_run(result, program);
    int64_t median_ns = result->programs.list[program].elapsed_ns;
    char text[TEXT_SIZE];
    if (!run)
        return;
    number_format_duration(
        median_ns > 0 ? median_ns : run->elapsed_ns, sizeof text, text);
    drawing_text(programs->page->drawing,
        &(struct drawing_text){.x = PAGE_WIDTH - PAGE_MARGIN,
            .y = y + HEADING,
            .anchor = DRAWING_RIGHT,
            .size = PAGE_LARGE,
            .bold = true,
            .ink = INK_TEXT},
        text);
}

static void draw_program(const struct programs *programs, double y, int program)
{
    const struct result_stage *run = find_run(programs->page->result, program);
    const struct part_history history = {
        .box = picture_box(programs, y), .stage = run, .axis = programs->axis};
    unsigned inks = run ? part_history_draw(programs->page, &history) : 0;
    draw_name(programs, y, program, inks);
    draw_time(programs, y, program);
    draw_numbers(programs, y, program);
    if (run)
        draw_runs(programs, &history.box, program);
}

/* Their names where all of them have room; they stand on the rows too. */
static void write_title(const struct page *page, size_t size, char text[])
{
    const struct result *result = page->result;
    const double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
    struct drawing_text place = {.size = PAGE_MEDIUM};
    char machine[400];
    words_machine_short(&result->machine, sizeof machine, machine);
    double room = width - drawing_extent(page->drawing, &place, machine) - TITLE_GAP;
    place.size = PAGE_LARGE;
    place.bold = true;
    text_copy(size, text, result->plan.title);
    if (result->programs.count > 1 &&
        drawing_extent(page->drawing, &place, text) > fmax(room, width / 2 - TITLE_GAP))
        snprintf(text, size, "%zu programs side by side", result->programs.count);
}

/* Of several the one that compares them; of one what there is to know of it. */
static void write_sentence(const struct result *result, size_t size, char text[])
{
    const struct result_programs *list = &result->programs;
    text_copy(size, text, list->sentence);
    if (!*text && list->count == 1 && list->list[0].repeats > 0)
        words_program_figures(result, 0, size, text);
}

static void draw_programs(const struct page *page, double y, double end)
{
    int count = (int)page->result->programs.count;
    struct programs programs = {.page = page,
        .axis = axis_for(page->result),
        .height = (end - y + BETWEEN) / fmax(count, 1)};
    if (count > 1)
        programs.height = fmin(programs.height, HEIGHT_MAX);
    for (int i = 0; i < count; i++)
        draw_program(&programs, y + i * programs.height, i);
    struct drawing_box box =
        picture_box(&programs, y + fmax(count - 1, 0) * programs.height);
    box.height += RUNS + AXIS_DOWN;
    page_draw_axis(page, &box, &programs.axis);
}

/* Where there is no room for a picture of each, a line of each. */
static void draw(const struct page *page)
{
    const struct result_programs *list = &page->result->programs;
    char title[sizeof page->result->plan.title], sentence[SENTENCE_SIZE];
    write_title(page, sizeof title, title);
    write_sentence(page->result, sizeof sentence, sentence);
    double y = page_draw_headline(page, title);
    double end = page_draw_sentence(page, SENTENCE_LINES, sentence) - AXIS;
    const struct drawing_box box = {
        PAGE_MARGIN, y, PAGE_WIDTH - 2 * PAGE_MARGIN, end - y};
    if ((double)list->count * HEIGHT_MIN <= end - y)
        draw_programs(page, y, end);
    else
        part_program_lines_draw(page, &box, axis_for(page->result));
}

const struct page_ops page_programs = {.draw = draw};
