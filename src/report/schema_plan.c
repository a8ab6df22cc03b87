// SPDX-License-Identifier: MIT
#include <assert.h>

#include "report/schema_table.h"

static_assert(sizeof(enum plan_command) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum plan_halt) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum plan_order) == sizeof(int), "words are kept as int");

enum { THREADS_MAX = 1 << 20, EXPECTED_MAX = 1 << 16 };

static bool is_sweep(const void *object)
{
    const struct plan *plan = object;
    return plan->command == PLAN_SWEEP;
}

static bool is_own_loop(const void *object)
{
    const struct plan *plan = object;
    return plan->tells;
}

static bool has_programs(const void *object)
{
    const struct plan *plan = object;
    return plan->command == PLAN_VERSUS || plan->command == PLAN_WATCH;
}

static bool is_check(const void *object)
{
    const struct plan *plan = object;
    return plan->command == PLAN_CHECK;
}

#define OF_CHECK .flags = FIELD_OPTIONAL, .applies = is_check
#define OF_PROGRAMS .flags = FIELD_OPTIONAL, .applies = has_programs
#define OWN .flags = FIELD_OPTIONAL, .applies = is_own_loop

static const struct field plan_fields[] = {
    FIELD("command", WORD, plan, command, .words = plan_command_names),
    FIELD("workload", TEXT, plan, workload),
    FIELD("tells", BOOL, plan, tells, OPTIONAL),
    FIELD("commands", BOOL, plan, commands, OWN),
    FIELD("loop", TEXT, plan, loop, OWN),
    FIELD("unit", TEXT, plan, unit, OWN),
    FIELD("timeout_ns", INTEGER, plan, timeout_ns, TIME, OWN),
    FIELD("timeout_percent", INTEGER, plan, timeout_percent, RANGE(0, INT32_MAX), OWN),
    FIELD("halt", WORD, plan, halt, .words = plan_halt_names, OWN),
    FIELD("halt_after", INTEGER, plan, halt_after, TASKS, OWN),
    FIELD("retries_asked", BOOL, plan, retries_asked, OWN),
    FIELD("sample", INTEGER, plan, sample, TASKS, OWN),
    FIELD("inner_threads", INTEGER, plan, inner_threads, RANGE(0, THREADS_MAX), OWN),
    FIELD("inner_auto", BOOL, plan, inner_auto, OWN),
    FIELD("max_args", INTEGER, plan, max_args, RANGE(0, INT32_MAX), OWN),
    FIELD("shell", BOOL, plan, shell, OWN),
    FIELD("colsep", TEXT, plan, separator, OWN),
    FIELD("log", TEXT, plan, log, .flags = FIELD_OPTIONAL | FIELD_NULLABLE,
        .applies = is_own_loop),
    FIELD("title", TEXT, plan, title, OPTIONAL),
    FIELD("task", TEXT, plan, task, OPTIONAL),
    FIELD("size", INTEGER, plan, size, RANGE(0, INT64_MAX)),
    FIELD("iterations", INTEGER, plan, iterations, TASKS),
    FIELD("seconds_ns", INTEGER, plan, seconds_ns, TIME, OPTIONAL),
    FIELD("size_reduced", BOOL, plan, size_reduced, OPTIONAL),
    FIELD("workers", INTEGER, plan, workers, WORKERS),
    FIELD("host_cpus", REAL, plan, host_cpus, CPUS, OPTIONAL),
    FIELD("schedule", TEXT, plan, schedule),
    FIELD("chunk", INTEGER, plan, chunk, TASKS),
    FIELD("chunk_asked", BOOL, plan, chunk_asked, OPTIONAL),
    FIELD("chunk_grows", BOOL, plan, chunk_grows, OPTIONAL),
    FIELD("chunk_rule", TEXT, plan, chunk_rule),
    FIELD("handout_price_ns", INTEGER, plan, handout_price_ns, TIME, OPTIONAL),
    FIELD("grain", INTEGER, plan, grain, TASKS, OPTIONAL),
    FIELD("order", WORD, plan, order, .words = plan_order_names, OPTIONAL),
    FIELD("fork_per_task", BOOL, plan, fork_per_task, OPTIONAL),
    FIELD("max_tasks", INTEGER, plan, max_tasks, TASKS, OPTIONAL),
    FIELD("pin", BOOL, plan, pin, OPTIONAL),
    FIELD("points", INTEGERS, plan, points, RANGE(1, PLAN_WORKERS_MAX), OPTIONAL,
        COUNTED(plan, point_count, PLAN_POINTS_MAX), .applies = is_sweep),
    FIELD("points_asked", BOOL, plan, points_asked, OPTIONAL, .applies = is_sweep),
    {.name = "programs",
        .kind = FIELD_ROWS,
        .offset = offsetof(struct plan, programs),
        .size = PLAN_PROGRAM_SIZE,
        COUNTED(plan, program_count, PLAN_PROGRAMS_MAX),
        OF_PROGRAMS},
    FIELD("warmups", INTEGER, plan, warmups, RANGE(0, INT32_MAX), OF_PROGRAMS),
    FIELD("prepare", TEXT, plan, prepare, OF_PROGRAMS),
    FIELD("lasts_ns", INTEGER, plan, lasts_ns, TIME, OF_CHECK),
    FIELD("only_inventory", BOOL, plan, only_inventory, OF_CHECK),
    FIELD("strict", BOOL, plan, strict, OF_CHECK),
    FIELD("expected_cpus", REAL, plan, expected_cpus, RANGE(0, EXPECTED_MAX), OF_CHECK),
    FIELD("nice", INTEGER, plan, nice, RANGE(-20, 19), OF_CHECK),
    FIELD("repeats", INTEGER, plan, repeats, RANGE(0, INT32_MAX)),
    FIELD("retries", INTEGER, plan, retries, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("interval_ns", INTEGER, plan, interval_ns, TIME, OPTIONAL),
    FIELD("seed", INTEGER, plan, seed, ANY, OPTIONAL),
};
const struct schema schema_plan = SCHEMA(plan, plan_fields, .is_long = true);
