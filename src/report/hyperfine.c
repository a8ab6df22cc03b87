// SPDX-License-Identifier: MIT
/* What hyperfine 1.20 writes (src/benchmark/benchmark_result.rs), for its plotting
 * scripts. Two things differ.  Where of CPU time only the sum is known, it stands in
 * `user`, and `system` is 0, as readers want a number in both and many add them up.  And
 * what hyperfine has no word for, that among it, is in an object of its own behind the
 * results. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/statistics.h"
#include "report/json_emit.h"
#include "report/report.h"
#include "report/stream.h"

/* Runs of the same; what is thrown away, not whole or an estimate is none. */
struct series {
    size_t count;
    const struct result_stage *const *stages;
};

static bool is_run(const struct result_stage *stage)
{
    return stage->complete && !stage->warmup && !stage->projected &&
           stage->kind != RESULT_WATCHED;
}

/* By rising workers; whole programs as they were given. */
static int compare_kinds(const struct result_stage *one, const struct result_stage *other)
{
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if (one->kind == RESULT_PROGRAM)
        return (one->program > other->program) - (one->program < other->program);
    return (one->workers > other->workers) - (one->workers < other->workers);
}

/* Those that are the same stay in the order run. */
static int compare_stages(const void *one, const void *other)
{
    const struct result_stage *first = *(const struct result_stage *const *)one;
    const struct result_stage *second = *(const struct result_stage *const *)other;
    int order = compare_kinds(first, second);
    return order != 0 ? order : (first > second) - (first < second);
}

static void write_command(const struct result *result, const struct result_stage *stage,
    size_t size, char text[])
{
    bool is_named =
        stage->kind == RESULT_PROGRAM && (size_t)stage->program < result->programs.count;
    if (is_named)
        text_copy(size, text, result->programs.list[stage->program].text);
    else if (stage->kind == RESULT_PROGRAM)
        text_copy(size, text, stage->label);
    else
        plan_command_line(&result->plan, size, text);
    if (stage->kind == RESULT_SEQUENTIAL)
        text_append(size, text, ", one after the other");
    else if (stage->kind == RESULT_PARALLEL)
        text_append(
            size, text, ", %d worker%s", stage->workers, stage->workers == 1 ? "" : "s");
}

/* JSON has no other bytes. */
static void put_text(struct json_emitter *emitter, const char *text)
{
    char *copy = text_duplicate(text), *next = copy;
    size_t length = strlen(copy);
    while (length > 0) {
        size_t step = utf8_character(length, next);
        if (step == 0)
            *next = '?';
        next += step > 0 ? step : 1;
        length -= step > 0 ? step : 1;
    }
    json_emit_text(emitter, copy, false);
    free(copy);
}

static void emit_text(struct json_emitter *emitter, const char *name, const char *text)
{
    json_emit_name(emitter, name, "");
    put_text(emitter, text);
}

/* Of all that was started. */
static int64_t cpu_ns_of(const struct result_stage *stage)
{
    const struct result_item *item = result_program_item(stage);
    if (item)
        return item->cpu_ns;
    return stage->threads_cpu_ns > 0 ? stage->threads_cpu_ns : stage->cpu_ns;
}

/* Where nothing was used, there is nothing to tell apart. */
static bool has_parts(const struct result_stage *stage)
{
    const struct result_item *item = result_program_item(stage);
    return cpu_ns_of(stage) == 0 ||
           (item ? result_item_has_parts(item) : result_stage_has_parts(stage));
}

static bool all_have_parts(const struct series *series)
{
    for (size_t i = 0; i < series->count; i++)
        if (!has_parts(series->stages[i]))
            return false;
    return true;
}

/* `apart` as all_have_parts() says. */
static void add_cpu_time(
    const struct result_stage *stage, bool apart, double *user, double *system)
{
    const struct result_item *item = result_program_item(stage);
    if (!apart) {
        *user += (double)cpu_ns_of(stage) / NS_PER_S;
        return;
    }
    *user += (double)(item ? item->user_ns : stage->user_ns) / NS_PER_S;
    *system += (double)(item ? item->system_ns : stage->system_ns) / NS_PER_S;
}

static void emit_seconds(struct json_emitter *emitter, const char *name, double seconds)
{
    json_emit_name(emitter, name, "");
    fprintf(emitter->out, "%.9f", seconds);
}

struct summary {
    double mean, deviation, median, min, max; /* deviation: NAN of one run */
    double user, system;
};

static struct summary summarize(const struct series *series)
{
    struct summary summary = {.min = INFINITY};
    double *seconds = memory_new(series->count, sizeof *seconds), squares = 0;
    double count = (double)series->count;
    bool apart = all_have_parts(series);
    for (size_t i = 0; i < series->count; i++) {
        seconds[i] = (double)series->stages[i]->elapsed_ns / NS_PER_S;
        summary.mean += seconds[i] / count;
        add_cpu_time(series->stages[i], apart, &summary.user, &summary.system);
        summary.min = fmin(summary.min, seconds[i]);
        summary.max = fmax(summary.max, seconds[i]);
    }
    for (size_t i = 0; i < series->count; i++)
        squares += (seconds[i] - summary.mean) * (seconds[i] - summary.mean);
    summary.user /= count;
    summary.system /= count;
    summary.deviation = series->count > 1 ? sqrt(squares / (count - 1)) : NAN;
    summary.median = statistics_median(series->count, seconds);
    free(seconds);
    return summary;
}

static void emit_summary(struct json_emitter *emitter, const struct summary *summary)
{
    emit_seconds(emitter, "mean", summary->mean);
    if (isnan(summary->deviation)) {
        json_emit_name(emitter, "stddev", "");
        fputs("null", emitter->out);
    } else {
        emit_seconds(emitter, "stddev", summary->deviation);
    }
    emit_seconds(emitter, "median", summary->median);
    emit_seconds(emitter, "user", summary->user);
    emit_seconds(emitter, "system", summary->system);
    emit_seconds(emitter, "min", summary->min);
    emit_seconds(emitter, "max", summary->max);
}

static void emit_times(struct json_emitter *emitter, const struct series *series)
{
    json_emit_name(emitter, "times", "");
    json_emit_open(emitter, '[', true);
    for (size_t i = 0; i < series->count; i++) {
        int64_t ns = series->stages[i]->elapsed_ns;
        json_emit_item(emitter);
        fprintf(emitter->out, "%" PRId64 ".%09" PRId64, ns / NS_PER_S, ns % NS_PER_S);
    }
    json_emit_close(emitter, ']', true);
}

/* Of the largest process; 0: not known of each that there was. */
static int64_t memory_of(const struct result_stage *stage)
{
    int64_t most_bytes = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_item *item = stage->records[i].item;
        if (!item || item->max_rss_bytes == 0)
            return 0;
        if (item->max_rss_bytes > most_bytes)
            most_bytes = item->max_rss_bytes;
    }
    return most_bytes;
}

/* A number for each run, or nothing at all. */
static void emit_memory(struct json_emitter *emitter, const struct series *series)
{
    for (size_t i = 0; i < series->count; i++)
        if (memory_of(series->stages[i]) == 0)
            return;
    json_emit_name(emitter, "memory_usage_byte", "");
    json_emit_open(emitter, '[', true);
    for (size_t i = 0; i < series->count; i++) {
        json_emit_item(emitter);
        fprintf(emitter->out, "%" PRId64, memory_of(series->stages[i]));
    }
    json_emit_close(emitter, ']', true);
}

/* A loop has the exit status that the program gives it; null: ended by a signal. */
static void emit_codes(struct json_emitter *emitter, const struct series *series)
{
    json_emit_name(emitter, "exit_codes", "");
    json_emit_open(emitter, '[', true);
    for (size_t i = 0; i < series->count; i++) {
        const struct result_item *item = result_program_item(series->stages[i]);
        int code = item ? item->exit_status : series->stages[i]->failed > 0;
        json_emit_item(emitter);
        if (code >= 0)
            fprintf(emitter->out, "%d", code);
        else
            fputs("null", emitter->out);
    }
    json_emit_close(emitter, ']', true);
}

static void emit_series(struct json_emitter *emitter, const struct result *result,
    const struct series *series)
{
    const struct result_stage *first = series->stages[0];
    struct summary summary = summarize(series);
    char command[PLAN_LINE_SIZE];
    write_command(result, first, sizeof command, command);
    json_emit_item(emitter);
    json_emit_open(emitter, '{', true);
    emit_text(emitter, "command", command);
    emit_summary(emitter, &summary);
    emit_times(emitter, series);
    emit_memory(emitter, series);
    emit_codes(emitter, series);
    if (first->kind != RESULT_PROGRAM) { /* its parameters are texts */
        json_emit_name(emitter, "parameters", "");
        json_emit_open(emitter, '{', true);
        json_emit_name(emitter, "workers", "");
        fprintf(emitter->out, "\"%d\"", first->workers);
        json_emit_close(emitter, '}', true);
    }
    json_emit_close(emitter, '}', true);
}

static void emit_results(struct json_emitter *emitter, const struct result *result)
{
    const struct result_stage **runs = memory_new(result->stage_count, sizeof *runs);
    size_t count = 0, length;
    for (size_t i = 0; i < result->stage_count; i++)
        if (is_run(&result->stages[i]))
            runs[count++] = &result->stages[i];
    qsort(runs, count, sizeof *runs, compare_stages);
    json_emit_name(emitter, "results", "");
    json_emit_open(emitter, '[', true);
    for (size_t i = 0; i < count; i += length) {
        for (length = 1; i + length < count; length++)
            if (compare_kinds(runs[i], runs[i + length]) != 0)
                break;
        const struct series series = {length, runs + i};
        emit_series(emitter, result, &series);
    }
    json_emit_close(emitter, ']', true);
    free(runs);
}

static void emit_note(struct json_emitter *emitter, const char *text)
{
    json_emit_item(emitter);
    put_text(emitter, text);
}

/* Only where it is needed. */
static void emit_note_on_parts(struct json_emitter *emitter, const struct result *result)
{
    bool some_have = false, some_lack = false;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        some_have = some_have || (is_run(stage) && has_parts(stage));
        some_lack = some_lack || (is_run(stage) && !has_parts(stage));
    }
    if (some_lack)
        emit_note(emitter, some_have ? "Where system is 0, user is all CPU time."
                                     : "user is all CPU time, that of the system "
                                       "included.");
}

static void emit_notes(struct json_emitter *emitter, const struct result *result)
{
    bool has_projected = false;
    for (size_t i = 0; i < result->stage_count; i++)
        has_projected = has_projected || result->stages[i].projected;
    json_emit_name(emitter, "notes", "");
    json_emit_open(emitter, '[', true);
    emit_note_on_parts(emitter, result);
    if (has_projected)
        emit_note(emitter, "Projected times are left out.");
    if (result->machine.simulated)
        emit_note(emitter, "The machine is simulated.");
    for (size_t i = 0; i < result->remark_count; i++)
        emit_note(emitter, result->remarks[i]);
    json_emit_close(emitter, ']', true);
}

static void emit_own(struct json_emitter *emitter, const struct result *result)
{
    char command[PLAN_LINE_SIZE];
    plan_command_line(&result->plan, sizeof command, command);
    json_emit_name(emitter, "parfor", "");
    json_emit_open(emitter, '{', true);
    emit_text(emitter, "program_version", result->program_version);
    emit_text(emitter, "command_line", command);
    emit_text(emitter, "cpu", result->machine.cpu_name);
    json_emit_name(emitter, "usable_cpus", "");
    json_emit_real(emitter, result->machine.usable_cpus);
    emit_notes(emitter, result);
    json_emit_close(emitter, '}', true);
}

int report_hyperfine_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    struct json_emitter emitter = {.out = stream.out};
    json_emit_open(&emitter, '{', true);
    emit_results(&emitter, result);
    emit_own(&emitter, result);
    json_emit_close(&emitter, '}', false);
    fputc('\n', stream.out);
    return stream_close(&stream, ret_text, ret_size, fault);
}
