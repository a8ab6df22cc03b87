// SPDX-License-Identifier: MIT
#include "report/log_read.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/base64.h"
#include "report/log_line.h"

int log_reader_init(struct log_reader *reader, const char *path, struct fault *fault)
{
    *reader = (struct log_reader){.path = path, .in = fopen(path, "re")};
    if (!reader->in)
        return fault_input(fault, "cannot read the log: %s (%s)", path, strerror(errno));
    return 0;
}

void log_reader_finish(struct log_reader *reader)
{
    if (reader->in)
        fclose(reader->in);
    free(reader->text);
    *reader = (struct log_reader){.in = NULL};
}

json_t *log_read_line(size_t size, const char text[])
{
    json_error_t wrong;
    return json_loadb(text, size, 0, &wrong);
}

int log_read_schema(const json_t *json, const char *path, struct fault *fault)
{
    const char *name = json_string_value(json_object_get(json, "schema"));
    size_t length = strlen(LOG_SCHEMA_NAME);
    if (!name || strncmp(name, LOG_SCHEMA_NAME, length) != 0 ||
        !isdigit((unsigned char)name[length]))
        return 0;
    if (strtol(name + length, NULL, 10) == LOG_SCHEMA_VERSION)
        return 1;
    return fault_input(fault, "%s: written as %.40s; this program reads %s%d", path, name,
        LOG_SCHEMA_NAME, LOG_SCHEMA_VERSION);
}

static int refuse(const struct log_reader *reader, int64_t number, struct fault *fault)
{
    return fault_input(fault, "%s: line %" PRId64 " is not one of a log (%s)",
        reader->path, number, number == 1 ? "is it the right file?" : "is it damaged?");
}

/* A line that is no object: 0 where the end may be torn there, 1 where that shows behind
 * it; or -EINVAL. */
static int pass_over(struct log_reader *reader, size_t size, struct fault *fault)
{
    bool ended = reader->text[size - 1] == '\n';
    if (ended && size == 1) /* what was put behind a last line that lacked it */
        return 1;
    if (reader->torn == 0)
        reader->torn = reader->number;
    if (!ended) /* perhaps more of it is still to come */
        return 0;
    return memchr(reader->text, '\0', size) ? 1 : refuse(reader, reader->number, fault);
}

/* Reads a line: its size, 0 at the end. */
static size_t read_line(struct log_reader *reader)
{
    clearerr(reader->in);
    ssize_t size = getline(&reader->text, &reader->room, reader->in);
    if (size <= 0)
        return 0;
    reader->begin = reader->end;
    reader->end += size;
    reader->number++;
    return (size_t)size;
}

/* To begin with that line again. */
static int go_back(struct log_reader *reader)
{
    reader->end = reader->begin;
    reader->number--;
    reader->torn = 0;
    return fseeko(reader->in, reader->begin, SEEK_SET) < 0 ? -errno : 0;
}

static int check(struct log_reader *reader, const json_t *json, struct fault *fault)
{
    int schema = log_read_schema(json, reader->path, fault);
    if (schema < 0)
        return schema;
    if (reader->torn > 0)
        return refuse(reader, reader->torn, fault);
    return reader->number == 1 && schema == 0 ? refuse(reader, 1, fault) : 0;
}

int log_reader_next(struct log_reader *reader, json_t **ret_json, struct fault *fault)
{
    size_t size;
    while ((size = read_line(reader)) > 0) {
        json_t *json = log_read_line(size, reader->text);
        int error = 0;
        if (json && json_is_object(json)) {
            error = check(reader, json, fault);
            if (error == 0) {
                reader->whole++;
                *ret_json = json;
                return 1;
            }
        }
        json_decref(json);
        if (error == 0)
            error = pass_over(reader, size, fault);
        if (error == 0)
            return go_back(reader);
        if (error < 0)
            return error;
    }
    return 0;
}

char *log_read_text(const json_t *json, const char *name, size_t *ret_size)
{
    char encoded_name[48], *data;
    const char *text = json_string_value(json_object_get(json, name));
    if (text) {
        *ret_size = strlen(text);
        return text_duplicate(text);
    }
    snprintf(encoded_name, sizeof encoded_name, "%s_base64", name);
    text = json_string_value(json_object_get(json, encoded_name));
    return text && base64_decode(text, &data, ret_size) == 0 ? data : NULL;
}
