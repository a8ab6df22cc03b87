// SPDX-License-Identifier: MIT
#include "experiment/contrast.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/outline.h"
#include "experiment/words_check.h"

enum { LABEL_SIZE = 160 };

static const double WORTH_SAYING = 1.005; /* times as fast: else the same is written */

/* What tells the two apart. */
enum difference {
    BY_CPUS,
    BY_MACHINE,
    BY_WORKERS,
    BY_PLACE, /* the first and the second */
};

struct side {
    const struct result *result;
    struct outline outline;
    const char *before; /* the label in a sentence: "on ", "with ", "in " */
    char label[LABEL_SIZE];
};

static bool is_loop(const struct result *result)
{
    enum plan_command command = result->plan.command;
    return command == PLAN_RUN || command == PLAN_MAP || command == PLAN_SWEEP;
}

bool contrast_is_same_loop(const struct result *one, const struct result *other)
{
    const struct plan *first = &one->plan, *second = &other->plan;
    return is_loop(one) && is_loop(other) &&
           strcmp(first->workload, second->workload) == 0 &&
           strcmp(first->loop, second->loop) == 0 && first->size == second->size &&
           first->iterations == second->iterations;
}

static enum difference find_difference(const struct side sides[2])
{
    const struct outline *one = &sides[0].outline, *other = &sides[1].outline;
    if (strcmp(one->cells[OUTLINE_CPUS], other->cells[OUTLINE_CPUS]) != 0)
        return BY_CPUS;
    if (strcmp(one->cells[OUTLINE_MACHINE], other->cells[OUTLINE_MACHINE]) != 0)
        return BY_MACHINE;
    if (one->workers != other->workers && one->workers > 0 && other->workers > 0)
        return BY_WORKERS;
    return BY_PLACE;
}

/* The workers, where they are not as many as the CPUs. */
static void append_workers(struct side *side)
{
    int workers = side->outline.workers;
    if (workers > 0 && workers != (int)side->result->machine.usable_cpus)
        text_append(sizeof side->label, side->label, " with %d worker%s", workers,
            workers == 1 ? "" : "s");
}

static void set_label(struct side *side, enum difference difference, bool second)
{
    const struct machine *machine = &side->result->machine;
    int workers = side->outline.workers;
    switch (difference) {
    case BY_CPUS:
        side->before = "on ";
        text_copy(sizeof side->label, side->label, side->outline.cells[OUTLINE_CPUS]);
        text_append(sizeof side->label, side->label, " CPU%s%s",
            machine->online_cpus == 1 ? "" : "s",
            machine->simulated ? " (simulated)" : "");
        append_workers(side);
        break;
    case BY_MACHINE:
        side->before = "on ";
        text_copy(sizeof side->label, side->label, side->outline.cells[OUTLINE_MACHINE]);
        append_workers(side);
        break;
    case BY_WORKERS:
        side->before = "with ";
        snprintf(side->label, sizeof side->label, "%d worker%s", workers,
            workers == 1 ? "" : "s");
        break;
    default:
        side->before = "in ";
        text_copy(sizeof side->label, side->label, second ? "the second" : "the first");
    }
}

/* What came of one: "51.2 times as fast", "stopped", "3 failed", "PASS", "12.3 s". */
static void append_outcome(const struct side *side, size_t size, char text[])
{
    const struct outline *outline = &side->outline;
    const char *outcome = outline->cells[OUTLINE_OUTCOME];
    if (outline->speedup > 0)
        text_append(size, text, "%s times as fast", outcome);
    else if (*outcome)
        text_append(size, text, "%s", outcome);
    else
        text_append(size, text, "%s", outline->cells[OUTLINE_PARALLEL]);
}

/* "What took 12.3 s on 2 CPUs and 0.90 s on 64 CPUs: 13.7 times as fast.", the slower one
 * first. */
static void append_times(
    const struct side sides[2], const double ns[2], size_t size, char text[])
{
    int slower = ns[1] > ns[0];
    double times = ns[slower] / ns[!slower];
    char slow[48], fast[48], ratio[32];
    number_format_duration((int64_t)ns[slower], sizeof slow, slow);
    number_format_duration((int64_t)ns[!slower], sizeof fast, fast);
    outline_format_times(times, sizeof ratio, ratio);
    text_append(size, text, " took %s %s%s and %s %s%s: ", slow, sides[slower].before,
        sides[slower].label, fast, sides[!slower].before, sides[!slower].label);
    if (times < WORTH_SAYING)
        text_append(size, text, "equally fast.");
    else
        text_append(size, text, "%s times as fast.", ratio);
}

static void append_loops(const struct side sides[2], size_t size, char text[])
{
    const struct outline *one = &sides[0].outline, *other = &sides[1].outline;
    if (!contrast_is_same_loop(sides[0].result, sides[1].result)) {
        text_append(size, text, " The loops differ, so their times are not compared.");
        return;
    }
    if (one->failed > 0 || other->failed > 0) {
        text_append(size, text, " Tasks failed, so their times are not compared.");
        return;
    }
    if (!one->stopped && !other->stopped && one->parallel_ns > 0 &&
        other->parallel_ns > 0) {
        const double ns[2] = {(double)one->parallel_ns, (double)other->parallel_ns};
        text_append(size, text, " The same loop");
        append_times(sides, ns, size, text);
        return;
    }
    bool alone = one->sequential_ns > 0 && other->sequential_ns > 0;
    if (!alone || one->projected || other->projected)
        return;
    const double ns[2] = {(double)one->sequential_ns, (double)other->sequential_ns};
    text_append(size, text, " One after the other the same loop");
    append_times(sides, ns, size, text);
}

/* Two checks are compared by what both computed on one CPU alone. */
static void append_checks(const struct side sides[2], size_t size, char text[])
{
    const double ns[2] = {words_check_unit_ns(&sides[0].result->check),
        words_check_unit_ns(&sides[1].result->check)};
    if (ns[0] < 1 || ns[1] < 1)
        return;
    text_append(size, text, " A unit of work on one CPU alone");
    append_times(sides, ns, size, text);
}

static void append_comparison(const struct side sides[2], size_t size, char text[])
{
    const struct result *one = sides[0].result, *other = sides[1].result;
    if (is_loop(one) && is_loop(other))
        append_loops(sides, size, text);
    else if (one->check.has && other->check.has)
        append_checks(sides, size, text);
    else
        text_append(size, text, " %s, so no times are compared.",
            is_loop(one) || is_loop(other) ? "Only one of them is a loop"
                                           : "They are not loops");
}

void contrast_describe(const struct result *const results[2], size_t size, char text[])
{
    struct side sides[2];
    for (int i = 0; i < 2; i++) {
        sides[i].result = results[i];
        outline_init(&sides[i].outline, results[i], NULL);
    }
    enum difference difference = find_difference(sides);
    text[0] = '\0';
    for (int i = 0; i < 2; i++) {
        set_label(&sides[i], difference, i);
        text_append(size, text, "%s%s: ", i > 0 ? "; " : "", sides[i].label);
        append_outcome(&sides[i], size, text);
    }
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    text_append(size, text, ".");
    append_comparison(sides, size, text);
}
