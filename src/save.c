// SPDX-License-Identifier: MIT
#include "save.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "options/options_output.h"
#include "present.h"
#include "report/report.h"
#include "save_pictures.h"
#include "save_stem.h"

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

void save_all(
    const struct options *options, const struct result *result, struct fault *fault)
{
    const struct report_manner manner = {.dark = options->dark};
    struct fault others;
    for (size_t i = 0; i < options->output_count; i++) {
        struct fault *first = fault_first(fault, &others);
        const struct report_format *format;
        if (options_find_format(options, i, &format, first) == 0)
            save_as(format, result, &manner, options->outputs[i], first);
    }
    if (options->pictures)
        save_pictures(result, options->pictures, &manner, fault_first(fault, &others));
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
    error = present_form(format, size, text, false, fault);
    free(text);
    return error;
}

void save_collection(const struct options *options, const struct collection *collection,
    struct fault *fault)
{
    struct fault others;
    for (size_t i = 0; i < options->output_count; i++) {
        struct fault *first = fault_first(fault, &others);
        const struct report_format *format;
        if (options_find_format(options, i, &format, first) == 0)
            save_table(format, collection, options->outputs[i], first);
    }
}

/* The form of a file that there is not yet. */
static int find_new(
    const char *path, const struct report_format **ret_format, struct fault *fault)
{
    if (access(path, F_OK) == 0)
        return fault_input(
            fault, "there is such a file already: %s (another name)", path);
    return report_find_format(path, ret_format, fault);
}

int save_new(const struct result *result, const char *path,
    const struct report_manner *manner, struct fault *fault)
{
    const struct report_format *format;
    int error = find_new(path, &format, fault);
    return error < 0 ? error : save_as(format, result, manner, path, fault);
}

int save_new_pair(const struct collection *collection, const size_t places[2],
    const char *path, struct fault *fault)
{
    const struct result *results[2];
    const char *names[2];
    const struct collection pair = {2, results, names};
    const struct report_format *format;
    for (int i = 0; i < 2; i++) {
        results[i] = collection->results[places[i]];
        names[i] = collection->names[places[i]];
    }
    int error = find_new(path, &format, fault);
    return error < 0 ? error : save_table(format, &pair, path, fault);
}

static void propose_name(const char *stem, const char *ending, char name[SAVE_NAME_SIZE])
{
    snprintf(name, SAVE_NAME_SIZE, "%s%s", stem, ending);
    for (int i = 2; access(name, F_OK) == 0 && i < NAMES_MOST; i++)
        snprintf(name, SAVE_NAME_SIZE, "%s-%d%s", stem, i, ending);
}

void save_propose(const struct result *result, struct save_proposal *ret_proposal)
{
    struct fault why_not;
    char stem[SAVE_STEM_SIZE];
    size_t count = 0;
    save_stem(result, NULL, stem);
    propose_name(stem, ".json", ret_proposal->name);
    for (const struct report_format *format = report_formats; format->name; format++) {
        assert(count < SAVE_ENDINGS_MAX);
        const struct report_format *built;
        if (report_find_named(format->name, &built, &why_not) == 0 &&
            report_check_format(format, result->plan.command, &why_not) == 0)
            ret_proposal->endings[count++] = format->ending;
    }
    ret_proposal->endings[count] = NULL;
}

void save_propose_pair(struct save_proposal *ret_proposal)
{
    size_t count = 0;
    propose_name("both", ".md", ret_proposal->name);
    for (const struct report_format *format = report_formats; format->name; format++) {
        assert(count < SAVE_ENDINGS_MAX);
        if (format->write_several)
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
