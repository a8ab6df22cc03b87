// SPDX-License-Identifier: MIT
#include "report/json_list.h"

#include <string.h>

#include "base/memory.h"
#include "report/json_value.h"

static size_t *count_of(const struct field *field, void *object)
{
    return (void *)((char *)object + field->count_offset);
}

static int check_list(
    struct json_reader *reader, const struct field *field, const json_t *json)
{
    if (!json_is_array(json))
        return json_place_expected(&reader->place, "a list", json);
    if (json_array_size(json) > field->max)
        return json_place_fault(&reader->place,
            "expected at most %zu elements, found %zu", field->max,
            json_array_size(json));
    return 0;
}

/* A zeroed list, so that what fails half-way can be freed; memory_append() can go on with
 * it. */
static void *new_list(const struct field *field, size_t count, size_t size, void *object)
{
    size_t room = 1;
    while (room < count)
        room *= 2;
    void *items = count > 0 ? memory_new(room, size) : NULL;
    memcpy(json_read_place(field, object), &items, sizeof items);
    *count_of(field, object) = count;
    return items;
}

int json_list_texts(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    int error = check_list(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json);
    char **texts = new_list(field, count, sizeof *texts, object);
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error =
            json_value_text(&reader->place, json_array_get(json, i), encoded, &texts[i]);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, outer);
    }
    return 0;
}

int json_list_objects(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    int error = check_list(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json), size = field->schema->size;
    char *items = new_list(field, count, size, object);
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = json_read_object(
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
    int error = check_list(reader, list, values);
    if (error < 0)
        return error;
    size_t count = json_array_size(values), size = list->schema->size;
    if (column == 0)
        new_list(list, count, size, object);
    if (count != *count_of(list, object))
        return json_place_fault(&reader->place, "expected %zu elements, found %zu",
            *count_of(list, object), count);
    char *items;
    memcpy(&items, json_read_place(list, object), sizeof items);
    for (size_t i = 0; i < count; i++) {
        size_t inner = json_place_enter_element(&reader->place, i);
        error =
            json_read_value(reader, field, json_array_get(values, i), items + i * size);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, inner);
    }
    json_place_leave(&reader->place, outer);
    return 0;
}

int json_list_columns(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    if (!json_is_object(json))
        return json_place_expected(&reader->place, "an object", json);
    int error = 0;
    for (size_t i = 0; i < field->schema->count && error == 0; i++)
        error = read_column(reader, field, i, json, object);
    return error;
}

int json_list_times(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    int error = check_list(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json);
    int64_t *times = new_list(field, count, sizeof *times, object), low = field->low;
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = json_value_integer(
            &reader->place, json_array_get(json, i), low, field->high, &times[i]);
        if (error < 0)
            return error;
        low = times[i]; /* they rise */
        json_place_leave(&reader->place, outer);
    }
    return 0;
}

int json_list_cells(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    size_t count = *count_of(field, object), width = reader->stage->cpu_count;
    int error = check_list(reader, field, json);
    if (error < 0)
        return error;
    if (json_array_size(json) != count)
        return json_place_fault(&reader->place, "expected %zu elements, found %zu", count,
            json_array_size(json));
    uint8_t *cells = memory_new(count + 1, width + 1);
    memcpy(json_read_place(field, object), &cells, sizeof cells);
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = json_value_hex(
            &reader->place, json_array_get(json, i), width, cells + i * width);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, outer);
    }
    return 0;
}
