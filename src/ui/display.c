// SPDX-License-Identifier: MIT
#include "ui/display.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "ui/choice.h"
#include "ui/frame.h"
#include "ui/handover.h"
#include "ui/kept.h"
#include "ui/screen.h"

enum {
    FRAME_MS = 95,       /* at most ten frames a second */
    LOOK_EVERY_MS = 200, /* at a terminal that is somebody else's */
    BETWEEN_MS = 1000,   /* from one stage to the next: to see that one is over */
    RECORDS_EVERY_MS = 450,
    ROWS_AROUND = 3, /* that do not scroll */
};

struct display {
    struct display_setup setup;
    struct screen *screen; /* NULL once the terminal is gone */
    struct experiment *experiment;
    struct watch *input, *signals, *pause;
    struct watch *hidden; /* while the screen is: to take it again */
    int signal;

    struct kept kept; /* a frozen one stays */
    int64_t taken_ns, collected_ns;
    struct choice choice;
    int below;
    bool asking, left;

    struct handover handover;
};

static bool is_sweep(const struct scene *scene)
{
    return scene->result->plan.command == PLAN_SWEEP;
}

static struct choice_situation situation_in(
    const struct display *display, const struct scene *scene)
{
    const struct result_stage *stage = scene_stage(scene);
    return (struct choice_situation){.phase = scene->phase,
        .sweeping = is_sweep(scene),
        .checking = scene->result->plan.command == PLAN_CHECK,
        .programs = scene->result->programs.count > 0,
        .own = display->experiment && scene->result->plan.tells,
        .working = handover_is_possible(scene),
        .alone = stage && stage->kind == RESULT_SEQUENTIAL,
        .asking = display->asking,
        .below = display->below};
}

static void draw_view(struct display *display, struct canvas *canvas)
{
    const struct choice *choice = &display->choice;
    struct scene scene = display->kept.scene;
    struct result result;
    if (choice->frozen) {
        result = kept_result(&display->kept);
        scene.result = &result;
    }
    struct view_input input = {.scene = &scene,
        .figures = &display->kept.figures,
        .axis = display->kept.axis.end_ns > 0 ? &display->kept.axis : NULL,
        .details = choice->details,
        .frozen = choice->frozen,
        .scroll = choice->scroll,
        .guess = choice->guess,
        .question = choice->question,
        .now = display->kept.now,
        .stays = display->setup.stays};
    const struct choice_situation situation = situation_in(display, &scene);
    const struct view_ops *view = choice_view(choice, &situation);
    if (frame_draw_too_small(canvas, &input))
        return;
    int most = view->draw(canvas, &input);
    if (display->choice.scroll > most) /* after a resize, or of another view */
        display->choice.scroll = most;
    display->below = most - display->choice.scroll;
    screen_cursor(display->screen, display->asking && view == &view_ask);
}

static void draw(struct display *display)
{
    struct canvas *canvas = display->screen ? screen_begin(display->screen) : NULL;
    if (!canvas || !display->kept.scene.result)
        return;
    draw_view(display, canvas);
    screen_end(display->screen);
}

static void update(struct display *display, const struct scene *scene)
{
    if (!display->choice.frozen)
        kept_take(&display->kept, scene, clock_now_ns());
    draw(display);
}

static void drop_screen(struct display *display)
{
    loop_unwatch(display->input);
    display->input = NULL;
    loop_unwatch(display->hidden);
    display->hidden = NULL;
    screen_close(display->screen);
    display->screen = NULL;
}

/* The user wants to leave: what runs is ended with what was measured so far. */
static void leave(struct display *display)
{
    display->left = true;
    if (display->experiment)
        experiment_stop(display->experiment, 0);
}

void display_detach(struct display *display)
{
    drop_screen(display);
    if (display->handover.done || !handover_is_possible(&display->kept.scene))
        return;
    handover_begin(&display->handover, &display->kept.scene);
    if (display->setup.on_detach)
        display->setup.on_detach(display->setup.data);
}

bool display_is_detached(const struct display *display)
{
    return display->handover.done;
}

static void go_on(struct display *display)
{
    display->asking = false;
    experiment_go_on(display->experiment);
    draw(display);
}

/* A frozen display does not show what a key meets: the run goes on. */
static enum scene_phase phase_now(const struct display *display)
{
    if (!display->experiment)
        return display->kept.scene.phase;
    return experiment_scene(display->experiment)->phase;
}

static void obey(struct display *display, int key)
{
    struct choice_situation situation = situation_in(display, &display->kept.scene);
    situation.phase = phase_now(display);
    situation.page = screen_rows(display->screen) - ROWS_AROUND;
    enum choice_action action = choice_obey(&display->choice, &situation, key);
    if (handover_obey(display->experiment, action))
        return;
    switch (action) {
    case CHOICE_DETACH:
        display_detach(display);
        fputs("The run goes on; Ctrl-C ends it.\n", stderr);
        return;
    case CHOICE_REPAINT:
        screen_repaint(display->screen);
        break;
    case CHOICE_GO_ON:
        go_on(display);
        return;
    case CHOICE_LEAVE:
        leave(display);
        return;
    default:
        break;
    }
    display->collected_ns = 0;
}

/* A terminal that is gone leaves the run alone, unless it was waiting for a key. */
static void on_key(void *data)
{
    struct display *display = data;
    bool obeyed = false;
    int key;
    while (display->screen && (key = screen_key(display->screen)) != KEYS_NONE) {
        if (key != KEYS_GONE) {
            obey(display, key);
            obeyed = true;
            continue;
        }
        display_detach(display);
        if (display->asking)
            go_on(display);
        else if (phase_now(display) == SCENE_ENDED ||
                 phase_now(display) == SCENE_WATCHING)
            leave(display);
    }
    if (obeyed) /* once for all that came together, such as a paste */
        draw(display);
}

/* A shell that brings us to the foreground does not tell if it knows that we run (bash,
 * after bg), and a terminal that hangs up tells those in its background nothing. */
static void look_for_terminal(void *data)
{
    struct display *display = data;
    on_key(display);
    if (display->screen && !screen_is_shown(display->screen))
        display_show(display);
}

/* No keys are read while the terminal is somebody else's: that would stop us. */
static void watch_keys(struct display *display)
{
    bool shown = display->screen && screen_is_shown(display->screen);
    if (shown) {
        loop_unwatch(display->hidden);
        display->hidden = NULL;
    } else if (display->screen && !display->hidden) {
        loop_watch_timer(display->setup.events, LOOK_EVERY_MS * NS_PER_MS,
            look_for_terminal, display, &display->hidden);
    }
    if (!shown) {
        loop_unwatch(display->input);
        display->input = NULL;
    } else if (!display->input)
        loop_watch(display->setup.events, screen_input(display->screen), on_key, display,
            &display->input);
}

void display_hide(struct display *display)
{
    if (display->screen)
        screen_hide(display->screen);
    watch_keys(display);
}

void display_show(struct display *display)
{
    if (display->screen)
        screen_show(display->screen);
    watch_keys(display);
    draw(display);
}

static void on_signal(void *data)
{
    struct display *display = data;
    if (!display->screen)
        return;
    if (display->signal == SIGWINCH)
        screen_resize(display->screen);
    else
        screen_continue(display->screen);
    watch_keys(display);
    draw(display);
}

int display_create(
    const struct display_setup *setup, struct display **ret_display, struct fault *fault)
{
    struct display *display = memory_new(1, sizeof *display);
    struct screen_setup screen = {setup->events, setup->ascii, setup->no_color};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGWINCH);
    sigaddset(&signals, SIGCONT);
    display->setup = *setup;
    int error = loop_watch_signals(
        setup->events, &signals, on_signal, display, &display->signal, &display->signals);
    if (error < 0)
        fault_system(fault, error, "cannot watch the terminal's size");
    else
        error = screen_open(&screen, &display->screen, fault);
    if (error < 0) {
        display_destroy(display);
        return error;
    }
    watch_keys(display);
    *ret_display = display;
    return 0;
}

void display_destroy(struct display *display)
{
    if (!display)
        return;
    drop_screen(display);
    loop_unwatch(display->pause);
    loop_unwatch(display->signals);
    kept_finish(&display->kept);
    free(display);
}

void display_show_machine(struct display *display, const struct result *result)
{
    struct scene watching = {.result = result,
        .phase = SCENE_WATCHING,
        .stage = -1,
        .busy_cpus = -1,
        .own_cpus = -1};
    update(
        display, display->experiment ? experiment_scene(display->experiment) : &watching);
}

void display_attach(struct display *display, struct experiment *experiment)
{
    display->experiment = experiment;
}

static void on_started(void *data, const struct scene *scene)
{
    struct display *display = data;
    handover_started(&display->handover, scene);
    update(display, scene);
}

static void on_ended(void *data, const struct scene *scene)
{
    struct display *display = data;
    handover_ended(&display->handover, scene);
    update(display, scene);
}

static void on_sampled(void *data, const struct scene *scene)
{
    struct display *display = data;
    handover_sampled(&display->handover, scene);
    int64_t now_ns = clock_now_ns();
    bool records = display->choice.view == &view_tasks && display->experiment;
    if (now_ns - display->taken_ns < FRAME_MS * NS_PER_MS)
        return;
    display->taken_ns = now_ns;
    if (records && now_ns - display->collected_ns > RECORDS_EVERY_MS * NS_PER_MS) {
        experiment_collect_records(display->experiment);
        display->collected_ns = now_ns;
    }
    update(display, scene);
}

static void on_pause_over(void *data)
{
    struct display *display = data;
    loop_unwatch(display->pause);
    display->pause = NULL;
    experiment_go_on(display->experiment);
}

/* Between the first two stages there is a moment, or the question; a sweep has many. */
static bool wait_before(void *data, const struct scene *scene)
{
    struct display *display = data;
    if (!display->screen || scene->stage > 0 || is_sweep(scene))
        return false;
    display->choice.frozen = false;
    if (display->setup.ask) {
        display->asking = true;
        display->choice.view = NULL;
    } else if (loop_watch_timer(display->setup.events, BETWEEN_MS * NS_PER_MS,
                   on_pause_over, display, &display->pause) < 0)
        return false;
    update(display, scene);
    return true;
}

struct experiment_observer display_observer(struct display *display)
{
    return (struct experiment_observer){.data = display,
        .stage_started = on_started,
        .sampled = on_sampled,
        .stage_ended = on_ended,
        .before_stage = wait_before};
}

void display_wait(struct display *display, const struct scene *scene)
{
    display->choice.frozen = false;
    display->choice.question = VIEW_NO_QUESTION;
    display->asking = false;
    update(display, scene);
    if (display->screen && screen_is_shown(display->screen)) /* not in the background */
        loop_run(display->setup.events, &display->left);
}

const bool *display_is_left(const struct display *display)
{
    return &display->left;
}

void display_leave(struct display *display)
{
    display->left = true;
}
