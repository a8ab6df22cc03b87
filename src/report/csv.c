// SPDX-License-Identifier: MIT
/* The stages of a result.  Columns are called as in the result file, with _s for _ns, and
 * count from 0 as that does. */
#include <math.h>

#include "experiment/words.h"
#include "report/csv_check.h"
#include "report/csv_row.h"
#include "report/report.h"
#include "report/stream.h"

/* What is not a stage's own. */
struct place {
    int number;
    const char *kind, *label;
    double speedup;   /* NAN: not known */
    double busy_cpus; /* below 0: not known */
};

static const struct csv_field place_fields[] = {
    CSV_FIELD("stage", INT, NONE, place, number),
    CSV_FIELD("name", WORDS, NONE, place, kind),
    CSV_FIELD("label", WORDS, NONE, place, label),
};

static const struct csv_field loop_fields[] = {
    CSV_FIELD("workload", TEXT, NONE, plan, workload),
    CSV_FIELD("size", INTEGER, ZERO, plan, size),
    CSV_FIELD("iterations", INTEGER, ZERO, plan, iterations),
};

static const struct csv_field workers_fields[] = {
    CSV_FIELD("workers", INT, NONE, result_stage, workers),
    CSV_FIELD("workers_asked", INT, NONE, result_stage, workers_asked),
};

static const struct csv_field schedule_fields[] = {
    CSV_FIELD("schedule", TEXT, NONE, plan, schedule),
    CSV_FIELD("chunk", INTEGER, ZERO, plan, chunk),
};

static const struct csv_field times_fields[] = {
    CSV_FIELD("repeat", INT, NONE, result_stage, repeat),
    CSV_FIELD("warmup", BOOL, NONE, result_stage, warmup),
    CSV_FIELD("complete", BOOL, NONE, result_stage, complete),
    CSV_FIELD("projected", BOOL, NONE, result_stage, projected),
    CSV_FIELD("elapsed_s", SECONDS, NONE, result_stage, elapsed_ns),
    CSV_FIELD("measured_s", SECONDS, ZERO, result_stage, measured_ns),
    CSV_FIELD("expected_s", SECONDS, ZERO, result_stage, expected_ns),
    CSV_FIELD("warm_s", SECONDS, NONE, result_stage, warm_ns),
    CSV_FIELD("prepare_s", SECONDS, NONE, result_stage, prepare_ns),
    CSV_FIELD("suspended_s", SECONDS, NONE, result_stage, suspended_ns),
};

static const struct csv_field figures_fields[] = {
    CSV_FIELD("speedup", REAL, UNSEEN, place, speedup),
    CSV_FIELD("busy_cpus", REAL, NEGATIVE, place, busy_cpus),
};

static const struct csv_field stage_fields[] = {
    CSV_FIELD("others_cpus", REAL, NEGATIVE, result_stage, others_cpus),
    CSV_FIELD("done", INTEGER, NONE, result_stage, done),
    CSV_FIELD("failed", INTEGER, NONE, result_stage, failed),
    CSV_FIELD("retried", INTEGER, NONE, result_stage, retried),
    CSV_FIELD("renewed", INTEGER, NONE, result_stage, renewed),
    CSV_FIELD("cpu_s", SECONDS, NONE, result_stage, cpu_ns),
    CSV_FIELD("threads_cpu_s", SECONDS, ZERO, result_stage, threads_cpu_ns),
    CSV_FIELD("tasks_s", SECONDS, ZERO, result_stage, tasks_ns),
    CSV_FIELD("paused_s", SECONDS, NONE, result_stage, paused_ns),
    CSV_FIELD("largest_chunk", INTEGER, ZERO, result_stage, largest_chunk),
    CSV_FIELD("handout_price_s", SECONDS, NEGATIVE, result_stage, handout_price_ns),
};

static const struct csv_field parts_fields[] = {
    CSV_FIELD("user_s", SECONDS, NONE, result_stage, user_ns),
    CSV_FIELD("system_s", SECONDS, NONE, result_stage, system_ns),
};

static const struct csv_field account_fields[] = {
    CSV_FIELD("account_total_s", SECONDS, NONE, account, total_ns),
    CSV_FIELD("account_startup_s", SECONDS, NONE, account, startup_ns),
    CSV_FIELD("account_prepare_s", SECONDS, NONE, account, prepare_ns),
    CSV_FIELD("account_useful_s", SECONDS, NONE, account, useful_ns),
    CSV_FIELD("account_slowdown_s", SECONDS, UNSEEN, account, slowdown_ns),
    CSV_FIELD("account_waiting_s", SECONDS, UNSEEN, account, waiting_ns),
    CSV_FIELD("account_blocked_s", SECONDS, NONE, account, blocked_ns),
    CSV_FIELD("account_handout_s", SECONDS, NONE, account, handout_ns),
    CSV_FIELD("account_tail_s", SECONDS, NONE, account, tail_ns),
};

static const struct csv_field sensors_fields[] = {
    CSV_FIELD("energy_j", REAL, ZERO, result_stage, energy_j),
    CSV_FIELD("celsius", REAL, ZERO, result_stage, celsius),
    CSV_FIELD("clock_low_mhz", INT, ZERO, result_stage, clocks.low_mhz),
    CSV_FIELD("clock_median_mhz", INT, ZERO, result_stage, clocks.median_mhz),
    CSV_FIELD("clock_high_mhz", INT, ZERO, result_stage, clocks.high_mhz),
    CSV_FIELD("processes", INT, ZERO, result_stage, processes),
    CSV_FIELD("threads", INT, ZERO, result_stage, threads),
};

static const struct csv_field item_fields[] = {
    CSV_FIELD("max_rss_bytes", INTEGER, ZERO, result_item, max_rss_bytes),
    CSV_FIELD("exit", INT, NEGATIVE, result_item, exit_status),
    CSV_FIELD("signal", SIGNAL, ZERO, result_item, signal),
    CSV_FIELD("errno", INT, ZERO, result_item, error),
};

static const struct csv_field digest_fields[] = {
    CSV_FIELD("digest", DIGEST, ZERO, result_stage, digest),
};

static const struct csv_field machine_fields[] = {
    CSV_FIELD("cpu", TEXT, NONE, machine, cpu_name),
    CSV_FIELD("simulated", BOOL, NONE, machine, simulated),
    CSV_FIELD("online_cpus", INT, NONE, machine, online_cpus),
    CSV_FIELD("usable_cpus", REAL, NONE, machine, usable_cpus),
};

/* Whether the times of stages of its repeat are relative to that stage's. */
static bool is_reference(const struct result_stage *stage)
{
    if (!stage->complete || stage->warmup)
        return false;
    if (stage->kind == RESULT_PROGRAM)
        return stage->program == 0 && stage->failed == 0;
    return stage->kind == RESULT_SEQUENTIAL;
}

/* Of its own repeat, so that the repeats can be held against each other. */
static double find_speedup(const struct result *result, const struct result_stage *stage)
{
    if (!stage->complete || stage->warmup || stage->elapsed_ns == 0 ||
        stage->kind == RESULT_WATCHED ||
        (stage->kind == RESULT_PROGRAM && stage->failed > 0))
        return NAN;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *other = &result->stages[i];
        bool is_program = other->kind == RESULT_PROGRAM;
        if (other->repeat == stage->repeat && is_reference(other) &&
            is_program == (stage->kind == RESULT_PROGRAM))
            return (double)other->elapsed_ns / (double)stage->elapsed_ns;
    }
    return NAN;
}

static struct place find_place(const struct result *result, int number)
{
    const struct result_stage *stage = &result->stages[number];
    struct place place = {.number = number, .kind = result_stage_name(stage)};
    place.label = stage->label;
    place.speedup = find_speedup(result, stage);
    place.busy_cpus = words_busy_cpus(stage);
    return place;
}

/* Without a stage: the names of the columns. */
static void print_stage(FILE *out, const struct result *result, const struct place *place)
{
    const struct result_stage *stage = place ? &result->stages[place->number] : NULL;
    bool has_account = stage && stage->account.total_ns > 0;
    const struct csv_part parts[] = {
        CSV_PART(place_fields, place),
        CSV_PART(loop_fields, &result->plan),
        CSV_PART(workers_fields, stage),
        CSV_PART(schedule_fields, &result->plan),
        CSV_PART(times_fields, stage),
        CSV_PART(figures_fields, place),
        CSV_PART(stage_fields, stage),
        CSV_PART(parts_fields, stage && result_stage_has_parts(stage) ? stage : NULL),
        CSV_PART(account_fields, has_account ? &stage->account : NULL),
        CSV_PART(sensors_fields, stage),
        CSV_PART(item_fields, stage ? result_program_item(stage) : NULL),
        CSV_PART(digest_fields, stage),
        CSV_PART(machine_fields, &result->machine),
    };
    if (place)
        csv_print_row(out, sizeof parts / sizeof *parts, parts);
    else
        csv_print_names(out, sizeof parts / sizeof *parts, parts);
}

static void print_stages(FILE *out, const struct result *result)
{
    print_stage(out, result, NULL);
    for (size_t i = 0; i < result->stage_count; i++) {
        struct place place = find_place(result, (int)i);
        print_stage(out, result, &place);
    }
}

int report_csv_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    if (result->plan.command == PLAN_CHECK)
        csv_check_print(stream.out, result);
    else
        print_stages(stream.out, result);
    return stream_close(&stream, ret_text, ret_size, fault);
}
