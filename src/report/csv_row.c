// SPDX-License-Identifier: MIT
#include "report/csv_row.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/signals.h"
#include "model/account.h"

enum { CELL_SIZE = 40, DIGITS = 12, DECIMALS = 9 };

/* A NUL, which is in no text that a program was given, would end many a reader. */
static void put_quoted(FILE *out, size_t size, const char data[])
{
    putc_unlocked('"', out);
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '"')
            putc_unlocked('"', out);
        putc_unlocked(data[i] ? data[i] : '?', out);
    }
    putc_unlocked('"', out);
}

static bool must_be_quoted(size_t size, const char data[])
{
    for (size_t i = 0; i < size; i++)
        if (data[i] == '"' || data[i] == ',' || data[i] == '\n' || data[i] == '\r' ||
            data[i] == '\0')
            return true;
    return size > 0 && (data[0] == ' ' || data[size - 1] == ' ');
}

static void put_bytes(FILE *out, size_t size, const char data[])
{
    if (must_be_quoted(size, data))
        put_quoted(out, size, data);
    else if (size > 0)
        fwrite_unlocked(data, 1, size, out);
}

static void put_words(FILE *out, const char *words)
{
    if (words)
        put_bytes(out, strlen(words), words);
}

/* A file of a million numbers takes no printf for each. */
static void put_number(FILE *out, int64_t value, int decimals)
{
    char text[CELL_SIZE];
    size_t start = sizeof text;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    for (int digit = 0; rest > 0 || digit <= decimals; digit++) {
        if (decimals > 0 && digit == decimals)
            text[--start] = '.';
        text[--start] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0)
        text[--start] = '-';
    fwrite_unlocked(text + start, 1, sizeof text - start, out);
}

static void put_real(FILE *out, double value)
{
    fprintf(out, "%.*g", DIGITS, value);
}

static void put_signal(FILE *out, int signal)
{
    char text[CELL_SIZE];
    signals_name(signal, sizeof text, text);
    put_words(out, text);
}

static void put_digest(FILE *out, uint64_t digest)
{
    static const char digits[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4)
        putc_unlocked(digits[digest >> shift & 15], out);
}

static bool is_known(enum csv_unknown unknown, int64_t value)
{
    switch (unknown) {
    case CSV_ZERO:
        return value != 0;
    case CSV_NEGATIVE:
        return value >= 0;
    case CSV_UNSEEN:
        return value != ACCOUNT_NOT_SEEN;
    default:
        return true;
    }
}

static bool is_known_real(enum csv_unknown unknown, double value)
{
    if (!isfinite(value))
        return false;
    return unknown == CSV_ZERO ? value != 0 : unknown != CSV_NEGATIVE || value >= 0;
}

/* What is a whole number in memory. */
static void put_whole(FILE *out, const struct csv_field *field, int64_t value)
{
    if (!is_known(field->unknown, value))
        return;
    if (field->kind == CSV_SIGNAL)
        put_signal(out, (int)value);
    else if (field->kind == CSV_DIGEST)
        put_digest(out, (uint64_t)value);
    else
        put_number(out, value, field->kind == CSV_SECONDS ? DECIMALS : 0);
}

static void put_value(FILE *out, const struct csv_field *field, const void *place)
{
    switch (field->kind) {
    case CSV_INT:
    case CSV_SIGNAL:
        put_whole(out, field, *(const int *)place);
        break;
    case CSV_INTEGER:
    case CSV_SECONDS:
    case CSV_DIGEST:
        put_whole(out, field, *(const int64_t *)place);
        break;
    case CSV_REAL:
        if (is_known_real(field->unknown, *(const double *)place))
            put_real(out, *(const double *)place);
        break;
    case CSV_BOOL:
        put_words(out, *(const bool *)place ? "true" : "false");
        break;
    case CSV_TEXT:
        put_words(out, place);
        break;
    case CSV_WORDS:
        put_words(out, *(const char *const *)place);
        break;
    case CSV_BYTES:
        put_bytes(out, ((const struct csv_bytes *)place)->size,
            ((const struct csv_bytes *)place)->data);
    }
}

void csv_print_names(FILE *out, size_t count, const struct csv_part parts[])
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < parts[i].count; k++)
            fprintf(out, "%s%s%s", i + k > 0 ? "," : "",
                parts[i].prefix ? parts[i].prefix : "", parts[i].fields[k].name);
    fputc('\n', out);
}

void csv_print_row(FILE *out, size_t count, const struct csv_part parts[])
{
    for (size_t i = 0; i < count; i++) {
        const struct csv_part *part = &parts[i];
        for (size_t k = 0; k < part->count; k++) {
            if (i + k > 0)
                putc_unlocked(',', out);
            if (part->object)
                put_value(out, &part->fields[k],
                    (const char *)part->object + part->fields[k].offset);
        }
    }
    putc_unlocked('\n', out);
}
