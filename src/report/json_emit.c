// SPDX-License-Identifier: MIT
#include "report/json_emit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/base64.h"

static void new_line(struct json_emitter *emitter)
{
    fprintf(emitter->out, "\n%*s", emitter->depth, "");
}

void json_emit_open(struct json_emitter *emitter, char bracket, bool is_long)
{
    fputc(bracket, emitter->out);
    emitter->depth++;
    emitter->is_long = is_long;
    emitter->is_empty = true;
}

void json_emit_close(struct json_emitter *emitter, char bracket, bool outer_is_long)
{
    emitter->depth--;
    if (emitter->is_long && !emitter->is_empty)
        new_line(emitter);
    fputc(bracket, emitter->out);
    emitter->is_long = outer_is_long;
    emitter->is_empty = false;
}

void json_emit_item(struct json_emitter *emitter)
{
    if (!emitter->is_empty)
        fputc(',', emitter->out);
    if (emitter->is_long)
        new_line(emitter);
    else if (!emitter->is_empty)
        fputc(' ', emitter->out);
    emitter->is_empty = false;
}

void json_emit_name(struct json_emitter *emitter, const char *name, const char *suffix)
{
    json_emit_item(emitter);
    fprintf(emitter->out, "\"%s%s\": ", name, suffix);
}

/* Spells one value as jansson does, and frees it. */
static void spell(struct json_emitter *emitter, json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    fputs(text ? text : "null", emitter->out);
    free(text);
    json_decref(value);
}

void json_emit_real(struct json_emitter *emitter, double value)
{
    spell(emitter, json_real(value));
}

bool json_emit_is_utf8(const char *text)
{
    json_t *value = json_string(text);
    json_decref(value);
    return value;
}

void json_emit_text(struct json_emitter *emitter, const char *text, bool encoded)
{
    char *code = encoded ? base64_encode(strlen(text), text) : NULL;
    spell(emitter, json_string(code ? code : text));
    free(code);
}

void json_emit_named_text(
    struct json_emitter *emitter, const char *name, const char *text)
{
    bool encoded = !json_emit_is_utf8(text);
    json_emit_name(emitter, name, encoded ? "_base64" : "");
    json_emit_text(emitter, text, encoded);
}
