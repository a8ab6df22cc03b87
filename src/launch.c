// SPDX-License-Identifier: MIT
#include "launch.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/memory.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/words.h"
#include "face.h"
#include "host.h"
#include "launch/state.h"
#include "launch_inside.h"
#include "options/command_typed.h"
#include "report/report.h"
#include "session.h"
#include "status.h"
#include "ui/browser.h"
#include "viewer.h"
#include "workload/template.h"

bool launch_is_possible(const struct options *options)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !options->quiet;
}

static void on_signal(void *data)
{
    struct launch *launch = data;
    if (launch->signal != SIGTSTP) {
        launch->ended = true;
        return;
    }
    if (launch->window)
        window_hide(launch->window);
    signals_stop_here();
    if (launch->window)
        window_show(launch->window);
}

/* A run watches them itself. */
static int watch_signals(struct launch *launch, struct fault *fault)
{
    int error = signals_watch_ends(
        launch->events, on_signal, launch, &launch->signal, &launch->signals);
    return error < 0 ? fault_system(fault, error, "cannot watch for signals") : 0;
}

static void unwatch_signals(struct launch *launch)
{
    loop_unwatch(launch->signals);
    launch->signals = NULL;
}

static bool on_theme(void *data, enum style_theme theme)
{
    (void)data;
    return state_keep_theme(theme);
}

static void on_name(void *data)
{
    struct launch *launch = data;
    launch_propose_name(launch);
}

/* What it comes to; on a simulated machine that stands in it, behind the command. */
static void write_line(struct launch *launch)
{
    char line[LAUNCH_TEXT_SIZE], folder[PATH_MAX];
    char *shown = launch->launcher.command_line;
    size_t size = sizeof launch->launcher.command_line;
    launch_form_command_line(launch->form, sizeof line, line);
    text_copy(size, shown, line);
    if (!launch->options->sysroot)
        return;
    size_t head = strcspn(line, " ") + 1;
    head += strcspn(line + head, " ");
    template_quote(launch->options->sysroot, sizeof folder, folder);
    text_copy(size, shown, "");
    text_append(size, shown, "%.*s --sysroot %s%s", (int)head, line, folder, line + head);
}

/* The form has changed: what it comes to now. */
static void on_change(void *data)
{
    struct launch *launch = data;
    launch_form_check(launch->form);
    launch->launcher.is_refused = launch_form_is_refused(launch->form);
    write_line(launch);
}

/* As it was left the last time, or as the loop is that is to be changed. */
static void fill_form(struct launch *launch, const struct launch_round *round)
{
    struct launcher *launcher = &launch->launcher;
    struct state state;
    state_read(&state, sizeof launcher->word, launcher->word);
    char *line = round->from ? command_typed(round->from)
                             : memory_need(strdup(state.command_line));
    if (*line && launch_form_take(launch->form, line) < 0)
        text_copy(sizeof launcher->word, launcher->word,
            "The loop that was remembered has what this form has not: left out.");
    free(line);
    on_change(launch);
}

static void say_machine(struct launch *launch)
{
    const struct machine *machine = &launch->machine;
    words_machine_short(
        machine, sizeof launch->launcher.machine[0], launch->launcher.machine[0]);
    words_usable(
        machine, sizeof launch->launcher.machine[1], launch->launcher.machine[1]);
}

/* What is said of the program and not of a loop. */
static void inherit(const struct options *from, struct options *options)
{
    options->sysroot = from->sysroot;
    options->plain = from->plain;
    options->ascii = from->ascii;
    options->no_color = from->no_color;
    options->no_mouse = from->no_mouse;
    options->themed = from->themed;
    options->theme = from->theme;
    options->dark = options->dark || from->dark;
}

/* All of the result, by what was asked for. */
static bool is_in_file(const struct options *options)
{
    for (size_t i = 0; i < options->output_count; i++)
        if (options->format ? options->format->write == report_json_write
                            : save_is_whole(options->outputs[i]))
            return true;
    return false;
}

static int on_save(void *data, const char *path, struct fault *fault)
{
    return launch_save_as(data, path, fault);
}

/* What is run is what the form says, on the screen that there is. */
static void run_form(struct launch *launch, struct fault *fault)
{
    const struct session_place place = {launch->events, launch->window};
    struct options options;
    struct session_end end = {.end = DISPLAY_REPEAT};
    struct fault watching;
    if (launch_form_options(launch->form, &options, fault) < 0)
        return;
    inherit(launch->options, &options);
    unwatch_signals(launch);
    while (end.end == DISPLAY_REPEAT && fault->kind == FAULT_NONE) {
        launch->status =
            session_run(&options, launch->window ? &place : NULL, &end, fault);
        launch_keep(
            launch, &end.result, end.saved || (is_in_file(&options) && !fault->kind));
        if (end.signal)
            break;
    }
    if (launch->window && watch_signals(launch, &watching) < 0 &&
        fault->kind == FAULT_NONE)
        *fault = watching;
    if (end.signal)
        launch->signal = end.signal;
    launch->ended = launch->ended || end.signal;
}

/* As if it had just been run: its loop can be changed, too, where the form has it. */
static void open_result(struct launch *launch)
{
    const struct gallery *gallery = &launch->launcher.gallery;
    const struct result *result = gallery->results[gallery->selected];
    launch_propose_name(launch);
    const struct viewer_setup setup = {.events = launch->events,
        .window = launch->window,
        .result = result,
        .on_save = on_save,
        .name = launch->proposal.name,
        .endings = launch->proposal.endings,
        .speed = 1,
        .can_edit = result->plan.command != PLAN_WATCH,
        .returns = true,
        .ended = &launch->ended,
        .on_theme = on_theme,
        .data = launch};
    char line[LAUNCH_TEXT_SIZE];
    if (viewer_run(&setup) != DISPLAY_EDIT)
        return;
    plan_command_line(&result->plan, sizeof line, line);
    if (launch_form_take(launch->form, line) < 0)
        text_copy(sizeof launch->launcher.word, launch->launcher.word,
            "This loop has what the form has not.");
    launch->launcher.in_gallery = false;
    on_change(launch);
}

/* Two side by side, and what both together can be saved as. */
struct beside {
    struct launch *launch;
    struct save_proposal proposal;
};

/* A table of both has not all of either: they stay unsaved. */
static int on_save_beside(
    void *data, const size_t *pair, const char *path, struct fault *fault)
{
    const struct beside *beside = data;
    char *typed = file_typed(path);
    int error = save_new_pair(&beside->launch->results, pair, typed, fault);
    free(typed);
    return error;
}

static const char *on_name_beside(void *data, bool both)
{
    struct beside *beside = data;
    (void)both; /* it is, for it leaves instead of going to the list */
    save_propose_pair(&beside->proposal);
    return beside->proposal.name;
}

static void put_beside(struct launch *launch)
{
    struct beside beside = {.launch = launch};
    const struct browser_setup setup = {.events = launch->events,
        .window = launch->window,
        .gallery = &launch->launcher.gallery,
        .beside = true,
        .on_theme = on_theme,
        .on_save = on_save_beside,
        .on_name = on_name_beside,
        .endings = beside.proposal.endings,
        .data = &beside,
        .ended = &launch->ended};
    browser_run(&setup);
}

/* What the user has chosen.  What goes wrong is said in the launcher. */
static void obey(struct launch *launch, enum launcher_action action)
{
    struct fault fault = {0};
    struct launcher *launcher = &launch->launcher;
    switch (action) {
    case LAUNCHER_RUN:
        run_form(launch, &fault);
        break;
    case LAUNCHER_OPEN:
        open_result(launch);
        break;
    case LAUNCHER_BESIDE:
        put_beside(launch);
        break;
    case LAUNCHER_SAVE:
        launch_save(launch, &fault);
        break;
    case LAUNCHER_LOAD:
        launch_load(launch, &fault);
        break;
    default:
        break;
    }
    if (fault.kind != FAULT_NONE)
        text_copy(sizeof launcher->word, launcher->word, fault.text);
}

/* A screen that was left to a run that goes on is not taken again. */
static void rounds_on_screen(struct launch *launch)
{
    const struct launcher_setup setup = {.events = launch->events,
        .window = launch->window,
        .launcher = &launch->launcher,
        .on_change = on_change,
        .on_theme = on_theme,
        .on_name = on_name,
        .data = launch,
        .ended = &launch->ended};
    enum launcher_action action = LAUNCHER_RUN;
    while (!launch->ended && action != LAUNCHER_LEAVE && window_is_open(launch->window)) {
        action = launcher_run(&setup);
        launch->launcher.word[0] = '\0';
        if (!launch->ended) /* not by a signal that came with the key */
            obey(launch, action);
    }
}

static void rounds_in_lines(struct launch *launch)
{
    launch_greet(launch);
    for (bool again = false; !launch->ended && launch_ask(launch, again); again = true) {
        struct fault fault = {0};
        size_t before = launch->results.count;
        run_form(launch, &fault);
        if (fault.kind != FAULT_NONE)
            fprintf(stderr, "parfor: %s\n", fault.text);
        if (launch->results.count > before && !launch->ended)
            printf(
                "This is result %zu: s saves it, l lists all.\n", launch->results.count);
    }
    on_change(launch);
}

/* The screen, where one can be looked at; else lines, which need nothing. */
static void open_window(struct launch *launch)
{
    struct fault ignored;
    launch->on_screen =
        face_wants_screen(launch->options, false) &&
        face_open_window(launch->options, launch->events, &launch->window, &ignored) == 0;
}

static int begin(struct launch *launch, struct launch_round *round, struct fault *fault)
{
    struct launcher *launcher = &launch->launcher;
    double host_cpus;
    int error = root_open(launch->options->sysroot, &launch->root, fault);
    if (error == 0)
        error = machine_init(&launch->machine, &launch->root, environ, fault);
    if (error == 0)
        error = host_find_cpus(&launch->machine, &host_cpus, fault);
    if (error == 0 && (error = loop_create(&launch->events)) < 0)
        fault_system(fault, error, "no memory");
    if (error < 0)
        return error;
    machine_complete(&launch->machine, &launch->root);
    launch->form = launch_form_create(&launch->machine, host_cpus);
    launcher->form = launch_form_fields(launch->form);
    say_machine(launch);
    fill_form(launch, round);
    if (round->found)
        launch_add(launch, round->found);
    return 0;
}

/* The loop is remembered as it was left, run or not, if it can be run. */
static void remember(const struct launch *launch)
{
    char line[LAUNCH_TEXT_SIZE];
    if (launch->launcher.is_refused) /* it could not be read again */
        return;
    launch_form_command_line(launch->form, sizeof line, line);
    state_keep_line(line);
}

/* Signals are kept back from the first frame to the last, whoever watches them: one
 * between the form and a run would leave the screen behind. */
static void sit(struct launch *launch, struct fault *fault)
{
    sigset_t before;
    sigprocmask(SIG_SETMASK, NULL, &before);
    if (face_wants_screen(launch->options, false))
        signals_hold_ends(&before);
    open_window(launch);
    if (!launch->on_screen)
        sigprocmask(SIG_SETMASK, &before, NULL); /* questions end as any reading does */
    if (launch->on_screen && watch_signals(launch, fault) == 0)
        rounds_on_screen(launch);
    else if (!launch->on_screen)
        rounds_in_lines(launch);
    remember(launch);
    unwatch_signals(launch);
    window_destroy(launch->window);
    launch->window = NULL;
    if (!launch->ended) /* printing may take its time, and can be ended */
        sigprocmask(SIG_SETMASK, &before, NULL);
    if (launch->on_screen)
        launch_print(launch, fault);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int launch_run(
    const struct options *options, struct launch_round *round, struct fault *fault)
{
    struct launch launch = {.options = options, .root = {.fd = -1}};
    if (begin(&launch, round, fault) == 0)
        sit(&launch, fault);
    round->signal = launch.ended ? launch.signal : 0;
    launch_form_destroy(launch.form);
    collection_finish(&launch.results);
    free(launch.unsaved);
    machine_finish(&launch.machine);
    loop_destroy(launch.events);
    root_close(&launch.root);
    return fault->kind != FAULT_NONE ? status_of(fault) : launch.status;
}
