// SPDX-License-Identifier: MIT
#include "experiment/check_stand.h"

#include "made_machine.h"

#include <signal.h>

enum { CPUS = 4 };

/* A check of four CPUs, and the scene of it. */
struct stand {
    struct result result;
    struct scene_check_cpu cpus[CPUS];
    struct scene_check check;
    struct scene scene;
};

static void start(struct stand *stand, enum check_part part)
{
    *stand = (struct stand){.check = {.part = part, .cpus = stand->cpus}};
    made_result(&stand->result, "", 0, CPUS);
    struct result_check *check = &stand->result.check;
    check->cpu_count = CPUS;
    check->cpus = memory_new(CPUS, sizeof *check->cpus);
    for (int i = 0; i < CPUS; i++)
        check->cpus[i].id = i;
    stand->scene = (struct scene){.result = &stand->result,
        .phase = SCENE_CHECKING,
        .stage = -1,
        .check = &stand->check};
}

static void finish(struct stand *stand)
{
    result_finish(&stand->result);
}

static void only_parts_that_run_something_fill(void **state)
{
    (void)state;
    for (int part = 0; part < CHECK_PARTS; part++) {
        struct stand stand;
        start(&stand, (enum check_part)part);
        bool runs = part >= CHECK_ALONE && part <= CHECK_ANSWERS;
        stand.cpus[1] = (struct scene_check_cpu){.taken = true, .share = 1.2};
        assert_int_equal(check_stand_is_run(&stand.scene), runs);
        assert_int_equal(check_stand_of(&stand.scene, 1).filling, runs);
        assert_true(check_stand_of(&stand.scene, 1).filled == (runs ? 1 : 0));
        assert_false(check_stand_of(&stand.scene, 2).filling);
        stand.scene.phase = SCENE_ENDED;
        assert_false(check_stand_of(&stand.scene, 1).filling);
        finish(&stand);
    }
}

static void the_heaviest_mark_counts(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, CHECK_OVER);
    struct check_cpu *cpu = &stand.result.check.cpus[2];
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_UNMARKED);
    struct check_finding *finding = result_check_add(&stand.result.check);
    text_copy(sizeof finding->topic, finding->topic, "shared");
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_UNMARKED);
    finding->cpu = 2;
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_WAITED);
    assert_int_equal(check_stand_of(&stand.scene, 1).mark, CHECK_UNMARKED);
    cpu->slow = true;
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_SLOW);
    cpu->refused = 22;
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_REFUSED);
    cpu->died_of = SIGILL;
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_DIED);
    cpu->again_wrong = 1;
    assert_int_equal(check_stand_of(&stand.scene, 2).mark, CHECK_WRONG);
    finish(&stand);
}

/* Before anything is concluded. */
static void a_wrong_answer_marks_at_once(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, CHECK_TOGETHER);
    stand.cpus[3].wrong = 1;
    assert_int_equal(check_stand_of(&stand.scene, 3).mark, CHECK_WRONG);
    finish(&stand);
}

static void the_better_of_two_tries_counts(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, CHECK_OVER);
    struct check_cpu *cpu = &stand.result.check.cpus[0];
    assert_true(check_stand_of(&stand.scene, 0).speed == 0);
    cpu->alone.slowness = 2;
    assert_true(check_stand_of(&stand.scene, 0).speed == 0.5);
    cpu->again.slowness = 1;
    cpu->ratio = 0.75;
    cpu->alone.rounds = CHECK_ROUNDS_MIN - 1;
    assert_true(check_stand_of(&stand.scene, 0).speed == 1);
    assert_true(check_stand_of(&stand.scene, 0).ratio == 0);
    cpu->alone.rounds = CHECK_ROUNDS_MIN;
    assert_true(check_stand_of(&stand.scene, 0).ratio == 0.75);
    finish(&stand);
}

static void what_cannot_be_used_is_not_in_it(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, CHECK_OVER);
    stand.result.check.cpu_count = 3;
    assert_null(check_stand_of(&stand.scene, 3).found);
    assert_int_equal(check_stand_count(&stand.result), 3);
    stand.result.check.cpu_count = 0;
    stand.result.machine.cpus[0].allowed = false;
    stand.result.machine.cpus[1].online = stand.result.machine.cpus[1].allowed = false;
    assert_int_equal(check_stand_count(&stand.result), 2);
    finish(&stand);
}

/* A cell has one character for it, which is none of those with another meaning. */
static void each_mark_has_a_letter_of_its_own(void **state)
{
    (void)state;
    for (int i = 1; i < CHECK_MARKS; i++) {
        assert_null(strchr("0123456789x-.#", check_mark_letters[i]));
        assert_true(check_mark_words[i][0] != '\0');
        for (int j = 0; j < i; j++)
            assert_int_not_equal(check_mark_letters[i], check_mark_letters[j]);
    }
}

static void cpus_are_counted_by_what_they_are(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, CHECK_OVER);
    stand.result.check.cpus[0].slow = stand.result.check.cpus[1].slow = true;
    stand.result.machine.cpus[2].allowed = false;
    stand.result.machine.cpus[3].online = stand.result.machine.cpus[3].allowed = false;
    struct check_tally tally = check_stand_tally(&stand.scene);
    assert_int_equal(tally.marks[CHECK_SLOW], 2);
    assert_int_equal(tally.marks[CHECK_UNMARKED], 2);
    assert_int_equal(tally.forbidden, 1);
    assert_int_equal(tally.offline, 1);
    static const char *const absences[] = {NULL, NULL, "not for us", "offline"};
    for (size_t i = 0; i < CPUS; i++) {
        struct check_stand cpu = check_stand_of(&stand.scene, i);
        if (absences[i])
            assert_string_equal(check_stand_absence(&cpu), absences[i]);
        else
            assert_null(check_stand_absence(&cpu));
    }
    finish(&stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_parts_that_run_something_fill),
        cmocka_unit_test(the_heaviest_mark_counts),
        cmocka_unit_test(a_wrong_answer_marks_at_once),
        cmocka_unit_test(the_better_of_two_tries_counts),
        cmocka_unit_test(what_cannot_be_used_is_not_in_it),
        cmocka_unit_test(each_mark_has_a_letter_of_its_own),
        cmocka_unit_test(cpus_are_counted_by_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
