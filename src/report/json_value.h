// SPDX-License-Identifier: MIT
#pragma once
/* Single values of a result file, checked.  All return 0, or -EINVAL with the fault
 * filled. */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "report/json_place.h"
#include "report/schema.h"

/* A whole number from `low` to `high`. */
int json_value_integer(struct json_place *place, const json_t *json, int64_t low,
    int64_t high, int64_t *ret_value);

/* A number within the field's range. */
int json_value_real(struct json_place *place, const struct field *field,
    const json_t *json, double *ret_value);

/* Two hex digits for each of `size` bytes. */
int json_value_hex(
    struct json_place *place, const json_t *json, size_t size, uint8_t ret_bytes[]);

int json_value_digest(struct json_place *place, const json_t *json, uint64_t *ret_digest);

/* A date as date.h has it, in seconds since 1970. */
int json_value_date(struct json_place *place, const json_t *json, int64_t *ret_seconds);

/* A text, or the base64 of one; harmless to show.  Caller frees *ret_text. */
int json_value_text(
    struct json_place *place, const json_t *json, bool encoded, char **ret_text);

/* One of the field's words: its index. */
int json_value_word(struct json_place *place, const struct field *field,
    const json_t *json, int *ret_index);

int json_value_signal(struct json_place *place, const json_t *json, int *ret_signal);

/* [low, high] within the field's range. */
int json_value_interval(struct json_place *place, const struct field *field,
    const json_t *json, double ret_ends[2]);
