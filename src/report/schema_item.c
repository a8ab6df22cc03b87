// SPDX-License-Identifier: MIT
#include "report/schema_table.h"

/* What a record of one task of the user's own has beside it. */
enum { WORDS_MAX = 1 << 20 };

static bool has_parts(const void *object)
{
    return result_item_has_parts(object);
}

static const struct field item_fields[] = {
    FIELD("number", INTEGER, result_item, number, TASKS),
    FIELD("item", BYTES, result_item, item, OPTIONAL, COUNTED(result_item, item_size, 0)),
    FIELD("argv", WORDS, result_item, argv, OPTIONAL, .max = WORDS_MAX),
    FIELD("exit", INTEGER, result_item, exit_status, RANGE(0, 255), MAYBE_NULL_FOR(-1)),
    FIELD("signal", SIGNAL, result_item, signal, MAYBE_NULL_FOR(0)),
    FIELD("errno", INTEGER, result_item, error, RANGE(0, 4095), OPTIONAL),
    FIELD("timed_out", BOOL, result_item, timed_out, OPTIONAL),
    FIELD("all_cpu_ns", INTEGER, result_item, cpu_ns, TIME, OPTIONAL),
    FIELD(
        "user_ns", INTEGER, result_item, user_ns, TIME, OPTIONAL, .is_known = has_parts),
    FIELD("system_ns", INTEGER, result_item, system_ns, TIME, OPTIONAL,
        .is_known = has_parts),
    FIELD("max_rss_bytes", INTEGER, result_item, max_rss_bytes, RANGE(0, INT64_MAX),
        OPTIONAL),
    FIELD("stdout", BYTES, result_item, out, OPTIONAL, COUNTED(result_item, out_size, 0)),
    FIELD("stderr", BYTES, result_item, err, OPTIONAL, COUNTED(result_item, err_size, 0)),
};
const struct schema schema_item = SCHEMA(result_item, item_fields);
