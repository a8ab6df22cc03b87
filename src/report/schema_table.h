// SPDX-License-Identifier: MIT
#pragma once
/* The words in which the tables of the schema are written. */
#include <stddef.h>

#include "experiment/result.h"
#include "report/schema.h"
#include "workload/workload.h"

enum { SCHEMA_CPUS_MAX = 8192 };

#define SCHEMA_TASKS_MAX WORKLOAD_ITERATIONS_MAX
#define SCHEMA_TIME_MAX INT64_C(1000000000000000000) /* 31 years */

/* A field of kind FIELD_`KIND` that is member `MEMBER` of struct `TYPE`; what else there
 * is to say of it follows. */
#define FIELD(NAME, KIND, TYPE, MEMBER, ...)                                             \
    {                                                                                    \
        .name = NAME, .kind = FIELD_##KIND, .offset = offsetof(struct TYPE, MEMBER),     \
        .size = sizeof(((struct TYPE *)NULL)->MEMBER), __VA_ARGS__                       \
    }

#define RANGE(LOW, HIGH) .low = (LOW), .high = (HIGH)
#define ANY RANGE(INT64_MIN, INT64_MAX)
#define TIME RANGE(0, SCHEMA_TIME_MAX)
#define TASKS RANGE(0, SCHEMA_TASKS_MAX)
#define WORKERS RANGE(0, PLAN_WORKERS_MAX)
#define CPU RANGE(0, SCHEMA_CPUS_MAX - 1)
#define CPUS RANGE(0, SCHEMA_CPUS_MAX)
#define OPTIONAL .flags = FIELD_OPTIONAL
#define NULL_FOR(VALUE) .flags = FIELD_NULLABLE, .missing = (VALUE)
#define MAYBE_NULL_FOR(VALUE) .flags = FIELD_OPTIONAL | FIELD_NULLABLE, .missing = (VALUE)
#define COUNTED(TYPE, MEMBER, MAX)                                                       \
    .count_offset = offsetof(struct TYPE, MEMBER), .max = (MAX)

/* The ends of an interval: member `LOW` of struct `TYPE` and the double behind it; member
 * `HAS` says whether there is one. */
#define INTERVAL(NAME, TYPE, LOW, HAS, FLAGS)                                            \
    {                                                                                    \
        .name = NAME, .kind = FIELD_INTERVAL, .flags = (FLAGS),                          \
        .offset = offsetof(struct TYPE, LOW),                                            \
        .count_offset = offsetof(struct TYPE, HAS), RANGE(0, SCHEMA_TIME_MAX)            \
    }

/* The table of struct `TYPE` that `FIELDS` lists; what else there is to say follows. */
#define SCHEMA(TYPE, FIELDS, ...)                                                        \
    {                                                                                    \
        .size = sizeof(struct TYPE), .fields = (FIELDS),                                 \
        .count = sizeof(FIELDS) / sizeof *(FIELDS), __VA_ARGS__                          \
    }

extern const struct schema schema_check, schema_item, schema_machine, schema_plan,
    schema_programs, schema_sweep;
