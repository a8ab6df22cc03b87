// SPDX-License-Identifier: MIT
#include "save.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "options/options_output.h"
#include "present.h"
#include "report/report.h"
#include "save_pictures.h"

enum { NAMES_MOST = 1000 };

int save_probe(const struct options *options, struct fault *fault)
{
    const struct report_format *printed = options_find_printed(options);
    int error = printed ? report_probe_format(printed, fault) : 0;
    if (error == 0 && printed && printed->is_binary && isatty(STDOUT_FILENO))
        error = fault_input(fault,
            "nothing for a terminal: --format %s (-o FILE, or > FILE)", printed->name);
    for (size_t i = 0; i < options->output_count && error == 0; i++) {
        const struct report_format *format;
        error = options_find_format(options, i, &format, fault);
        if (error == 0)
            error = report_probe_format(format, fault);
        if (error == 0)
            error = file_probe(options->outputs[i], fault);
    }
    if (error == 0 && options->pictures)
        error = save_pictures_probe(options->pictures, fault);
    return error;
}

static int save_as(const struct report_format *format, const struct result *result,
    const struct report_manner *manner, const char *path, struct fault *fault)
{
    char *text;
    size_t size;
    int error = report_check_format(format, result->plan.command, fault);
    if (error == 0)
        error = report_write(format, result, manner, &text, &size, fault);
    if (error < 0)
        return error;
    error = file_write(path, size, text, fault);
    free(text);
    return error;
}

/* The first of several failures stays; the others have nowhere to go. */
static struct fault *first_of(struct fault *fault, struct fault *others)
{
    return fault->kind == FAULT_NONE ? fault : others;
}

void save_all(
    const struct options *options, const struct result *result, struct fault *fault)
{
    const struct report_manner manner = {.dark = options->dark};
    struct fault others;
    for (size_t i = 0; i < options->output_count; i++) {
        struct fault *first = first_of(fault, &others);
        const struct report_format *format;
        if (options_find_format(options, i, &format, first) == 0)
            save_as(format, result, &manner, options->outputs[i], first);
    }
    if (options->pictures)
        save_pictures(result, options->pictures, &manner, first_of(fault, &others));
}

static int write_table(const struct report_format *format,
    const struct collection *collection, char **ret_text, size_t *ret_size,
    struct fault *fault)
{
    const struct report_results results = {
        collection->count, collection->results, collection->names};
    if (format->write_several)
        return format->write_several(&results, ret_text, ret_size, fault);
    return fault_input(
        fault, "%s is of one result, not of %zu", format->ending, collection->count);
}

static int save_table(const struct report_format *format,
    const struct collection *collection, const char *path, struct fault *fault)
{
    char *text;
    size_t size;
    int error = write_table(format, collection, &text, &size, fault);
    if (error < 0)
        return error;
    error = file_write(path, size, text, fault);
    free(text);
    return error;
}

int save_print_collection(const struct report_format *format,
    const struct collection *collection, struct fault *fault)
{
    char *text;
    size_t size;
    int error = write_table(format, collection, &text, &size, fault);
    if (error < 0)
        return error;
    error = present_bytes(stdout, false, size, text, fault);
    free(text);
    return error;
}

void save_collection(const struct options *options, const struct collection *collection,
    struct fault *fault)
{
    struct fault others;
    for (size_t i = 0; i < options->output_count; i++) {
        struct fault *first = first_of(fault, &others);
        const struct report_format *format;
        if (options_find_format(options, i, &format, first) == 0)
            save_table(format, collection, options->outputs[i], first);
    }
}

int save_new(const struct result *result, const char *path,
    const struct report_manner *manner, struct fault *fault)
{
    const struct report_format *format;
    if (access(path, F_OK) == 0)
        return fault_input(
            fault, "there is such a file already: %s (another name)", path);
    int error = report_find_format(path, &format, fault);
    return error < 0 ? error : save_as(format, result, manner, path, fault);
}

/* Of what was run only what any file's name can have. */
static void propose_stem(const struct result *result, size_t size, char stem[])
{
    const struct plan *plan = &result->plan;
    const char *what = plan->commands || !plan->workload[0]
                           ? plan_command_names[plan->command]
                           : plan->workload;
    const char *base = strrchr(what, '/') ? strrchr(what, '/') + 1 : what;
    size_t length = 0;
    for (; *base && *base != '.' && length + 1 < size; base++)
        stem[length++] = isalnum((unsigned char)*base) ? *base : '-';
    stem[length] = '\0';
}

static void propose_name(const struct result *result, char name[SAVE_NAME_SIZE])
{
    char stem[64];
    propose_stem(result, sizeof stem, stem);
    snprintf(name, SAVE_NAME_SIZE, "%s.json", stem);
    for (int i = 2; access(name, F_OK) == 0 && i < NAMES_MOST; i++)
        snprintf(name, SAVE_NAME_SIZE, "%s-%d.json", stem, i);
}

void save_propose(const struct result *result, struct save_proposal *ret_proposal)
{
    struct fault why_not;
    size_t count = 0;
    propose_name(result, ret_proposal->name);
    for (const struct report_format *format = report_formats; format->name; format++) {
        assert(count < SAVE_ENDINGS_MAX);
        if (report_check_format(format, result->plan.command, &why_not) == 0)
            ret_proposal->endings[count++] = format->ending;
    }
    ret_proposal->endings[count] = NULL;
}

bool save_is_whole(const char *path)
{
    struct fault why_not;
    const struct report_format *format;
    return report_find_format(path, &format, &why_not) == 0 &&
           format->write == report_json_write;
}
