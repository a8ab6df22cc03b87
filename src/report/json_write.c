// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/date.h"
#include "report/json_emit.h"
#include "report/json_item.h"
#include "report/report.h"
#include "report/schema.h"
#include "report/stream.h"
#include "workload/workload.h"

struct writer {
    struct json_emitter emit;
    const struct result *result;
    const struct workload_ops *workload; /* NULL: not a known one */
    size_t cpu_count;                    /* of the stage being written */
};

static bool is_missing(const struct field *field, int64_t value)
{
    return (field->flags & FIELD_NULLABLE) && value == field->missing;
}

static void write_integer(
    struct writer *writer, const struct field *field, const void *place)
{
    int64_t value =
        field->size == sizeof(int) ? *(const int *)place : *(const int64_t *)place;
    if (is_missing(field, value))
        fputs("null", writer->emit.out);
    else
        fprintf(writer->emit.out, "%" PRId64,
            value < field->low    ? field->low
            : value > field->high ? field->high
                                  : value);
}

static void write_number(struct writer *writer, const struct field *field, double value)
{
    double high = (double)field->high;
    json_emit_real(&writer->emit, fmin(fmax(value, (double)field->low), high));
}

static void write_real(struct writer *writer, const struct field *field, double value)
{
    bool missing = field->missing == FIELD_MISSING_NAN ? isnan(value)
                                                       : value == (double)field->missing;
    if ((field->flags & FIELD_NULLABLE) && missing)
        fputs("null", writer->emit.out);
    else
        write_number(writer, field, value);
}

static void write_word(struct writer *writer, const struct field *field, unsigned index)
{
    unsigned count = 0;
    while (field->words[count])
        count++;
    fprintf(writer->emit.out, "\"%s\"", field->words[index < count ? index : count - 1]);
}

static void write_date(struct writer *writer, int64_t seconds)
{
    char text[DATE_SIZE];
    date_format(seconds, text);
    fprintf(writer->emit.out, "\"%s\"", text);
}

static void write_interval(
    struct writer *writer, const struct field *field, const void *object)
{
    const bool *exists = (const void *)((const char *)object + field->count_offset);
    const double *ends = field_place(field, object);
    if (!*exists) {
        fputs("null", writer->emit.out);
        return;
    }
    fputc('[', writer->emit.out);
    write_number(writer, field, ends[0]);
    fputs(", ", writer->emit.out);
    write_number(writer, field, ends[1]);
    fputc(']', writer->emit.out);
}

static void write_object(
    struct writer *writer, const struct schema *schema, const void *object);

/* Elements of a list that a file has room for. */
static size_t count_of(const struct field *field, const void *object)
{
    const size_t *place = (const void *)((const char *)object + field->count_offset);
    return *place < field->max ? *place : field->max;
}

static const void *items_of(const struct field *field, const void *object)
{
    const void *items;
    memcpy(&items, field_place(field, object), sizeof items);
    return items;
}

static void write_list(
    struct writer *writer, const struct field *field, const void *object)
{
    bool outer_is_long = writer->emit.is_long;
    const char *items = items_of(field, object);
    json_emit_open(&writer->emit, '[', true);
    for (size_t i = 0; i < count_of(field, object); i++) {
        json_emit_item(&writer->emit);
        write_object(writer, field->schema, items + i * field->schema->size);
    }
    json_emit_close(&writer->emit, ']', outer_is_long);
}

static void write_value(
    struct writer *writer, const struct field *field, const void *object);

static void write_columns(
    struct writer *writer, const struct field *field, const void *object)
{
    bool outer_is_long = writer->emit.is_long;
    const struct schema *schema = field->schema;
    const char *items = items_of(field, object);
    json_emit_open(&writer->emit, '{', true);
    for (size_t k = 0; k < schema->count; k++) {
        json_emit_name(&writer->emit, schema->fields[k].name, "");
        json_emit_open(&writer->emit, '[', false);
        for (size_t i = 0; i < count_of(field, object); i++) {
            json_emit_item(&writer->emit);
            write_value(writer, &schema->fields[k], items + i * schema->size);
        }
        json_emit_close(&writer->emit, ']', true);
    }
    json_emit_close(&writer->emit, '}', outer_is_long);
}

static void write_integers(
    struct writer *writer, const struct field *field, const void *object)
{
    bool outer_is_long = writer->emit.is_long;
    const int *integers = field_place(field, object);
    struct field element = {
        .size = sizeof *integers, .low = field->low, .high = field->high};
    json_emit_open(&writer->emit, '[', false);
    for (size_t i = 0; i < count_of(field, object); i++) {
        json_emit_item(&writer->emit);
        write_integer(writer, &element, &integers[i]);
    }
    json_emit_close(&writer->emit, ']', outer_is_long);
}

static void write_times(
    struct writer *writer, const struct field *field, const void *object)
{
    bool outer_is_long = writer->emit.is_long;
    const int64_t *times = items_of(field, object);
    struct field element = {
        .size = sizeof *times, .low = field->low, .high = field->high};
    json_emit_open(&writer->emit, '[', false);
    for (size_t i = 0; i < count_of(field, object); i++) {
        json_emit_item(&writer->emit);
        write_integer(writer, &element, &times[i]);
    }
    json_emit_close(&writer->emit, ']', outer_is_long);
}

static void write_cells(
    struct writer *writer, const struct field *field, const void *object)
{
    const uint8_t *cells = items_of(field, object);
    bool outer_is_long = writer->emit.is_long;
    if (!cells)
        return;
    json_emit_name(&writer->emit, field->name, "");
    json_emit_open(&writer->emit, '[', true);
    for (size_t i = 0; i < count_of(field, object); i++) {
        json_emit_item(&writer->emit);
        fputc('"', writer->emit.out);
        for (size_t cpu = 0; cpu < writer->cpu_count; cpu++)
            fprintf(writer->emit.out, "%02x", *cells++);
        fputc('"', writer->emit.out);
    }
    json_emit_close(&writer->emit, ']', outer_is_long);
}

static void write_texts(
    struct writer *writer, const struct field *field, const void *object)
{
    bool outer_is_long = writer->emit.is_long, encoded = false;
    const char *const *texts = items_of(field, object);
    for (size_t i = 0; i < count_of(field, object); i++)
        encoded = encoded || !json_emit_is_utf8(texts[i]);
    json_emit_name(&writer->emit, field->name, encoded ? "_base64" : "");
    json_emit_open(&writer->emit, '[', true);
    for (size_t i = 0; i < count_of(field, object); i++) {
        json_emit_item(&writer->emit);
        json_emit_text(&writer->emit, texts[i], encoded);
    }
    json_emit_close(&writer->emit, ']', outer_is_long);
}

static void write_result(struct writer *writer, const char *name, const void *object)
{
    const struct result_record *record = object;
    struct workload_result result = {.digest = record->digest, .value = record->value};
    char text[160] = "";
    if (!writer->workload || record->count != 1 || record->status != RESULT_OK)
        return;
    workload_format_result(writer->workload, &result, sizeof text, text);
    json_emit_named_text(&writer->emit, name, text);
}

/* Writes what stands in one place and needs no look at its neighbours. */
static void write_value(
    struct writer *writer, const struct field *field, const void *object)
{
    const void *place = field_place(field, object);
    switch (field->kind) {
    case FIELD_BOOL:
        fputs(*(const bool *)place ? "true" : "false", writer->emit.out);
        break;
    case FIELD_INTEGER:
        write_integer(writer, field, place);
        break;
    case FIELD_REAL:
        write_real(writer, field, *(const double *)place);
        break;
    case FIELD_DIGEST:
        fprintf(writer->emit.out, "\"%016" PRIx64 "\"", *(const uint64_t *)place);
        break;
    case FIELD_DATE:
        write_date(writer, *(const int64_t *)place);
        break;
    case FIELD_WORD:
        write_word(writer, field, *(const unsigned *)place);
        break;
    case FIELD_SIGNAL:
        json_emit_signal(&writer->emit, *(const int *)place);
        break;
    case FIELD_INTERVAL:
        write_interval(writer, field, object);
        break;
    case FIELD_INTEGERS:
        write_integers(writer, field, object);
        break;
    case FIELD_LIST:
        write_list(writer, field, object);
        break;
    case FIELD_COLUMNS:
        write_columns(writer, field, object);
        break;
    case FIELD_TIMES:
        write_times(writer, field, object);
        break;
    default:
        fputs("null", writer->emit.out);
    }
}

static void write_constant(struct writer *writer, const struct field *field)
{
    json_emit_name(&writer->emit, field->name, "");
    if (field->words)
        fprintf(writer->emit.out, "\"%s\"", field->words[0]);
    else
        fputs("null", writer->emit.out);
}

static void write_text_or_null(
    struct writer *writer, const struct field *field, const char *text)
{
    if ((field->flags & FIELD_NULLABLE) && (!text || *text == '\0')) {
        json_emit_name(&writer->emit, field->name, "");
        fputs("null", writer->emit.out);
    } else {
        json_emit_named_text(&writer->emit, field->name, text);
    }
}

static const char *core_kind_name(const struct machine *machine, int kind)
{
    bool known = kind >= 0 && (size_t)kind < machine->kind_count;
    return known ? machine->kinds[kind].name : NULL;
}

static void write_nested(
    struct writer *writer, const struct field *field, const void *object)
{
    const bool *exists = (const void *)((const char *)object + field->count_offset);
    json_emit_name(&writer->emit, field->name, "");
    if ((field->flags & FIELD_NULLABLE) && !*exists)
        fputs("null", writer->emit.out);
    else
        write_object(writer, field->schema, field_place(field, object));
}

static void write_fields(
    struct writer *writer, const struct schema *schema, const void *object);

/* Writes the field's name and value, or neither where there is nothing to say. */
static void write_field(
    struct writer *writer, const struct field *field, const void *object)
{
    const void *place = field_place(field, object);
    switch (field->kind) {
    case FIELD_CONSTANT:
        write_constant(writer, field);
        break;
    case FIELD_TEXT:
        write_text_or_null(writer, field, place);
        break;
    case FIELD_CORE:
        write_text_or_null(
            writer, field, core_kind_name(&writer->result->machine, *(const int *)place));
        break;
    case FIELD_RESULT:
        write_result(writer, field->name, object);
        break;
    case FIELD_CELLS:
        write_cells(writer, field, object);
        break;
    case FIELD_TEXTS:
        write_texts(writer, field, object);
        break;
    case FIELD_BYTES:
    case FIELD_WORDS:
    case FIELD_ROWS:
        json_item_write(&writer->emit, field, object);
        break;
    case FIELD_BEHIND:
        write_fields(writer, field->schema, items_of(field, object));
        break;
    case FIELD_OBJECT:
        write_nested(writer, field, object);
        break;
    default:
        json_emit_name(&writer->emit, field->name, "");
        write_value(writer, field, object);
    }
}

static void write_fields(
    struct writer *writer, const struct schema *schema, const void *object)
{
    for (size_t i = 0; object && i < schema->count; i++) {
        const struct field *field = &schema->fields[i];
        if ((!field->applies || field->applies(object)) &&
            (!field->is_known || field->is_known(object)))
            write_field(writer, field, object);
    }
}

static void write_object(
    struct writer *writer, const struct schema *schema, const void *object)
{
    bool outer_is_long = writer->emit.is_long;
    if (schema == &schema_stage)
        writer->cpu_count = ((const struct result_stage *)object)->cpu_count;
    json_emit_open(&writer->emit, '{', schema->is_long);
    write_fields(writer, schema, object);
    json_emit_close(&writer->emit, '}', outer_is_long);
}

int report_json_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct writer writer = {.result = result};
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    writer.emit.out = stream.out;
    struct fault unknown;
    if (workload_find(result->plan.workload, &writer.workload, &unknown) < 0)
        writer.workload = NULL;
    write_object(&writer, &schema_result, result);
    fputc('\n', stream.out);
    return stream_close(&stream, ret_text, ret_size, fault);
}
