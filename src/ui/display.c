// SPDX-License-Identifier: MIT
#include "ui/display.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/choice.h"
#include "ui/frame.h"
#include "ui/handover.h"
#include "ui/kept.h"
#include "ui/more.h"
#include "ui/playing.h"
#include "ui/window.h"

enum {
    FRAME_MS = 95,     /* at most ten frames a second */
    BETWEEN_MS = 1000, /* from one stage to the next: to see that one is over */
    RECORDS_EVERY_MS = 450,
};

struct display {
    struct display_setup setup;
    struct experiment *experiment;
    struct player *player;
    struct watch *pause;
    struct kept kept; /* a frozen one stays */
    int64_t taken_ns, collected_ns;
    struct choice choice;
    int below, page;
    bool scrolls; /* the last view but the help does */
    bool asking, left;
    enum display_end end;
    char word[240]; /* what the last key has done; "" */
    struct handover handover;
};

static bool is_sweep(const struct scene *scene)
{
    return scene->result->plan.command == PLAN_SWEEP;
}

static bool is_over(const struct scene *scene)
{
    return scene->phase == SCENE_ENDED;
}

static struct view_offers offers_in(
    const struct display *display, const struct scene *scene)
{
    const struct view_offers *offers = &display->setup.offers;
    return is_over(scene) ? *offers : (struct view_offers){.returns = offers->returns};
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
        .working = !is_over(scene) && handover_is_possible(display->experiment, scene),
        .alone = stage && stage->kind == RESULT_SEQUENTIAL,
        .asking = display->asking,
        .replaying = display->player,
        .offers = offers_in(display, scene),
        .name = display->setup.name,
        .endings = display->setup.endings,
        .result = scene->result,
        .below = display->below,
        .page = display->page};
}

static void draw_frame(void *data, struct canvas *canvas)
{
    struct display *display = data;
    const struct choice *choice = &display->choice;
    struct scene scene = display->kept.scene;
    struct result result;
    if (!scene.result)
        return;
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
        .below = display->below,
        .page = &display->page,
        .guess = choice->guess,
        .question = choice->question,
        .now = display->kept.now,
        .stays = display->setup.stays && !is_over(&scene),
        .subject = choice->subject,
        .scrolls = display->scrolls,
        .offers = offers_in(display, &scene),
        .name = &choice->name,
        .endings = display->setup.endings,
        .word = display->word};
    struct player_state replay;
    if (display->player) {
        replay = player_state(display->player);
        input.replay = &replay;
    }
    const struct choice_situation situation = situation_in(display, &scene);
    const struct view_ops *view = choice_view(choice, &situation);
    input.behind = choice_behind(choice, &situation);
    if (frame_draw_too_small(canvas, &input))
        return;
    int most = more_draw(canvas, view, &input);
    frame_draw_word(canvas, display->word);
    display->choice.scroll = input.scroll; /* less after a resize, or of another view */
    display->below = input.below;
    if (view != &view_help)
        display->scrolls = most > 0;
    window_cursor(display->setup.window,
        (display->asking && view == &view_ask) || choice->question == VIEW_QUESTION_SAVE);
}

static void draw(struct display *display)
{
    window_draw(display->setup.window);
}

static void update(struct display *display, const struct scene *scene)
{
    if (!display->choice.frozen)
        kept_take(&display->kept, scene, clock_now_ns());
    draw(display);
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
    window_close(display->setup.window);
    if (display->handover.done ||
        !handover_is_possible(display->experiment, &display->kept.scene))
        return;
    handover_begin(&display->handover, &display->kept.scene);
    if (display->setup.on_detach)
        display->setup.on_detach(display->setup.data);
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

static void next_theme(struct display *display)
{
    enum style_theme theme =
        window_next_theme(display->setup.window, sizeof display->word, display->word);
    if (display->setup.on_theme && !display->setup.on_theme(display->setup.data, theme))
        window_say_forgotten(sizeof display->word, display->word);
}

static void save(struct display *display)
{
    const char *path = display->choice.name.text;
    struct fault fault = {0};
    if (display->setup.on_save(display->setup.data, path, &fault) < 0)
        text_copy(sizeof display->word, display->word, fault.text);
    else
        snprintf(display->word, sizeof display->word, "Saved: %.200s", path);
}

static void end_with(struct display *display, enum display_end end)
{
    display->end = end;
    leave(display);
}

/* Where the user goes to another time, its numbers are there with its picture. */
static void steer(struct display *display, enum choice_action action)
{
    if (playing_is_seek(action))
        display->taken_ns = display->kept.figures.held_ns = 0;
    playing_obey(display->player, action);
}

static void on_key(void *data, int key)
{
    struct display *display = data;
    display->word[0] = '\0';
    struct choice_situation situation = situation_in(display, &display->kept.scene);
    situation.phase = phase_now(display);
    enum choice_action action = choice_obey(&display->choice, &situation, key);
    if (display->choice.word)
        text_copy(sizeof display->word, display->word, display->choice.word);
    if (handover_obey(display->experiment, action))
        return;
    switch (action) {
    case CHOICE_DETACH:
        display_detach(display);
        fputs("The run goes on; Ctrl-C ends it.\n", stderr);
        return;
    case CHOICE_REPAINT:
        window_repaint(display->setup.window);
        break;
    case CHOICE_GO_ON:
        go_on(display);
        return;
    case CHOICE_LEAVE:
        leave(display);
        return;
    case CHOICE_REPEAT:
        end_with(display, DISPLAY_REPEAT);
        return;
    case CHOICE_EDIT:
        end_with(display, DISPLAY_EDIT);
        return;
    case CHOICE_THEME:
        next_theme(display);
        break;
    case CHOICE_SAVE:
        save(display);
        break;
    default:
        if (display->player)
            steer(display, action);
        break;
    }
    display->collected_ns = 0;
}

/* A terminal that is gone leaves the run alone, unless it was waiting for a key. */
static void on_gone(void *data)
{
    struct display *display = data;
    display_detach(display);
    if (display->asking)
        go_on(display);
    else if (display->player || phase_now(display) == SCENE_ENDED ||
             phase_now(display) == SCENE_WATCHING)
        leave(display);
}

static void on_click(void *data, const struct target *target)
{
    struct display *display = data;
    choice_look_at(&display->choice, target);
}

struct display *display_create(const struct display_setup *setup)
{
    struct display *display = memory_new(1, sizeof *display);
    const struct window_holder holder = {.data = display,
        .draw = draw_frame,
        .key = on_key,
        .click = on_click,
        .gone = on_gone};
    display->setup = *setup;
    window_hold(setup->window, &holder);
    return display;
}

void display_destroy(struct display *display)
{
    if (!display)
        return;
    window_hold(display->setup.window, NULL);
    loop_unwatch(display->pause);
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

void display_attach_player(struct display *display, struct player *player)
{
    display->player = player;
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
    if (!window_is_open(display->setup.window) || scene->stage > 0 || is_sweep(scene))
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
    if (window_is_shown(display->setup.window)) /* not in the background */
        loop_run(display->setup.events, &display->left);
}

const bool *display_is_left(const struct display *display)
{
    return &display->left;
}

enum display_end display_end(const struct display *display)
{
    return display->end;
}

void display_leave(struct display *display)
{
    display->left = true;
}
