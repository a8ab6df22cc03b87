// SPDX-License-Identifier: MIT
#include "machine/inventory_inside.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

enum { LIST_MAX = 1 << 18, LIST_SHOWN = 64 };

/* Paths are given to the user as they are in the file system, not below the root. */
void inventory_cite(struct inventory_line *line, const char *where)
{
    bool relative = strncmp(where, "proc/", 5) == 0 || strncmp(where, "sys/", 4) == 0;
    snprintf(line->where, sizeof line->where, "%s%s", relative ? "/" : "", where);
}

struct inventory_line *inventory_add(
    struct inventory_look *look, const char *topic, const char *where)
{
    struct inventory *inventory = look->inventory;
    void *lines = inventory->lines;
    struct inventory_line *line =
        memory_append(&lines, inventory->line_count++, sizeof *line);
    inventory->lines = lines;
    line->group = look->group;
    text_copy(sizeof line->topic, line->topic, topic);
    text_copy(sizeof line->value, line->value, "not visible here");
    inventory_cite(line, where);
    return line;
}

void inventory_say(struct inventory_line *line, const char *format, ...)
{
    size_t length = line->visible ? strlen(line->value) : 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line->value + length, sizeof line->value - length, format, arguments);
    va_end(arguments);
    line->visible = true;
}

void inventory_worry(
    struct inventory_line *line, const char *next, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line->concern, sizeof line->concern, format, arguments);
    va_end(arguments);
    text_copy(sizeof line->next, line->next, next);
}

struct inventory_count *inventory_add_count(
    struct inventory_look *look, const char *source, double cpus, const char *where)
{
    struct inventory *inventory = look->inventory;
    void *counts = inventory->counts;
    struct inventory_count *count =
        memory_append(&counts, inventory->count_count++, sizeof *count);
    inventory->counts = counts;
    count->cpus = cpus;
    text_copy(sizeof count->source, count->source, source);
    text_copy(sizeof count->where, count->where, where);
    return count;
}

const struct machine_limit *inventory_limit(
    const struct inventory_look *look, const char *source)
{
    const struct machine *machine = look->machine;
    for (size_t i = 0; i < machine->limit_count; i++)
        if (strcmp(machine->limits[i].source, source) == 0)
            return &machine->limits[i];
    return NULL;
}

/* The last id of the run that begins at `first`. */
static size_t end_of_run(const struct ids *ids, size_t first)
{
    size_t last = first;
    while (ids_has(ids, last + 1))
        last++;
    return last;
}

void inventory_list(const struct ids *ids, size_t size, char text[])
{
    size_t count = ids_count(ids);
    text_copy(size, text, count > 0 ? "" : "none");
    for (size_t id = 0; id < ids->room; id++) {
        if (!ids_has(ids, id))
            continue;
        const char *comma = text[0] != '\0' ? "," : "";
        if (strlen(text) > LIST_SHOWN) {
            text_append(size, text, ",...");
            break;
        }
        size_t last = end_of_run(ids, id);
        if (last > id)
            text_append(size, text, "%s%zu-%zu", comma, id, last);
        else
            text_append(size, text, "%s%zu", comma, id);
        id = last;
    }
    if (count > 0)
        text_append(size, text, " (%zu)", count);
}

void inventory_number(double cpus, size_t size, char text[])
{
    bool whole = cpus == (double)(int64_t)cpus;
    snprintf(text, size, whole ? "%.0f" : "%.2f", cpus);
}

/* Some kernels write "(null)" for the empty list. */
bool inventory_read_list(const struct root *root, const char *path, struct ids *ret_ids)
{
    char *text;
    if (root_read(root, path, LIST_MAX, &text) < 0)
        return false;
    const char *list = text + strspn(text, " \t");
    struct ids ids = {0};
    bool valid = strncmp(list, "(null)", 6) == 0 || ids_parse(list, &ids) == 0;
    free(text);
    if (valid)
        *ret_ids = ids;
    else
        ids_finish(&ids);
    return valid;
}

bool inventory_read_number(const struct root *root, const char *path, int64_t *ret_number)
{
    char text[32];
    return root_read_line(root, path, sizeof text, text) == 0 &&
           number_parse(text, ret_number) == 0;
}

bool inventory_find_value(
    const char *text, const char *key, size_t size, char ret_value[])
{
    size_t length = strlen(key);
    while (strncmp(text, key, length) != 0) {
        text = strchr(text, '\n');
        if (!text)
            return false;
        text++;
    }
    text += length;
    text += strspn(text, " \t");
    size_t end = strcspn(text, "\n");
    while (end > 0 && isspace((unsigned char)text[end - 1]))
        end--;
    end = end < size ? end : size - 1;
    memcpy(ret_value, text, end);
    ret_value[end] = '\0';
    return true;
}
