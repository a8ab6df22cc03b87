// SPDX-License-Identifier: MIT
#include "report/schema_table.h"

static const struct field program_fields[] = {
    FIELD("program", TEXT, result_program, text),
    FIELD("repeats", INTEGER, result_program, repeats, RANGE(0, INT32_MAX)),
    FIELD("elapsed_ns", INTEGER, result_program, elapsed_ns, TIME),
    FIELD("cpu_ns", INTEGER, result_program, cpu_ns, RANGE(0, 4 * SCHEMA_TIME_MAX)),
    FIELD("busy_cpus", REAL, result_program, busy_cpus, CPUS, MAYBE_NULL_FOR(-1)),
    FIELD("max_rss_bytes", INTEGER, result_program, max_rss_bytes, RANGE(0, INT64_MAX)),
    FIELD("processes", INTEGER, result_program, processes, RANGE(0, INT32_MAX)),
    FIELD("threads", INTEGER, result_program, threads, RANGE(0, INT32_MAX)),
    FIELD("ratio", REAL, result_program, ratio, RANGE(0, SCHEMA_TIME_MAX), NULL_FOR(0)),
    INTERVAL("interval", result_program, interval_low, has_interval, FIELD_NULLABLE),
    FIELD("failed", BOOL, result_program, failed),
    FIELD(
        "exit", INTEGER, result_program, exit_status, RANGE(0, 255), MAYBE_NULL_FOR(-1)),
    FIELD("signal", SIGNAL, result_program, signal, MAYBE_NULL_FOR(0)),
    FIELD("errno", INTEGER, result_program, error, RANGE(0, 4095), OPTIONAL),
    FIELD("timed_out", BOOL, result_program, timed_out, OPTIONAL),
    FIELD("last_line", TEXT, result_program, last_line, OPTIONAL),
};
static const struct schema program = SCHEMA(result_program, program_fields);

static const struct field programs_fields[] = {
    FIELD("list", LIST, result_programs, list, .schema = &program,
        COUNTED(result_programs, count, PLAN_PROGRAMS_MAX)),
    FIELD("doubtful", BOOL, result_programs, doubtful, OPTIONAL),
    FIELD("sentence", TEXT, result_programs, sentence),
};
const struct schema schema_programs =
    SCHEMA(result_programs, programs_fields, .is_long = true);
