// SPDX-License-Identifier: MIT
#include "options/options_output.h"

#include <assert.h>
#include <string.h>

/* ".json" fits hyperfine's form, too, which is ".hyperfine.json"; ".png" fits no table.
 */
static bool fits_ending(const struct report_format *format, const char *path)
{
    const struct report_format *named;
    struct fault ignored;
    if (report_find_format(path, &named, &ignored) < 0)
        return true; /* no ending of ours */
    size_t whole = strlen(format->ending), part = strlen(named->ending);
    return whole >= part && strcmp(format->ending + whole - part, named->ending) == 0;
}

int options_find_format(const struct options *options, size_t output,
    const struct report_format **ret_format, struct fault *fault)
{
    if (!options->format)
        return report_find_format(options->outputs[output], ret_format, fault);
    if (!fits_ending(options->format, options->outputs[output]))
        return fault_input(fault,
            "--format %s and -o %s together (its ending says another)",
            options->format->name, options->outputs[output]);
    *ret_format = options->format;
    return 0;
}

const struct report_format *options_find_printed(const struct options *options)
{
    struct fault fault;
    const struct report_format *json = NULL;
    if (!options->json)
        return options->output_count == 0 ? options->format : NULL;
    int error = report_find_named("json", &json, &fault);
    assert(error == 0);
    (void)error;
    return json;
}

static int check_printed(const struct options *options, struct fault *fault)
{
    bool both = options->json && options->format && options->output_count == 0;
    if (options->format && options->output_count == 0 && !options->json &&
        options_has_own(options) && options->action == OPTIONS_RUN &&
        options->format->write != report_json_write)
        return fault_input(fault,
            "--format %s prints where the output of the items goes (-o FILE)",
            options->format->name);
    if (!both)
        return 0;
    return fault_input(fault,
        "--json and --format %s together (both print: -o FILE for one of them)",
        options->format->name);
}

int options_check_outputs(const struct options *options, struct fault *fault)
{
    const struct report_format *format = options_find_printed(options);
    bool runs = options->action == OPTIONS_RUN;
    int error = check_printed(options, fault);
    if (error == 0 && format && runs)
        error = report_check_format(format, options->plan.command, fault);
    for (size_t i = 0; i < options->output_count && error == 0; i++) {
        if (strcmp(options->outputs[i], "-") == 0)
            return fault_input(fault,
                "no file: -o - (--format NAME without -o writes to standard output)");
        error = options_find_format(options, i, &format, fault);
        if (error == 0 && runs)
            error = report_check_format(format, options->plan.command, fault);
    }
    return error;
}
