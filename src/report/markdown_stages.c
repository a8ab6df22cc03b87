// SPDX-License-Identifier: MIT
#include "report/markdown_stages.h"

#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "experiment/words_meters.h"
#include "experiment/words_outcome.h"
#include "experiment/words_programs.h"
#include "report/markdown_table.h"

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof *(ARRAY))

enum { TEXT_SIZE = 160 };

static const double TIME_MOST = 9e18;       /* of a file that nobody measured */
static const double WORTH_SHOWING = 0.0005; /* of the workers' time */

/* With three decimals; with three figures where these were zeros. */
static void add_time(
    struct markdown_table *table, const char *before, int64_t ns, const char *after)
{
    char time[TEXT_SIZE];
    if (ns >= NS_PER_S / 10 || ns == 0)
        snprintf(time, sizeof time, "%.3f s", (double)ns / NS_PER_S);
    else
        number_format_duration(ns, sizeof time, time);
    markdown_table_add_format(table, "%s%s%s", before, time, after);
}

static void add_interval(struct markdown_table *table, bool has, double low, double high)
{
    if (has)
        markdown_table_add_format(table, "%.2f to %.2f", low, high);
    else
        markdown_table_add(table, "");
}

static bool is_repeated(const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].repeat > 0)
            return true;
    return false;
}

static void add_counts(struct markdown_table *table, const struct result_stage *stage)
{
    bool has_tasks = stage->kind != RESULT_WATCHED && stage->kind != RESULT_PROGRAM;
    if (has_tasks)
        markdown_table_add_format(table, "%" PRId64, stage->done);
    else
        markdown_table_add(table, "");
    if (stage->failed > 0)
        markdown_table_add_format(table, "%" PRId64, stage->failed);
    else
        markdown_table_add(table, "");
}

static void add_stage(struct markdown_table *table, const struct result *result,
    const struct result_stage *stage)
{
    double busy = words_busy_cpus(stage);
    char text[TEXT_SIZE];
    words_stage(stage, sizeof text, text);
    markdown_table_add(table, text);
    if (is_repeated(result))
        markdown_table_add_format(table, "%" PRId64, INT64_C(1) + stage->repeat);
    else
        markdown_table_add(table, "");
    add_time(table, stage->projected ? "~" : "", stage->elapsed_ns,
        stage->complete || stage->kind == RESULT_WATCHED ? "" : ", stopped");
    add_counts(table, stage);
    if (busy >= 0)
        markdown_table_add_format(table, "%.1f of %d", busy, result->machine.online_cpus);
    else
        markdown_table_add(table, "not visible");
    words_meters_stage(stage, sizeof text, text);
    markdown_table_add(table, text);
}

static void print_stages(FILE *out, const struct result *result)
{
    static const struct markdown_column columns[] = {{"stage", false}, {"run", true},
        {"time", true}, {"done", true}, {"failed", true}, {"CPUs busy", true},
        {"clocks, heat, energy", false}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < result->stage_count; i++)
        add_stage(&table, result, &result->stages[i]);
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_points(FILE *out, const struct result_sweep *sweep)
{
    static const struct markdown_column columns[] = {{"workers", true}, {"time", true},
        {"times as fast", true}, {"95 % interval", true}, {"efficiency", true},
        {"Karp-Flatt", true}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < sweep->point_count; i++) {
        const struct result_point *point = &sweep->points[i];
        markdown_table_add_format(&table, "%d", point->workers);
        add_time(&table, "", point->elapsed_ns, "");
        markdown_table_add_format(&table, "%.2f", point->speedup);
        add_interval(
            &table, point->has_interval, point->interval_low, point->interval_high);
        markdown_table_add_format(&table, "%.2f", point->efficiency);
        if (isnan(point->karp_flatt))
            markdown_table_add(&table, "");
        else
            markdown_table_add_format(&table, "%.3f", point->karp_flatt);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

/* What became of one that did not go well. */
static void add_failure(struct markdown_table *table, const struct result_program *about)
{
    const char *how = about->failed         ? "failed"
                      : about->repeats == 0 ? "not run to its end"
                                            : "";
    markdown_table_add(table, how);
}

static void add_program(struct markdown_table *table, const struct result_program *about)
{
    char memory[TEXT_SIZE] = "";
    if (about->max_rss_bytes > 0)
        words_program_memory(about->max_rss_bytes, sizeof memory, memory);
    markdown_table_add_code(table, about->text);
    add_time(table, "", about->elapsed_ns, "");
    if (about->ratio > 0)
        markdown_table_add_format(table, "%.2f", about->ratio);
    else
        markdown_table_add(table, "");
    add_interval(table, about->has_interval, about->interval_low, about->interval_high);
    add_time(table, "", about->cpu_ns, "");
    markdown_table_add(table, memory);
    markdown_table_add_format(table, "%d", about->processes);
    markdown_table_add_format(table, "%d", about->threads);
    add_failure(table, about);
}

static void print_programs(FILE *out, const struct result_programs *programs)
{
    static const struct markdown_column columns[] = {{"program", false}, {"time", true},
        {"times as fast", true}, {"95 % interval", true}, {"CPU time", true},
        {"memory", true}, {"processes", true}, {"threads", true}, {"", false}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < programs->count; i++) {
        const struct result_program *about = &programs->list[i];
        if (about->repeats > 0) {
            add_program(&table, about);
            continue;
        }
        markdown_table_add_code(&table, about->text);
        for (size_t k = 2; k < COUNT(columns); k++)
            markdown_table_add(&table, "");
        add_failure(&table, about);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

void markdown_stages_print(FILE *out, const struct result *result)
{
    if (result->sweep.has)
        print_points(out, &result->sweep);
    else if (result->programs.count > 0)
        print_programs(out, &result->programs);
    else
        print_stages(out, result);
}

static void print_comparison(FILE *out, const struct result_comparison *comparison)
{
    static const struct markdown_column columns[] = {{"times as fast", true},
        {"95 % interval", true}, {"at most", true}, {"efficiency", true},
        {"Karp-Flatt", true}, {"runs", true}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    markdown_table_add_format(
        &table, "%.2f%s", comparison->speedup, comparison->doubtful ? "?" : "");
    add_interval(&table, comparison->has_interval, comparison->interval_low,
        comparison->interval_high);
    if (comparison->bound > 0)
        markdown_table_add_format(&table, "%.2f", comparison->bound);
    else
        markdown_table_add(&table, "");
    markdown_table_add_format(&table, "%.2f", comparison->efficiency);
    if (isnan(comparison->karp_flatt))
        markdown_table_add(&table, "");
    else
        markdown_table_add_format(&table, "%.3f", comparison->karp_flatt);
    markdown_table_add_format(&table, "%d", comparison->pairs);
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_account(FILE *out, const struct account *account)
{
    static const struct markdown_column columns[] = {
        {"the workers' time", false}, {"share", true}, {"time", true}};
    struct words_part parts[WORDS_PARTS_MAX];
    size_t count = words_account(account, WORDS_PARTS_MAX, parts);
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && parts[i].share < WORTH_SHOWING)
            continue;
        char faster[WORDS_FASTER_SIZE];
        words_faster(&parts[i], false, sizeof faster, faster);
        markdown_table_add_format(&table, "%s%s", parts[i].name, faster);
        markdown_table_add_format(&table, "%.1f %%", 100 * parts[i].share);
        double part_ns = (double)account->total_ns * parts[i].share;
        add_time(&table, "", (int64_t)fmin(part_ns, TIME_MOST), "");
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

void markdown_stages_print_figures(FILE *out, const struct result *result)
{
    const struct result_stage *parallel = comparison_usual_stage(result, RESULT_PARALLEL);
    if (!parallel)
        parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    if (result->comparison.has)
        print_comparison(out, &result->comparison);
    if (parallel && !result->sweep.has)
        print_account(out, &parallel->account);
}
