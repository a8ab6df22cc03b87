// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_items.h"
#include "ui/frame.h"
#include "workload/workload.h"

enum { BETWEEN = 2, TITLE_SIZE = 160 };

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

static bool is_watched(const struct result *result)
{
    return result->plan.command == PLAN_WATCH && result->programs.count == 0;
}

/* Its name, cut with ".." where not all of it has room: a part of it would be another
 * machine's. */
static void cut_name(const struct machine *machine, int columns, size_t size, char text[])
{
    char name[TITLE_SIZE];
    const char *mark = machine->simulated ? "sim. " : "";
    int room = columns - canvas_width_of(mark);
    text_copy(sizeof name, name, machine->cpu_name);
    bool cut = canvas_width_of(name) > room;
    while (*name && canvas_width_of(name) > room - 2 * cut)
        name[strlen(name) - 1] = '\0';
    snprintf(text, size, "%s%s%s", mark, name, cut ? ".." : "");
}

/* The machine where it is all that there is to be named. */
static void fit_machine(
    const struct machine *machine, int columns, size_t size, char text[])
{
    words_machine_short(machine, size, text);
    for (int named = 1; named >= 0 && canvas_width_of(text) > columns; named--)
        if (named || machine->kind_count > 0)
            words_machine_brief(machine, named, size, text);
    if (canvas_width_of(text) > columns)
        cut_name(machine, columns, size, text);
}

/* What is at the left: the loop, or the machine where nothing is run, or which one is
 * checked. */
static void name_left(const struct result *result, int room, size_t size, char text[])
{
    const char *host = result->check.host[0] ? result->check.host : "this machine";
    if (is_watched(result))
        fit_machine(&result->machine, room, size, text);
    else if (result->plan.command == PLAN_CHECK)
        snprintf(text, size, "Check of %s",
            result->machine.simulated ? "a simulated machine" : host);
    else
        name_loop(&result->plan, room, size, text);
}

/* A number of tasks, or a size, that is cut would be another one. */
static void shorten(const struct plan *plan, int columns, size_t size, char title[])
{
    if (canvas_width_of(title) <= columns || !plan->task[0] || plan->tells)
        return;
    text_copy(size, title, canvas_width_of(plan->task) <= columns ? plan->task : "");
}

/* Whether what is at the left has room beside that. */
static bool has_room_beside(const struct result *result, int columns, const char *right)
{
    char title[TITLE_SIZE];
    int room = columns - canvas_width_of(right) - BETWEEN;
    name_left(result, room, sizeof title, title);
    return canvas_width_of(title) <= room;
}

/* As much of the machine as leaves room for the loop; in the end that there is none, if
 * it is simulated. */
static void name_right(const struct result *result, int columns, char text[TITLE_SIZE])
{
    const struct machine *machine = &result->machine;
    bool checked = result->plan.command == PLAN_CHECK;
    words_machine_short(machine, TITLE_SIZE, text);
    if (has_room_beside(result, columns, text))
        return;
    for (int named = machine->kind_count == 0; named >= 0; named--) {
        words_machine_brief(machine, named, TITLE_SIZE, text);
        if (has_room_beside(result, columns, text))
            return;
    }
    text_copy(TITLE_SIZE, text, machine->simulated && !checked ? "sim." : "");
}

/* What stands there in the machine's place also says that it is none, if it has room. */
static void mark_right(
    const struct result *result, int columns, const char *right, char text[TITLE_SIZE])
{
    bool says = is_watched(result) || strstr(right, "simulated");
    snprintf(text, TITLE_SIZE, "%s, sim.", right);
    if (!result->machine.simulated || says || !has_room_beside(result, columns, text))
        text_copy(TITLE_SIZE, text, right);
}

int frame_title_room(const struct canvas *canvas, const struct view_input *input)
{
    char title[TITLE_SIZE];
    name_left(input->scene->result, 0, sizeof title, title);
    return frame_of(canvas).area.columns - BETWEEN - canvas_width_of(title);
}

void frame_draw_title(
    struct canvas *canvas, const struct view_input *input, const char *right)
{
    frame_draw_title_beside(canvas, input, right, 0);
}

void frame_draw_title_beside(
    struct canvas *canvas, const struct view_input *input, const char *right, int columns)
{
    struct area area = frame_of(canvas).area;
    const struct result *result = input->scene->result;
    char title[TITLE_SIZE], other[TITLE_SIZE] = "";
    struct area field = {0, area.column, 1, area.columns};
    if (right && columns > canvas_width_of(right)) /* what stays free for more of it */
        field.columns -= columns - canvas_width_of(right);
    if (right)
        mark_right(result, field.columns, right, other);
    else if (!is_watched(result))
        name_right(result, area.columns, other);
    if (*other)
        field.columns -= canvas_width_of(other) + BETWEEN;
    name_left(result, field.columns, sizeof title, title);
    shorten(&result->plan, field.columns, sizeof title, title);
    canvas_field(canvas, &field, STYLE_STRONG, title);
    canvas_right(canvas, 0, area.column + area.columns, STYLE_TEXT, other);
}
