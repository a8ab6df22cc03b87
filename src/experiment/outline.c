// SPDX-License-Identifier: MIT
#include "experiment/outline.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words_check.h"
#include "experiment/words_items.h"
#include "experiment/words_programs.h"

void outline_format_times(double times, size_t size, char text[])
{
    int digits = times < 9.995 ? 2 : times < 99.95 ? 1 : 0;
    snprintf(text, size, "%.*f", digits, times);
}

static void set(struct outline *outline, enum outline_column column, const char *text)
{
    words_clean(strlen(text), text, OUTLINE_CELL_SIZE, outline->cells[column]);
}

/* " x 120", ", 13 items"; "" where nobody has counted them. */
static void format_count(const struct plan *plan, size_t size, char text[])
{
    char count[48];
    text[0] = '\0';
    if (!plan->tells) {
        snprintf(text, size, " x %" PRId64, plan->iterations);
    } else if (plan->iterations > 0) {
        words_items_count(plan, plan->iterations, sizeof count, count);
        snprintf(text, size, ", %s", count);
    }
}

/* One result's words for a loop: as its headline, and in short. */
static void name_loop(struct outline *outline, const struct plan *plan)
{
    char count[56], title[OUTLINE_CELL_SIZE];
    const char *sweep = plan->command == PLAN_SWEEP ? "sweep: " : "";
    const char *name = plan->title[0] ? plan->title : plan->workload;
    snprintf(title, sizeof title, "%s%s", sweep, *name ? name : "a loop");
    set(outline, OUTLINE_WHAT, title);
    if (!plan->task[0])
        return;
    format_count(plan, sizeof count, count);
    snprintf(title, sizeof title, "%s%s", sweep, plan->task);
    words_clean(
        strlen(title), title, sizeof outline->brief - strlen(count), outline->brief);
    outline->count_at = strlen(outline->brief);
    text_append(sizeof outline->brief, outline->brief, "%s", count);
}

static void name_check(struct outline *outline, const struct result *result)
{
    char text[OUTLINE_CELL_SIZE];
    const char *host = result->check.host[0] ? result->check.host : "a machine";
    snprintf(text, sizeof text, "check of %s",
        result->machine.simulated ? "a simulated machine" : host);
    set(outline, OUTLINE_WHAT, text);
    text_copy(sizeof outline->brief, outline->brief, "check");
    set(outline, OUTLINE_OUTCOME,
        result->check.has ? check_verdict_names[result->check.verdict] : "stopped");
    outline->stopped = !result->check.has;
}

static void name_machine(struct outline *outline, const struct machine *machine)
{
    char text[OUTLINE_CELL_SIZE], usable[32];
    snprintf(text, sizeof text, "%s%s", machine->cpu_name,
        machine->simulated ? " (simulated)" : "");
    set(outline, OUTLINE_MACHINE, text);
    if (machine->simulated)
        snprintf(outline->machine_brief, sizeof outline->machine_brief, "sim. %.80s",
            machine->cpu_name);
    snprintf(text, sizeof text, "%d", machine->online_cpus);
    if (machine->usable_cpus > 0 && machine->usable_cpus < machine->online_cpus) {
        words_check_count(machine->usable_cpus, sizeof usable, usable);
        snprintf(text, sizeof text, "%s of %d", usable, machine->online_cpus);
    }
    set(outline, OUTLINE_CPUS, text);
}

/* The one to speak of: that of the advice, or the fastest; NULL without any. */
static const struct result_point *find_point(const struct result_sweep *sweep)
{
    const struct result_point *best = NULL;
    for (size_t i = 0; i < sweep->point_count; i++) {
        const struct result_point *point = &sweep->points[i];
        if (point->workers == sweep->advice_workers)
            return point;
        if (!best || point->elapsed_ns < best->elapsed_ns)
            best = point;
    }
    return best;
}

static void take_sweep(struct outline *outline, const struct result *result)
{
    const struct result_sweep *sweep = &result->sweep;
    const struct result_point *best = find_point(sweep);
    outline->stopped = !sweep->has || sweep->cut_short;
    if (!best)
        return;
    if (sweep->points[0].workers == 1)
        outline->sequential_ns = sweep->points[0].elapsed_ns;
    outline->parallel_ns = best->elapsed_ns;
    outline->workers = best->workers;
    outline->speedup = best->speedup;
}

/* The fastest of whole programs that went well. */
static void take_programs(struct outline *outline, const struct result *result)
{
    const struct result_programs *programs = &result->programs;
    const struct result_program *fastest = NULL;
    char label[OUTLINE_BRIEF_SIZE], text[OUTLINE_CELL_SIZE];
    words_programs_title(&result->plan, sizeof text, text);
    set(outline, OUTLINE_WHAT, text);
    snprintf(outline->brief, sizeof outline->brief, "%zu programs", programs->count);
    for (size_t i = 0; i < programs->count; i++) {
        const struct result_program *program = &programs->list[i];
        outline->stopped =
            outline->stopped || (!program->failed && program->repeats == 0);
        if (!program->failed && program->repeats > 0 &&
            (!fastest || program->elapsed_ns < fastest->elapsed_ns))
            fastest = program;
    }
    if (!fastest)
        return;
    words_program_label(result, (int)(fastest - programs->list), sizeof label, label);
    snprintf(outline->brief, sizeof outline->brief, "%.80s, fastest", label);
    snprintf(text, sizeof text, "%.80s, fastest of %zu", label, programs->count);
    set(outline, OUTLINE_WHAT, text);
    outline->parallel_ns = fastest->elapsed_ns;
    outline->speedup = fastest->ratio;
}

/* The first that did it all, whatever failed in it; NULL: none did. */
static const struct result_stage *find_complete(
    const struct result *result, enum result_stage_kind kind)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].kind == kind && result->stages[i].complete)
            return &result->stages[i];
    return NULL;
}

/* Where there is no comparison: what there is of either. */
static void take_stages(struct outline *outline, const struct result *result)
{
    const struct result_stage *sequential = find_complete(result, RESULT_SEQUENTIAL);
    const struct result_stage *parallel = find_complete(result, RESULT_PARALLEL);
    outline->stopped = !parallel || (result->plan.command == PLAN_RUN && !sequential);
    if (result->plan.command == PLAN_MAP && !parallel) /* how long it was at it */
        parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    if (sequential)
        outline->sequential_ns = sequential->elapsed_ns;
    if (parallel) {
        outline->parallel_ns = parallel->elapsed_ns;
        outline->workers = parallel->workers;
    }
}

static void take_comparison(struct outline *outline, const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    const struct result_stage *parallel = comparison_usual_stage(result, RESULT_PARALLEL);
    outline->sequential_ns = comparison->sequential_ns;
    outline->parallel_ns = comparison->parallel_ns;
    outline->speedup = comparison->speedup;
    outline->workers = parallel ? parallel->workers : 0;
    const struct result_stage *last =
        result->stage_count > 0 ? &result->stages[result->stage_count - 1] : NULL;
    outline->stopped = last && !last->complete;
}

static void take_watched(struct outline *outline, const struct result *result)
{
    char text[OUTLINE_CELL_SIZE];
    words_programs_title(&result->plan, sizeof text, text);
    set(outline, OUTLINE_WHAT,
        result->plan.program_count > 0 ? text : "the machine alone");
    if (result->stage_count > 0)
        outline->parallel_ns = result->stages[0].elapsed_ns;
    set(outline, OUTLINE_OUTCOME, "watched");
}

static void set_time(
    struct outline *outline, enum outline_column column, int64_t ns, bool projected)
{
    char time[48], text[64];
    number_format_duration(ns, sizeof time, time);
    snprintf(text, sizeof text, "%s%s", projected ? "~" : "", time);
    if (ns > 0)
        set(outline, column, text);
}

static int64_t count_failed(const struct result *result)
{
    int64_t most = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].failed > most)
            most = result->stages[i].failed;
    for (size_t i = 0; i < result->programs.count; i++)
        most += result->programs.list[i].failed;
    return most;
}

static void set_outcome(struct outline *outline, const struct result *result)
{
    char text[48] = "", times[32];
    outline->failed = count_failed(result);
    outline->doubtful = result->comparison.doubtful || result->programs.doubtful;
    if (result->nothing_to_do || outline->stopped || outline->failed > 0)
        outline->speedup = 0;
    if (result->nothing_to_do)
        text_copy(sizeof text, text, "nothing to do");
    else if (outline->stopped)
        text_copy(sizeof text, text, "stopped");
    else if (outline->failed > 0)
        snprintf(text, sizeof text, "%" PRId64 " failed", outline->failed);
    else if (outline->speedup > 0) {
        outline_format_times(outline->speedup, sizeof times, times);
        snprintf(text, sizeof text, "%s%s%s", outline->projected ? "~" : "", times,
            outline->doubtful ? "?" : "");
    }
    if (*text)
        set(outline, OUTLINE_OUTCOME, text);
}

/* What its numbers are, by what kind of result it is. */
static void take_numbers(struct outline *outline, const struct result *result)
{
    if (result->plan.command == PLAN_SWEEP)
        take_sweep(outline, result);
    else if (result->comparison.has)
        take_comparison(outline, result);
    else
        take_stages(outline, result);
    const struct result_stage *first = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    outline->projected = first && first->projected;
}

static void fill(struct outline *outline, const struct result *result)
{
    enum plan_command command = result->plan.command;
    char workers[16];
    name_machine(outline, &result->machine);
    if (command == PLAN_CHECK) {
        name_check(outline, result);
        return;
    }
    if (command == PLAN_WATCH) {
        take_watched(outline, result);
    } else if (command == PLAN_VERSUS) {
        take_programs(outline, result);
        set_outcome(outline, result);
    } else {
        name_loop(outline, &result->plan);
        take_numbers(outline, result);
        set_outcome(outline, result);
    }
    set_time(outline, OUTLINE_SEQUENTIAL, outline->sequential_ns, outline->projected);
    set_time(outline, OUTLINE_PARALLEL, outline->parallel_ns, false);
    snprintf(workers, sizeof workers, "%d", outline->workers);
    if (outline->workers > 0)
        set(outline, OUTLINE_WORKERS, workers);
}

void outline_init(struct outline *outline, const struct result *result, const char *name)
{
    *outline = (struct outline){0};
    fill(outline, result);
    if (name && strcmp(name, outline->cells[OUTLINE_WHAT]) != 0 &&
        strcmp(name, outline->brief) != 0)
        set(outline, OUTLINE_NAME, name);
}
