// SPDX-License-Identifier: MIT
#include "app.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/text.h"
#include "experiment/experiment.h"
#include "experiment/verify.h"
#include "report/report.h"
#include "ui/plain.h"
#include "workload/workload.h"

int app_status_of(const struct fault *fault)
{
    switch (fault->kind) {
    case FAULT_INPUT:
        return APP_WRONG_INPUT;
    case FAULT_SYSTEM:
        return APP_REFUSED;
    case FAULT_NONE:
        break;
    }
    return APP_DONE;
}

/* Everything that runs one experiment. */
struct app {
    const struct options *options;
    struct root root;
    struct loop *events;
    struct result result;
    struct experiment *experiment;
    struct plain plain;
    struct experiment_observer observer;
    struct watch *signals;
    int signal; /* the last that came in */
};

static int probe_outputs(const struct options *options, struct fault *fault)
{
    int error = 0;
    for (size_t i = 0; i < options->output_count && error == 0; i++)
        error = file_probe(options->outputs[i], fault);
    return error;
}

/* The CPUs that workers can really have, also where the machine on the screen is another.
 */
static int find_host_cpus(const struct app *app, double *ret_cpus, struct fault *fault)
{
    struct root root;
    struct machine machine;
    *ret_cpus = app->result.machine.usable_cpus;
    if (!app->root.simulated)
        return 0;
    int error = root_open(NULL, &root, fault);
    if (error < 0)
        return error;
    error = machine_init(&machine, &root, environ, fault);
    if (error == 0)
        machine_complete(&machine, &root);
    root_close(&root);
    if (error < 0)
        return error;
    *ret_cpus = machine.usable_cpus;
    machine_finish(&machine);
    return 0;
}

static void on_signal(void *data)
{
    struct app *app = data;
    if (app->signal == SIGTSTP)
        experiment_suspend(app->experiment);
    else
        experiment_stop(app->experiment, app->signal);
}

/* Signals that were ignored at the start stay so: that is how nohup asks for it. */
static int watch_signals(struct app *app, struct fault *fault)
{
    static const int wanted[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t signals;
    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct sigaction before;
        if (sigaction(wanted[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaddset(&signals, wanted[i]);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* or children could not be waited for */
    int error = loop_watch_signals(
        app->events, &signals, on_signal, app, &app->signal, &app->signals);
    return error < 0 ? fault_system(fault, error, "cannot watch for signals") : 0;
}

static int prepare(struct app *app, struct fault *fault)
{
    const struct options *options = app->options;
    struct result *result = &app->result;
    result->plan = options->plan;
    text_copy(sizeof result->program_version, result->program_version, PARFOR_VERSION);
    int error = root_open(options->sysroot, &app->root, fault);
    if (error == 0)
        error = machine_init(&result->machine, &app->root, environ, fault);
    if (error == 0)
        machine_complete(&result->machine, &app->root);
    if (error == 0)
        error = find_host_cpus(app, &result->plan.host_cpus, fault);
    if (error == 0 && options->workers)
        error = plan_parse_workers(
            options->workers, result->plan.host_cpus, &result->plan.workers, fault);
    if (error < 0)
        return error;
    if (!options->quiet)
        app->observer = plain_observer(&app->plain, stderr);
    struct experiment_setup setup = {
        .events = app->events, .root = &app->root, .observer = &app->observer};
    app->experiment = experiment_create(&setup, result);
    error = experiment_check(app->experiment, fault);
    return error < 0 ? error : watch_signals(app, fault);
}

/* Standard output that nobody reads any more is no failure; a full disk is. */
static int print(FILE *out, size_t size, const char *text, struct fault *fault)
{
    errno = 0;
    if (fwrite(text, 1, size, out) == size && fflush(out) == 0)
        return 0;
    if (errno == EPIPE)
        return 0;
    return fault_system(fault, -errno, "cannot write to standard output");
}

static int save(const struct result *result, const char *path, struct fault *fault)
{
    const struct report_format *format;
    char *text;
    size_t size;
    int error = report_find_format(path, &format, fault);
    if (error == 0)
        error = format->write(result, &text, &size, fault);
    if (error < 0)
        return error;
    error = file_write(path, size, text, fault);
    free(text);
    return error;
}

static int print_report(FILE *out, const struct result *result,
    int (*write)(const struct result *, char **, size_t *, struct fault *),
    struct fault *fault)
{
    char *text;
    size_t size;
    int error = write(result, &text, &size, fault);
    if (error < 0)
        return error;
    error = print(out, size, text, fault);
    free(text);
    return error;
}

/* The result in all the places it was asked for; one that fails does not keep the others
 * from getting theirs.  The first fault stays. */
static void present(const struct app *app, struct fault *fault)
{
    const struct options *options = app->options;
    const struct result *result = &app->result;
    struct fault failed = {0}, *next = fault->kind == FAULT_NONE ? fault : &failed;
    for (size_t i = 0; i < options->output_count; i++)
        if (save(result, options->outputs[i], next) < 0)
            next = &failed;
    if (!(options->json && options->quiet) &&
        print_report(options->json ? stderr : stdout, result, report_text_write_page, next) <
            0)
        next = &failed;
    if (options->json)
        print_report(stdout, result, report_json_write, next);
}

static bool has_succeeded(struct result *result)
{
    bool right = verify_result(result);
    for (size_t i = 0; i < result->stage_count; i++)
        right = right && result->stages[i].failed == 0;
    return right;
}

static int run(struct app *app, int *ret_signal, struct fault *fault)
{
    experiment_run(app->experiment, fault);
    bool right = has_succeeded(&app->result);
    *ret_signal = experiment_stopped_by(app->experiment);
    if (fault->kind == FAULT_NONE || app->result.stage_count > 0)
        present(app, fault);
    if (fault->kind != FAULT_NONE)
        return app_status_of(fault);
    return right ? APP_DONE : APP_UNSUCCESSFUL;
}

static int run_plan(const struct options *options, int *ret_signal, struct fault *fault)
{
    struct app app = {.options = options, .root = {.fd = -1}};
    int status = APP_DONE;
    result_init(&app.result);
    int error = probe_outputs(options, fault);
    if (error == 0 && (error = loop_create(&app.events)) < 0)
        fault_system(fault, error, "no memory");
    if (error == 0)
        error = prepare(&app, fault);
    if (error == 0)
        status = run(&app, ret_signal, fault);
    experiment_destroy(app.experiment);
    loop_destroy(app.events);
    root_close(&app.root);
    result_finish(&app.result);
    return error < 0 ? app_status_of(fault) : status;
}

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

int app_run(const struct options *options, int *ret_signal, struct fault *fault)
{
    switch (options->action) {
    case OPTIONS_HELP:
        options_print_help(stdout, options->command);
        return print(stdout, 0, "", fault) < 0 ? APP_REFUSED : APP_DONE;
    case OPTIONS_VERSION:
        puts("parfor " PARFOR_VERSION);
        return print(stdout, 0, "", fault) < 0 ? APP_REFUSED : APP_DONE;
    case OPTIONS_LIST:
        list_workloads(stdout);
        return print(stdout, 0, "", fault) < 0 ? APP_REFUSED : APP_DONE;
    case OPTIONS_RUN:
        break;
    }
    return run_plan(options, ret_signal, fault);
}
