// SPDX-License-Identifier: MIT
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/json_item.h"
#include "report/json_list.h"
#include "report/json_reader.h"
#include "report/json_value.h"
#include "report/report.h"
#include "report/schema.h"

static void store_integer(const struct field *field, void *object, int64_t value)
{
    if (field->size == sizeof(int))
        *(int *)json_reader_place(field, object) = (int)value;
    else
        *(int64_t *)json_reader_place(field, object) = value;
}

/* What a field is that a file leaves out, or says to be null. */
static void store_missing(const struct field *field, void *object)
{
    switch (field->kind) {
    case FIELD_BOOL:
        *(bool *)json_reader_place(field, object) = field->missing;
        break;
    case FIELD_REAL:
        *(double *)json_reader_place(field, object) =
            field->missing == FIELD_MISSING_NAN ? NAN : (double)field->missing;
        break;
    case FIELD_INTEGER:
    case FIELD_SIGNAL:
    case FIELD_CORE:
        store_integer(field, object, field->missing);
        break;
    default: /* everything else starts out empty */
        break;
    }
}

static int read_integer(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    bool is_worker = field->flags & FIELD_WORKER;
    int64_t high = is_worker ? reader->stage->workers_asked - 1 : field->high;
    int64_t value;
    int error = json_value_integer(&reader->place, json, field->low, high, &value);
    if (error < 0)
        return error;
    if ((field->flags & FIELD_KNOWN_CPU) && value >= 0 &&
        machine_cpu_index(&reader->result->machine, (int)value) < 0)
        return json_place_expected(&reader->place, "a CPU of the machine", json);
    store_integer(field, object, value);
    return 0;
}

static int read_core(struct json_reader *reader, const char *name, int *ret_kind)
{
    const struct machine *machine = &reader->result->machine;
    for (size_t i = 0; i < machine->kind_count; i++) {
        if (strcmp(machine->kinds[i].name, name) == 0) {
            *ret_kind = (int)i;
            return 0;
        }
    }
    return json_place_fault(
        &reader->place, "expected one of machine.kinds, found \"%s\"", name);
}

static int store_text(
    struct json_reader *reader, const struct field *field, const char *text, void *object)
{
    if (field->kind == FIELD_CORE)
        return read_core(reader, text, json_reader_place(field, object));
    if (strlen(text) >= field->size)
        return json_place_fault(&reader->place, "expected at most %zu bytes, found %zu",
            field->size - 1, strlen(text));
    text_copy(field->size, json_reader_place(field, object), text);
    return 0;
}

static int read_text(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    char *text;
    int error = json_value_text(&reader->place, json, encoded, &text);
    if (error < 0)
        return error;
    error = store_text(reader, field, text, object);
    free(text);
    return error;
}

static int read_interval(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    double ends[2];
    int error = json_value_interval(&reader->place, field, json, ends);
    if (error < 0)
        return error;
    *(bool *)((char *)object + field->count_offset) = true;
    memcpy(json_reader_place(field, object), ends, sizeof ends);
    return 0;
}

static int read_object(struct json_reader *reader, const struct schema *schema,
    const json_t *json, void *object, size_t index);
static int read_value(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);

static int read_nested(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (field->flags & FIELD_NULLABLE)
        *(bool *)((char *)object + field->count_offset) = true;
    return read_object(reader, field->schema, json, json_reader_place(field, object), 0);
}

static int read_bool(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (!json_is_boolean(json))
        return json_place_expected(&reader->place, "true or false", json);
    *(bool *)json_reader_place(field, object) = json_is_true(json);
    return 0;
}

static int read_objects(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    int error = json_list_check(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json), size = field->schema->size;
    char *items = json_list_new(field, count, size, object);
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = read_object(
            reader, field->schema, json_array_get(json, i), items + i * size, i);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, outer);
    }
    return 0;
}

static int read_column(struct json_reader *reader, const struct field *list,
    size_t column, const json_t *json, void *object)
{
    const struct field *field = &list->schema->fields[column];
    const json_t *values = json_object_get(json, field->name);
    size_t outer = json_place_enter_field(&reader->place, field->name, "");
    int error = json_list_check(reader, list, values);
    if (error < 0)
        return error;
    size_t count = json_array_size(values), size = list->schema->size;
    if (column == 0)
        json_list_new(list, count, size, object);
    if (count != *json_list_count(list, object))
        return json_place_fault(&reader->place, "expected %zu elements, found %zu",
            *json_list_count(list, object), count);
    char *items;
    memcpy(&items, json_reader_place(list, object), sizeof items);
    for (size_t i = 0; i < count; i++) {
        size_t inner = json_place_enter_element(&reader->place, i);
        error = read_value(reader, field, json_array_get(values, i), items + i * size);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, inner);
    }
    json_place_leave(&reader->place, outer);
    return 0;
}

static int read_columns(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (!json_is_object(json))
        return json_place_expected(&reader->place, "an object", json);
    int error = 0;
    for (size_t i = 0; i < field->schema->count && error == 0; i++)
        error = read_column(reader, field, i, json, object);
    return error;
}

/* Reads all but texts, whose name tells how they are encoded. */
static int read_value(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    struct json_place *place = &reader->place;
    if (json_is_null(json) && (field->flags & FIELD_NULLABLE)) {
        store_missing(field, object);
        return 0;
    }
    switch (field->kind) {
    case FIELD_BOOL:
        return read_bool(reader, field, json, object);
    case FIELD_INTEGER:
        return read_integer(reader, field, json, object);
    case FIELD_REAL:
        return json_value_real(place, field, json, json_reader_place(field, object));
    case FIELD_DIGEST:
        return json_value_digest(place, json, json_reader_place(field, object));
    case FIELD_DATE:
        return json_value_date(place, json, json_reader_place(field, object));
    case FIELD_WORD:
        return json_value_word(place, field, json, json_reader_place(field, object));
    case FIELD_SIGNAL:
        return json_value_signal(place, json, json_reader_place(field, object));
    case FIELD_INTERVAL:
        return read_interval(reader, field, json, object);
    case FIELD_INTEGERS:
        return json_list_integers(reader, field, json, object);
    case FIELD_OBJECT:
        return read_nested(reader, field, json, object);
    case FIELD_LIST:
        return read_objects(reader, field, json, object);
    case FIELD_COLUMNS:
        return read_columns(reader, field, json, object);
    case FIELD_TIMES:
        return json_list_times(reader, field, json, object);
    case FIELD_CELLS:
        return json_list_cells(reader, field, json, object);
    default:
        return 0;
    }
}

static bool is_text(const struct field *field)
{
    return field->kind == FIELD_TEXT || field->kind == FIELD_CORE ||
           field->kind == FIELD_TEXTS || field->kind == FIELD_BYTES ||
           field->kind == FIELD_WORDS || field->kind == FIELD_ROWS;
}

/* The value of a field in a file; that of its _base64 form where there is none. */
static const json_t *find(
    const struct field *field, const json_t *json, const char **ret_suffix)
{
    const json_t *value = json_object_get(json, field->name);
    *ret_suffix = "";
    if (value || !is_text(field))
        return value;
    char name[64];
    snprintf(name, sizeof name, "%s_base64", field->name);
    value = json_object_get(json, name);
    if (value)
        *ret_suffix = "_base64";
    return value;
}

static int read_found(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    bool is_null = json_is_null(json) && (field->flags & FIELD_NULLABLE);
    if (is_null || !is_text(field))
        return read_value(reader, field, json, object);
    if (field->kind == FIELD_TEXTS)
        return json_list_texts(reader, field, json, encoded, object);
    if (field->kind == FIELD_BYTES)
        return json_item_bytes(reader, field, json, encoded, object);
    if (field->kind == FIELD_WORDS)
        return json_item_words(reader, field, json, encoded, object);
    if (field->kind == FIELD_ROWS)
        return json_item_rows(reader, field, json, encoded, object);
    return read_text(reader, field, json, encoded, object);
}

/* What stands among the fields of `json`, if its first one does. */
static int read_behind(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (!json_object_get(json, field->schema->fields[0].name))
        return 0;
    void *behind = memory_new(1, field->schema->size);
    memcpy(json_reader_place(field, object), &behind, sizeof behind);
    return read_object(reader, field->schema, json, behind, 0);
}

static int read_field(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (field->kind == FIELD_CONSTANT || field->kind == FIELD_RESULT)
        return 0;
    if (field->kind == FIELD_BEHIND)
        return read_behind(reader, field, json, object);
    const char *suffix;
    const json_t *value = find(field, json, &suffix);
    if (!value && (field->flags & FIELD_OPTIONAL)) {
        store_missing(field, object);
        return 0;
    }
    size_t outer = json_place_enter_field(&reader->place, field->name, suffix);
    int error = value ? read_found(reader, field, value, *suffix != '\0', object)
                      : json_place_fault(&reader->place, "missing");
    if (error == 0)
        json_place_leave(&reader->place, outer);
    return error;
}

/* A file may leave out how many workers were asked for. */
static void settle_workers(struct result_stage *stage)
{
    if (stage->workers_asked < stage->workers)
        stage->workers_asked = stage->workers;
}

static int read_object(struct json_reader *reader, const struct schema *schema,
    const json_t *json, void *object, size_t index)
{
    if (!json_is_object(json))
        return json_place_expected(&reader->place, "an object", json);
    if (schema == &schema_stage)
        reader->stage = object;
    for (size_t i = 0; i < schema->count; i++) {
        const struct field *field = &schema->fields[i];
        if (field->applies && !field->applies(object))
            continue;
        int error = read_field(reader, field, json, object);
        if (error < 0)
            return error;
        if (schema == &schema_stage)
            settle_workers(object);
    }
    if (schema->holds && !schema->holds(object, index))
        return json_place_fault(&reader->place, "expected %s", schema->rule);
    return 0;
}

/* Passes only what says that it is a result, and of a version that can be read. */
static int check_schema(struct json_place *place, const json_t *json)
{
    const char *name = json_string_value(json_object_get(json, "schema"));
    size_t length = strlen(SCHEMA_NAME);
    if (!name || strncmp(name, SCHEMA_NAME, length) != 0 ||
        !isdigit((unsigned char)name[length]))
        return json_place_fault(place, "not a parfor result");
    long version = strtol(name + length, NULL, 10);
    if (version != SCHEMA_VERSION)
        return json_place_fault(place, "written as %.40s; this program reads %s%d%s",
            name, SCHEMA_NAME, SCHEMA_VERSION,
            version > SCHEMA_VERSION ? ": a newer parfor wrote it" : "");
    return 0;
}

static int read_document(
    struct json_reader *reader, const json_t *json, struct result *result)
{
    int error = check_schema(&reader->place, json);
    if (error < 0)
        return error;
    return read_object(reader, &schema_result, json, result, 0);
}

int report_json_read(const char *text, size_t size, const char *file_name,
    struct result *result, struct fault *fault)
{
    struct json_reader reader = {.place = {.file_name = file_name, .fault = fault}};
    json_error_t wrong;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &wrong);
    reader.result = result;
    result_init(result);
    if (!json)
        return json_place_fault(&reader.place,
            "not a parfor result: line %d, column %d: %s", wrong.line, wrong.column,
            size > 0 ? wrong.text : "the file is empty");
    int error = read_document(&reader, json, result);
    json_decref(json);
    if (error < 0)
        result_finish(result);
    return error;
}
