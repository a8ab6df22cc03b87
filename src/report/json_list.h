// SPDX-License-Identifier: MIT
#pragma once
/* The lists of plain values in a result file, into the arrays of the struct `object`.
 * What was read when something is wrong is left in a state that result_finish() can free.
 */
#include <jansson.h>
#include <stdbool.h>

#include "report/json_reader.h"
#include "report/schema.h"

/* Where the number of a list's elements is. */
size_t *json_list_count(const struct field *field, void *object);

/* Is it a list, and not too long?  Returns 0, or -EINVAL with the reader's fault filled,
 * like all that read. */
int json_list_check(
    struct json_reader *reader, const struct field *field, const json_t *json);

/* Gives the field a zeroed list, so that what fails half-way can be freed;
 * memory_append() can go on with it. */
void *json_list_new(const struct field *field, size_t count, size_t size, void *object);

int json_list_integers(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_times(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_cells(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_texts(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object);
