// SPDX-License-Identifier: MIT
#include "report/json_emit.h"

#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "base/utf8.h"
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
    fputc('"', emitter->out);
    fputs(name, emitter->out);
    fputs(suffix, emitter->out);
    fputs("\": ", emitter->out);
}

/* Spells one value as jansson does, and frees it. */
static void spell(struct json_emitter *emitter, json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
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
    return utf8_is_text(strlen(text), text);
}

static void emit_escaped(struct json_emitter *emitter, unsigned char byte)
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if ((unsigned char)letters[i] == byte) {
            fputc('\\', emitter->out);
            fputc(letters[i + 1], emitter->out);
            return;
        }
    }
    fprintf(emitter->out, "\\u%04X", byte);
}

void json_emit_bytes(
    struct json_emitter *emitter, size_t size, const char data[], bool encoded)
{
    char *code = encoded ? base64_encode(size, data) : NULL;
    const char *text = code ? code : data;
    const char *end = text + (code ? strlen(code) : size);
    fputc('"', emitter->out);
    while (text < end) {
        const char *start = text;
        while (text < end && (unsigned char)*text >= ' ' && *text != '"' && *text != '\\')
            text++;
        fwrite(start, 1, (size_t)(text - start), emitter->out);
        if (text < end)
            emit_escaped(emitter, (unsigned char)*text++);
    }
    fputc('"', emitter->out);
    free(code);
}

void json_emit_text(struct json_emitter *emitter, const char *text, bool encoded)
{
    json_emit_bytes(emitter, strlen(text), text, encoded);
}

void json_emit_named_bytes(
    struct json_emitter *emitter, const char *name, size_t size, const char data[])
{
    bool encoded = !utf8_is_text(size, data);
    json_emit_name(emitter, name, encoded ? "_base64" : "");
    json_emit_bytes(emitter, size, data, encoded);
}

void json_emit_named_text(
    struct json_emitter *emitter, const char *name, const char *text)
{
    json_emit_named_bytes(emitter, name, strlen(text), text);
}

void json_emit_named_words(
    struct json_emitter *emitter, const char *name, size_t max, char *const words[])
{
    bool outer_is_long = emitter->is_long, encoded = false;
    for (size_t i = 0; i < max && words[i]; i++)
        encoded = encoded || !json_emit_is_utf8(words[i]);
    json_emit_name(emitter, name, encoded ? "_base64" : "");
    json_emit_open(emitter, '[', false);
    for (size_t i = 0; i < max && words[i]; i++) {
        json_emit_item(emitter);
        json_emit_text(emitter, words[i], encoded);
    }
    json_emit_close(emitter, ']', outer_is_long);
}

void json_emit_signal(struct json_emitter *emitter, int signal)
{
    char name[16];
    signals_name(signal, sizeof name, name);
    if (signal > 0 && signal < NSIG)
        fprintf(emitter->out, "\"%s\"", name);
    else
        fputs("null", emitter->out);
}
