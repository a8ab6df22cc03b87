// SPDX-License-Identifier: MIT
#include "viewer.h"

#include "base/loop.h"
#include "experiment/player.h"
#include "experiment/replay.h"

static bool can_play(const struct result *result)
{
    struct fault why_not;
    return player_check(result, &why_not) == 0;
}

static struct display *open_display(const struct viewer_setup *setup, bool returns)
{
    const struct display_setup display = {.events = setup->events,
        .window = setup->window,
        .on_theme = setup->on_theme,
        .on_save = setup->on_save,
        .name = setup->name,
        .endings = setup->endings,
        .offers = {.save = setup->on_save,
            .repeat = can_play(setup->result),
            .replays = true,
            .edit = setup->can_edit,
            .returns = returns},
        .data = setup->data};
    return display_create(&display);
}

static bool is_ended(const struct viewer_setup *setup)
{
    return setup->ended && *setup->ended;
}

/* Until somebody wants the end; at once in the background, where nobody can. */
static enum display_end wait_for_user(
    const struct viewer_setup *setup, const struct display *display)
{
    const bool *left = display_is_left(display);
    while (window_is_shown(setup->window) && !*left && !is_ended(setup))
        if (loop_turn(setup->events) < 0)
            break;
    return display_end(display);
}

/* The end of it. */
static enum display_end look(const struct viewer_setup *setup)
{
    struct display *display = open_display(setup, setup->returns);
    struct replay *replay = replay_create(setup->result);
    struct experiment_observer observer = display_observer(display);
    observer.stage_ended(
        observer.data, replay_at(replay, (int)setup->result->stage_count, 0));
    enum display_end end = wait_for_user(setup, display);
    display_destroy(display);
    replay_destroy(replay);
    return end;
}

static enum display_end play(const struct viewer_setup *setup, bool returns)
{
    struct display *display = open_display(setup, returns);
    struct experiment_observer observer = display_observer(display);
    const struct player_setup player_setup = {
        .events = setup->events, .observer = &observer, .speed = setup->speed};
    struct player *player = player_create(&player_setup, setup->result);
    enum display_end end = DISPLAY_LEFT;
    display_attach_player(display, player);
    if (player_start(player) == 0)
        end = wait_for_user(setup, display);
    display_destroy(display);
    player_destroy(player);
    return end;
}

/* As often as the user wants to see it. */
static enum display_end play_on(const struct viewer_setup *setup, bool returns)
{
    enum display_end end;
    do
        end = play(setup, returns);
    while (end == DISPLAY_REPEAT && !is_ended(setup));
    return end;
}

enum display_end viewer_run(const struct viewer_setup *setup)
{
    if (setup->replay && can_play(setup->result))
        return play_on(setup, setup->returns);
    enum display_end end = look(setup);
    while (end == DISPLAY_REPEAT && !is_ended(setup)) {
        end = play_on(setup, true);
        if (end == DISPLAY_LEFT && !is_ended(setup)) /* back to its picture */
            end = look(setup);
    }
    return end;
}
