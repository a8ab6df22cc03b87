// SPDX-License-Identifier: MIT
#include "app.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/signals.h"
#include "base/text.h"
#include "command_line.h"
#include "experiment/experiment.h"
#include "experiment/monitor.h"
#include "experiment/verify.h"
#include "experiment/words.h"
#include "present.h"
#include "ui/display.h"
#include "ui/plain.h"
#include "ui/screen.h"
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

/* Everything that runs one experiment, or watches the machine. */
struct app {
    const struct options *options;
    struct root root;
    struct loop *events;
    struct result result;
    struct experiment *experiment; /* NULL when nothing is run */
    struct monitor *monitor;       /* while the machine is watched, else NULL */
    struct display *display;       /* NULL in plain lines */
    struct plain plain;
    struct experiment_observer observer;
    struct watch *signals;
    int signal; /* the last that came in */
    bool ended; /* by a signal */
};

/* Whether a person can look at the screen while the data goes where it is to go: not
 * where somebody reads it as it comes. */
static bool wants_screen(const struct options *options)
{
    const char *plain = getenv("PARFOR_PLAIN");
    struct stat out;
    if (options->plain || options->quiet || (plain && *plain && strcmp(plain, "0") != 0))
        return false;
    bool data_is_safe =
        isatty(STDOUT_FILENO) ||
        (fstat(STDOUT_FILENO, &out) == 0 &&
            (S_ISREG(out.st_mode) ||
                (S_ISCHR(out.st_mode) && out.st_rdev == makedev(1, 3)))); /* /dev/null */
    return data_is_safe && screen_is_possible();
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
    root_close(&root);
    if (error < 0)
        return error;
    *ret_cpus = machine.usable_cpus;
    machine_finish(&machine);
    return 0;
}

static void suspend(struct app *app)
{
    if (app->display)
        display_hide(app->display);
    if (app->experiment)
        experiment_suspend(app->experiment);
    else if (app->monitor)
        monitor_suspend(app->monitor);
    else
        signals_stop_here();
    if (app->display)
        display_show(app->display);
}

static void on_signal(void *data)
{
    struct app *app = data;
    if (app->signal == SIGTSTP) {
        suspend(app);
        return;
    }
    app->ended = true;
    if (app->experiment)
        experiment_stop(app->experiment, app->signal);
    if (app->display)
        display_leave(app->display);
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

/* The screen, with names and empty bars at once, or plain lines. */
static void open_face(struct app *app, struct fault *fault)
{
    const struct options *options = app->options;
    const char *no_color = getenv("NO_COLOR");
    if (!wants_screen(options)) {
        if (!options->quiet)
            app->observer = plain_observer(&app->plain, stderr);
        return;
    }
    struct display_setup setup = {.events = app->events,
        .ascii = options->ascii,
        .no_color = options->no_color || (no_color && *no_color),
        .ask = options->ask};
    if (display_create(&setup, &app->display, fault) < 0) { /* sentences need nothing */
        *fault = (struct fault){0};
        app->observer = plain_observer(&app->plain, stderr);
        return;
    }
    app->observer = display_observer(app->display);
    display_attach(app->display, app->experiment);
    display_show_machine(app->display, &app->result);
}

/* What was asked for, which may be relative to the usable CPUs. */
static int read_workers(
    const struct options *options, struct plan *plan, struct fault *fault)
{
    if (!options->workers)
        return 0;
    if (plan->command == PLAN_SWEEP)
        return plan_parse_points(options->workers, plan->host_cpus, plan, fault);
    return plan_parse_workers(options->workers, plan->host_cpus, &plan->workers, fault);
}

static int prepare_experiment(struct app *app, struct fault *fault)
{
    const struct options *options = app->options;
    struct result *result = &app->result;
    int error = find_host_cpus(app, &result->plan.host_cpus, fault);
    if (error == 0)
        error = read_workers(options, &result->plan, fault);
    if (error < 0)
        return error;
    struct experiment_setup setup = {
        .events = app->events, .root = &app->root, .observer = &app->observer};
    app->experiment = experiment_create(&setup, result);
    return experiment_check(app->experiment, fault);
}

/* What can be refused is refused before the screen is taken; hwloc, which may take a
 * while, comes after its first frame. */
static int prepare(struct app *app, struct fault *fault)
{
    struct result *result = &app->result;
    result->plan = app->options->plan;
    text_copy(sizeof result->program_version, result->program_version, PARFOR_VERSION);
    int error = root_open(app->options->sysroot, &app->root, fault);
    if (error == 0)
        error = machine_init(&result->machine, &app->root, environ, fault);
    if (error == 0 && app->options->ask && !wants_screen(app->options))
        error = fault_input(
            fault, "nowhere to ask: --ask (it needs a screen, not a pipe or --plain)");
    if (error == 0 && result->plan.command != PLAN_WATCH)
        error = prepare_experiment(app, fault);
    if (error == 0)
        error = watch_signals(app, fault);
    if (error < 0)
        return error;
    open_face(app, fault);
    machine_complete(&result->machine, &app->root);
    return 0;
}

/* The end stays on the screen for as long as somebody looks, where nobody reads what
 * comes after it; `map` gets work done, and then it is done. */
static void close_face(struct app *app, bool has_run)
{
    bool waits = has_run && app->experiment && app->result.plan.command != PLAN_MAP &&
                 isatty(STDOUT_FILENO) && !experiment_is_stopped(app->experiment);
    if (app->display && waits)
        display_wait(app->display, experiment_scene(app->experiment));
    display_destroy(app->display);
    app->display = NULL;
}

static struct present_manner manner_of(const struct app *app)
{
    struct present_manner manner = {.after = PRESENT_AFTER_PLAIN};
    if (app->display)
        manner.after = PRESENT_AFTER_SCREEN;
    else if (app->options->quiet)
        manner.after = PRESENT_AFTER_NOTHING;
    return manner;
}

/* From here on signals do what they always do, should printing take its time; unless one
 * wants the end already and printing cannot take long: who is impatient sends two. */
static void let_signals_end(struct app *app)
{
    if (app->ended && isatty(STDOUT_FILENO))
        return;
    loop_unwatch(app->signals);
    app->signals = NULL;
}

static bool has_succeeded(struct result *result)
{
    bool right = verify_result(result);
    for (size_t i = 0; i < result->stage_count; i++)
        right = right && result->stages[i].failed == 0;
    return right;
}

/* What is done is safe before anybody is waited for. */
static int run_experiment(struct app *app, struct fault *fault)
{
    struct result *result = &app->result;
    struct present_manner manner = manner_of(app);
    experiment_run(app->experiment, fault);
    bool right = has_succeeded(result) && !experiment_is_stopped(app->experiment);
    bool has_run = fault->kind == FAULT_NONE;
    bool something = has_run || result->stage_count > 0;
    if (something)
        present_save(app->options, result, fault);
    close_face(app, has_run);
    let_signals_end(app);
    manner.hurried = app->ended;
    if (something)
        present_print(app->options, result, &manner, fault);
    if (fault->kind != FAULT_NONE)
        return app_status_of(fault);
    return right ? APP_DONE : APP_UNSUCCESSFUL;
}

static int watch_machine(struct app *app, struct fault *fault)
{
    struct monitor_setup setup = {.events = app->events,
        .root = &app->root,
        .period_ns = app->result.plan.interval_ns,
        .observer = &app->observer};
    const bool *done = app->display ? display_is_left(app->display) : &app->ended;
    int error = monitor_run(&setup, &app->result, done, &app->monitor, fault);
    close_face(app, error == 0);
    let_signals_end(app);
    if (error < 0)
        return app_status_of(fault);
    char text[200];
    words_stage_ended(&app->result, &app->result.stages[0], sizeof text - 1, text);
    strcat(text, "\n");
    return present_text(stdout, app->ended, text, fault) < 0 ? APP_REFUSED : APP_DONE;
}

static int run_plan(const struct options *options, int *ret_signal, struct fault *fault)
{
    struct app app = {.options = options, .root = {.fd = -1}};
    int status = APP_DONE;
    result_init(&app.result);
    int error = present_probe(options, fault);
    if (error == 0 && (error = loop_create(&app.events)) < 0)
        fault_system(fault, error, "no memory");
    if (error == 0)
        error = prepare(&app, fault);
    if (error == 0)
        status =
            app.experiment ? run_experiment(&app, fault) : watch_machine(&app, fault);
    *ret_signal = app.ended ? app.signal : 0;
    display_destroy(app.display); /* where it did not come to that before */
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
        command_line_print_help(stdout, options->command);
        break;
    case OPTIONS_VERSION:
        puts("parfor " PARFOR_VERSION);
        break;
    case OPTIONS_LIST:
        list_workloads(stdout);
        break;
    case OPTIONS_RUN:
        return run_plan(options, ret_signal, fault);
    }
    return present_text(stdout, false, "", fault) < 0 ? APP_REFUSED : APP_DONE;
}
