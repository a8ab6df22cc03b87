// SPDX-License-Identifier: MIT
#include "report/json_list.h"

#include <string.h>

#include "base/memory.h"
#include "report/json_value.h"

size_t *json_list_count(const struct field *field, void *object)
{
    return (void *)((char *)object + field->count_offset);
}

int json_list_check(
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

void *json_list_new(const struct field *field, size_t count, size_t size, void *object)
{
    size_t room = 1;
    while (room < count)
        room *= 2;
    void *items = count > 0 ? memory_new(room, size) : NULL;
    memcpy(json_reader_place(field, object), &items, sizeof items);
    *json_list_count(field, object) = count;
    return items;
}

int json_list_texts(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    int error = json_list_check(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json);
    char **texts = json_list_new(field, count, sizeof *texts, object);
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

int json_list_integers(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    int error = json_list_check(reader, field, json);
    if (error < 0)
        return error;
    int *integers = json_reader_place(field, object);
    int64_t low = field->low, value;
    for (size_t i = 0; i < json_array_size(json); i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = json_value_integer(
            &reader->place, json_array_get(json, i), low, field->high, &value);
        if (error < 0)
            return error;
        integers[i] = (int)value;
        low = value + 1;
        json_place_leave(&reader->place, outer);
    }
    *json_list_count(field, object) = json_array_size(json);
    return 0;
}

int json_list_times(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object)
{
    int error = json_list_check(reader, field, json);
    if (error < 0)
        return error;
    size_t count = json_array_size(json);
    int64_t *times = json_list_new(field, count, sizeof *times, object), low = field->low;
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
    size_t count = *json_list_count(field, object), width = reader->stage->cpu_count;
    int error = json_list_check(reader, field, json);
    if (error < 0)
        return error;
    if (json_array_size(json) != count)
        return json_place_fault(&reader->place, "expected %zu elements, found %zu", count,
            json_array_size(json));
    uint8_t *cells = memory_new(count + 1, width + 1);
    memcpy(json_reader_place(field, object), &cells, sizeof cells);
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
