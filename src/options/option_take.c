// SPDX-License-Identifier: MIT
#include "options/option_take.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "pool/schedule.h"
#include "report/report.h"
#include "workload/workload.h"

enum {
    REPEATS_MAX = 1000,
    RETRIES_MAX = 100,
    INTERVAL_MS_MIN = 10,
    INTERVAL_MS_MAX = 10000
};

/* A whole number of a range; what it is in words, for the refusal. */
int option_parse_in_range(const char *what, const char *text, const int64_t range[2],
    int64_t *ret_value, struct fault *fault)
{
    int64_t value = 0;
    if (number_parse(text, &value) < 0 || value < range[0] || value > range[1])
        return fault_input(fault,
            "wrong %s: %s (a whole number, %" PRId64 " to %" PRId64 ")", what, text,
            range[0], range[1]);
    *ret_value = value;
    return 0;
}

int option_parse_int(const char *what, const char *text, const int64_t range[2],
    int *ret_value, struct fault *fault)
{
    int64_t value = 0;
    int error = option_parse_in_range(what, text, range, &value, fault);
    if (error == 0)
        *ret_value = (int)value;
    return error;
}

int option_take_iterations(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_in_range("number of iterations", text,
        (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &options->plan.iterations, fault);
}

/* The range is the workload's, which is not known yet. */
int option_take_size(struct options *options, const char *text, struct fault *fault)
{
    if (number_parse(text, &options->plan.size) < 0 || options->plan.size < 1)
        return fault_input(
            fault, "wrong size: %s (a whole number; parfor list shows the range)", text);
    return 0;
}

/* What the usable CPUs are is not known yet: what is relative to them waits until then.
 */
int option_take_workers(struct options *options, const char *text, struct fault *fault)
{
    struct plan scratch = {.point_count = 0};
    int workers;
    options->workers = text;
    if (options->plan.command == PLAN_SWEEP)
        return strpbrk(text, "%+") ? 0 : plan_parse_points(text, 1, &scratch, fault);
    return plan_parse_workers(text, 1, &workers, fault);
}

int option_take_schedule(struct options *options, const char *text, struct fault *fault)
{
    struct plan *plan = &options->plan;
    const struct schedule_ops *schedule;
    size_t length = strcspn(text, ",");
    char name[sizeof plan->schedule];
    text_copy(length < sizeof name ? length + 1 : sizeof name, name, text);
    int error = schedule_find(name, &schedule, fault);
    if (error == 0 && text[length] == ',')
        error = option_parse_in_range("chunk", text + length + 1,
            (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &plan->chunk, fault);
    plan->chunk_asked = plan->chunk > 0;
    if (error == 0)
        text_copy(sizeof plan->schedule, plan->schedule, name);
    return error;
}

int option_take_order(struct options *options, const char *text, struct fault *fault)
{
    for (int order = 0; order < PLAN_ORDERS; order++) {
        if (strcmp(plan_order_names[order], text) != 0)
            continue;
        options->plan.order = (enum plan_order)order;
        return 0;
    }
    return fault_input(fault, "no such order: %s (index, longest)", text);
}

int option_take_max_tasks(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_in_range("number of tasks per worker", text,
        (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &options->plan.max_tasks, fault);
}

int option_take_repeats(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_int("number of repeats", text, (const int64_t[]){1, REPEATS_MAX},
        &options->plan.repeats, fault);
}

int option_take_seconds(struct options *options, const char *text, struct fault *fault)
{
    int64_t *seconds_ns = &options->plan.seconds_ns;
    if (number_parse_duration(text, seconds_ns) < 0 || *seconds_ns < NS_PER_MS ||
        *seconds_ns > 86400 * NS_PER_S)
        return fault_input(
            fault, "wrong duration: %s (1ms to 1d, such as 3s or 2m)", text);
    return 0;
}

int option_take_retries(struct options *options, const char *text, struct fault *fault)
{
    options->plan.retries_asked = true;
    return option_parse_int("number of retries", text, (const int64_t[]){0, RETRIES_MAX},
        &options->plan.retries, fault);
}

int option_take_interval(struct options *options, const char *text, struct fault *fault)
{
    int64_t *interval_ns = &options->plan.interval_ns;
    if (number_parse_duration(text, interval_ns) < 0 ||
        *interval_ns < INTERVAL_MS_MIN * NS_PER_MS ||
        *interval_ns > INTERVAL_MS_MAX * NS_PER_MS)
        return fault_input(fault, "wrong interval: %s (10ms to 10s)", text);
    return 0;
}

int option_take_seed(struct options *options, const char *text, struct fault *fault)
{
    int64_t seed = 0;
    int error = option_parse_in_range(
        "seed", text, (const int64_t[]){0, INT64_MAX}, &seed, fault);
    if (error == 0)
        options->plan.seed = (uint64_t)seed;
    return error;
}

int option_take_output(struct options *options, const char *text, struct fault *fault)
{
    if (options->output_count == OPTIONS_OUTPUTS_MAX)
        return fault_input(
            fault, "too many output files: %s (%d at most)", text, OPTIONS_OUTPUTS_MAX);
    options->outputs[options->output_count++] = text;
    return 0;
}

int option_take_format(struct options *options, const char *text, struct fault *fault)
{
    const struct report_format *first = options->format;
    int error = report_find_named(text, &options->format, fault);
    if (error < 0 || !first)
        return error;
    return fault_input(fault, "--format %s and --format %s together (one of them)",
        first->name, options->format->name);
}

int option_take_warmups(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_int("number of runs", text, (const int64_t[]){0, REPEATS_MAX},
        &options->plan.warmups, fault);
}

int option_take_prepare(struct options *options, const char *text, struct fault *fault)
{
    if (strlen(text) >= PLAN_PROGRAM_SIZE)
        return fault_input(fault,
            "a command too long: --prepare %.60s... (%d bytes at most)", text,
            PLAN_PROGRAM_SIZE - 1);
    text_copy(PLAN_PROGRAM_SIZE, options->plan.prepare, text);
    return 0;
}
