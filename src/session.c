// SPDX-License-Identifier: MIT
#include "session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/check.h"
#include "experiment/experiment.h"
#include "experiment/monitor.h"
#include "experiment/words.h"
#include "face.h"
#include "host.h"
#include "outcome.h"
#include "own.h"
#include "present.h"
#include "status.h"

/* Everything that runs one experiment, or watches the machine. */
struct session {
    const struct options *options;
    struct root root;
    struct loop *events;
    struct result result;
    struct experiment *experiment; /* NULL when nothing is run */
    struct monitor *monitor;       /* while the machine is watched, else NULL */
    struct check *check;           /* while it is checked, else NULL */
    struct own *own;               /* the user's own loop, NULL for a built-in one */
    struct face face;
    struct experiment_observer observer;
    struct watch *signals;
    int signal;   /* the last that came in */
    bool ended;   /* by a signal */
    bool closing; /* nothing more is begun, because of it: what is under way is waited for
                   */
};

static void suspend(struct session *session)
{
    face_hide(&session->face);
    if (session->experiment)
        experiment_suspend(session->experiment);
    else if (session->monitor)
        monitor_suspend(session->monitor);
    else if (session->check)
        check_suspend(session->check);
    else
        signals_stop_here();
    face_show(&session->face);
}

static bool survives_hangup(const struct session *session)
{
    return session->own && session->result.plan.command == PLAN_MAP &&
           !session->options->own.stop_on_hangup;
}

/* A long loop of the user's own survives a closed terminal, and the first Ctrl-C lets
 * what is under way come to its end. */
static void obey_gently(struct session *session)
{
    bool work = session->result.plan.command == PLAN_MAP;
    if (session->signal == SIGHUP && survives_hangup(session)) {
        if (session->face.display)
            display_detach(session->face.display);
        return;
    }
    session->ended = true;
    if (session->signal == SIGINT && work && !session->closing) {
        session->closing = true;
        experiment_close(session->experiment);
        return;
    }
    experiment_end(session->experiment, session->signal);
    if (session->face.display)
        display_leave(session->face.display);
}

static void on_signal(void *data)
{
    struct session *session = data;
    if (session->signal == SIGTSTP) {
        suspend(session);
        return;
    }
    if (session->own) {
        obey_gently(session);
        return;
    }
    session->ended = true;
    if (session->experiment)
        experiment_stop(session->experiment, session->signal);
    if (session->face.display)
        display_leave(session->face.display);
}

static int watch_signals(struct session *session, struct fault *fault)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* or children could not be waited for */
    int error = signals_watch_ends(
        session->events, on_signal, session, &session->signal, &session->signals);
    return error < 0 ? fault_system(fault, error, "cannot watch for signals") : 0;
}

/* The user has left the screen, and the run goes on. */
static void on_detach(void *data)
{
    struct session *session = data;
    own_release(session->own);
}

/* What the user's own loop puts out waits where the screen is, or goes between its plain
 * lines. */
static void open_face(struct session *session)
{
    struct own *own = session->own;
    struct face_setup setup = {.options = session->options,
        .events = session->events,
        .experiment = session->experiment,
        .result = &session->result,
        .is_typed = own && own_is_typed(own),
        .stays = survives_hangup(session),
        .on_detach = own ? on_detach : NULL,
        .data = session};
    session->observer = face_open(&session->face, &setup);
    if (!own)
        return;
    struct experiment_observer face = session->observer;
    session->observer = own_observer(own, &face);
    if (session->face.display)
        own_hold(own);
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

static int prepare_experiment(struct session *session, struct fault *fault)
{
    const struct options *options = session->options;
    struct result *result = &session->result;
    int error = host_find_cpus(&result->machine, &result->plan.host_cpus, fault);
    if (error == 0)
        error = read_workers(options, &result->plan, fault);
    if (error < 0)
        return error;
    if (options_has_own(options))
        error = own_create(
            options, result->plan.host_cpus, &result->plan, &session->own, fault);
    if (error < 0)
        return error;
    struct experiment_setup setup = {.events = session->events,
        .root = &session->root,
        .observer = &session->observer};
    if (session->own)
        own_set_up(session->own, &setup);
    session->experiment = experiment_create(&setup, result);
    return experiment_check(session->experiment, fault);
}

/* The last before it starts: there is a log from here on. */
static int begin_own(struct session *session, struct fault *fault)
{
    if (!session->own)
        return 0;
    char text[160];
    if (!session->options->quiet &&
        own_warn(session->own, &session->result.plan, sizeof text, text))
        fprintf(stderr, "%s\n", text);
    return own_begin(session->own, session->experiment, &session->result.plan, fault);
}

/* A loop, or a whole program: an experiment. */
static bool runs_something(const struct plan *plan)
{
    return plan->command != PLAN_CHECK &&
           (plan->command != PLAN_WATCH || plan->program_count > 0);
}

/* What can be refused is refused before the screen is taken; hwloc, which may take a
 * while, comes after its first frame. */
static int prepare(struct session *session, struct fault *fault)
{
    struct result *result = &session->result;
    result->plan = session->options->plan;
    text_copy(sizeof result->program_version, result->program_version, PARFOR_VERSION);
    int error = root_open(session->options->sysroot, &session->root, fault);
    if (error == 0)
        error = machine_init(&result->machine, &session->root, environ, fault);
    if (error == 0 && session->options->ask &&
        !face_wants_screen(session->options, session->own && own_is_typed(session->own)))
        error = fault_input(
            fault, "nowhere to ask: --ask (it needs a screen, not a pipe or --plain)");
    if (error == 0 && result->plan.command == PLAN_CHECK)
        check_find_host(result);
    if (error == 0 && runs_something(&result->plan))
        error = prepare_experiment(session, fault);
    if (error == 0)
        error = watch_signals(session, fault);
    if (error == 0)
        error = begin_own(session, fault);
    if (error < 0)
        return error;
    open_face(session);
    machine_complete(&result->machine, &session->root);
    return 0;
}

/* Until it is over, or somebody has enough. */
static const bool *is_left(const struct session *session)
{
    return session->face.display ? display_is_left(session->face.display)
                                 : &session->ended;
}

/* What there is to see at the end. */
static struct scene last_scene(const struct session *session)
{
    if (session->experiment)
        return *experiment_scene(session->experiment);
    return (struct scene){.result = &session->result,
        .phase = SCENE_ENDED,
        .stage = (int)session->result.stage_count - 1,
        .busy_cpus = -1,
        .own_cpus = -1};
}

/* The end stays on the screen for as long as somebody looks, where nobody reads what
 * comes after it; `map` gets work done, and then it is done. */
static void close_face(struct session *session, bool has_run)
{
    enum plan_command command = session->result.plan.command;
    bool stopped = session->experiment ? experiment_is_stopped(session->experiment)
                                       : *is_left(session);
    bool waits = has_run && command != PLAN_MAP && command != PLAN_WATCH &&
                 isatty(STDOUT_FILENO) && !stopped;
    struct scene scene = last_scene(session);
    if (session->face.display && waits)
        display_wait(session->face.display, &scene);
    face_close(&session->face);
}

static struct present_manner manner_of(const struct session *session)
{
    struct present_manner manner = {.after = PRESENT_AFTER_PLAIN};
    if (session->face.display)
        manner.after = PRESENT_AFTER_SCREEN;
    else if (session->options->quiet)
        manner.after = PRESENT_AFTER_NOTHING;
    return manner;
}

/* From here on signals do what they always do, should printing take its time; unless one
 * wants the end already and printing cannot take long: who is impatient sends two. */
static void let_signals_end(struct session *session)
{
    if (session->ended && isatty(STDOUT_FILENO))
        return;
    loop_unwatch(session->signals);
    session->signals = NULL;
}

/* What is done is safe before anybody is waited for. */
static int run_experiment(struct session *session, struct fault *fault)
{
    struct result *result = &session->result;
    struct present_manner manner = manner_of(session);
    experiment_run(session->experiment, fault);
    int status = outcome_status(result);
    if (experiment_is_stopped(session->experiment) && status == STATUS_DONE)
        status = STATUS_UNSUCCESSFUL;
    session->ended = session->ended && !(session->closing && outcome_is_whole(result));
    bool has_run = fault->kind == FAULT_NONE;
    bool something = has_run || result->stage_count > 0;
    if (something)
        present_save(session->options, result, fault);
    close_face(session, has_run);
    if (session->own)
        own_end(session->own, result, fault);
    let_signals_end(session);
    manner.hurried = session->ended;
    if (something && !(session->own && own_is_unread(session->own))) /* a quiet end */
        present_print(session->options, result, &manner, fault);
    if (fault->kind != FAULT_NONE)
        return status_of(fault);
    return status;
}

static int watch_machine(struct session *session, struct fault *fault)
{
    struct monitor_setup setup = {.events = session->events,
        .root = &session->root,
        .period_ns = session->result.plan.interval_ns,
        .observer = &session->observer};
    int error =
        monitor_run(&setup, &session->result, is_left(session), &session->monitor, fault);
    close_face(session, error == 0);
    let_signals_end(session);
    if (error < 0)
        return status_of(fault);
    char text[200];
    words_stage_ended(
        &session->result, &session->result.stages[0], sizeof text - 1, text);
    strcat(text, "\n");
    return present_text(stdout, session->ended, text, fault) < 0 ? STATUS_REFUSED
                                                                 : STATUS_DONE;
}

static int check_machine(struct session *session, struct fault *fault)
{
    struct check_setup setup = {.events = session->events,
        .root = &session->root,
        .observer = &session->observer,
        .environment = environ};
    struct present_manner manner = manner_of(session);
    int error =
        check_run(&setup, &session->result, is_left(session), &session->check, fault);
    if (error == 0)
        present_save(session->options, &session->result, fault);
    close_face(session, error == 0);
    let_signals_end(session);
    manner.hurried = session->ended;
    if (error == 0)
        present_print(session->options, &session->result, &manner, fault);
    return fault->kind != FAULT_NONE ? status_of(fault)
                                     : outcome_status(&session->result);
}

static int run(struct session *session, struct fault *fault)
{
    if (session->experiment)
        return run_experiment(session, fault);
    if (session->result.plan.command == PLAN_CHECK)
        return check_machine(session, fault);
    return watch_machine(session, fault);
}

int session_run(const struct options *options, int *ret_signal, struct fault *fault)
{
    struct session session = {.options = options, .root = {.fd = -1}};
    int status = STATUS_DONE;
    result_init(&session.result);
    int error = present_probe(options, fault);
    if (error == 0 && (error = loop_create(&session.events)) < 0)
        fault_system(fault, error, "no memory");
    if (error == 0)
        error = prepare(&session, fault);
    if (error == 0)
        status = run(&session, fault);
    *ret_signal = session.ended ? session.signal : 0;
    if (session.own && own_is_unread(session.own)) /* quietly, as everybody does */
        *ret_signal = SIGPIPE;
    face_close(&session.face); /* where it did not come to that before */
    experiment_destroy(session.experiment);
    own_destroy(session.own);
    loop_destroy(session.events);
    root_close(&session.root);
    result_finish(&session.result);
    return error < 0 ? status_of(fault) : status;
}
