// SPDX-License-Identifier: MIT
#pragma once
/* Bytes and words of a result file that are kept as they are, whatever a terminal would
 * make of them: whoever shows them must disarm them; and rows of texts, which are
 * disarmed.  What reads returns 0, or -EINVAL with the reader's fault filled. */
#include <jansson.h>
#include <stdbool.h>

#include "report/json_emit.h"
#include "report/json_reader.h"
#include "report/schema.h"

int json_item_bytes(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object);
int json_item_words(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object);
int json_item_rows(struct json_reader *reader, const struct field *field,
    const json_t *json, bool encoded, void *object);

/* Writes a field of one of these kinds, or nothing where there is none. */
void json_item_write(
    struct json_emitter *emitter, const struct field *field, const void *object);
