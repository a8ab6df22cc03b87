// SPDX-License-Identifier: MIT
#include <assert.h>

#include "report/schema_table.h"

static_assert(sizeof(enum check_verdict) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum inventory_group) == sizeof(int), "words are kept as int");

enum { LIST_MAX = 1000, MHZ_MAX = 1000000, DEGREES_MAX = 1000, ERRNO_MAX = 4095 };

/* So that times of rounds, and sums of counters, are no more than an int64_t holds. */
#define UNIT_NS_MAX INT64_C(60000000000)
#define UNITS_MAX INT64_C(100000000) /* of 1 ns each in a round of the longest kind */
#define SLOWDOWNS_MAX SCHEMA_TIME_MAX

#define NUMBER RANGE(0, SCHEMA_TIME_MAX)
#define SHARE RANGE(0, 1)
#define COUNT RANGE(0, INT64_MAX)

/* A CPU of the machine, or none in particular: null in a file, where -1 is read, too. */
#define SOME_CPU                                                                         \
    RANGE(-1, SCHEMA_CPUS_MAX - 1),                                                      \
        .missing = -1, .flags = FIELD_OPTIONAL | FIELD_NULLABLE | FIELD_KNOWN_CPU

static const struct field line_fields[] = {
    FIELD("group", WORD, inventory_line, group, .words = inventory_group_names),
    FIELD("topic", TEXT, inventory_line, topic),
    FIELD("visible", BOOL, inventory_line, visible),
    FIELD("value", TEXT, inventory_line, value),
    FIELD("where", TEXT, inventory_line, where, OPTIONAL),
    FIELD("concern", TEXT, inventory_line, concern, OPTIONAL),
    FIELD("next", TEXT, inventory_line, next, OPTIONAL),
};
static const struct schema line = SCHEMA(inventory_line, line_fields);

static const struct field count_fields[] = {
    FIELD("source", TEXT, inventory_count, source),
    FIELD("cpus", REAL, inventory_count, cpus, RANGE(0, INT32_MAX)),
    FIELD("where", TEXT, inventory_count, where, OPTIONAL),
    FIELD("limits", BOOL, inventory_count, limits, OPTIONAL),
    FIELD("smallest", BOOL, inventory_count, smallest, OPTIONAL),
};
static const struct schema count = SCHEMA(inventory_count, count_fields);

static const struct field inventory_fields[] = {
    FIELD("took_ns", INTEGER, inventory, took_ns, TIME, OPTIONAL),
    FIELD("lines", LIST, inventory, lines, .schema = &line, OPTIONAL,
        COUNTED(inventory, line_count, LIST_MAX)),
    FIELD("counts", LIST, inventory, counts, .schema = &count, OPTIONAL,
        COUNTED(inventory, count_count, LIST_MAX)),
};
static const struct schema inventory =
    SCHEMA(inventory, inventory_fields, .is_long = true);

static const struct field quiet_fields[] = {
    FIELD("looked_ns", INTEGER, check_quiet, looked_ns, TIME),
    FIELD("busy", REAL, check_quiet, busy, SHARE),
    FIELD("steal", REAL, check_quiet, steal, SHARE),
    FIELD("busy_most", REAL, check_quiet, busy_most, SHARE, OPTIONAL),
    FIELD("busiest_cpu", INTEGER, check_quiet, busiest_cpu, SOME_CPU),
    FIELD("pid", INTEGER, check_quiet, pid, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("process", TEXT, check_quiet, process, OPTIONAL),
    FIELD("process_cpus", REAL, check_quiet, process_cpus, CPUS, OPTIONAL),
    FIELD("quiet", BOOL, check_quiet, quiet),
};
static const struct schema quiet = SCHEMA(check_quiet, quiet_fields);

/* A part in which a CPU was not is {"rounds": 0}. */
static bool has_rounds(const void *object)
{
    const struct check_times *times = object;
    return times->rounds > 0;
}

#define OF_ROUNDS .flags = FIELD_OPTIONAL, .applies = has_rounds
static const struct field times_fields[] = {
    FIELD("rounds", INTEGER, check_times, rounds, TASKS),
    FIELD("median_ns", INTEGER, check_times, median_ns, TIME, OF_ROUNDS),
    FIELD("min_ns", INTEGER, check_times, min_ns, TIME, OF_ROUNDS),
    FIELD("elapsed_ns", INTEGER, check_times, elapsed_ns, TIME, OF_ROUNDS),
    FIELD("waited", REAL, check_times, waited, SHARE, OF_ROUNDS),
    FIELD("slowness", REAL, check_times, slowness, NUMBER, OF_ROUNDS),
};
static const struct schema times = SCHEMA(check_times, times_fields);

static const struct field cpu_fields[] = {
    FIELD("cpu", INTEGER, check_cpu, id, CPU, .flags = FIELD_KNOWN_CPU),
    FIELD("alone", OBJECT, check_cpu, alone, .schema = &times, OPTIONAL),
    FIELD("again", OBJECT, check_cpu, again, .schema = &times, OPTIONAL),
    FIELD("cores", OBJECT, check_cpu, cores, .schema = &times, OPTIONAL),
    FIELD("together", OBJECT, check_cpu, together, .schema = &times, OPTIONAL),
    FIELD("ratio", REAL, check_cpu, ratio, NUMBER, OPTIONAL),
    FIELD("drift", REAL, check_cpu, drift, NUMBER, OPTIONAL),
    FIELD("tasks", INTEGER, check_cpu, tasks, TASKS, OPTIONAL),
    FIELD("wrong", INTEGER, check_cpu, wrong, TASKS, OPTIONAL),
    FIELD("wrong_answer", DIGEST, check_cpu, wrong_answer, OPTIONAL),
    FIELD("again_tasks", INTEGER, check_cpu, again_tasks, TASKS, OPTIONAL),
    FIELD("again_wrong", INTEGER, check_cpu, again_wrong, TASKS, OPTIONAL),
    FIELD("neighbour", INTEGER, check_cpu, neighbour, SOME_CPU),
    FIELD("neighbour_wrong", INTEGER, check_cpu, neighbour_wrong, TASKS, OPTIONAL),
    FIELD("refused", INTEGER, check_cpu, refused, RANGE(0, ERRNO_MAX), OPTIONAL),
    FIELD("died_of", SIGNAL, check_cpu, died_of, MAYBE_NULL_FOR(0)),
    FIELD("slow", BOOL, check_cpu, slow, OPTIONAL),
};

static bool ids_rise(const void *object, size_t index)
{
    const struct check_cpu *cpu = object;
    return index == 0 || cpu[0].id > cpu[-1].id;
}

static const struct schema cpu =
    SCHEMA(check_cpu, cpu_fields, .holds = ids_rise, .rule = "CPUs by rising number");

static const struct field group_fields[] = {
    FIELD("folder", TEXT, throttle_group, folder),
    FIELD("quota_cpus", REAL, throttle_group, quota_cpus, RANGE(0, INT32_MAX), OPTIONAL),
    FIELD("periods", INTEGER, throttle_group, periods, COUNT),
    FIELD("throttled", INTEGER, throttle_group, throttled, COUNT),
    FIELD("throttled_ns", INTEGER, throttle_group, throttled_ns, COUNT, OPTIONAL),
};
static const struct schema group = SCHEMA(throttle_group, group_fields);

static const struct field throttle_fields[] = {
    FIELD("groups", LIST, throttle, groups, .schema = &group, OPTIONAL,
        COUNTED(throttle, group_count, LIST_MAX)),
    FIELD("thermal_visible", BOOL, throttle, thermal_visible, OPTIONAL),
    FIELD("thermal_core", INTEGER, throttle, thermal_core, RANGE(0, SLOWDOWNS_MAX),
        OPTIONAL),
    FIELD("thermal_package", INTEGER, throttle, thermal_package, RANGE(0, SLOWDOWNS_MAX),
        OPTIONAL),
};
static const struct schema throttle = SCHEMA(throttle, throttle_fields, .is_long = true);

#define MHZ RANGE(0, MHZ_MAX), OPTIONAL
static const struct field sensed_fields[] = {
    FIELD("mhz_low", INTEGER, check_sensed, mhz_low, MHZ),
    FIELD("mhz_median", INTEGER, check_sensed, mhz_median, MHZ),
    FIELD("mhz_high", INTEGER, check_sensed, mhz_high, MHZ),
    FIELD("celsius", REAL, check_sensed, celsius, RANGE(-DEGREES_MAX, DEGREES_MAX),
        MAYBE_NULL_FOR(FIELD_MISSING_NAN)),
};
static const struct schema sensed = SCHEMA(check_sensed, sensed_fields);

static const struct field finding_fields[] = {
    FIELD("level", WORD, check_finding, level, .words = check_verdict_names),
    FIELD("topic", TEXT, check_finding, topic),
    FIELD("cpu", INTEGER, check_finding, cpu, SOME_CPU),
    FIELD("text", TEXT, check_finding, text),
    FIELD("where", TEXT, check_finding, where, OPTIONAL),
    FIELD("next", TEXT, check_finding, next, OPTIONAL),
};

static bool is_found(const void *object, size_t index)
{
    const struct check_finding *finding = object;
    (void)index;
    return finding->level != CHECK_PASS;
}

static const struct schema finding = SCHEMA(check_finding, finding_fields,
    .holds = is_found, .rule = "a finding that is not PASS");

/* Several for each CPU, at most. */
enum { FINDINGS_MAX = 4 * SCHEMA_CPUS_MAX };

#define RATIO(MEMBER) FIELD(#MEMBER, REAL, result_check, MEMBER, NUMBER, OPTIONAL)
#define SENSED(MEMBER) FIELD(#MEMBER, OBJECT, result_check, MEMBER, .schema = &sensed)
static const struct field check_fields[] = {
    FIELD("host", TEXT, result_check, host),
    FIELD("verdict", WORD, result_check, verdict, .words = check_verdict_names),
    FIELD("sentence", TEXT, result_check, sentence),
    FIELD("measured", BOOL, result_check, measured),
    FIELD("complete", BOOL, result_check, complete),
    FIELD("bare_metal", BOOL, result_check, bare_metal),
    FIELD("expected_ns", INTEGER, result_check, expected_ns, TIME, OPTIONAL),
    FIELD("elapsed_ns", INTEGER, result_check, elapsed_ns, TIME),
    FIELD("suspended_ns", INTEGER, result_check, suspended_ns, TIME, OPTIONAL),
    FIELD("unit_ns", INTEGER, result_check, unit_ns, RANGE(0, UNIT_NS_MAX), OPTIONAL),
    FIELD("units", INTEGER, result_check, units, RANGE(0, UNITS_MAX), OPTIONAL),
    FIELD("findings", LIST, result_check, findings, .schema = &finding,
        COUNTED(result_check, finding_count, FINDINGS_MAX)),
    FIELD("inventory", OBJECT, result_check, inventory, .schema = &inventory),
    FIELD("quiet", OBJECT, result_check, quiet, .schema = &quiet),
    FIELD("cpus", LIST, result_check, cpus, .schema = &cpu,
        COUNTED(result_check, cpu_count, SCHEMA_CPUS_MAX)),
    FIELD("tasks", INTEGER, result_check, tasks, TASKS),
    FIELD("wrong", INTEGER, result_check, wrong, TASKS),
    RATIO(together),
    RATIO(ratio_low),
    RATIO(ratio_median),
    RATIO(ratio_high),
    FIELD("smt_cores", INTEGER, result_check, smt_cores, CPUS, OPTIONAL),
    RATIO(smt_gain),
    RATIO(smt_low),
    RATIO(smt_high),
    RATIO(drift),
    FIELD("throttle", OBJECT, result_check, throttle, .schema = &throttle),
    SENSED(idle),
    SENSED(alone),
    SENSED(loaded),
};
const struct schema schema_check = SCHEMA(result_check, check_fields, .is_long = true);
