// SPDX-License-Identifier: MIT
#include "experiment/plan.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "workload/template.h"
#include "workload/workload.h"

enum { SWEEP_REPEATS = 3 }; /* the fewest that give an interval */

const char *const plan_command_names[] = {
    [PLAN_RUN] = "run",
    [PLAN_MAP] = "map",
    [PLAN_SWEEP] = "sweep",
    [PLAN_WATCH] = "watch",
    [PLAN_VERSUS] = "versus",
    [PLAN_CHECK] = "check",
    [PLAN_COMMANDS] = NULL,
};

const char *const plan_order_names[] = {
    [PLAN_ORDER_INDEX] = "index",
    [PLAN_ORDER_LONGEST] = "longest",
    [PLAN_ORDERS] = NULL,
};

const char *const plan_halt_names[] = {
    [PLAN_HALT_NEVER] = "never",
    [PLAN_HALT_SOON] = "soon",
    [PLAN_HALT_NOW] = "now",
    [PLAN_HALTS] = NULL,
};

void plan_init(struct plan *plan, enum plan_command command, const char *workload)
{
    *plan = (struct plan){.command = command,
        .repeats = command == PLAN_SWEEP ? SWEEP_REPEATS : 1,
        .retries = 1,
        .interval_ns = 100 * NS_PER_MS,
        .seed = 1,
        .max_args = 1,
        .halt_after = 1,
        .nice = command == PLAN_CHECK ? PLAN_CHECK_NICE : 0,
        .ending = {.step_count = 2, .steps = {{SIGTERM, NS_PER_S}, {SIGKILL, 0}}}};
    text_copy(sizeof plan->workload, plan->workload, workload);
    text_copy(sizeof plan->schedule, plan->schedule, "dynamic");
}

static bool is_usual_size(const struct plan *plan)
{
    const struct workload_ops *ops;
    struct fault fault;
    return plan->size == 0 || (workload_find(plan->workload, &ops, &fault) == 0 &&
                                  plan->size == ops->size_default);
}

static bool is_same_ending(const struct plan_ending *one, const struct plan_ending *other)
{
    if (one->step_count != other->step_count)
        return false;
    for (int i = 0; i < one->step_count; i++)
        if (one->steps[i].signal != other->steps[i].signal ||
            one->steps[i].pause_ns != other->steps[i].pause_ns)
            return false;
    return true;
}

static bool is_usual_workers(const struct plan *plan)
{
    double usable = fmin(ceil(plan->host_cpus), PLAN_WORKERS_MAX);
    if (plan->iterations > 0)
        usable = fmin(usable, (double)plan->iterations);
    return plan->workers == 0 || plan->workers == (int)usable;
}

static void append_workers(const struct plan *plan, size_t size, char text[])
{
    for (size_t i = 0; i < plan->point_count && plan->points_asked; i++)
        text_append(size, text, "%s%d", i == 0 ? " -j " : ",", plan->points[i]);
    if (plan->command != PLAN_SWEEP && !is_usual_workers(plan))
        text_append(size, text, " -j %d", plan->workers);
}

static void append_schedule(const struct plan *plan, size_t size, char text[])
{
    struct plan usual;
    plan_init(&usual, plan->command, plan->workload);
    if (!plan->chunk_asked && strcmp(plan->schedule, usual.schedule) == 0)
        return;
    text_append(size, text, " --schedule %s", plan->schedule);
    if (plan->chunk_asked)
        text_append(size, text, ",%" PRId64, plan->chunk);
}

static void append_pool(const struct plan *plan, size_t size, char text[])
{
    if (plan->order != PLAN_ORDER_INDEX)
        text_append(size, text, " --order %s", plan_order_names[plan->order]);
    if (plan->fork_per_task)
        text_append(size, text, " --fork-per-task");
    if (plan->max_tasks > 0)
        text_append(size, text, " --max-tasks %" PRId64, plan->max_tasks);
    if (plan->pin)
        text_append(size, text, " --pin");
}

static void append_ending(const struct plan *plan, size_t size, char text[])
{
    char name[32];
    text_append(size, text, " --term-seq ");
    for (int i = 0; i < plan->ending.step_count; i++) {
        const struct plan_ending_step *step = &plan->ending.steps[i];
        signals_name(step->signal, sizeof name, name);
        text_append(size, text, "%s%s", i > 0 ? "," : "",
            strncmp(name, "SIG", 3) == 0 ? name + 3 : name);
        if (i + 1 < plan->ending.step_count)
            text_append(size, text, ",%.9gms", (double)step->pause_ns / NS_PER_MS);
    }
}

/* What is for loops of the user's own alone. */
static void append_own(const struct plan *plan, size_t size, char text[])
{
    struct plan usual;
    char word[TEMPLATE_QUOTED(sizeof plan->separator)];
    plan_init(&usual, plan->command, plan->workload);
    if (plan->timeout_ns > 0)
        text_append(size, text, " --timeout %.9gs", (double)plan->timeout_ns / NS_PER_S);
    else if (plan->timeout_percent > 0)
        text_append(size, text, " --timeout %d%%", plan->timeout_percent);
    if (plan->halt != PLAN_HALT_NEVER)
        text_append(size, text, " --halt %s,%" PRId64, plan_halt_names[plan->halt],
            plan->halt_after);
    if (plan->sample > 0)
        text_append(size, text, " --sample %" PRId64, plan->sample);
    if (plan->shell)
        text_append(size, text, " --shell");
    if (plan->separator[0]) {
        template_quote(plan->separator, sizeof word, word);
        text_append(size, text, " --colsep %s", word);
    }
    if (plan->max_args > 1)
        text_append(size, text, " --max-args %" PRId64, plan->max_args);
    if (plan->commands && !plan->inner_auto && plan->inner_threads > 0)
        text_append(size, text, " --inner-threads %d", plan->inner_threads);
    if (plan->ending.step_count > 0 && !is_same_ending(&plan->ending, &usual.ending))
        append_ending(plan, size, text);
}

static void append_measuring(const struct plan *plan, size_t size, char text[])
{
    struct plan usual;
    plan_init(&usual, plan->command, plan->workload);
    if (plan->repeats != usual.repeats)
        text_append(size, text, " -r %d", plan->repeats);
    if (plan->iterations == 0 && plan->seconds_ns > 0)
        text_append(size, text, " --seconds %.9gs", (double)plan->seconds_ns / NS_PER_S);
    if (plan->retries != usual.retries || plan->retries_asked)
        text_append(size, text, " --retries %d", plan->retries);
    if (plan->interval_ns != usual.interval_ns)
        text_append(
            size, text, " --interval %.9gms", (double)plan->interval_ns / NS_PER_MS);
    if (plan->seed != usual.seed)
        text_append(size, text, " --seed %" PRIu64, plan->seed);
}

/* What is watched follows "--" as it is; each of several is one word. */
static void append_programs(const struct plan *plan, size_t size, char text[])
{
    char word[TEMPLATE_QUOTED(PLAN_PROGRAM_SIZE)];
    if (plan->repeats != 1 && plan->command == PLAN_VERSUS)
        text_append(size, text, " -r %d", plan->repeats);
    if (plan->warmups > 0)
        text_append(size, text, " --warmup %d", plan->warmups);
    if (plan->prepare[0]) {
        template_quote(plan->prepare, sizeof word, word);
        text_append(size, text, " --prepare %s", word);
    }
    if (plan->command == PLAN_WATCH)
        text_append(size, text, " -- %s", plan->programs[0]);
    for (size_t i = 0; i < plan->program_count && plan->command != PLAN_WATCH; i++) {
        template_quote(plan->programs[i], sizeof word, word);
        text_append(size, text, " %s", word);
    }
}

static void append_check(const struct plan *plan, size_t size, char text[])
{
    if (plan->only_inventory)
        text_append(size, text, " --inventory");
    else if (plan->lasts_ns == PLAN_CHECK_QUICK_NS)
        text_append(size, text, " --quick");
    else if (plan->lasts_ns != PLAN_CHECK_NS)
        text_append(size, text, " --long %.9gs", (double)plan->lasts_ns / NS_PER_S);
    if (plan->expected_cpus > 0)
        text_append(size, text, " --expect %.9g", plan->expected_cpus);
    if (plan->nice != PLAN_CHECK_NICE)
        text_append(size, text, " --nice %d", plan->nice);
    if (plan->strict)
        text_append(size, text, " --strict");
}

/* Behind the command, for what follows it may take all words. */
static void append_sysroot(const struct plan *plan, size_t size, char text[])
{
    char word[TEMPLATE_QUOTED(PATH_MAX)];
    if (!plan->sysroot)
        return;
    template_quote(plan->sysroot, sizeof word, word);
    text_append(size, text, " --sysroot %s", word);
}

void plan_command_line(const struct plan *plan, size_t size, char text[])
{
    const char *loop = plan->tells ? plan->loop : plan->workload;
    snprintf(text, size, "parfor %s", plan_command_names[plan->command]);
    append_sysroot(plan, size, text);
    if (plan->command == PLAN_CHECK) {
        append_check(plan, size, text);
        return;
    }
    if (plan->program_count > 0) {
        append_programs(plan, size, text);
        return;
    }
    if (loop[0] != '\0' && !plan->commands)
        text_append(size, text, " %s", loop);
    if (plan->iterations > 0 && !plan->commands)
        text_append(size, text, " -n %" PRId64, plan->iterations);
    if (!is_usual_size(plan))
        text_append(size, text, " -s %" PRId64, plan->size);
    append_workers(plan, size, text);
    append_schedule(plan, size, text);
    append_pool(plan, size, text);
    append_own(plan, size, text);
    append_measuring(plan, size, text);
    if (plan->commands) /* it takes all words that follow */
        text_append(size, text, " %s", loop);
}

static int wrong_workers(const char *text, struct fault *fault)
{
    return fault_input(fault,
        "wrong number of workers: %s (1 to %d, or of the usable CPUs 50%%, 100%%, +1, "
        "-1)",
        text, PLAN_WORKERS_MAX);
}

int plan_parse_workers(
    const char *text, double usable_cpus, int *ret_workers, struct fault *fault)
{
    char number[32];
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    if (length - percent >= sizeof number)
        return wrong_workers(text, fault);
    text_copy(length - percent + 1, number, text);
    int64_t value, most = 100 * PLAN_WORKERS_MAX;
    if (number_parse(number, &value) < 0 || value < -most || value > most)
        return wrong_workers(text, fault);
    bool relative = text[0] == '+' || text[0] == '-';
    if ((percent && (relative || value == 0)) || (!percent && !relative && value == 0))
        return wrong_workers(text, fault);
    int cpus = (int)ceil(usable_cpus);
    double workers = (double)value;
    if (percent)
        workers = fmax(1, round(usable_cpus * (double)value / 100));
    else if (relative)
        workers = fmax(1, cpus + (double)value);
    if (workers > PLAN_WORKERS_MAX)
        return wrong_workers(text, fault);
    *ret_workers = (int)workers;
    return 0;
}

static int wrong_points(const char *text, struct fault *fault)
{
    return fault_input(fault,
        "wrong list of workers: %.60s (like 1-8, 1,2,4 or 1-64x2: from 1 to %d, at most "
        "%d of them)",
        *text ? text : "nothing", PLAN_WORKERS_MAX, PLAN_POINTS_MAX);
}

static int add_point(struct plan *plan, int workers)
{
    size_t place = 0;
    while (place < plan->point_count && plan->points[place] < workers)
        place++;
    if (place < plan->point_count && plan->points[place] == workers)
        return 0;
    if (plan->point_count == PLAN_POINTS_MAX)
        return -EINVAL;
    memmove(plan->points + place + 1, plan->points + place,
        (plan->point_count++ - place) * sizeof *plan->points);
    plan->points[place] = workers;
    return 0;
}

/* Splits `1-64x2` in place: its first, its last, and its factor (0: steps of one). */
static int parse_range(
    char *item, double usable_cpus, int *ret_first, int *ret_last, int64_t *ret_factor)
{
    struct fault fault;
    int64_t factor = 0;
    char *dash = strchr(item + 1, '-'), *times = dash ? strchr(dash, 'x') : NULL;
    if (times)
        *times = '\0';
    if (times &&
        (number_parse(times + 1, &factor) < 0 || factor < 2 || factor > PLAN_WORKERS_MAX))
        return -EINVAL;
    if (dash)
        *dash = '\0';
    int first, last, error = plan_parse_workers(item, usable_cpus, &first, &fault);
    last = error == 0 ? first : 0;
    if (error == 0 && dash)
        error = plan_parse_workers(dash + 1, usable_cpus, &last, &fault);
    if (error < 0 || last < first)
        return -EINVAL;
    *ret_first = first;
    *ret_last = last;
    *ret_factor = factor;
    return 0;
}

static int add_range(struct plan *plan, char *item, double usable_cpus)
{
    int first = 0, last = 0;
    int64_t factor = 0;
    int error = *item ? parse_range(item, usable_cpus, &first, &last, &factor) : -EINVAL;
    for (int64_t workers = first; error == 0 && workers <= last;
         workers = factor > 0 ? workers * factor : workers + 1)
        error = add_point(plan, (int)workers);
    return error;
}

int plan_parse_points(
    const char *text, double usable_cpus, struct plan *plan, struct fault *fault)
{
    struct plan points = {.point_count = 0};
    char list[512];
    if (strlen(text) >= sizeof list)
        return wrong_points(text, fault);
    text_copy(sizeof list, list, text);
    int error = add_point(&points, 1);
    for (char *item = list, *next; item && error == 0; item = next) {
        next = strchr(item, ',');
        if (next)
            *next++ = '\0';
        error = add_range(&points, item, usable_cpus);
    }
    if (error < 0)
        return wrong_points(text, fault);
    plan->point_count = points.point_count;
    memcpy(plan->points, points.points, sizeof plan->points);
    plan->points_asked = true;
    return 0;
}

int plan_schedule(const struct plan *plan, const struct schedule_ops **ret_schedule,
    struct fault *fault)
{
    const struct schedule_ops *schedule;
    int error = schedule_find(plan->schedule, &schedule, fault);
    if (error < 0)
        return error;
    *ret_schedule =
        plan->chunk_asked && schedule->with_chunk ? schedule->with_chunk : schedule;
    return 0;
}

void plan_default_points(struct plan *plan)
{
    int most = (int)fmin(2 * ceil(plan->host_cpus), PLAN_WORKERS_MAX);
    plan->point_count = 0;
    for (int workers = 1; workers < most; workers *= 2)
        add_point(plan, workers);
    add_point(plan, most);
}
