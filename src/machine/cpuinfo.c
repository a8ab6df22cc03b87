// SPDX-License-Identifier: MIT
#include "machine/cpuinfo.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "machine/arm.h"

/* The value of the next line with `key`, not NUL-ended but *ret_length long; *text moves
 * behind it.  NULL if there is none. */
static const char *next_value(const char **text, const char *key, size_t *ret_length)
{
    size_t wanted = strlen(key);
    while (**text != '\0') {
        const char *line = *text;
        size_t length = strcspn(line, "\n");
        *text += length + (line[length] == '\n');
        size_t colon = strcspn(line, ":\n"), end = colon;
        while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t'))
            end--;
        if (end != wanted || line[colon] != ':' || strncasecmp(line, key, wanted) != 0)
            continue;
        size_t start = colon + 1 + strspn(line + colon + 1, " \t");
        *ret_length = length - start;
        return line + start;
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
