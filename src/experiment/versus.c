// SPDX-License-Identifier: MIT
#include "experiment/versus.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/words_programs.h"
#include "model/statistics.h"

/* The runs of one program that count, as far as there is room. */
struct runs {
    size_t count;
    double *elapsed_s, *cpu_s, *busy;
};

static struct runs make_runs(size_t room)
{
    return (struct runs){.elapsed_s = memory_new(room, sizeof(double)),
        .cpu_s = memory_new(room, sizeof(double)),
        .busy = memory_new(room, sizeof(double))};
}

static void finish_runs(struct runs *runs)
{
    free(runs->elapsed_s);
    free(runs->cpu_s);
    free(runs->busy);
}

static void take_run(
    struct result_program *program, const struct result_stage *stage, struct runs *runs)
{
    const struct result_item *item = result_program_item(stage);
    double elapsed_s = (double)stage->elapsed_ns / 1e9;
    double cpu_s = item ? (double)item->cpu_ns / 1e9 : (double)stage->cpu_ns / 1e9;
    runs->elapsed_s[runs->count] = elapsed_s;
    runs->cpu_s[runs->count] = cpu_s;
    runs->busy[runs->count] = elapsed_s > 0 ? cpu_s / elapsed_s : 0;
    runs->count++;
    if (item && item->max_rss_bytes > program->max_rss_bytes)
        program->max_rss_bytes = item->max_rss_bytes;
    if (stage->processes > program->processes)
        program->processes = stage->processes;
    if (stage->threads > program->threads)
        program->threads = stage->threads;
}

/* In the order they were run. */
static struct runs take_runs(struct result *result, size_t place)
{
    struct result_program *program = &result->programs.list[place];
    struct runs runs = make_runs(result->stage_count);
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind == RESULT_PROGRAM && stage->program == (int)place &&
            !stage->warmup && stage->complete && stage->failed == 0)
            take_run(program, stage, &runs);
    }
    return runs;
}

/* How many times as fast as the first; leaves the times in rising order. */
static void compare(struct result_program *program, const struct runs *first,
    const struct runs *runs, uint64_t seed)
{
    struct statistics_interval interval;
    size_t pairs = first->count < runs->count ? first->count : runs->count;
    program->has_interval = statistics_ratio_interval(
        pairs, first->elapsed_s, runs->elapsed_s, seed, &interval);
    if (program->has_interval) {
        program->interval_low = interval.low;
        program->interval_high = interval.high;
    }
}

static void summarize(struct result_program *program, struct runs *runs)
{
    program->repeats = (int)runs->count;
    if (runs->count == 0)
        return;
    program->elapsed_ns =
        (int64_t)(statistics_median(runs->count, runs->elapsed_s) * 1e9);
    program->cpu_ns = (int64_t)(statistics_median(runs->count, runs->cpu_s) * 1e9);
    program->busy_cpus = statistics_median(runs->count, runs->busy);
}

static bool any_failed(const struct result_programs *programs)
{
    for (size_t i = 0; i < programs->count; i++)
        if (programs->list[i].failed)
            return true;
    return false;
}

void versus_compute(struct result *result)
{
    struct result_programs *programs = &result->programs;
    if (programs->count == 0)
        return;
    bool failed = any_failed(programs);
    struct runs *runs = memory_new(programs->count, sizeof *runs);
    for (size_t i = 0; i < programs->count; i++) {
        programs->list[i].ratio = 0;
        programs->list[i].has_interval = false;
        runs[i] = take_runs(result, i);
    }
    for (size_t i = 1; i < programs->count && !failed; i++)
        compare(&programs->list[i], &runs[0], &runs[i], result->plan.seed);
    for (size_t i = 0; i < programs->count; i++)
        summarize(&programs->list[i], &runs[i]);
    for (size_t i = 0; i < programs->count && !failed; i++)
        if (runs[0].count > 0 && runs[i].count > 0)
            programs->list[i].ratio = (double)programs->list[0].elapsed_ns /
                                      fmax(1, (double)programs->list[i].elapsed_ns);
    for (size_t i = 0; i < programs->count; i++)
        finish_runs(&runs[i]);
    free(runs);
    programs->doubtful = words_programs_are_doubtful(result);
    words_programs_sentence(result, sizeof programs->sentence, programs->sentence);
}
