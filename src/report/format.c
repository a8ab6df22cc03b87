// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "report/pictures.h"
#include "report/report.h"

enum { LIST_SIZE = 240 };

static bool has_tasks(enum plan_command command)
{
    return command != PLAN_WATCH && command != PLAN_CHECK && command != PLAN_VERSUS;
}

static bool has_times(enum plan_command command)
{
    return command != PLAN_WATCH && command != PLAN_CHECK;
}

#define NO_TASKS "there are no tasks in it"
#define NO_TIMES "nothing was timed in it"

const struct report_format report_formats[] = {
#define PICTURE(what, paper, binary)                                                     \
    {                                                                                    \
        .name = what, .ending = "." what, .help = "a picture", .is_binary = binary,      \
        .picture = {                                                                     \
            .kind = PICTURE_RESULT,                                                      \
            .form = paper                                                                \
        }                                                                                \
    }
#define TASKS_PICTURE(what, paper, binary)                                               \
    {                                                                                    \
        .name = what, .ending = "." what, .help = "a picture of the tasks",              \
        .is_binary = binary, .unfit = NO_TASKS, .fits = has_tasks, .picture = {          \
            .kind = PICTURE_TASKS,                                                       \
            .form = paper                                                                \
        }                                                                                \
    }
    {.name = "json",
        .ending = ".json",
        .help = "all that was measured",
        .write = report_json_write},
    PICTURE("svg", PAPER_SVG, false),
    PICTURE("png", PAPER_PNG, true),
    PICTURE("pdf", PAPER_PDF, true),
    {.name = "txt",
        .ending = ".txt",
        .help = "the comparison in words",
        .write = report_text_write_page,
        .write_several = report_results_write_page},
    {.name = "md",
        .ending = ".md",
        .help = "Markdown with tables",
        .write = report_markdown_write,
        .write_several = report_markdown_results_write},
    {.name = "csv",
        .ending = ".csv",
        .help = "a row for each stage",
        .write = report_csv_write,
        .write_several = report_csv_results_write},
    TASKS_PICTURE("tasks.svg", PAPER_SVG, false),
    TASKS_PICTURE("tasks.png", PAPER_PNG, true),
    TASKS_PICTURE("tasks.pdf", PAPER_PDF, true),
    {.name = "tasks.csv",
        .ending = ".tasks.csv",
        .help = "a row for each task",
        .unfit = NO_TASKS,
        .fits = has_times,
        .write = report_csv_tasks_write},
    {.name = "trace",
        .ending = ".trace.json",
        .help = "for Perfetto and chrome://tracing",
        .write = report_trace_write},
    {.name = "hyperfine",
        .ending = ".hyperfine.json",
        .help = "for scripts that plot results of hyperfine",
        .unfit = NO_TIMES,
        .fits = has_times,
        .write = report_hyperfine_write},
    {.name = NULL},
#undef PICTURE
#undef TASKS_PICTURE
};

void report_list_endings(size_t size, char text[])
{
    text[0] = '\0';
    for (const struct report_format *format = report_formats; format->name; format++)
        text_append(size, text, "%s%s", *text ? ", " : "", format->ending);
}

/* Those that this program cannot write are known, too. */
static int refuse_missing(const struct report_format *format, struct fault *fault)
{
    if (format->write || !pictures_missing)
        return 0;
    return fault_input(fault, "%s is not built in: this program was built without %s",
        format->name, pictures_missing);
}

int report_find_format(
    const char *path, const struct report_format **ret_format, struct fault *fault)
{
    size_t length = strlen(path), longest = 0;
    const struct report_format *found = NULL;
    for (const struct report_format *format = report_formats; format->name; format++) {
        size_t ending = strlen(format->ending);
        if (length > ending && ending > longest &&
            strcasecmp(path + length - ending, format->ending) == 0) {
            longest = ending;
            found = format;
        }
    }
    if (!found) {
        char endings[LIST_SIZE];
        report_list_endings(sizeof endings, endings);
        return fault_input(fault, "unknown ending: %s (known: %s)", path, endings);
    }
    int error = refuse_missing(found, fault);
    if (error == 0)
        *ret_format = found;
    return error;
}

int report_find_named(
    const char *name, const struct report_format **ret_format, struct fault *fault)
{
    char names[LIST_SIZE] = "";
    for (const struct report_format *format = report_formats; format->name; format++) {
        if (strcasecmp(name, format->name) == 0 ||
            strcasecmp(name, format->ending) == 0 ||
            strcasecmp(name, format->ending + 1) == 0) {
            int error = refuse_missing(format, fault);
            if (error == 0)
                *ret_format = format;
            return error;
        }
        text_append(sizeof names, names, "%s%s", *names ? ", " : "", format->name);
    }
    return fault_input(fault, "unknown format: %s (known: %s)", name, names);
}

int report_check_format(
    const struct report_format *format, enum plan_command command, struct fault *fault)
{
    if (format->fits && !format->fits(command))
        return fault_input(fault, "%s has nothing for %s: %s",
            plan_command_names[command], format->ending, format->unfit);
    return 0;
}

int report_probe_format(const struct report_format *format, struct fault *fault)
{
    return format->write ? 0 : pictures_probe(fault);
}

int report_write(const struct report_format *format, const struct result *result,
    const struct report_manner *manner, char **ret_text, size_t *ret_size,
    struct fault *fault)
{
    if (format->write)
        return format->write(result, ret_text, ret_size, fault);
    struct picture_setup setup = format->picture;
    setup.dark = manner->dark;
    return pictures_write(result, &setup, ret_text, ret_size, fault);
}
