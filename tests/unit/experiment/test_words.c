// SPDX-License-Identifier: MIT
#include "experiment/words.h"

#include "made.h"

static void assert_words(const struct machine *machine, const char *expected)
{
    char text[400];
    words_machine(machine, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_stage_has_a_name_for_people(void **state)
{
    char text[48];
    struct result_stage stage = {.kind = RESULT_SEQUENTIAL, .workers = 1};
    words_stage(&stage, sizeof text, text);
    assert_string_equal(text, "one after the other");
    stage = (struct result_stage){.kind = RESULT_PARALLEL, .workers = 4096};
    words_stage(&stage, sizeof text, text);
    assert_string_equal(text, "4096 at a time");
    words_stage(&stage, 5, text);
    assert_string_equal(text, "4096");
    (void)state;
}

static void a_machine_without_a_limit_is_all_usable(void **state)
{
    struct machine machine;
    made_machine(&machine, 2);
    assert_words(&machine, "AMD EPYC, 2 CPUs, all usable");
    machine.simulated = true;
    assert_words(&machine, "AMD EPYC (simulated), 2 CPUs, all usable");
    machine_finish(&machine);
    (void)state;
}

static void one_cpu_is_one_cpu(void **state)
{
    struct machine machine;
    made_machine(&machine, 1);
    assert_words(&machine, "AMD EPYC, 1 CPU");
    machine_finish(&machine);
    (void)state;
}

static void a_limit_is_named_with_what_says_so(void **state)
{
    struct machine machine;
    made_machine(&machine, 4);
    made_limit(&machine, "affinity", 3, "");
    assert_words(&machine, "AMD EPYC, 4 CPUs, 3 of them usable (affinity)");
    made_limit(&machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    assert_words(&machine, "AMD EPYC, 4 CPUs, 1.50 of them usable (cgroup quota: "
                           "/sys/fs/cgroup/app/cpu.max)");
    made_limit(&machine, "NSLOTS", 8, "NSLOTS"); /* more than there is */
    assert_words(&machine, "AMD EPYC, 4 CPUs, 1.50 of them usable (cgroup quota: "
                           "/sys/fs/cgroup/app/cpu.max)");
    machine_finish(&machine);
    (void)state;
}

static void a_long_path_is_cut(void **state)
{
    struct machine machine;
    char text[400], where[256];
    memset(where, 'x', sizeof where - 1);
    where[sizeof where - 1] = '\0';
    made_machine(&machine, 4);
    made_limit(&machine, "cgroup quota", 1.5, where);
    words_machine(&machine, sizeof text, text);
    assert_int_equal(text[strlen(text) - 1], ')');
    words_machine(&machine, 20, text);
    assert_int_equal(strlen(text), 19);
    machine_finish(&machine);
    (void)state;
}

static void cpus_busy_are_the_sum_of_those_seen(void **state)
{
    struct result_cpu cpus[] = {{0, .busy = 0.5}, {1, .busy = -1}, {2, .busy = 0.75}};
    struct result_stage stage = {.cpu_count = 3, .cpus = cpus};
    assert_true(words_busy_cpus(&stage) == 1.25);
    cpus[0].busy = cpus[2].busy = 0;
    assert_true(words_busy_cpus(&stage) == 0);
    cpus[0].busy = cpus[2].busy = -1;
    assert_true(words_busy_cpus(&stage) == -1);
    stage.cpu_count = 0;
    assert_true(words_busy_cpus(&stage) == -1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_has_a_name_for_people),
        cmocka_unit_test(a_machine_without_a_limit_is_all_usable),
        cmocka_unit_test(one_cpu_is_one_cpu),
        cmocka_unit_test(a_limit_is_named_with_what_says_so),
        cmocka_unit_test(a_long_path_is_cut),
        cmocka_unit_test(cpus_busy_are_the_sum_of_those_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
