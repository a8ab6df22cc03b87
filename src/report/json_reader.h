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
static inline void *json_reader_place(const struct field *field, void *object)
{
    return (char *)object + field->offset;
}
