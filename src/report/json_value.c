// SPDX-License-Identifier: MIT
#include "report/json_value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "base/text.h"
#include "report/base64.h"
#include "report/date.h"

int json_value_integer(struct json_place *place, const json_t *json, int64_t low,
    int64_t high, int64_t *ret_value)
{
    int64_t value = json_integer_value(json);
    if (json_is_integer(json) && value >= low && value <= high) {
        *ret_value = value;
        return 0;
    }
    char what[96] = "a whole number";
    if (low > INT64_MIN)
        snprintf(
            what, sizeof what, "a whole number from %" PRId64 " to %" PRId64, low, high);
    return json_place_expected(place, what, json);
}

int json_value_real(struct json_place *place, const struct field *field,
    const json_t *json, double *ret_value)
{
    double value = json_number_value(json);
    if (json_is_number(json) && value >= (double)field->low &&
        value <= (double)field->high) {
        *ret_value = value;
        return 0;
    }
    char what[96];
    snprintf(what, sizeof what, "a number from %" PRId64 " to %" PRId64, field->low,
        field->high);
    return json_place_expected(place, what, json);
}

int json_value_hex(
    struct json_place *place, const json_t *json, size_t size, uint8_t ret_bytes[])
{
    const char *text = json_string_value(json);
    char what[64];
    snprintf(what, sizeof what, "%zu hex digits", 2 * size);
    if (!text)
        return json_place_expected(place, what, json);
    if (json_string_length(json) != 2 * size)
        return json_place_fault(
            place, "expected %s, found %zu", what, json_string_length(json));
    for (size_t i = 0; i < 2 * size; i++) {
        static const char digits[] = "0123456789abcdef";
        const char *digit = strchr(digits, tolower((unsigned char)text[i]));
        if (!digit)
            return json_place_expected(place, what, json);
        ret_bytes[i / 2] = (uint8_t)(ret_bytes[i / 2] << 4 | (digit - digits));
    }
    return 0;
}

int json_value_digest(struct json_place *place, const json_t *json, uint64_t *ret_digest)
{
    uint8_t bytes[sizeof *ret_digest] = {0};
    int error = json_value_hex(place, json, sizeof bytes, bytes);
    if (error < 0)
        return error;
    uint64_t digest = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        digest = digest << 8 | bytes[i];
    *ret_digest = digest;
    return 0;
}

int json_value_date(struct json_place *place, const json_t *json, int64_t *ret_seconds)
{
    const char *text = json_string_value(json);
    if (!text || date_parse(text, ret_seconds) < 0)
        return json_place_expected(place, "a date such as " DATE_EXAMPLE, json);
    return 0;
}

int json_value_text(
    struct json_place *place, const json_t *json, bool encoded, char **ret_text)
{
    if (!json_is_string(json))
        return json_place_expected(place, encoded ? "base64" : "a text", json);
    char *text;
    size_t size;
    if (!encoded) {
        text = text_duplicate(json_string_value(json));
    } else if (base64_decode(json_string_value(json), &text, &size) < 0) {
        return json_place_expected(place, "base64", json);
    } else if (memchr(text, '\0', size)) {
        free(text);
        return json_place_fault(
            place, "expected the base64 of a text, found a NUL in it");
    }
    json_place_disarm(text);
    *ret_text = text;
    return 0;
}

int json_value_word(struct json_place *place, const struct field *field,
    const json_t *json, int *ret_index)
{
    const char *text = json_string_value(json);
    char what[160] = "one of";
    for (int i = 0; field->words[i]; i++) {
        if (text && strcmp(field->words[i], text) == 0) {
            *ret_index = i;
            return 0;
        }
        size_t length = strlen(what);
        snprintf(what + length, sizeof what - length, "%s %s", i > 0 ? "," : "",
            field->words[i]);
    }
    return json_place_expected(place, what, json);
}

int json_value_signal(struct json_place *place, const json_t *json, int *ret_signal)
{
    int signal = json_is_string(json) ? signals_number(json_string_value(json)) : -1;
    if (signal < 0)
        return json_place_expected(place, "the name of a signal", json);
    *ret_signal = signal;
    return 0;
}

int json_value_interval(struct json_place *place, const struct field *field,
    const json_t *json, double ret_ends[2])
{
    static const char what[] = "null or a list of two numbers, the lower first";
    if (!json_is_array(json) || json_array_size(json) != 2)
        return json_place_expected(place, what, json);
    for (size_t i = 0; i < 2; i++) {
        size_t outer = json_place_enter_element(place, i);
        int error = json_value_real(place, field, json_array_get(json, i), &ret_ends[i]);
        if (error < 0)
            return error;
        json_place_leave(place, outer);
    }
    return ret_ends[0] <= ret_ends[1] ? 0 : json_place_expected(place, what, json);
}
