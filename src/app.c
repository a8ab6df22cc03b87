// SPDX-License-Identifier: MIT
#include "app.h"

#include <inttypes.h>
#include <stdio.h>

#include "launch.h"
#include "options/command_line.h"
#include "own.h"
#include "present.h"
#include "resume.h"
#include "saved.h"
#include "session.h"
#include "status.h"
#include "workload/plugin.h"
#include "workload/workload.h"

static void list_workloads(FILE *out)
{
    for (const struct workload_ops *const *ops = workload_table; *ops; ops++) {
        fprintf(out, "%-12s%s\n", (*ops)->name, (*ops)->summary);
        if ((*ops)->size_name)
            fprintf(out,
                "%12ssize: %s, %" PRId64 " to %" PRId64 ", default %" PRId64 "\n", "",
                (*ops)->size_name, (*ops)->size_min, (*ops)->size_max,
                (*ops)->size_default);
        fprintf(out, "%12sshows: %s\n", "", (*ops)->teaches);
    }
}

/* The commands instead of a run. */
static int print_commands(const struct options *options, struct fault *fault)
{
    struct own *own;
    struct plan plan = options->plan;
    int error = own_create(options, 1, &plan, &own, fault);
    if (error < 0)
        return error;
    error = own_print(own, fault);
    own_destroy(own);
    return error;
}

/* The launcher, which may begin with a loop and what it has found. */
static int launch(const struct options *options, struct result *found, int *ret_signal,
    struct fault *fault)
{
    struct launch_round round = {.from = found ? options : NULL, .found = found};
    int status = launch_run(options, &round, fault);
    *ret_signal = round.signal;
    if (found) /* where it did not come to that */
        result_finish(found);
    return status;
}

/* As often as the user wants to see it; what was found is printed by then. */
static int run_again_and_again(
    const struct options *options, int *ret_signal, struct fault *fault)
{
    struct session_end end;
    int status = session_run(options, NULL, &end, fault);
    while (end.end == DISPLAY_REPEAT && !end.signal && fault->kind == FAULT_NONE) {
        result_finish(&end.result);
        status = session_run(options, NULL, &end, fault);
    }
    *ret_signal = end.signal;
    if (end.end == DISPLAY_EDIT && !end.signal && fault->kind == FAULT_NONE)
        return launch(options, &end.result, ret_signal, fault);
    result_finish(&end.result);
    return status;
}

/* By the options, or by those of the run that is gone on with. */
static int run(const struct options *options, int *ret_signal, struct fault *fault)
{
    struct options resumed;
    if (options->resumes) {
        if (resume_read(options, &resumed, fault) < 0)
            return status_of(fault);
        options = &resumed;
    }
    if (!options->own.dry_run)
        return run_again_and_again(options, ret_signal, fault);
    return print_commands(options, fault) < 0 ? status_of(fault) : STATUS_DONE;
}

int app_run(const struct options *options, int *ret_signal, struct fault *fault)
{
    switch (options->action) {
    case OPTIONS_LAUNCH:
        if (launch_is_possible(options))
            return launch(options, NULL, ret_signal, fault);
        command_line_print_help(stdout, NULL);
        break;
    case OPTIONS_HELP:
        command_line_print_help(stdout, options->command);
        break;
    case OPTIONS_VERSION:
        puts("parfor " PARFOR_VERSION);
        break;
    case OPTIONS_LIST:
        if (options->template)
            fputs(plugin_template(), stdout);
        else
            list_workloads(stdout);
        break;
    case OPTIONS_SHOW:
        return saved_show(options, ret_signal, fault);
    case OPTIONS_RUN:
        return run(options, ret_signal, fault);
    }
    return present_text(stdout, false, "", fault) < 0 ? STATUS_REFUSED : STATUS_DONE;
}
