// SPDX-License-Identifier: MIT
/* A loop of the user's own that gets done, for a night: how far it is, what the CPUs do,
 * what takes long, what has failed, and where all of it is safe. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_items.h"
#include "ui/frame.h"
#include "ui/items_bar.h"
#include "ui/items_list.h"
#include "ui/items_safe.h"
#include "ui/more.h"
#include "ui/notice.h"
#include "ui/panel.h"
#include "ui/shown.h"
#include "ui/view_help.h"
#include "workload/workload.h"

enum {
    PANEL_ROWS_MIN = 9, /* eight lines of CPUs and a head */
    BAR_ROWS = 3,       /* a bar of two and a blank, the first below the head */
    FAILED_ROWS = 5,
    LIST_ROWS_MIN = 2,
    AIRY_ROWS = 10,
    LISTS_ROWS = 17,    /* from which on a narrow screen has them, too */
    TITLE_COLUMNS = 24, /* of the loop at least, before the machine is named */
    BETWEEN = 2,
};

static const struct view_key keys[] = {{"q", "leave it running"}, {"x", "stop..."},
    {"f", "failed"}, {"w", "workers"}, {"t", "tasks"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key keys_short[] = {{"q", "leave"}, {"?", "help"}, {NULL, NULL}};

/* What the functions below share. */
struct night {
    struct canvas *canvas;
    const struct view_input *input;
    struct scene scene; /* with the numbers that are held */
    const struct scene_items *items;
    struct frame frame;
};

static int workers_of(const struct night *night)
{
    return night->items->workers > 0 ? night->items->workers
                                     : night->scene.result->plan.workers;
}

/* The machine goes first where there is no room for all. */
static void draw_title(const struct night *night)
{
    const struct result *result = night->scene.result;
    int workers = workers_of(night);
    char machine[160], count[48], text[256];
    int room = night->frame.area.columns - BETWEEN;
    int title = canvas_width_of(result->plan.title);
    room -= title > TITLE_COLUMNS ? title : TITLE_COLUMNS;
    words_machine_short(&result->machine, sizeof machine, machine);
    snprintf(count, sizeof count, "%d worker%s", workers, workers == 1 ? "" : "s");
    snprintf(text, sizeof text, "%s, %s", machine, count);
    if (canvas_width_of(text) > room)
        snprintf(text, sizeof text, "%d CPUs, %s", result->machine.online_cpus, count);
    if (canvas_width_of(text) > room)
        text_copy(sizeof text, text, count);
    frame_draw_title(night->canvas, night->input, workers > 0 ? text : NULL);
}

/* What the end waits for, as much of it as there is room for: names, that Ctrl-C ends
 * it, that nothing more is begun. */
static void say_closing(const struct night *night, int columns, size_t size, char text[])
{
    static const char again[] = " (Ctrl-C again ends them)";
    char whole[256];
    words_items_closing(&night->scene, sizeof whole, whole);
    bool closed = *whole && night->items->closing == WORKLOAD_CLOSED;
    snprintf(text, size, "%s%s", whole, closed ? again : "");
    if (canvas_width_of(text) <= columns)
        return;
    whole[strcspn(whole, ":")] = '\0';
    snprintf(text, size, "%s%s", whole, closed ? again : "");
    if (canvas_width_of(text) <= columns)
        return;
    const char *waiting = strstr(whole, "Waiting");
    text_copy(size, text, waiting ? waiting : whole);
}

/* What is most to be known now: that it is being closed, what goes on, what will go
 * wrong, what makes a number doubtful.  "" for nothing. */
static void say_notice(const struct night *night, int columns, size_t size, char text[])
{
    const struct result *result = night->scene.result;
    const char *phase = notice_phase(&night->scene);
    say_closing(night, columns, size, text);
    if (*text)
        return;
    if (phase)
        text_copy(size, text, phase);
    else if (night->items->warning[0])
        text_copy(size, text, night->items->warning);
    else if (result->remark_count > 0)
        text_copy(size, text, result->remarks[result->remark_count - 1]);
}

static void draw_notice(const struct night *night, int row)
{
    char text[320];
    struct area area = {row, night->frame.area.column, 1, night->frame.area.columns};
    say_notice(night, area.columns, sizeof text, text);
    canvas_paragraph(night->canvas, area, STYLE_STRONG, text);
}

static struct items_bar bar_of(const struct night *night, struct area area)
{
    return (struct items_bar){.area = area,
        .total = night->items->total,
        .done = night->items->before + night->scene.done,
        .failed = night->scene.failed,
        .running = night->items->running};
}

/* How far, as a bar once it is known how far it is to go. */
static void draw_progress(const struct night *night, int row)
{
    const struct area *area = &night->frame.area;
    int column = area->column + night->frame.label_columns;
    int end = area->column + area->columns;
    struct scene done = night->scene;
    char text[128], failed[48] = "";
    done.failed = 0;
    words_items_progress(&done, sizeof text, text);
    if (night->scene.failed > 0)
        snprintf(failed, sizeof failed, "%" PRId64 " failed", night->scene.failed);
    canvas_format(night->canvas, row, area->column, STYLE_TEXT, "%.*s",
        night->frame.label_columns - 1, night->scene.result->plan.unit);
    canvas_right(night->canvas, row + 1, end, STYLE_FAILED, failed);
    if (!night->items->whole) {
        canvas_text(night->canvas, row, column, STYLE_STRONG, text);
        canvas_format(night->canvas, row + 1, column, STYLE_TEXT, "%" PRId64 " running",
            night->items->running);
        return;
    }
    int numbers = canvas_width_of(text) + BETWEEN;
    if (numbers < night->frame.numbers_columns)
        numbers = night->frame.numbers_columns;
    struct items_bar bar =
        bar_of(night, (struct area){row, column, 1, end - column - numbers});
    canvas_right(night->canvas, row, end, STYLE_STRONG, text);
    items_bar_draw(night->canvas, &bar);
    items_bar_draw_names(night->canvas, &bar);
}

static void draw_time(const struct night *night, int row)
{
    const struct frame *frame = &night->frame;
    char text[128] = "";
    if (night->scene.phase == SCENE_RUNNING && night->scene.elapsed_ns > 0)
        words_items_time(&night->scene, night->input->now, sizeof text, text);
    canvas_text(night->canvas, row, frame->area.column, STYLE_TEXT, "time");
    canvas_text(night->canvas, row, frame->area.column + frame->label_columns,
        STYLE_STRONG, text);
}

/* As many rows as the lists can fill, the two headings, the blank between, and what is
 * safe. */
static int rows_wanted(const struct night *night)
{
    int workers = workers_of(night);
    return 1 + (workers < SCENE_LONGEST ? workers : SCENE_LONGEST) + 1 + FAILED_ROWS;
}

/* Failures are few, or all alike: two fifths are enough for them, and their heading and
 * one of them the least. */
static void draw_lists(const struct night *night, struct area area)
{
    int longest = 1 + (int)night->items->longest_count;
    int failed = 1 + (int)night->items->failure_count;
    int room = area.rows - longest;
    if (room < area.rows * 2 / 5)
        room = area.rows * 2 / 5;
    if (room < LIST_ROWS_MIN && area.rows >= 2 * LIST_ROWS_MIN)
        room = LIST_ROWS_MIN;
    if (failed > room)
        failed = room;
    if (failed < 2 || night->items->failure_count == 0)
        failed = 0;
    struct area first = area;
    first.rows -= failed;
    int used = items_list_draw_longest(night->canvas, first, &night->scene);
    area.row += used;
    area.rows -= used;
    if (used > 0 && area.rows > failed) {
        area.row++;
        area.rows--;
    }
    items_list_draw_failed(night->canvas, area, &night->scene);
}

static struct lines_rest draw_panel(
    const struct night *night, struct area area, bool head)
{
    const struct panel panel = {.area = area,
        .scene = night->input->scene,
        .figures = night->input->figures,
        .details = night->input->details,
        .head = head,
        .whose = true,
        .label_columns = night->frame.label_columns,
        .first_line = night->input->scroll};
    struct lines_rest rest = panel_draw(night->canvas, &panel);
    more_set_page(night->input, rest.lines);
    return rest;
}

/* The CPUs above, the lists below, from where the CPUs end. */
static struct lines_rest draw_halves(
    const struct night *night, struct area area, bool head, int least)
{
    int below = area.rows - 1 - least, wanted = rows_wanted(night);
    struct area upper = area;
    upper.rows = area.rows - 1 - (below < wanted ? below : wanted);
    struct lines_rest rest = draw_panel(night, upper, head);
    area.row += rest.rows + 1;
    area.rows -= rest.rows + 1;
    draw_lists(night, area);
    return rest;
}

/* What the CPUs have at least.  What failed goes before a third row for each of them. */
static int panel_rows(const struct night *night)
{
    const struct machine *machine = &night->scene.result->machine;
    int lines = machine->cores > 0 ? machine->cores : machine->online_cpus;
    bool few = lines * BAR_ROWS < PANEL_ROWS_MIN;
    return few && night->items->failure_count > 0 ? lines * BAR_ROWS : PANEL_ROWS_MIN;
}

static int draw_roomy(const struct night *night)
{
    struct area area = night->frame.area;
    char safe[400];
    draw_title(night);
    draw_notice(night, 1);
    draw_progress(night, FRAME_FIRST_ROW);
    draw_time(night, FRAME_FIRST_ROW + 2);
    items_safe_say(night->items, night->input->stays, area.columns, sizeof safe, safe);
    int safe_rows = canvas_paragraph_rows(safe, area.columns);
    if (!*safe || safe_rows < 1)
        safe_rows = 0;
    area.row = FRAME_FIRST_ROW + 4;
    area.rows -= area.row + 1 + safe_rows;
    struct lines_rest rest = draw_halves(night, area, true, panel_rows(night));
    area.row += area.rows;
    area.rows = safe_rows;
    canvas_paragraph(night->canvas, area, STYLE_TEXT, safe);
    frame_draw_keys(night->canvas, night->input, keys);
    return rest.scroll;
}

/* Writes the first text that fits, or the last. */
static void draw_first_fit(
    const struct night *night, int row, enum style style, size_t count, char texts[][160])
{
    size_t i = 0;
    while (i + 1 < count && canvas_width_of(texts[i]) > night->frame.area.columns)
        i++;
    canvas_text(night->canvas, row, night->frame.area.column, style, texts[i]);
}

static void draw_counts(const struct night *night, int row)
{
    const struct scene *scene = &night->scene;
    int64_t done = night->items->before + scene->done, running = night->items->running;
    int64_t total = night->items->total;
    char texts[5][160], failed[48] = "", of[40] = "";
    if (scene->failed > 0)
        snprintf(failed, sizeof failed, ", %" PRId64 " failed", scene->failed);
    snprintf(of, sizeof of, night->items->whole ? " of %" PRId64 : " of %" PRId64 " read",
        total);
    snprintf(texts[0], 160, "%" PRId64 "%s done, %" PRId64 " running%s", done, of,
        running, failed);
    snprintf(
        texts[1], 160, "%" PRId64 "%s, %" PRId64 " running%s", done, of, running, failed);
    snprintf(texts[2], 160, "%" PRId64 "%s%s", done, of, failed);
    snprintf(texts[3], 160, "%" PRId64 "/%" PRId64 "%s", done, total, failed);
    snprintf(texts[4], 160, "%" PRId64 " done%s", done, failed);
    draw_first_fit(night, row, scene->failed > 0 ? STYLE_FAILED : STYLE_STRONG, 5, texts);
}

/* What is left first, and when that is; how long so far where nobody knows that. */
static void draw_time_brief(const struct night *night, int row)
{
    char texts[4][160] = {""};
    if (night->scene.phase != SCENE_RUNNING || night->scene.elapsed_ns == 0)
        return;
    words_items_time(&night->scene, night->input->now, 160, texts[0]);
    for (int i = 1; i < 4; i++)
        text_copy(160, texts[i], texts[0]);
    const char *left = strstr(texts[0], ", about ");
    if (left) {
        text_copy(160, texts[1], left + strlen(", "));
        text_copy(160, texts[2], left + strlen(", about "));
        text_copy(160, texts[3], texts[1]);
        texts[3][strcspn(texts[3], ":")] = '\0';
    }
    draw_first_fit(night, row, STYLE_STRONG, 4, texts);
}

/* The total is never without the CPUs that are not seen. */
static void draw_busy(const struct night *night, int row, const struct lines_rest *rest)
{
    const struct figures *figures = night->input->figures;
    const char *comma = rest->cpus > 0 ? ", " : "";
    char texts[4][160], all[48], few[32];
    double others = panel_others(figures);
    lines_format_rest(rest, false, sizeof all, all);
    lines_format_rest(rest, true, sizeof few, few);
    panel_format_busy(figures, true, 100, texts[2]);
    panel_format_hidden(figures, rest, night->frame.area.columns, 160, texts[3]);
    text_append(160, texts[2], "%s%s", comma, few);
    for (int i = 0; i < 2; i++)
        if (others >= 0)
            snprintf(texts[i], 160, "yours %.1f, others %.1f of %d%s%s%s",
                figures->own_cpus, others, figures->online_cpus, i == 0 ? " busy" : "",
                comma, i == 0 ? all : few);
        else
            text_copy(160, texts[i], texts[2]);
    draw_first_fit(night, row, STYLE_STRONG, 4, texts);
}

/* The bar, how far, how long, the total: these never go. */
static int draw_brief(const struct night *night)
{
    struct area area = night->frame.area;
    bool airy = area.rows >= AIRY_ROWS;
    struct lines_rest rest = {.cpus = night->scene.result->machine.cpu_count};
    int end = area.rows;
    if (night->frame.titled)
        draw_title(night);
    area.row = night->frame.titled;
    area.rows = 1;
    struct items_bar bar = bar_of(night, area);
    if (night->items->whole)
        items_bar_draw(night->canvas, &bar);
    draw_counts(night, area.row + 1);
    draw_time_brief(night, area.row + 2);
    if (airy)
        draw_notice(night, area.row + 3);
    area.row += 3 + airy;
    area.rows = end - 1 - area.row - airy;
    if (end >= LISTS_ROWS)
        rest = draw_halves(night, area, false, area.rows / 2);
    else if (area.rows > 0)
        rest = draw_panel(night, area, false);
    draw_busy(night, end - 1, &rest);
    frame_draw_keys(night->canvas, night->input,
        night->frame.area.columns >= FRAME_KEYS_COLUMNS ? keys : keys_short);
    return rest.scroll;
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    const struct scene_items none = {
        .total = input->scene->result->plan.iterations, .whole = true};
    struct night night = {.canvas = canvas,
        .input = input,
        .scene = shown_held(input),
        .items = input->scene->items ? input->scene->items : &none,
        .frame = frame_of(canvas)};
    night.scene.items = night.items;
    return night.frame.roomy ? draw_roomy(&night) : draw_brief(&night);
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {
        "Top line: the loop, the machine, and how many workers there are.",
        "The bar: what is done, what failed, what runs, what waits; below it, when it "
        "will end.",
        "\"now\": what each CPU does. A full bar is 100 % busy; at the end of a row is "
        "the "
        "sum. Yours is this loop, other people's is all else.",
        VIEW_HELP_CELLS,
        "Below: what runs longest, beside the usual time; what failed last, and why.",
        "The last line: the file in which all that is done is safe.", NULL};
    static const struct view_key more[] = {VIEW_HELP_DETAILS, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_items = {.name = "items", .draw = draw, .help = help};
