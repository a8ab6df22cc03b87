// SPDX-License-Identifier: MIT
#include "session.h"
#include "session_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "experiment/words.h"
#include "host.h"
#include "launch/launch_form.h"
#include "launch/state.h"
#include "outcome.h"
#include "present.h"
#include "save.h"
#include "status.h"

/* The user has left the screen, and the run goes on. */
static void on_detach(void *data)
{
    struct session *session = data;
    own_release(session->own);
}

static bool on_theme(void *data, enum style_theme theme)
{
    (void)data;
    return state_keep_theme(theme);
}

static int on_save(void *data, const char *path, struct fault *fault)
{
    struct session *session = data;
    const struct report_manner manner = {.dark = session->options->dark};
    char *typed = file_typed(path);
    int error = save_new(&session->result, typed, &manner, fault);
    free(typed);
    session->saved = session->saved || (error == 0 && save_is_whole(path));
    return error;
}

/* Items that come once cannot be had again. */
static bool can_repeat(const struct session *session)
{
    const struct options_own *own = &session->options->own;
    bool once = session->own && !own->items_given &&
                (!own->items_path || strcmp(own->items_path, "-") == 0) &&
                session->result.plan.commands;
    return !once && session->result.plan.command != PLAN_WATCH;
}

/* What came from the form can go back to it. */
static bool can_edit(const struct session *session)
{
    return session->place ||
           (face_wants_screen(session->options, false) &&
               launch_form_has(session->options, &session->result.machine));
}

/* What the user's own loop puts out waits where the screen is, or goes between its plain
 * lines. */
static void open_face(struct session *session)
{
    struct own *own = session->own;
    save_propose(&session->result, &session->proposal);
    struct face_setup setup = {.options = session->options,
        .events = session->events,
        .experiment = session->experiment,
        .result = &session->result,
        .is_typed = own && own_is_typed(own),
        .stays = session_survives_hangup(session),
        .window = session->place ? session->place->window : NULL,
        .on_detach = own ? on_detach : NULL,
        .on_theme = on_theme,
        .on_save = on_save,
        .name = session->proposal.name,
        .endings = session->proposal.endings,
        .offers = {.save = true,
            .repeat = can_repeat(session),
            .edit = can_edit(session),
            .returns = session->place},
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

/* The screen that it is in, not its own; NULL: none. */
static struct window *lent_window(const struct session *session)
{
    return session->place ? session->place->window : NULL;
}

/* A compiler has the terminal to itself: what it says stays there. */
static int create_own(struct session *session, struct fault *fault)
{
    const struct options *options = session->options;
    struct plan *plan = &session->result.plan;
    struct window *window = options->own.file ? lent_window(session) : NULL;
    if (window)
        window_hide(window);
    int error = own_create(options, plan->host_cpus, plan, &session->own, fault);
    if (window)
        window_show(window);
    return error;
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
        error = create_own(session, fault);
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
    if (!session->options->quiet && !lent_window(session) &&
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
    result->plan.sysroot = session->options->sysroot;
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
        error = session_watch_signals(session, fault);
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
    waits = waits || (session->place && has_run && command != PLAN_WATCH && !stopped);
    struct scene scene = last_scene(session);
    if (session->face.display && waits)
        display_wait(session->face.display, &scene);
    if (session->face.display)
        session->end = display_end(session->face.display);
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

/* What items have put out goes to the screen that was there before, for a moment. */
static void end_own(struct session *session, struct fault *fault)
{
    struct window *window = lent_window(session);
    if (!session->own)
        return;
    if (window)
        window_hide(window);
    own_end(session->own, &session->result, fault);
    if (window)
        window_show(window);
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
        save_all(session->options, result, fault);
    close_face(session, has_run);
    end_own(session, fault);
    let_signals_end(session);
    manner.hurried = session->ended;
    bool unread = session->own && own_is_unread(session->own); /* a quiet end */
    if (something && !unread && !session->place)
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
    if (session->place)
        return STATUS_DONE;
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
        save_all(session->options, &session->result, fault);
    close_face(session, error == 0);
    let_signals_end(session);
    manner.hurried = session->ended;
    if (error == 0 && !session->place)
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

static int begin(struct session *session, struct fault *fault)
{
    int error = save_probe(session->options, fault);
    if (error == 0 && session->place)
        session->events = session->place->events;
    else if (error == 0 && (error = loop_create(&session->events)) < 0)
        fault_system(fault, error, "no memory");
    return error < 0 ? error : prepare(session, fault);
}

int session_run(const struct options *options, const struct session_place *place,
    struct session_end *ret_end, struct fault *fault)
{
    struct session session = {.options = options, .place = place, .root = {.fd = -1}};
    int status = STATUS_DONE;
    result_init(&session.result);
    int error = begin(&session, fault);
    if (error == 0)
        status = run(&session, fault);
    *ret_end = (struct session_end){.end = session.end, .saved = session.saved};
    ret_end->signal = session.ended ? session.signal : 0;
    if (session.own && own_is_unread(session.own)) /* quietly, as everybody does */
        ret_end->signal = SIGPIPE;
    face_close(&session.face); /* where it did not come to that before */
    experiment_destroy(session.experiment);
    own_destroy(session.own);
    loop_unwatch(session.signals);
    if (!place)
        loop_destroy(session.events);
    root_close(&session.root);
    ret_end->result = session.result;
    return error < 0 ? status_of(fault) : status;
}
