// SPDX-License-Identifier: MIT
#include "machine/cpuinfo.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "machine/arm.h"

enum { MHZ_END = 100000 }; /* no clock is that high */

/* The value of a line if its key is `key`, *ret_length long; NULL if it is another. */
static const char *line_value(
    const char *line, size_t length, const char *key, size_t *ret_length)
{
    size_t wanted = strlen(key), colon = strcspn(line, ":\n"), end = colon;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t'))
        end--;
    if (end != wanted || line[colon] != ':' || strncasecmp(line, key, wanted) != 0)
        return NULL;
    size_t start = colon + 1 + strspn(line + colon + 1, " \t");
    *ret_length = length - start;
    return line + start;
}

/* Takes a line off the front of *text; its length is without the newline. */
static const char *take_line(const char **text, size_t *ret_length)
{
    const char *line = *text;
    *ret_length = strcspn(line, "\n");
    *text += *ret_length + (line[*ret_length] == '\n');
    return line;
}

/* The value of the next line with `key`, not NUL-ended but *ret_length long; *text moves
 * behind it.  NULL if there is none. */
static const char *next_value(const char **text, const char *key, size_t *ret_length)
{
    while (**text != '\0') {
        size_t length;
        const char *line = take_line(text, &length);
        const char *value = line_value(line, length, key, ret_length);
        if (value)
            return value;
    }
    return NULL;
}

static bool find_value(const char *text, const char *key, size_t size, char ret_value[])
{
    size_t length;
    const char *value = next_value(&text, key, &length);
    if (!value || length == 0)
        return false;
    text_copy(length < size ? length + 1 : size, ret_value, value);
    return true;
}

/* Every CPU has an "implementer" line, and its "part" some lines later. */
static bool find_arm_model(const char *text, size_t size, char ret_model[])
{
    const char *name = NULL;
    size_t length;
    const char *value;
    while ((value = next_value(&text, "CPU implementer", &length))) {
        unsigned long implementer = strtoul(value, NULL, 0);
        value = next_value(&text, "CPU part", &length);
        const char *other = value ? arm_core_name((unsigned)implementer,
                                        (unsigned)strtoul(value, NULL, 0))
                                  : NULL;
        if (!name && other) {
            name = other;
            text_copy(size, ret_model, name);
        } else if (other && strcmp(other, name) != 0) {
            size_t used = strlen(ret_model);
            text_copy(size - used, ret_model + used, " + ");
            used = strlen(ret_model);
            text_copy(size - used, ret_model + used, other);
            break;
        }
    }
    return name != NULL;
}

bool cpuinfo_find_model(const char *text, size_t size, char ret_model[])
{
    return find_value(text, "model name", size, ret_model) ||
           find_value(text, "cpu model", size, ret_model) ||
           find_value(text, "cpu", size, ret_model) ||
           find_arm_model(text, size, ret_model);
}

bool cpuinfo_has_flag(const char *text, const char *flag)
{
    size_t length, wanted = strlen(flag);
    const char *flags = next_value(&text, "flags", &length);
    const char *end = flags ? flags + length : NULL;
    while (flags && flags < end) {
        size_t word = strcspn(flags, " \n");
        if (word == wanted && strncmp(flags, flag, wanted) == 0)
            return true;
        flags += word + 1;
    }
    return false;
}

size_t cpuinfo_find_clocks(const char *text, size_t room, int ret_mhz[])
{
    size_t found = 0, length, value_length;
    long id = -1;
    memset(ret_mhz, 0, room * sizeof *ret_mhz);
    while (*text != '\0') {
        const char *line = take_line(&text, &length);
        const char *value = line_value(line, length, "processor", &value_length);
        if (value)
            id = *value >= '0' && *value <= '9' ? strtol(value, NULL, 10) : -1;
        value = line_value(line, length, "cpu MHz", &value_length);
        if (!value) /* POWER: "clock : 3864.000000MHz" */
            value = line_value(line, length, "clock", &value_length);
        double mhz = value && value_length > 0 ? strtod(value, NULL) : 0;
        if (id < 0 || (size_t)id >= room || !(mhz >= 1 && mhz < MHZ_END))
            continue;
        found += ret_mhz[id] == 0;
        ret_mhz[id] = (int)(mhz + 0.5);
    }
    return found;
}
