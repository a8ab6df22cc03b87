// SPDX-License-Identifier: MIT
#include "experiment/player.h"

#include <math.h>

#include "made.h"

enum { MS = 1000000, TOLD_MAX = 64 };

/* Two stages, of 4 s and 2 s, sampled every 500 ms; what the observer was told. */
struct place {
    struct result result;
    struct experiment_observer observer;
    struct player *player;
    char told[TOLD_MAX]; /* p, s, ., e (between), E (the end); dots are not repeated */
    int told_stages;
    struct scene scene; /* the last one */
    size_t stage_count; /* of its result */
};

static void note(struct place *place, char letter)
{
    size_t length = strlen(place->told);
    bool again = letter == '.' && length > 0 && place->told[length - 1] == '.';
    if (!again && length + 1 < sizeof place->told)
        place->told[length] = letter;
}

static void take(struct place *place, const struct scene *scene, char letter)
{
    note(place, letter);
    place->scene = *scene;
    place->stage_count = scene->result->stage_count;
}

static void planned(void *data, const struct result *result)
{
    struct place *place = data;
    assert_int_equal(result->plan.iterations, 8);
    note(place, 'p');
}

static void stage_started(void *data, const struct scene *scene)
{
    assert_true(scene->phase == SCENE_RUNNING);
    take(data, scene, 's');
}

static void sampled(void *data, const struct scene *scene)
{
    assert_true(scene->phase == SCENE_RUNNING);
    take(data, scene, '.');
}

static void stage_ended(void *data, const struct scene *scene)
{
    assert_true(scene->phase == SCENE_BETWEEN || scene->phase == SCENE_ENDED);
    take(data, scene, scene->phase == SCENE_ENDED ? 'E' : 'e');
}

static void sample(struct result_stage *stage, int64_t every_ms)
{
    stage->samples.period_ns = every_ms * MS;
    for (int64_t t_ms = every_ms; t_ms * MS <= stage->elapsed_ns; t_ms += every_ms)
        result_samples_add(&stage->samples, 0, t_ms * MS);
}

static void init(struct place *place)
{
    *place = (struct place){.observer = {.data = place,
                                .planned = planned,
                                .stage_started = stage_started,
                                .sampled = sampled,
                                .stage_ended = stage_ended}};
    made_result(&place->result, "spin", 8, 2);
    made_stage(&place->result, RESULT_SEQUENTIAL, 0, 1, 4000 * (int64_t)MS);
    made_stage(&place->result, RESULT_PARALLEL, 0, 2, 2000 * (int64_t)MS);
    sample(&place->result.stages[0], 500);
    sample(&place->result.stages[1], 500);
}

static void create(struct place *place, double speed)
{
    struct fault fault = {0};
    const struct player_setup setup = {.observer = &place->observer, .speed = speed};
    assert_int_equal(player_check(&place->result, &fault), 0);
    place->player = player_create(&setup, &place->result);
}

static void finish(struct place *place)
{
    player_destroy(place->player);
    result_finish(&place->result);
}

static int64_t time_ms(const struct place *place)
{
    return player_state(place->player).t_ns / MS;
}

static void advance(struct place *place, int64_t passed_ms)
{
    player_advance(place->player, passed_ms * MS);
}

static void expect_place(const struct place *place, int stage, int64_t t_ms)
{
    assert_int_equal(place->scene.stage, stage);
    assert_int_equal(place->scene.elapsed_ns / MS, t_ms);
    assert_ptr_equal(
        player_scene(place->player)->result->machine.cpus, place->result.machine.cpus);
}

static void it_plays_as_it_was(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, 0);
    assert_int_equal(player_state(place.player).end_ns / MS, 6000);
    assert_true(player_state(place.player).speed == 1);
    advance(&place, 300);
    expect_place(&place, 0, 300);
    assert_int_equal(place.stage_count, 1); /* nothing of the second one yet */
    advance(&place, 3700);
    expect_place(&place, 0, 4000);
    assert_int_equal(place.scene.phase, SCENE_BETWEEN);
    assert_int_equal(time_ms(&place), 4000);
    advance(&place, 900); /* a moment to see that it is over */
    assert_int_equal(place.scene.phase, SCENE_BETWEEN);
    advance(&place, 600);
    expect_place(&place, 1, 500);
    assert_int_equal(place.stage_count, 2);
    assert_int_equal(time_ms(&place), 4500);
    advance(&place, 9999);
    expect_place(&place, 1, 2000);
    assert_ptr_equal(place.scene.result, &place.result);
    assert_true(player_state(place.player).paused);
    assert_int_equal(time_ms(&place), 6000);
    advance(&place, 9999); /* it stays there */
    assert_string_equal(place.told, ".es.E");
    finish(&place);
}

static void its_speed_counts_from_now_on(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, 4);
    advance(&place, 250);
    assert_int_equal(time_ms(&place), 1000);
    player_set_speed(place.player, 0.5);
    advance(&place, 250);
    assert_int_equal(time_ms(&place), 1125);
    player_set_speed(place.player, 1e9);
    assert_true(player_state(place.player).speed == PLAYER_SPEED_MAX);
    player_set_speed(place.player, NAN);
    assert_true(player_state(place.player).speed == 0.01);
    finish(&place);
}

/* Every stage is told, however fast it goes. */
static void a_jump_of_time_tells_all_stages(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, PLAYER_SPEED_MAX);
    advance(&place, 100);
    assert_string_equal(place.told, "esE");
    finish(&place);
}

struct moments {
    int count;
    int64_t t_ns[TOLD_MAX];
};

static void note_moment(void *data, const struct scene *scene)
{
    struct moments *moments = data;
    assert_true(moments->count < TOLD_MAX);
    moments->t_ns[moments->count++] =
        scene->stage * 1000000 * (int64_t)MS + scene->elapsed_ns;
}

/* Plays it to its end, `tick_ms` after `tick_ms`. */
static void play_to_end(
    struct place *place, double speed, int64_t tick_ms, struct moments *ret_moments)
{
    const struct experiment_observer observer = {
        .data = ret_moments, .sampled = note_moment};
    const struct player_setup setup = {
        .observer = &observer, .speed = speed, .lasting = true};
    struct player *player = player_create(&setup, &place->result);
    *ret_moments = (struct moments){0};
    while (!player_state(player).paused)
        player_advance(player, tick_ms * MS);
    player_destroy(player);
}

/* What is kept of it says the same, however fast it went. */
static void lasting_words_are_of_the_same_moments_at_every_speed(void **state)
{
    static const double speeds[] = {0.3, 4, 5, PLAYER_SPEED_MAX};
    struct place place;
    struct moments usual, other;
    (void)state;
    init(&place);
    play_to_end(&place, 1, 100, &usual);
    assert_int_equal(usual.count, 39 + 19); /* every 100 ms, without the ends */
    assert_int_equal(usual.t_ns[38], 3900 * (int64_t)MS);
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        play_to_end(&place, speeds[i], 87, &other);
        assert_int_equal(other.count, usual.count);
        assert_memory_equal(other.t_ns, usual.t_ns, sizeof usual.t_ns);
    }
    finish(&place);
}

static void count_call(void *data, const struct scene *scene)
{
    int *count = data;
    (void)scene;
    ++*count;
}

/* Of long stages not every tenth of a second is told. */
static void lasting_words_of_long_stages_are_not_many_more(void **state)
{
    struct place place;
    int count = 0;
    struct experiment_observer observer = {.data = &count, .sampled = count_call};
    const struct player_setup setup = {
        .observer = &observer, .speed = PLAYER_SPEED_MAX, .lasting = true};
    (void)state;
    init(&place);
    place.result.stages[0].elapsed_ns = 1000000 * NS_PER_S;
    struct player *player = player_create(&setup, &place.result);
    player_advance(player, 1000 * NS_PER_S);
    assert_int_equal(count, 999);
    player_destroy(player);
    finish(&place);
}

static void a_pause_stands_still(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, 1);
    advance(&place, 700);
    player_pause(place.player);
    assert_true(player_state(place.player).paused);
    advance(&place, 700);
    expect_place(&place, 0, 700);
    player_pause(place.player);
    advance(&place, 100);
    expect_place(&place, 0, 800);
    player_seek(place.player, INT64_MAX);
    assert_int_equal(place.scene.phase, SCENE_ENDED);
    player_pause(place.player); /* from the beginning */
    expect_place(&place, 0, 0);
    assert_false(player_state(place.player).paused);
    finish(&place);
}

static void steps_are_samples(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, 1);
    advance(&place, 3300);
    player_step(place.player, 1);
    expect_place(&place, 0, 3500);
    assert_true(player_state(place.player).paused);
    player_step(place.player, 1);
    expect_place(&place, 1, 0); /* the last sample is the end of the stage */
    player_step(place.player, 2);
    expect_place(&place, 1, 1000);
    player_step(place.player, -3);
    expect_place(&place, 0, 3500);
    player_step(place.player, -100);
    expect_place(&place, 0, 0);
    player_step(place.player, 100);
    assert_int_equal(place.scene.phase, SCENE_ENDED);
    player_step(place.player, -1);
    expect_place(&place, 1, 1500);
    finish(&place);
}

/* Nobody can stay in a stage that took no time. */
static void steps_back_go_over_empty_stages(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    for (int i = 1; i <= 3; i++)
        made_stage(&place.result, RESULT_PARALLEL, i, 2, i < 3 ? 0 : 1000 * MS);
    sample(&place.result.stages[4], 500);
    create(&place, 1);
    player_seek(place.player, 6000 * (int64_t)MS);
    expect_place(&place, 4, 0);
    player_step(place.player, -1);
    expect_place(&place, 1, 1500);
    player_step(place.player, 1);
    expect_place(&place, 4, 0);
    place.result.stages[0].elapsed_ns = place.result.stages[1].elapsed_ns = 0;
    player_step(place.player, -1); /* there is none before it */
    expect_place(&place, 4, 0);
    finish(&place);
}

/* Told is where it went, not what lies between. */
static void it_goes_to_any_time(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    create(&place, 1);
    player_seek(place.player, 5000 * (int64_t)MS);
    expect_place(&place, 1, 1000);
    player_seek(place.player, 1000 * (int64_t)MS);
    expect_place(&place, 0, 1000);
    assert_int_equal(place.stage_count, 1);
    player_seek(place.player, 1500 * (int64_t)MS);
    player_seek(place.player, 4000 * (int64_t)MS); /* the next stage begins there */
    expect_place(&place, 1, 0);
    player_seek(place.player, 6000 * (int64_t)MS);
    assert_int_equal(place.scene.phase, SCENE_ENDED);
    player_seek(place.player, -5);
    expect_place(&place, 0, 0);
    assert_string_equal(place.told, "ss.sEs");
    advance(&place, 4000);
    player_seek(place.player, time_ms(&place) * MS - 100 * MS); /* from between back */
    expect_place(&place, 0, 3900);
    finish(&place);
}

/* What was only projected took no time. */
static void a_projected_stage_is_as_long_as_it_was_measured(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    place.result.stages[0].projected = true;
    place.result.stages[0].measured_ns = 1000 * MS;
    create(&place, 1);
    assert_int_equal(player_state(place.player).end_ns / MS, 3000);
    advance(&place, 1000);
    assert_int_equal(place.scene.phase, SCENE_BETWEEN);
    assert_int_equal(place.scene.elapsed_ns / MS, 4000);
    finish(&place);
}

static void end_of_run(void *data, const struct scene *scene)
{
    bool *done = data;
    *done = scene->phase == SCENE_ENDED;
}

/* By the clock: it ends, whenever. */
static void the_loop_plays_it(void **state)
{
    struct place place;
    bool done = false;
    const struct experiment_observer observer = {
        .data = &done, .stage_ended = end_of_run};
    struct player_setup setup = {.observer = &observer, .speed = PLAYER_SPEED_MAX};
    (void)state;
    init(&place);
    assert_int_equal(loop_create(&setup.events), 0);
    place.player = player_create(&setup, &place.result);
    assert_int_equal(player_run(place.player, &done), 0);
    player_destroy(place.player);
    place.player = player_create(
        &(struct player_setup){
            .events = setup.events, .observer = &place.observer, .speed = 1},
        &place.result);
    assert_int_equal(player_start(place.player), 0);
    assert_string_equal(place.told, "ps");
    finish(&place);
    loop_destroy(setup.events);
}

static void what_cannot_be_played_is_refused(void **state)
{
    struct place place;
    struct fault fault = {0};
    (void)state;
    init(&place);
    place.result.plan.command = PLAN_CHECK;
    assert_true(player_check(&place.result, &fault) < 0);
    assert_non_null(strstr(fault.text, "check"));
    place.result.plan.command = PLAN_RUN;
    place.result.stages[0].elapsed_ns = place.result.stages[1].elapsed_ns = 0;
    assert_true(player_check(&place.result, &fault) < 0);
    assert_non_null(strstr(fault.text, "nothing to play"));
    player_destroy(NULL);
    finish(&place);
}

/* A file may say that each of its stages took 31 years. */
static void long_times_do_not_overflow(void **state)
{
    struct place place;
    (void)state;
    init(&place);
    for (int i = 0; i < 20; i++)
        made_stage(&place.result, RESULT_PARALLEL, i, 2, 1000000000 * NS_PER_S);
    create(&place, 1000);
    assert_true(player_state(place.player).end_ns > 0);
    player_seek(place.player, INT64_MAX);
    assert_int_equal(place.scene.phase, SCENE_ENDED);
    player_step(place.player, -1);
    assert_true(player_state(place.player).t_ns > 0);
    finish(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_plays_as_it_was),
        cmocka_unit_test(its_speed_counts_from_now_on),
        cmocka_unit_test(a_jump_of_time_tells_all_stages),
        cmocka_unit_test(lasting_words_are_of_the_same_moments_at_every_speed),
        cmocka_unit_test(lasting_words_of_long_stages_are_not_many_more),
        cmocka_unit_test(a_pause_stands_still),
        cmocka_unit_test(steps_are_samples),
        cmocka_unit_test(steps_back_go_over_empty_stages),
        cmocka_unit_test(it_goes_to_any_time),
        cmocka_unit_test(a_projected_stage_is_as_long_as_it_was_measured),
        cmocka_unit_test(the_loop_plays_it),
        cmocka_unit_test(what_cannot_be_played_is_refused),
        cmocka_unit_test(long_times_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
