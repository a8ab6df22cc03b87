// SPDX-License-Identifier: MIT
/* The records of all stages.  Columns are called as in the result file, with _s for _ns,
 * and count from 0 as that does; those of items are there where tasks have items. */
#include "report/csv_row.h"
#include "report/report.h"
#include "report/stream.h"

/* Whose record it is. */
struct owner {
    int number;
    const char *kind, *label;
};

/* What is told in words of a record. */
struct telling {
    const char *status;
    struct csv_bytes item;
};

static const struct csv_field owner_fields[] = {
    CSV_FIELD("stage", INT, NONE, owner, number),
    CSV_FIELD("name", WORDS, NONE, owner, kind),
};

static const struct csv_field stage_fields[] = {
    CSV_FIELD("repeat", INT, NONE, result_stage, repeat),
    CSV_FIELD("warmup", BOOL, NONE, result_stage, warmup),
    CSV_FIELD("workers", INT, NONE, result_stage, workers),
};

static const struct csv_field record_fields[] = {
    CSV_FIELD("worker", INT, NEGATIVE, result_record, worker),
    CSV_FIELD("cpu", INT, NEGATIVE, result_record, cpu),
    CSV_FIELD("index", INTEGER, NONE, result_record, index),
    CSV_FIELD("count", INTEGER, NONE, result_record, count),
    CSV_FIELD("start_s", SECONDS, NONE, result_record, start_ns),
    CSV_FIELD("end_s", SECONDS, NONE, result_record, end_ns),
    CSV_FIELD("cpu_s", SECONDS, NONE, result_record, cpu_ns),
    CSV_FIELD("failed", INTEGER, NONE, result_record, failed),
};

static const struct csv_field status_fields[] = {
    CSV_FIELD("status", WORDS, NONE, telling, status),
};

static const struct csv_field value_fields[] = {
    CSV_FIELD("attempts", INT, NONE, result_record, attempts),
    CSV_FIELD("value", INTEGER, NONE, result_record, value),
    CSV_FIELD("digest", DIGEST, NONE, result_record, digest),
};

static const struct csv_field label_fields[] = {
    CSV_FIELD("label", WORDS, NONE, owner, label),
};

static const struct csv_field text_fields[] = {
    CSV_FIELD("item", BYTES, NONE, telling, item),
};

static const struct csv_field item_fields[] = {
    CSV_FIELD("number", INTEGER, NONE, result_item, number),
    CSV_FIELD("exit", INT, NEGATIVE, result_item, exit_status),
    CSV_FIELD("signal", SIGNAL, ZERO, result_item, signal),
    CSV_FIELD("errno", INT, ZERO, result_item, error),
    CSV_FIELD("timed_out", BOOL, NONE, result_item, timed_out),
    CSV_FIELD("all_cpu_s", SECONDS, NONE, result_item, cpu_ns),
    CSV_FIELD("max_rss_bytes", INTEGER, ZERO, result_item, max_rss_bytes),
};

static const struct csv_field parts_fields[] = {
    CSV_FIELD("user_s", SECONDS, NONE, result_item, user_ns),
    CSV_FIELD("system_s", SECONDS, NONE, result_item, system_ns),
};

enum { PARTS_ALWAYS = 5, PARTS_ALL = 9 };

static bool has_items(const struct plan *plan)
{
    return plan->tells || plan->program_count > 0;
}

static struct telling tell(const struct result_record *record)
{
    const struct result_item *item = record->item;
    struct telling telling = {.status = record->status == RESULT_OK ? "ok" : "failed"};
    if (item && item->item)
        telling.item = (struct csv_bytes){item->item_size, item->item};
    return telling;
}

/* Without a record: the names of the columns. */
static void print_record(FILE *out, const struct result *result,
    const struct owner *owner, const struct result_record *record)
{
    const struct result_stage *stage = record ? &result->stages[owner->number] : NULL;
    const struct result_item *item = record ? record->item : NULL;
    struct telling telling = {0};
    if (record)
        telling = tell(record);
    const struct csv_part parts[PARTS_ALL] = {
        CSV_PART(owner_fields, owner),
        CSV_PART(stage_fields, stage),
        CSV_PART(record_fields, record),
        CSV_PART(status_fields, &telling),
        CSV_PART(value_fields, record),
        CSV_PART(label_fields, owner),
        CSV_PART(text_fields, &telling),
        CSV_PART(item_fields, item),
        CSV_PART(parts_fields, item && result_item_has_parts(item) ? item : NULL),
    };
    size_t count = has_items(&result->plan) ? PARTS_ALL : PARTS_ALWAYS;
    if (record)
        csv_print_row(out, count, parts);
    else
        csv_print_names(out, count, parts);
}

static void print_stage(FILE *out, const struct result *result, int number)
{
    const struct result_stage *stage = &result->stages[number];
    const struct owner owner = {number, result_stage_name(stage), stage->label};
    for (size_t i = 0; i < stage->record_count; i++)
        print_record(out, result, &owner, &stage->records[i]);
}

int report_csv_tasks_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    print_record(stream.out, result, NULL, NULL);
    for (size_t i = 0; i < result->stage_count; i++)
        print_stage(stream.out, result, (int)i);
    return stream_close(&stream, ret_text, ret_size, fault);
}
