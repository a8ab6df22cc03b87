// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "report/report.h"

const struct report_format report_formats[] = {
    {.ending = ".json", .write = report_json_write},
    {.ending = ".txt", .write = report_text_write_page},
    {.ending = NULL},
};

static void list_endings(size_t size, char text[])
{
    text[0] = '\0';
    for (const struct report_format *format = report_formats; format->ending; format++) {
        size_t length = strlen(text);
        snprintf(
            text + length, size - length, "%s%s", length ? ", " : "", format->ending);
    }
}

int report_find_format(
    const char *path, const struct report_format **ret_format, struct fault *fault)
{
    size_t length = strlen(path);
    for (const struct report_format *format = report_formats; format->ending; format++) {
        size_t ending = strlen(format->ending);
        if (length > ending && strcmp(path + length - ending, format->ending) == 0) {
            *ret_format = format;
            return 0;
        }
    }
    char endings[64];
    list_endings(sizeof endings, endings);
    return fault_input(fault, "unknown ending: %s (known: %s)", path, endings);
}
