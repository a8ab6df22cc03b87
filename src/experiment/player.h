// SPDX-License-Identifier: MIT
#pragma once
/* The player: plays a saved result to an observer as if it ran now, faster or slower,
 * and from anywhere in it. */
#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "experiment/setup.h"

struct player;

struct player_setup {
    struct loop *events;
    const struct experiment_observer *observer; /* its planned, stage_started, sampled and
                                                   stage_ended are called */
    double speed;                               /* 1: as it was */
    bool lasting; /* what is told is kept, so it is of the same moments at every speed */
};

/* How it stands.  Times are those of all stages one after the other. */
struct player_state {
    int64_t t_ns, end_ns;
    double speed;
    bool paused; /* also at the end */
};

/* Borrows the result, which player_check() must pass, and the observer.  Caller destroys.
 */
struct player *player_create(
    const struct player_setup *setup, const struct result *result);
void player_destroy(struct player *player); /* NULL is fine */

/* Whether there is something to play.  Returns 0 or -EINVAL with `fault` filled. */
int player_check(const struct result *result, struct fault *fault);

/* Begins: from here on the event loop plays it, ten times a second a scene (where it is
 * lasting all that there is to be told until then), and stays at its end.  Every stage
 * begins and ends as it did; between the first two there is a second's time.  Returns 0
 * or -errno. */
int player_start(struct player *player);

/* The same, until *done. */
int player_run(struct player *player, const bool *done);

/* Plays as much as is due after so much time, which is what happens ten times a second.
 */
void player_advance(struct player *player, int64_t passed_ns);

struct player_state player_state(const struct player *player);

/* The scene that was last told. */
const struct scene *player_scene(const struct player *player);

/* Stops, goes on; from the beginning if it was at its end. */
void player_pause(struct player *player);

/* So many samples forth, or back; it is paused then. */
void player_step(struct player *player, int samples);

/* To another time, as far as there is one.  The observer is told where that is, not what
 * lies between. */
void player_seek(struct player *player, int64_t t_ns);

enum { PLAYER_SPEED_MAX = 1000 };
void player_set_speed(struct player *player, double speed); /* 1/100 … PLAYER_SPEED_MAX */
