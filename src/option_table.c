// SPDX-License-Identifier: MIT
#include "option_table.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "pool/schedule.h"
#include "report/report.h"
#include "workload/workload.h"

enum {
    LOOPS = OPTION_RUN | OPTION_MAP | OPTION_SWEEP,
    SEEING = LOOPS | OPTION_WATCH,
    REPEATS_MAX = 1000,
    RETRIES_MAX = 100,
    INTERVAL_MS_MIN = 10,
    INTERVAL_MS_MAX = 10000
};

/* A whole number of a range; what it is in words, for the refusal. */
static int parse_in_range(const char *what, const char *text, const int64_t range[2],
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

static int parse_int(const char *what, const char *text, const int64_t range[2],
    int *ret_value, struct fault *fault)
{
    int64_t value = 0;
    int error = parse_in_range(what, text, range, &value, fault);
    if (error == 0)
        *ret_value = (int)value;
    return error;
}

static int take_iterations(struct options *options, const char *text, struct fault *fault)
{
    return parse_in_range("number of iterations", text,
        (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &options->plan.iterations, fault);
}

/* The range is the workload's, which is not known yet. */
static int take_size(struct options *options, const char *text, struct fault *fault)
{
    if (number_parse(text, &options->plan.size) < 0 || options->plan.size < 1)
        return fault_input(
            fault, "wrong size: %s (a whole number; parfor list shows the range)", text);
    return 0;
}

/* What the usable CPUs are is not known yet: what is relative to them waits until then.
 */
static int take_workers(struct options *options, const char *text, struct fault *fault)
{
    struct plan scratch = {.point_count = 0};
    int workers;
    options->workers = text;
    if (options->plan.command == PLAN_SWEEP)
        return strpbrk(text, "%+") ? 0 : plan_parse_points(text, 1, &scratch, fault);
    return plan_parse_workers(text, 1, &workers, fault);
}

static int take_schedule(struct options *options, const char *text, struct fault *fault)
{
    struct plan *plan = &options->plan;
    const struct schedule_ops *schedule;
    size_t length = strcspn(text, ",");
    char name[sizeof plan->schedule];
    text_copy(length < sizeof name ? length + 1 : sizeof name, name, text);
    int error = schedule_find(name, &schedule, fault);
    if (error == 0 && text[length] == ',')
        error = parse_in_range("chunk", text + length + 1,
            (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &plan->chunk, fault);
    plan->chunk_asked = plan->chunk > 0;
    if (error == 0)
        text_copy(sizeof plan->schedule, plan->schedule, name);
    return error;
}

static int take_order(struct options *options, const char *text, struct fault *fault)
{
    for (int order = 0; order < PLAN_ORDERS; order++) {
        if (strcmp(plan_order_names[order], text) != 0)
            continue;
        options->plan.order = (enum plan_order)order;
        return 0;
    }
    return fault_input(fault, "no such order: %s (index, longest)", text);
}

static int take_max_tasks(struct options *options, const char *text, struct fault *fault)
{
    return parse_in_range("number of tasks per worker", text,
        (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &options->plan.max_tasks, fault);
}

static int take_repeats(struct options *options, const char *text, struct fault *fault)
{
    return parse_int("number of repeats", text, (const int64_t[]){1, REPEATS_MAX},
        &options->plan.repeats, fault);
}

static int take_seconds(struct options *options, const char *text, struct fault *fault)
{
    int64_t *seconds_ns = &options->plan.seconds_ns;
    if (number_parse_duration(text, seconds_ns) < 0 || *seconds_ns < NS_PER_MS ||
        *seconds_ns > 86400 * NS_PER_S)
        return fault_input(
            fault, "wrong duration: %s (1ms to 1d, such as 3s or 2m)", text);
    return 0;
}

static int take_retries(struct options *options, const char *text, struct fault *fault)
{
    return parse_int("number of retries", text, (const int64_t[]){0, RETRIES_MAX},
        &options->plan.retries, fault);
}

static int take_interval(struct options *options, const char *text, struct fault *fault)
{
    int64_t *interval_ns = &options->plan.interval_ns;
    if (number_parse_duration(text, interval_ns) < 0 ||
        *interval_ns < INTERVAL_MS_MIN * NS_PER_MS ||
        *interval_ns > INTERVAL_MS_MAX * NS_PER_MS)
        return fault_input(fault, "wrong interval: %s (10ms to 10s)", text);
    return 0;
}

static int take_seed(struct options *options, const char *text, struct fault *fault)
{
    int64_t seed = 0;
    int error =
        parse_in_range("seed", text, (const int64_t[]){0, INT64_MAX}, &seed, fault);
    if (error == 0)
        options->plan.seed = (uint64_t)seed;
    return error;
}

static int take_output(struct options *options, const char *text, struct fault *fault)
{
    const struct report_format *format;
    if (options->output_count == OPTIONS_OUTPUTS_MAX)
        return fault_input(
            fault, "too many output files: %s (%d at most)", text, OPTIONS_OUTPUTS_MAX);
    options->outputs[options->output_count++] = text;
    return report_find_format(text, &format, fault);
}

static int take_sysroot(struct options *options, const char *text, struct fault *fault)
{
    (void)fault;
    options->sysroot = text;
    return 0;
}

const struct option_entry option_entries[] = {
#define VALUE(name, letter, argument, help, commands, take)                              \
    {                                                                                    \
        name, letter, argument, help, commands, take, 0                                  \
    }
#define FLAG(name, letter, member, help, commands)                                       \
    {                                                                                    \
        name, letter, NULL, help, commands, NULL, offsetof(struct options, member)       \
    }
    VALUE("iterations", 'n', "N", "how many tasks (default: scaled to this machine)",
        LOOPS, take_iterations),
    VALUE("size", 's', "N", "the size of one task (parfor list)", LOOPS, take_size),
    VALUE("workers", 'j', "W", "how many workers: 4, 50%, +1, -1 (default: 100%)",
        OPTION_RUN | OPTION_MAP, take_workers),
    VALUE("workers", 'j', "LIST", "1-8; 1,2,4; 1-64x2 (default: 1, 2, 4 to 200%)",
        OPTION_SWEEP, take_workers),
    VALUE("schedule", 0, "KIND[,CHUNK]",
        "dynamic (default), static, cyclic, guided, pool", LOOPS, take_schedule),
    VALUE("order", 0, "ORDER", "index (default); longest: long tasks first", LOOPS,
        take_order),
    FLAG("fork-per-task", 0, plan.fork_per_task, "a new process for every task", LOOPS),
    VALUE("max-tasks", 0, "N", "a new process after every N tasks of a worker", LOOPS,
        take_max_tasks),
    FLAG("pin", 0, plan.pin, "each worker on a CPU of its own, cores first", LOOPS),
    VALUE("repeats", 'r', "R", "run each stage R times; 3 or more give an interval",
        LOOPS, take_repeats),
    VALUE("seconds", 0, "D", "as many tasks as take about D one after the other", LOOPS,
        take_seconds),
    VALUE("retries", 0, "N", "repeat a task whose worker was killed (default: 1)", LOOPS,
        take_retries),
    VALUE("seed", 0, "N", "seed of everything random (default: 1)", LOOPS, take_seed),
    VALUE("output", 'o', "FILE", "save the result; .json or .txt; may be repeated", LOOPS,
        take_output),
    FLAG("json", 0, json, "the result as JSON on standard output", LOOPS),
    FLAG("ask", 0, ask, "ask for a guess between the two stages", OPTION_RUN),
    VALUE("interval", 0, "D", "between two samples of the CPUs (default: 100ms)", SEEING,
        take_interval),
    FLAG("plain", 0, plain, "plain sentences, no screen (also PARFOR_PLAIN=1)", SEEING),
    FLAG("ascii", 0, ascii, "draw with plain letters only", SEEING),
    FLAG("no-color", 0, no_color, "without colours (also NO_COLOR=1)", SEEING),
    VALUE("sysroot", 0, "DIR", "a simulated machine: DIR/proc and DIR/sys", SEEING,
        take_sysroot),
    FLAG("quiet", 'q', quiet, "no screen, no progress lines; with --json, only JSON",
        LOOPS),
    FLAG("help", 'h', help, "this help", OPTION_ALL),
    FLAG("version", 'V', version, "the version", OPTION_ALL),
#undef VALUE
#undef FLAG
    {0},
};
