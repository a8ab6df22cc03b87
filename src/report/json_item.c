// SPDX-License-Identifier: MIT
#include "report/json_item.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/base64.h"
#include "report/json_list.h"
#include "report/json_value.h"

/* The bytes of a text or of its base64, ended by a NUL.  Caller frees *ret_data. */
static int read_data(struct json_reader *reader, const json_t *json, bool encoded,
    char **ret_data, size_t *ret_size)
{
    const char *text = json_string_value(json);
    if (!text || (encoded && base64_decode(text, ret_data, ret_size) < 0))
        return json_place_expected(&reader->place, encoded ? "base64" : "a text", json);
    if (encoded)
        return 0;
    *ret_size = json_string_length(json);
    *ret_data = memory_new(*ret_size + 1, 1);
    memcpy(*ret_data, text, *ret_size);
    return 0;
}

int json_item_bytes(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    char *data;
    size_t size;
    int error = read_data(reader, json, encoded, &data, &size);
    if (error < 0)
        return error;
    memcpy(json_reader_place(field, object), &data, sizeof data);
    *json_list_count(field, object) = size;
    return 0;
}

/* Each word is read to be measured, and again to be kept. */
static int read_word(struct json_reader *reader, const json_t *json, bool encoded,
    size_t *size, char *target)
{
    char *data;
    size_t length;
    int error = read_data(reader, json, encoded, &data, &length);
    if (error < 0)
        return error;
    bool has_nul = strlen(data) != length;
    if (!has_nul && target)
        memcpy(target + *size, data, length + 1);
    *size += length + 1;
    free(data);
    return has_nul
               ? json_place_fault(&reader->place, "expected a text, found a NUL in it")
               : 0;
}

static int read_all(struct json_reader *reader, const json_t *json, bool encoded,
    char **words, size_t *ret_size)
{
    size_t size = 0, count = json_array_size(json);
    char *target = words ? (char *)(words + count + 1) : NULL;
    for (size_t i = 0; i < count; i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        if (words)
            words[i] = target + size;
        int error = read_word(reader, json_array_get(json, i), encoded, &size, target);
        if (error < 0)
            return error;
        json_place_leave(&reader->place, outer);
    }
    *ret_size = size;
    return 0;
}

int json_item_words(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    size_t size;
    int error = json_list_check(reader, field, json);
    if (error == 0)
        error = read_all(reader, json, encoded, NULL, &size);
    if (error < 0)
        return error;
    char **words = memory_new(1, (json_array_size(json) + 1) * sizeof *words + size);
    memcpy(json_reader_place(field, object), &words, sizeof words);
    return read_all(reader, json, encoded, words, &size);
}

static int read_row(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, char row[])
{
    char *text;
    int error = json_value_text(&reader->place, json, encoded, &text);
    if (error < 0)
        return error;
    size_t length = strlen(text);
    if (length < field->size)
        memcpy(row, text, length + 1);
    free(text);
    return length < field->size
               ? 0
               : json_place_fault(&reader->place, "expected at most %zu bytes, found %zu",
                     field->size - 1, length);
}

int json_item_rows(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object)
{
    char *rows = json_reader_place(field, object);
    int error = json_list_check(reader, field, json);
    for (size_t i = 0; error == 0 && i < json_array_size(json); i++) {
        size_t outer = json_place_enter_element(&reader->place, i);
        error = read_row(
            reader, field, json_array_get(json, i), encoded, rows + i * field->size);
        if (error == 0)
            json_place_leave(&reader->place, outer);
    }
    if (error == 0)
        *json_list_count(field, object) = json_array_size(json);
    return error;
}

static void write_rows(
    struct json_emitter *emitter, const struct field *field, const void *object)
{
    const char *rows = field_place(field, object);
    const size_t *count = (const void *)((const char *)object + field->count_offset);
    char **words = memory_new(field->max + 1, sizeof *words);
    for (size_t i = 0; i < field->max && i < *count; i++)
        words[i] = text_duplicate(rows + i * field->size);
    json_emit_named_words(emitter, field->name, field->max, words);
    for (size_t i = 0; i < field->max; i++)
        free(words[i]);
    free(words);
}

void json_item_write(
    struct json_emitter *emitter, const struct field *field, const void *object)
{
    const size_t *size = (const void *)((const char *)object + field->count_offset);
    void *data;
    if (field->kind == FIELD_ROWS) {
        write_rows(emitter, field, object);
        return;
    }
    memcpy(&data, field_place(field, object), sizeof data);
    if (data && field->kind == FIELD_BYTES)
        json_emit_named_bytes(emitter, field->name, *size, data);
    else if (data)
        json_emit_named_words(emitter, field->name, field->max, data);
}
