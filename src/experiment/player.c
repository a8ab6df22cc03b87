// SPDX-License-Identifier: MIT
#include "experiment/player.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/replay.h"

enum {
    TICK_MS = 100,
    LATE_MS = 250, /* more than that the program stood still, and so does the replay */
    BETWEEN_MS = 1000,   /* from the first stage to the second, as in a run */
    LASTING_MOST = 1000, /* moments of a stage that are told where it is lasting */
};

static const double SPEED_MIN = 0.01;
static const int64_t TIME_MAX = INT64_MAX / 4;

struct player {
    struct player_setup setup;
    const struct result *result;
    struct replay *replay;
    const struct scene *scene;
    double speed;
    bool paused;
    int stage;       /* that is played, or was last, … */
    int64_t t_ns;    /* … and its time */
    bool between;    /* it is over, and the next one comes … */
    int64_t left_ns; /* … after so much */
    bool ended;      /* all is over */
    struct watch *ticker;
    int64_t ticked_ns; /* monotonic */
};

/* What was measured of it: what was only projected took no time. */
static int64_t length_of(const struct player *player, int stage)
{
    return result_measured_ns(&player->result->stages[stage]);
}

/* When it begins; of their number, when all is over.  Files may say anything: there is
 * room for some steps more. */
static int64_t start_of(const struct player *player, int stage)
{
    int64_t start_ns = 0;
    for (int i = 0; i < stage && start_ns < TIME_MAX; i++)
        start_ns += length_of(player, i);
    return start_ns < TIME_MAX ? start_ns : TIME_MAX;
}

static int last_stage(const struct player *player)
{
    return (int)player->result->stage_count - 1;
}

int player_check(const struct result *result, struct fault *fault)
{
    if (result->plan.command == PLAN_CHECK)
        return fault_input(fault, "a check cannot be played, only shown");
    for (size_t i = 0; i < result->stage_count; i++)
        if (result_measured_ns(&result->stages[i]) > 0)
            return 0;
    return fault_input(fault, "there is nothing to play: no stage was run");
}

struct player *player_create(
    const struct player_setup *setup, const struct result *result)
{
    struct player *player = memory_new(1, sizeof *player);
    player->setup = *setup;
    player->result = result;
    player->replay = replay_create(result);
    player->scene = replay_at(player->replay, 0, 0);
    player_set_speed(player, setup->speed > 0 ? setup->speed : 1);
    return player;
}

void player_destroy(struct player *player)
{
    if (!player)
        return;
    loop_unwatch(player->ticker);
    replay_destroy(player->replay);
    free(player);
}

static void tell(struct player *player,
    void (*callback)(void *data, const struct scene *scene), const struct scene *scene)
{
    player->scene = scene;
    if (callback)
        callback(player->setup.observer->data, scene);
}

static void tell_started(struct player *player)
{
    tell(player, player->setup.observer->stage_started,
        replay_at(player->replay, player->stage, player->t_ns));
}

static void tell_sampled(struct player *player)
{
    tell(player, player->setup.observer->sampled,
        replay_at(player->replay, player->stage, player->t_ns));
}

static void begin_next(struct player *player)
{
    player->between = false;
    player->stage++;
    player->t_ns = 0;
    tell_started(player);
}

static void end_all(struct player *player)
{
    player->stage = last_stage(player);
    player->t_ns = length_of(player, player->stage);
    player->between = false;
    player->ended = true;
    tell(player, player->setup.observer->stage_ended,
        replay_at(player->replay, player->stage + 1, 0));
}

static void end_stage(struct player *player)
{
    bool sweep = player->result->plan.command == PLAN_SWEEP;
    if (player->stage == last_stage(player)) {
        end_all(player);
        return;
    }
    player->between = true;
    player->left_ns = player->stage == 0 && !sweep ? BETWEEN_MS * NS_PER_MS : 0;
    tell(player, player->setup.observer->stage_ended,
        replay_after(player->replay, player->stage));
}

/* Takes what there is room for.  Returns what is left of it. */
static int64_t take(int64_t *t_ns, int64_t room_ns, int64_t by_ns)
{
    int64_t taken_ns = by_ns < room_ns ? by_ns : room_ns;
    *t_ns += taken_ns;
    return by_ns - taken_ns;
}

/* The next time of its stage that is told; INT64_MAX: whenever a tick comes. */
static int64_t next_told(const struct player *player, int64_t length_ns)
{
    int64_t every_ns = length_ns / LASTING_MOST;
    if (!player->setup.lasting)
        return INT64_MAX;
    if (every_ns < TICK_MS * NS_PER_MS) /* as in a run */
        every_ns = TICK_MS * NS_PER_MS;
    return (player->t_ns / every_ns + 1) * every_ns;
}

/* Plays to the end of what is under way, at most.  Returns what is left. */
static int64_t play(struct player *player, int64_t by_ns)
{
    int64_t passed_ns = 0;
    if (player->between) {
        int64_t over_ns = take(&passed_ns, player->left_ns, by_ns);
        player->left_ns -= passed_ns;
        if (player->left_ns == 0)
            begin_next(player);
        return over_ns;
    }
    int64_t length_ns = length_of(player, player->stage);
    int64_t told_ns = next_told(player, length_ns);
    int64_t until_ns = told_ns < length_ns ? told_ns : length_ns;
    int64_t over_ns = take(&player->t_ns, until_ns - player->t_ns, by_ns);
    if (player->t_ns == length_ns)
        end_stage(player);
    else if (!player->setup.lasting || player->t_ns == told_ns)
        tell_sampled(player);
    return over_ns;
}

void player_advance(struct player *player, int64_t passed_ns)
{
    int64_t by_ns = (int64_t)((double)passed_ns * player->speed);
    while (by_ns > 0 && !player->paused && !player->ended)
        by_ns = play(player, by_ns);
}

static void on_tick(void *data)
{
    struct player *player = data;
    int64_t now_ns = clock_now_ns(), passed_ns = now_ns - player->ticked_ns;
    player->ticked_ns = now_ns;
    player_advance(
        player, passed_ns < LATE_MS * NS_PER_MS ? passed_ns : TICK_MS * NS_PER_MS);
}

int player_start(struct player *player)
{
    const struct experiment_observer *observer = player->setup.observer;
    if (observer->planned)
        observer->planned(observer->data, player->scene->result);
    tell_started(player);
    player->ticked_ns = clock_now_ns();
    return loop_watch_timer(
        player->setup.events, TICK_MS * NS_PER_MS, on_tick, player, &player->ticker);
}

int player_run(struct player *player, const bool *done)
{
    int error = player_start(player);
    return error < 0 ? error : loop_run(player->setup.events, done);
}

struct player_state player_state(const struct player *player)
{
    return (struct player_state){.t_ns = start_of(player, player->stage) + player->t_ns,
        .end_ns = start_of(player, last_stage(player) + 1),
        .speed = player->speed,
        .paused = player->paused || player->ended};
}

const struct scene *player_scene(const struct player *player)
{
    return player->scene;
}

void player_pause(struct player *player)
{
    if (player->ended) {
        player->paused = false;
        player_seek(player, 0);
        return;
    }
    player->paused = !player->paused;
    if (!player->between)
        tell_sampled(player);
}

void player_seek(struct player *player, int64_t t_ns)
{
    int stage = 0, before = player->stage;
    bool again = player->between || player->ended;
    bool over = t_ns >= start_of(player, last_stage(player) + 1);
    t_ns = t_ns > 0 ? t_ns : 0;
    while (stage <= last_stage(player) && t_ns >= length_of(player, stage))
        t_ns -= length_of(player, stage++);
    player->between = player->ended = false;
    if (over || stage > last_stage(player)) {
        end_all(player);
        return;
    }
    player->stage = stage;
    player->t_ns = t_ns;
    if (again || stage != before)
        tell_started(player);
    else
        tell_sampled(player);
}

/* The stage's first sample after a time of it, or where there is none its end. */
static int64_t sample_after(const struct player *player, int stage, int64_t t_ns)
{
    const struct result_samples *samples = &player->result->stages[stage].samples;
    int64_t length_ns = length_of(player, stage);
    for (size_t i = 0; i < samples->count; i++)
        if (samples->t_ns[i] > t_ns)
            return samples->t_ns[i] < length_ns ? samples->t_ns[i] : length_ns;
    return length_ns;
}

/* The last one before it, or its beginning. */
static int64_t sample_before(const struct player *player, int stage, int64_t t_ns)
{
    const struct result_samples *samples = &player->result->stages[stage].samples;
    for (size_t i = samples->count; i > 0; i--)
        if (samples->t_ns[i - 1] < t_ns)
            return samples->t_ns[i - 1];
    return 0;
}

static void step_once(struct player *player, bool forth)
{
    int stage = player->stage;
    int64_t t_ns = player->t_ns;
    if (forth)
        t_ns = sample_after(player, stage, t_ns);
    else if (t_ns > 0 || stage == 0)
        t_ns = sample_before(player, stage, t_ns);
    else {
        do
            stage--;
        while (stage > 0 && length_of(player, stage) == 0); /* nobody can stay in it */
        t_ns = sample_before(player, stage, length_of(player, stage));
    }
    player_seek(player, start_of(player, stage) + t_ns);
}

void player_step(struct player *player, int samples)
{
    player->paused = true;
    for (int i = 0; i < abs(samples); i++)
        step_once(player, samples > 0);
}

void player_set_speed(struct player *player, double speed)
{
    bool slow = !(speed >= SPEED_MIN); /* NAN, too */
    player->speed = slow                       ? SPEED_MIN
                    : speed > PLAYER_SPEED_MAX ? PLAYER_SPEED_MAX
                                               : speed;
}
