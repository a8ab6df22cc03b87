// SPDX-License-Identifier: MIT
#include "ui/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_items.h"
#include "workload/workload.h"

enum {
    ROOMY_ROWS = 20,
    TITLED_ROWS = 8,
    LABELS = 7,
    LABELS_NARROW = 6,
    BETWEEN_KEYS = 3,
    BETWEEN_TITLES = 2,
    HELP_FROM_COLUMNS = 34,
    ROWS_MIN = 5,
    COLUMNS_MIN = 20,
};

struct frame frame_of(const struct canvas *canvas)
{
    struct area area = canvas_area(canvas);
    bool wide = area.columns >= FRAME_ROOMY_COLUMNS;
    bool roomy = wide && area.rows >= ROOMY_ROWS, titled = area.rows >= TITLED_ROWS;
    if (wide) {
        area.column = 1;
        area.columns -= 2;
    }
    area.rows--;
    return (struct frame){.area = area,
        .label_columns = area.column ? LABELS : LABELS_NARROW,
        .numbers_columns = FRAME_NUMBERS_COLUMNS,
        .roomy = roomy,
        .titled = titled};
}

/* The loop in words, or in short where that leaves no room for what is at the right. */
static void name_loop(const struct plan *plan, int columns, size_t size, char text[])
{
    text_copy(size, text, plan->title[0] ? plan->title : plan->workload);
    if (canvas_width_of(text) > columns && plan->program_count > 1)
        snprintf(text, size, "%zu programs", plan->program_count); /* named below */
    if (canvas_width_of(text) <= columns || !plan->task[0])
        return;
    if (!plan->tells) {
        snprintf(text, size, "%s x %" PRId64, plan->task, plan->iterations);
        return;
    }
    char count[48] = "";
    if (plan->iterations > 0) /* or nobody knows yet */
        words_items_count(plan, plan->iterations, sizeof count, count);
    snprintf(text, size, "%s%s%s", plan->task, *count ? ", " : "", count);
}

/* What is at the left: the loop, or the machine where nothing is run, or which one is
 * checked. */
static void name_left(const struct result *result, int room, size_t size, char text[])
{
    if (result->plan.command == PLAN_CHECK) {
        const char *host = result->check.host[0] ? result->check.host : "this machine";
        snprintf(text, size, "Check of %s",
            result->machine.simulated ? "a simulated machine" : host);
        return;
    }
    if (result->plan.command == PLAN_WATCH && result->programs.count == 0)
        words_machine_short(&result->machine, size, text);
    else
        name_loop(&result->plan, room, size, text);
}

void frame_draw_title(
    struct canvas *canvas, const struct view_input *input, const char *right)
{
    struct area area = frame_of(canvas).area;
    const struct result *result = input->scene->result;
    char machine[160], title[160];
    struct area field = {0, area.column, 1, area.columns};
    words_machine_short(&result->machine, sizeof machine, machine);
    if (!right) { /* the machine goes first where there is no room for both */
        int room = area.columns - canvas_width_of(machine) - BETWEEN_TITLES;
        name_left(result, room, sizeof title, title);
        bool watching = result->plan.command == PLAN_WATCH && result->programs.count == 0;
        bool both = canvas_width_of(title) <= room && !watching;
        right = both ? machine : "";
    }
    if (*right)
        field.columns -= canvas_width_of(right) + BETWEEN_TITLES;
    name_left(result, field.columns, sizeof title, title);
    canvas_field(canvas, &field, STYLE_STRONG, title);
    canvas_right(canvas, 0, area.column + area.columns, STYLE_TEXT, right);
}

const struct view_key *frame_picture_keys(const struct view_input *input)
{
    static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"},
        {"t", "tasks"}, {"w", "workers"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key ended[] = {{"q", "quit"}, {"t", "tasks"},
        {"w", "workers"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    return input->scene->phase == SCENE_ENDED ? ended : keys;
}

const struct view_key *frame_plain_keys(const struct view_input *input)
{
    static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"},
        {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key ended[] = {
        {"q", "quit"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    return input->scene->phase == SCENE_ENDED ? ended : keys;
}

static int width_of_key(const struct view_key *key)
{
    return canvas_width_of(key->key) + 1 + canvas_width_of(key->does);
}

static int draw_key(
    struct canvas *canvas, int row, int column, const struct view_key *key)
{
    canvas_text(canvas, row, column, STYLE_KEY, key->key);
    column += canvas_width_of(key->key) + 1;
    canvas_text(canvas, row, column, STYLE_TEXT, key->does);
    return column + canvas_width_of(key->does) + BETWEEN_KEYS;
}

/* Nothing more is begun: ending what is under way is all that is left to choose. */
static bool is_closed(const struct view_input *input)
{
    const struct scene_items *items = input->scene->items;
    return items && items->closing != WORKLOAD_OPEN;
}

static void format_stop(const struct view_input *input, size_t size, char text[])
{
    const struct scene_items *items = input->scene->items;
    int64_t running = items ? items->running : 0;
    if (is_closed(input))
        snprintf(text, size, "e: end the %" PRId64 " under way now; any other key: go on",
            running);
    else
        snprintf(text, size,
            "s: begin nothing more, wait for %" PRId64
            " under way; e: end them now; else: go on",
            running);
}

void frame_format_question(
    const struct view_input *input, int columns, size_t size, char text[])
{
    static const char *const shorter[][2] = {
        [VIEW_QUESTION_END] = {"End the run? y/n", "end? y/n"},
        [VIEW_QUESTION_STOP] = {"s: no more   e: end all   else: on", "s stop, e end"},
    };
    static const char *const check[] = {"End the check? y/n", "end? y/n"};
    static const char *const closed[] = {"e: end all   else: on", "e end all"};
    bool ends_only = input->question == VIEW_QUESTION_STOP && is_closed(input);
    bool is_check = input->scene->result->plan.command == PLAN_CHECK;
    const char *const *choice = ends_only  ? closed
                                : is_check ? check
                                           : shorter[input->question];
    if (input->question == VIEW_QUESTION_STOP)
        format_stop(input, size, text);
    else
        snprintf(text, size, "End the %s now? y ends it, any other key goes on",
            is_check ? "check" : "run");
    for (int i = 0; i < 2 && canvas_width_of(text) > columns; i++)
        text_copy(size, text, choice[i]);
}

/* What takes the place of keys: a question.  True if there is one. */
static bool draw_question(
    struct canvas *canvas, const struct view_input *input, int row, int column)
{
    char text[96];
    if (input->question == VIEW_NO_QUESTION)
        return false;
    frame_format_question(input, canvas_area(canvas).columns - column, sizeof text, text);
    canvas_text(canvas, row, column, STYLE_MARK, text);
    canvas_rest(canvas, row, column);
    return true;
}

bool frame_draw_too_small(struct canvas *canvas, const struct view_input *input)
{
    static const char *const needs[] = {"parfor needs 20x5", "needs 20x5", "20x5"};
    struct area area = canvas_area(canvas);
    char text[96];
    int i = 0;
    if (area.rows >= ROWS_MIN && area.columns >= COLUMNS_MIN)
        return false;
    while (i < 2 && canvas_width_of(needs[i]) > area.columns)
        i++;
    text_copy(sizeof text, text, needs[i]);
    if (input->question != VIEW_NO_QUESTION) /* as short as it can be */
        frame_format_question(input, 0, sizeof text, text);
    canvas_text(canvas, 0, 0, STYLE_TEXT, text);
    return true;
}

static const char FROZEN[] = " FROZEN ";

/* Quitting ends what is measured; a loop of the user's own that gets done goes on. */
static struct view_key as_meant(
    const struct view_input *input, const struct view_key *key)
{
    const struct plan *plan = &input->scene->result->plan;
    struct view_key meant = *key;
    if (plan->tells && plan->command == PLAN_MAP && strcmp(key->does, "quit") == 0)
        meant.does = "leave";
    return meant;
}

void frame_draw_keys(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[])
{
    struct area area = canvas_area(canvas);
    int row = area.rows - 1, column = frame_of(canvas).area.column, end = area.columns;
    if (draw_question(canvas, input, row, column))
        return;
    if (input->frozen) {
        end -= (int)sizeof FROZEN;
        canvas_right(canvas, row, area.columns - column, STYLE_MARK, FROZEN);
    }
    const struct view_key *last = keys;
    while (last->key && last[1].key)
        last++;
    for (const struct view_key *key = keys; key->key; key++) {
        struct view_key meant = as_meant(input, key);
        int needed = width_of_key(&meant);
        if (key != last)
            needed += BETWEEN_KEYS + width_of_key(last);
        if (column + needed > end)
            continue;
        column = draw_key(canvas, row, column, &meant);
    }
}

int frame_draw_keys_brief(struct canvas *canvas, const struct view_input *input)
{
    static const struct view_key quit = {"q", "quit"}, help = {"?", "help"};
    struct area area = canvas_area(canvas);
    int row = area.rows - 1, column = area.columns;
    if (draw_question(canvas, input, row, 0))
        return 0;
    if (input->frozen) {
        canvas_right(canvas, row, column, STYLE_MARK, FROZEN);
        return column - (int)sizeof FROZEN;
    }
    if (area.columns >= HELP_FROM_COLUMNS) {
        column -= width_of_key(&help);
        draw_key(canvas, row, column, &help);
        column -= 2;
    }
    struct view_key meant = as_meant(input, &quit);
    column -= width_of_key(&meant);
    draw_key(canvas, row, column, &meant);
    return column - 2;
}

void frame_draw_keys_or_brief(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[])
{
    if (canvas_area(canvas).columns < FRAME_KEYS_COLUMNS)
        frame_draw_keys_brief(canvas, input);
    else
        frame_draw_keys(canvas, input, keys);
}
