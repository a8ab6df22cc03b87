// SPDX-License-Identifier: MIT
#include "report/schema.h"

#include <assert.h>

#include "report/schema_table.h"

static const char *const schema_names[] = {SCHEMA_NAME "1", NULL};
static_assert(SCHEMA_VERSION == 1, "schema_names says so");
static_assert(sizeof(enum plan_command) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum plan_order) == sizeof(int), "words are kept as int");
static const char *const program_names[] = {"parfor", NULL};

static const struct field program_fields[] = {
    {.name = "name", .kind = FIELD_CONSTANT, .words = program_names},
    FIELD("version", TEXT, result, program_version),
};
static const struct schema program = SCHEMA(result, program_fields);

static bool is_sweep(const void *object)
{
    const struct plan *plan = object;
    return plan->command == PLAN_SWEEP;
}

static const struct field plan_fields[] = {
    FIELD("command", WORD, plan, command, .words = plan_command_names),
    FIELD("workload", TEXT, plan, workload),
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
    FIELD("repeats", INTEGER, plan, repeats, RANGE(0, INT32_MAX)),
    FIELD("retries", INTEGER, plan, retries, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("interval_ns", INTEGER, plan, interval_ns, TIME, OPTIONAL),
    FIELD("seed", INTEGER, plan, seed, ANY, OPTIONAL),
};
static const struct schema plan = SCHEMA(plan, plan_fields, .is_long = true);

static const struct field comparison_fields[] = {
    FIELD("pairs", INTEGER, result_comparison, pairs, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("sequential_ns", INTEGER, result_comparison, sequential_ns, TIME, OPTIONAL),
    FIELD("parallel_ns", INTEGER, result_comparison, parallel_ns, TIME, OPTIONAL),
    FIELD("speedup", REAL, result_comparison, speedup, RANGE(0, SCHEMA_TIME_MAX)),
    FIELD("bound", REAL, result_comparison, bound, RANGE(0, SCHEMA_TIME_MAX)),
    FIELD("efficiency", REAL, result_comparison, efficiency, RANGE(0, SCHEMA_TIME_MAX)),
    FIELD("karp_flatt", REAL, result_comparison, karp_flatt,
        RANGE(-SCHEMA_TIME_MAX, SCHEMA_TIME_MAX), NULL_FOR(FIELD_MISSING_NAN)),
    INTERVAL("interval", result_comparison, interval_low, has_interval, FIELD_NULLABLE),
    FIELD("sentence", TEXT, result_comparison, sentence),
};
static const struct schema comparison =
    SCHEMA(result_comparison, comparison_fields, .is_long = true);

static const struct field result_fields[] = {
    {.name = "schema", .kind = FIELD_CONSTANT, .words = schema_names},
    {.name = "program", .kind = FIELD_OBJECT, .schema = &program},
    FIELD("machine", OBJECT, result, machine, .schema = &schema_machine),
    FIELD("plan", OBJECT, result, plan, .schema = &plan),
    FIELD("stages", LIST, result, stages, .schema = &schema_stage,
        COUNTED(result, stage_count, RESULT_STAGES_MAX)),
    FIELD("comparison", OBJECT, result, comparison, .schema = &comparison,
        .flags = FIELD_NULLABLE, .count_offset = offsetof(struct result, comparison.has)),
    FIELD("sweep", OBJECT, result, sweep, .schema = &schema_sweep,
        .flags = FIELD_NULLABLE, .count_offset = offsetof(struct result, sweep.has)),
    FIELD("remarks", TEXTS, result, remarks, COUNTED(result, remark_count, 1000)),
};
const struct schema schema_result = SCHEMA(result, result_fields, .is_long = true);
