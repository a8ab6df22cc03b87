// SPDX-License-Identifier: MIT
#include "report/schema.h"

#include <assert.h>

#include "report/date.h"
#include "report/schema_table.h"

static const char *const schema_names[] = {SCHEMA_NAME "1", NULL};
static_assert(SCHEMA_VERSION == 1, "schema_names says so");
static const char *const program_names[] = {"parfor", NULL};

static const struct field program_fields[] = {
    {.name = "name", .kind = FIELD_CONSTANT, .words = program_names},
    FIELD("version", TEXT, result, program_version),
};
static const struct schema program = SCHEMA(result, program_fields);

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
    FIELD("doubtful", BOOL, result_comparison, doubtful, OPTIONAL),
    FIELD("sentence", TEXT, result_comparison, sentence),
};
static const struct schema comparison =
    SCHEMA(result_comparison, comparison_fields, .is_long = true);

static bool has_programs(const void *object)
{
    const struct result *result = object;
    return result->plan.command == PLAN_VERSUS || result->plan.command == PLAN_WATCH;
}

static bool is_check(const void *object)
{
    const struct result *result = object;
    return result->plan.command == PLAN_CHECK;
}

static bool has_date(const void *object)
{
    const struct result *result = object;
    return date_is_known(result->started_s);
}

static const struct field result_fields[] = {
    {.name = "schema", .kind = FIELD_CONSTANT, .words = schema_names},
    {.name = "program", .kind = FIELD_OBJECT, .schema = &program},
    FIELD("started", DATE, result, started_s, OPTIONAL, .is_known = has_date),
    FIELD("machine", OBJECT, result, machine, .schema = &schema_machine),
    FIELD("plan", OBJECT, result, plan, .schema = &schema_plan),
    FIELD("before", INTEGER, result, before, TASKS, OPTIONAL),
    FIELD("nothing_to_do", BOOL, result, nothing_to_do, OPTIONAL),
    FIELD("idle_w", REAL, result, idle_w, RANGE(0, SCHEMA_TIME_MAX),
        MAYBE_NULL_FOR(FIELD_MISSING_NAN)),
    FIELD("stages", LIST, result, stages, .schema = &schema_stage,
        COUNTED(result, stage_count, RESULT_STAGES_MAX)),
    FIELD("comparison", OBJECT, result, comparison, .schema = &comparison,
        .flags = FIELD_NULLABLE, .count_offset = offsetof(struct result, comparison.has)),
    FIELD("sweep", OBJECT, result, sweep, .schema = &schema_sweep,
        .flags = FIELD_NULLABLE, .count_offset = offsetof(struct result, sweep.has)),
    FIELD("programs", OBJECT, result, programs, .schema = &schema_programs, OPTIONAL,
        .applies = has_programs),
    FIELD("check", OBJECT, result, check, .schema = &schema_check,
        .flags = FIELD_OPTIONAL | FIELD_NULLABLE, .applies = is_check,
        .count_offset = offsetof(struct result, check.has)),
    FIELD("remarks", TEXTS, result, remarks, COUNTED(result, remark_count, 1000)),
};
const struct schema schema_result = SCHEMA(result, result_fields, .is_long = true);
