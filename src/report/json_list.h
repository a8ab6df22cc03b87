// SPDX-License-Identifier: MIT
#pragma once
/* The lists of a result file, each kind of field into the arrays of the struct `object`.
 * What was read when something is wrong is left in a state that result_finish() can free.
 */
#include <jansson.h>
#include <stdbool.h>

#include "report/json_read.h"
#include "report/schema.h"

int json_list_objects(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_columns(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_times(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_cells(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
int json_list_texts(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object);
