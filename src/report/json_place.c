// SPDX-License-Identifier: MIT
#include "report/json_place.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static size_t enter(struct json_place *place, const char *text)
{
    size_t outer = place->length;
    text_copy(sizeof place->path - outer, place->path + outer, text);
    place->length += strlen(place->path + outer);
    return outer;
}

size_t json_place_enter_field(
    struct json_place *place, const char *name, const char *suffix)
{
    char text[64];
    snprintf(text, sizeof text, "%s%s%s", place->length > 0 ? "." : "", name, suffix);
    return enter(place, text);
}

size_t json_place_enter_element(struct json_place *place, size_t index)
{
    char text[32];
    snprintf(text, sizeof text, "[%zu]", index);
    return enter(place, text);
}

void json_place_leave(struct json_place *place, size_t outer)
{
    place->length = outer;
    place->path[outer] = '\0';
}

/* The end of a long path says more than its start. */
static const char *short_name(const char *file_name)
{
    enum { LENGTH_MAX = 120 };
    size_t length = strlen(file_name);
    return length > LENGTH_MAX ? file_name + length - LENGTH_MAX : file_name;
}

int json_place_fault(struct json_place *place, const char *format, ...)
{
    char text[320];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_place_disarm(text);
    for (char *end = strchr(text, '\n'); end; end = strchr(end, '\n'))
        *end = ' ';
    return fault_input(place->fault, "%s: %s%s%s", short_name(place->file_name),
        place->path, place->length > 0 ? ": " : "", text);
}

/* At most `limit` bytes of a text, whole characters only. */
static int shown_length(const char *text, int limit)
{
    int length = (int)strnlen(text, (size_t)limit);
    while (length == limit && length > 0 && (text[length] & 0xc0) == 0x80)
        limit = --length;
    return length;
}

static void describe_text(const char *value, size_t size, char text[])
{
    int length = shown_length(value, 24);
    snprintf(text, size, "\"%.*s%s\"", length, value, value[length] == '\0' ? "" : "…");
}

static void describe(const json_t *value, size_t size, char text[])
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        describe_text(json_string_value(value), size, text);
        break;
    case JSON_INTEGER:
        snprintf(text, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        snprintf(text, size, "%g", json_real_value(value));
        break;
    case JSON_ARRAY:
        snprintf(text, size, "a list");
        break;
    case JSON_OBJECT:
        snprintf(text, size, "an object");
        break;
    case JSON_NULL:
        snprintf(text, size, "null");
        break;
    default:
        snprintf(text, size, json_is_true(value) ? "true" : "false");
    }
}

int json_place_expected(struct json_place *place, const char *what, const json_t *found)
{
    char text[96];
    if (!found)
        return json_place_fault(place, "expected %s, found nothing", what);
    describe(found, sizeof text, text);
    return json_place_fault(place, "expected %s, found %s", what, text);
}

static bool is_obeyed(const unsigned char *text)
{
    bool is_c0 = (text[0] < 0x20 && text[0] != '\n') || text[0] == 0x7f;
    bool is_c1 = text[0] == 0xc2 && text[1] >= 0x80 && text[1] < 0xa0; /* in UTF-8 */
    return is_c0 || is_c1;
}

void json_place_disarm(char text[])
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (!is_obeyed((const unsigned char *)text + i))
            continue;
        if ((unsigned char)text[i] == 0xc2)
            text[i + 1] = '?';
        text[i] = '?';
    }
}
