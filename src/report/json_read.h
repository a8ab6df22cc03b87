// SPDX-License-Identifier: MIT
#pragma once
/* The reader of result files: what its parts share. */
#include <jansson.h>

#include "experiment/result.h"
#include "report/json_place.h"
#include "report/schema.h"

struct json_reader {
    struct json_place place;
    const struct result *result; /* as far as it is read */
    struct result_stage *stage;  /* the one being read */
};

/* Where a field's member is. */
static inline void *json_read_place(const struct field *field, void *object)
{
    return (char *)object + field->offset;
}

/* Reads an object into the struct that `schema` describes, element `index` of a list.
 * Returns 0, or -EINVAL with the reader's fault filled, like all that read. */
int json_read_object(struct json_reader *reader, const struct schema *schema,
    const json_t *json, void *object, size_t index);

/* Reads a field's value, whatever its kind but text; `object` is the struct it is a
 * member of. */
int json_read_value(struct json_reader *reader, const struct field *field,
    const json_t *json, void *object);
