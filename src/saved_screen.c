// SPDX-License-Identifier: MIT
#include "saved_screen.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/signals.h"
#include "experiment/player.h"
#include "face.h"
#include "launch/state.h"
#include "save.h"
#include "ui/browser.h"
#include "ui/plain.h"
#include "viewer.h"

struct look {
    const struct options *options;
    const struct collection *saved;
    struct loop *events;
    struct window *window; /* NULL in plain lines */
    struct watch *signals;
    int signal; /* the last that came in */
    bool ended; /* by a signal */

    struct gallery gallery;     /* of several */
    const struct result *shown; /* that a key may save */
    struct save_proposal proposal;

    /* Of a replay in plain lines. */
    struct plain plain;
    struct experiment_observer lines;
    bool over;
};

static void on_signal(void *data)
{
    struct look *look = data;
    if (look->signal != SIGTSTP) {
        look->ended = true;
        return;
    }
    if (look->window)
        window_hide(look->window);
    signals_stop_here();
    if (look->window)
        window_show(look->window);
}

static bool on_theme(void *data, enum style_theme theme)
{
    (void)data;
    return state_keep_theme(theme);
}

static int on_save(void *data, const char *path, struct fault *fault)
{
    struct look *look = data;
    const struct report_manner manner = {.dark = look->options->dark};
    char *typed = file_typed(path);
    int error = save_new(look->shown, typed, &manner, fault);
    free(typed);
    return error;
}

/* Both of the pair together, or the selected one. */
static int on_save_chosen(
    void *data, const size_t *pair, const char *path, struct fault *fault)
{
    struct look *look = data;
    if (!pair)
        return on_save(data, path, fault);
    char *typed = file_typed(path);
    int error = save_new_pair(look->saved, pair, typed, fault);
    free(typed);
    return error;
}

static enum display_end view(struct look *look, const struct result *result)
{
    look->shown = result;
    save_propose(result, &look->proposal);
    const struct viewer_setup setup = {.events = look->events,
        .window = look->window,
        .result = result,
        .returns = look->saved->count > 1,
        .replay = look->options->replay,
        .speed = look->options->speed,
        .ended = &look->ended,
        .on_theme = on_theme,
        .on_save = on_save,
        .name = look->proposal.name,
        .endings = look->proposal.endings,
        .data = look};
    return viewer_run(&setup);
}

static const char *on_name(void *data, bool both)
{
    struct look *look = data;
    if (both) {
        save_propose_pair(&look->proposal);
        return look->proposal.name;
    }
    look->shown = look->saved->results[look->gallery.selected];
    save_propose(look->shown, &look->proposal);
    return look->proposal.name;
}

/* A table of them, from which each can be opened. */
static void browse(struct look *look)
{
    struct gallery *gallery = &look->gallery;
    const struct browser_setup setup = {.events = look->events,
        .window = look->window,
        .gallery = gallery,
        .on_theme = on_theme,
        .on_save = on_save_chosen,
        .on_name = on_name,
        .endings = look->proposal.endings,
        .data = look,
        .ended = &look->ended};
    gallery_init(gallery, look->saved->count, look->saved->results, look->saved->names);
    while (!look->ended && browser_run(&setup) == BROWSER_OPEN)
        view(look, look->saved->results[gallery->selected]);
}

static void say_planned(void *data, const struct result *result)
{
    struct look *look = data;
    look->lines.planned(look->lines.data, result);
}

static void say_started(void *data, const struct scene *scene)
{
    struct look *look = data;
    if (scene->phase != SCENE_WATCHING) /* what it is was said */
        look->lines.stage_started(look->lines.data, scene);
}

static void say_sampled(void *data, const struct scene *scene)
{
    struct look *look = data;
    look->lines.sampled(look->lines.data, scene);
}

static void say_ended(void *data, const struct scene *scene)
{
    struct look *look = data;
    look->over = scene->phase == SCENE_ENDED;
    look->lines.stage_ended(look->lines.data, scene);
}

static int speak(struct look *look, struct fault *fault)
{
    const struct experiment_observer observer = {.data = look,
        .planned = say_planned,
        .stage_started = say_started,
        .sampled = say_sampled,
        .stage_ended = say_ended};
    const struct player_setup setup = {.events = look->events,
        .observer = &observer,
        .speed = look->options->speed,
        .lasting = true};
    struct player *player = player_create(&setup, look->saved->results[0]);
    look->lines = plain_observer(&look->plain, stderr);
    int error = player_start(player);
    while (error == 0 && !look->over && !look->ended)
        error = loop_turn(look->events);
    player_destroy(player);
    return error < 0 ? fault_system(fault, error, "cannot play it") : 0;
}

/* Text for somebody who reads it elsewhere waits for nobody. */
static bool wants_screen(const struct options *options)
{
    return isatty(STDOUT_FILENO) && face_wants_screen(options, false);
}

static int open_look(struct look *look, struct fault *fault)
{
    struct fault ignored; /* without a screen there are lines */
    int error = loop_create(&look->events);
    if (error < 0)
        return fault_system(fault, error, "no memory");
    error =
        signals_watch_ends(look->events, on_signal, look, &look->signal, &look->signals);
    if (error < 0)
        return fault_system(fault, error, "cannot watch for signals");
    if (wants_screen(look->options))
        face_open_window(look->options, look->events, &look->window, &ignored);
    return 0;
}

int saved_look(const struct options *options, const struct collection *saved,
    enum present_after *ret_after, int *ret_signal, struct fault *fault)
{
    struct look look = {.options = options, .saved = saved};
    bool speaks = options->replay && !options->quiet;
    int error = 0;
    if (!wants_screen(options) && !speaks)
        return 0;
    error = open_look(&look, fault);
    if (error == 0 && look.window && saved->count > 1)
        browse(&look);
    else if (error == 0 && look.window)
        view(&look, saved->results[0]);
    else if (error == 0 && speaks)
        error = speak(&look, fault);
    if (error == 0 && !look.window && speaks)
        *ret_after = PRESENT_AFTER_PLAIN;
    *ret_signal = look.ended ? look.signal : 0;
    window_destroy(look.window);
    loop_unwatch(look.signals);
    loop_destroy(look.events);
    return error;
}
