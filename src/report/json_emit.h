// SPDX-License-Identifier: MIT
#pragma once
/* JSON written straight into a stream, a line for each item or all on one line.  jansson
 * spells real numbers; for a whole document it would need a kilobyte per record. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct json_emitter {
    FILE *out;
    int depth;
    bool is_long; /* the object or array being written has an item on each line */
    bool is_empty;
};

void json_emit_open(struct json_emitter *emitter, char bracket, bool is_long);

/* `outer_is_long` is what emitter.is_long was before the bracket was opened. */
void json_emit_close(struct json_emitter *emitter, char bracket, bool outer_is_long);

/* The separator before an array's next element. */
void json_emit_item(struct json_emitter *emitter);

/* The separator and the name, which is `name` and `suffix`, before an object's next
 * value. */
void json_emit_name(struct json_emitter *emitter, const char *name, const char *suffix);

/* Must be finite. */
void json_emit_real(struct json_emitter *emitter, double value);

bool json_emit_is_utf8(const char *text);

/* A text that is UTF-8, or that is to be `encoded` as base64. */
void json_emit_text(struct json_emitter *emitter, const char *text, bool encoded);

/* The same of bytes, which must have no NUL among them where they are not encoded. */
void json_emit_bytes(
    struct json_emitter *emitter, size_t size, const char data[], bool encoded);

/* A name and a text; as base64 with `_base64` behind the name where it is not UTF-8. */
void json_emit_named_text(
    struct json_emitter *emitter, const char *name, const char *text);
void json_emit_named_bytes(
    struct json_emitter *emitter, const char *name, size_t size, const char data[]);

/* A name and a list of texts that NULL ends, of which there are `max` at most; all of
 * them as base64 where one is not UTF-8. */
void json_emit_named_words(
    struct json_emitter *emitter, const char *name, size_t max, char *const words[]);

/* A signal by its name; 0 is null. */
void json_emit_signal(struct json_emitter *emitter, int signal);
