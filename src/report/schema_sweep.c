// SPDX-License-Identifier: MIT
#include "report/schema_table.h"

#define NUMBER RANGE(0, SCHEMA_TIME_MAX)

static const struct field point_fields[] = {
    FIELD("workers", INTEGER, result_point, workers, RANGE(1, PLAN_WORKERS_MAX)),
    FIELD("repeats", INTEGER, result_point, repeats, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("elapsed_ns", INTEGER, result_point, elapsed_ns, TIME, OPTIONAL),
    FIELD("speedup", REAL, result_point, speedup, NUMBER),
    INTERVAL("interval", result_point, interval_low, has_interval,
        FIELD_OPTIONAL | FIELD_NULLABLE),
    FIELD("efficiency", REAL, result_point, efficiency, NUMBER, OPTIONAL),
    FIELD("karp_flatt", REAL, result_point, karp_flatt,
        RANGE(-SCHEMA_TIME_MAX, SCHEMA_TIME_MAX), MAYBE_NULL_FOR(FIELD_MISSING_NAN)),
};

static bool workers_rise(const void *object, size_t index)
{
    const struct result_point *point = object;
    return index == 0 || point[0].workers > point[-1].workers;
}

static const struct schema point = SCHEMA(result_point, point_fields,
    .holds = workers_rise, .rule = "points by rising workers");

static const struct field amdahl_fields[] = {
    FIELD("serial", REAL, scaling_amdahl, serial.value, RANGE(0, 1)),
    INTERVAL("serial_interval", scaling_amdahl, serial.low, has, 0),
    FIELD("rate", REAL, scaling_amdahl, rate, NUMBER),
    FIELD("residual", REAL, scaling_amdahl, residual, NUMBER),
};
static const struct schema amdahl = SCHEMA(scaling_amdahl, amdahl_fields);

static const struct field usl_fields[] = {
    FIELD("contention", REAL, scaling_usl, contention.value, RANGE(0, 1)),
    INTERVAL("contention_interval", scaling_usl, contention.low, has, 0),
    FIELD("coherency", REAL, scaling_usl, coherency.value, NUMBER),
    INTERVAL("coherency_interval", scaling_usl, coherency.low, has, 0),
    FIELD("peak_workers", REAL, scaling_usl, peak_workers, NUMBER),
    FIELD("rate", REAL, scaling_usl, rate, NUMBER),
    FIELD("residual", REAL, scaling_usl, residual, NUMBER),
};
static const struct schema usl = SCHEMA(scaling_usl, usl_fields);

static const struct field advice_fields[] = {
    FIELD("workers", INTEGER, result_sweep, advice_workers, RANGE(1, PLAN_WORKERS_MAX),
        NULL_FOR(0)),
    FIELD("why", TEXT, result_sweep, advice),
};
static const struct schema advice = SCHEMA(result_sweep, advice_fields);

static const struct field sweep_fields[] = {
    FIELD("cut_short", BOOL, result_sweep, cut_short, OPTIONAL),
    FIELD("points", LIST, result_sweep, points, .schema = &point,
        COUNTED(result_sweep, point_count, PLAN_POINTS_MAX)),
    FIELD("amdahl", OBJECT, result_sweep, amdahl, .schema = &amdahl,
        .flags = FIELD_NULLABLE,
        .count_offset = offsetof(struct result_sweep, amdahl.has)),
    FIELD("usl", OBJECT, result_sweep, usl, .schema = &usl, .flags = FIELD_NULLABLE,
        .count_offset = offsetof(struct result_sweep, usl.has)),
    {.name = "advice", .kind = FIELD_OBJECT, .schema = &advice},
};
/* Without one there is no sweep to speak of. */
static bool has_point(const void *object, size_t index)
{
    const struct result_sweep *sweep = object;
    (void)index;
    return sweep->point_count > 0;
}

const struct schema schema_sweep = SCHEMA(result_sweep, sweep_fields, .is_long = true,
    .holds = has_point, .rule = "at least one point");
