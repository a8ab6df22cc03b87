// SPDX-License-Identifier: MIT
#include "ui/check_steps.h"

#include "../experiment/made_machine.h"

/* The parts as letters: "iqat" for inventory, quiet, alone, together; "g" again. */
static const char letters[CHECK_PARTS] = "iqagctwo";

static void expect(const struct scene *scene, const char *wanted)
{
    enum check_part parts[CHECK_PARTS];
    char text[CHECK_PARTS + 1] = "";
    int count = check_steps_of(scene, parts);
    for (int i = 0; i < count; i++)
        text[i] = letters[parts[i]];
    assert_string_equal(text, wanted);
}

static void what_is_to_come_is_known_before(void **state)
{
    struct result result;
    (void)state;
    made_result(&result, "", 0, 2);
    struct scene scene = {.result = &result, .phase = SCENE_WATCHING, .stage = -1};
    expect(&scene, "iqat");
    result_finish(&result);
}

static void cores_are_a_part_where_they_have_several_cpus(void **state)
{
    struct result result;
    (void)state;
    result_init(&result);
    made_shaped(&result.machine, &(struct made_shape){.cpus = 4, .siblings = 2});
    struct scene scene = {.result = &result, .phase = SCENE_WATCHING, .stage = -1};
    expect(&scene, "iqact");
    result.machine.cpus[2].allowed = result.machine.cpus[3].allowed = false;
    expect(&scene, "iqat");
    result_finish(&result);
}

/* Once they have begun; a second try stays. */
static void what_was_not_foreseen_is_added(void **state)
{
    struct result result;
    struct scene_check check = {.part = CHECK_AGAIN};
    (void)state;
    made_result(&result, "", 0, 2);
    struct scene scene = {
        .result = &result, .phase = SCENE_CHECKING, .stage = -1, .check = &check};
    expect(&scene, "iqagt");
    check.part = CHECK_TOGETHER;
    expect(&scene, "iqat");
    result.check.cpu_count = 2;
    result.check.cpus = memory_new(2, sizeof *result.check.cpus);
    result.check.cpus[1].again.rounds = 15;
    expect(&scene, "iqagt");
    check.part = CHECK_ANSWERS;
    expect(&scene, "iqagtw");
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_to_come_is_known_before),
        cmocka_unit_test(cores_are_a_part_where_they_have_several_cpus),
        cmocka_unit_test(what_was_not_foreseen_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
