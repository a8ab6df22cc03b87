// SPDX-License-Identifier: MIT
#include "ui/figures.h"

#include "../experiment/made.h"

enum { CPUS = 2 };

struct stand {
    struct result result;
    struct load_share loads[CPUS];
    struct scene scene;
    struct figures figures;
};

static void start(struct stand *stand)
{
    *stand = (struct stand){.loads = {{.busy = 0.5F}, {.busy = 0.25F}}};
    made_result(&stand->result, "factorial", 100, CPUS);
    stand->scene = (struct scene){.result = &stand->result,
        .phase = SCENE_RUNNING,
        .loads = stand->loads,
        .elapsed_ns = NS_PER_S,
        .expected_ns = 20 * NS_PER_S,
        .done = 10,
        .busy_cpus = 0.75,
        .own_cpus = -1};
}

static void finish(struct stand *stand)
{
    figures_finish(&stand->figures);
    result_finish(&stand->result);
}

static void take(struct stand *stand, int64_t now_ms)
{
    figures_take(&stand->figures, &stand->scene, now_ms * NS_PER_MS);
}

static void all_of_the_scene_is_taken(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.scene.failed = 2;
    stand.scene.own_cpus = 0.7;
    take(&stand, 1000);
    assert_int_equal(stand.figures.elapsed_ns, NS_PER_S);
    assert_int_equal(stand.figures.done, 10);
    assert_int_equal(stand.figures.failed, 2);
    assert_true(stand.figures.busy_cpus == 0.75);
    assert_true(stand.figures.own_cpus == 0.7);
    assert_int_equal(stand.figures.cpu_count, CPUS);
    assert_true(stand.figures.shares[0] == 0.5);
    assert_true(stand.figures.shares[1] == 0.25);
    finish(&stand);
}

/* Frames come every 100 ms, numbers change with every fifth of them. */
static void they_are_held_for_half_a_second(void **state)
{
    struct stand stand;
    int changes = 0;
    (void)state;
    start(&stand);
    for (int frame = 0; frame < 50; frame++) {
        int64_t before = stand.figures.done;
        stand.scene.done = 10 + frame;
        take(&stand, 1000 + 100 * frame);
        changes += stand.figures.done != before;
    }
    assert_int_equal(changes, 10);
    finish(&stand);
}

static void late_frames_do_not_make_it_longer(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    take(&stand, 1000);
    stand.scene.done = 20;
    take(&stand, 1400);
    assert_int_equal(stand.figures.done, 10);
    take(&stand, 1490);
    assert_int_equal(stand.figures.done, 20);
    finish(&stand);
}

/* A frame of a replay that is 32 times as fast is 3.2 s later in the run. */
static void a_fast_replay_shows_the_numbers_of_its_picture(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    take(&stand, 1000);
    stand.scene.elapsed_ns += 400 * NS_PER_MS;
    stand.scene.done = 20;
    take(&stand, 1100);
    assert_int_equal(stand.figures.done, 10);
    stand.scene.elapsed_ns += 3200 * NS_PER_MS;
    stand.scene.done = 30;
    take(&stand, 1200);
    assert_int_equal(stand.figures.done, 30);
    assert_int_equal(stand.figures.elapsed_ns, stand.scene.elapsed_ns);
    stand.scene.elapsed_ns -= 3200 * NS_PER_MS;
    stand.scene.done = 20;
    take(&stand, 1300);
    assert_int_equal(stand.figures.done, 20);
    finish(&stand);
}

static void a_new_stage_is_shown_at_once(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    take(&stand, 1000);
    stand.scene.stage = 1;
    stand.scene.done = 0;
    take(&stand, 1001);
    assert_int_equal(stand.figures.done, 0);
    stand.scene.phase = SCENE_ENDED;
    stand.scene.done = 100;
    take(&stand, 1002);
    assert_int_equal(stand.figures.done, 100);
    finish(&stand);
}

/* The first shares of a stage come with the second reading, and not half a second later;
 * those of the stage before are gone at once. */
static void the_first_shares_are_shown_at_once(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.scene.loads = NULL;
    take(&stand, 1000);
    assert_null(stand.figures.shares);
    stand.scene.loads = stand.loads;
    take(&stand, 1100);
    assert_non_null(stand.figures.shares);
    stand.scene.stage = 1;
    stand.scene.loads = NULL;
    take(&stand, 1200);
    assert_null(stand.figures.shares);
    finish(&stand);
}

static void what_is_left_follows_from_what_is_done(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    take(&stand, 1000);
    assert_int_equal(stand.figures.left_ns, 9 * NS_PER_S);
    stand.scene.failed = 10; /* failed ones have ended too */
    take(&stand, 2000);
    assert_int_equal(stand.figures.left_ns, 4 * NS_PER_S);
    stand.scene.done = 100;
    take(&stand, 3000);
    assert_int_equal(stand.figures.left_ns, 0);
    finish(&stand);
}

static void before_the_first_task_it_is_as_expected(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.scene.done = 0;
    take(&stand, 1000);
    assert_int_equal(stand.figures.left_ns, 19 * NS_PER_S);
    stand.scene.expected_ns = 0;
    take(&stand, 2000);
    assert_int_equal(stand.figures.left_ns, -1);
    stand.scene.expected_ns = NS_PER_S / 2; /* it takes longer than expected */
    take(&stand, 3000);
    assert_int_equal(stand.figures.left_ns, 0);
    finish(&stand);
}

/* hwloc may find CPUs that nobody knew of, after the first frame. */
static void more_cpus_are_shown_at_once(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.scene.loads = NULL;
    take(&stand, 1000);
    machine_finish(&stand.result.machine);
    made_machine(&stand.result.machine, 4);
    take(&stand, 1100);
    assert_int_equal(stand.figures.cpu_count, 4);
    finish(&stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_the_scene_is_taken),
        cmocka_unit_test(they_are_held_for_half_a_second),
        cmocka_unit_test(late_frames_do_not_make_it_longer),
        cmocka_unit_test(a_fast_replay_shows_the_numbers_of_its_picture),
        cmocka_unit_test(a_new_stage_is_shown_at_once),
        cmocka_unit_test(the_first_shares_are_shown_at_once),
        cmocka_unit_test(what_is_left_follows_from_what_is_done),
        cmocka_unit_test(before_the_first_task_it_is_as_expected),
        cmocka_unit_test(more_cpus_are_shown_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
