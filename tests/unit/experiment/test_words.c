// SPDX-License-Identifier: MIT
#include "experiment/words.h"

#include "made.h"

#include <math.h>

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
    stage.kind = RESULT_WATCHED;
    words_stage(&stage, sizeof text, text);
    assert_string_equal(text, "the machine alone");
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

static void assert_short(const struct machine *machine, const char *expected)
{
    char text[200];
    words_machine_short(machine, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_machine_has_a_short_name(void **state)
{
    struct machine machine;
    made_machine(&machine, 1);
    assert_short(&machine, "AMD EPYC, 1 CPU");
    machine_finish(&machine);
    made_machine(&machine, 4);
    assert_short(&machine, "AMD EPYC, 4 CPUs");
    made_limit(&machine, "affinity", 3, "");
    assert_short(&machine, "AMD EPYC, 3 of 4 CPUs usable");
    made_limit(&machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    assert_short(&machine, "AMD EPYC, 1.50 of 4 CPUs usable");
    machine_finish(&machine);
    made_machine(&machine, 64);
    text_copy(sizeof machine.cpu_name, machine.cpu_name, "EPYC 7763");
    machine.simulated = true;
    assert_short(&machine, "EPYC 7763 (simulated), 64 CPUs");
    machine_finish(&machine);
    (void)state;
}

static void the_kinds_of_cores_are_in_the_short_name(void **state)
{
    struct machine_kind kinds[] = {{"LP", 2}, {"E", 8}, {"P", 6}};
    struct machine machine = {.online_cpus = 12, .usable_cpus = 12, .kinds = kinds + 1};
    kinds[1].cores = kinds[2].cores = 4;
    text_copy(sizeof machine.cpu_name, machine.cpu_name, "Core i5-12450H");
    machine.kind_count = 2;
    assert_short(&machine, "Core i5-12450H: 4 P + 4 E cores, 12 CPUs");
    machine.usable_cpus = 6;
    machine.simulated = true;
    assert_short(
        &machine, "Core i5-12450H (simulated): 4 P + 4 E cores, 6 of 12 CPUs usable");
    machine.kinds = kinds;
    machine.kind_count = 3;
    assert_short(&machine, "Core i5-12450H (simulated): 4 P + 4 E + 2 LP cores, 6 of 12 "
                           "CPUs usable");
    char text[12];
    words_machine_short(&machine, sizeof text, text);
    assert_string_equal(text, "Core i5-124");
    (void)state;
}

static void a_stage_that_is_over_is_a_sentence(void **state)
{
    struct result result;
    char text[160];
    made_result(&result, "factorial", 110, 2);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 24200 * NS_PER_MS);
    words_stage_ended(&result, stage, sizeof text, text);
    assert_string_equal(text, "One after the other: 24.2 s.");
    struct result_cpu cpus[] = {{.id = 0, .busy = 1}, {.id = 1, .busy = 0.04}};
    stage->cpus = cpus;
    stage->cpu_count = 2;
    words_stage_ended(&result, stage, sizeof text, text);
    assert_string_equal(text, "One after the other: 24.2 s, 1.0 of 2 CPUs busy.");
    stage->kind = RESULT_PARALLEL;
    stage->workers = 2;
    stage->complete = false;
    stage->done = 7;
    words_stage_ended(&result, stage, sizeof text, text);
    assert_string_equal(
        text, "2 at a time: 24.2 s, stopped after 7 of 110 tasks, 1.0 of 2 CPUs busy.");
    stage->kind = RESULT_WATCHED;
    words_stage_ended(&result, stage, sizeof text, text);
    assert_string_equal(text, "Watched for 24.2 s: 1.0 of 2 CPUs busy.");
    stage->cpus = NULL;
    result_finish(&result);
    (void)state;
}

static void assert_parts(const struct account *account, size_t room, size_t count,
    const struct words_part expected[])
{
    struct words_part parts[WORDS_PARTS_MAX];
    double sum = 0;
    assert_int_equal(words_account(account, room, parts), count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(parts[i].name, expected[i].name);
        assert_true(fabs(parts[i].share - expected[i].share) < 1e-9);
        assert_true(fabs(parts[i].faster - expected[i].faster) < 1e-9);
        assert_true(parts[i].share >= 0);
        sum += parts[i].share;
    }
    assert_true(fabs(sum - 1) < 1e-9);
}

static const struct account full_account = {.total_ns = 1000,
    .useful_ns = 500,
    .slowdown_ns = 200,
    .waiting_ns = 100,
    .blocked_ns = 80,
    .startup_ns = 60,
    .handout_ns = 40,
    .tail_ns = 20};

static void an_account_has_its_parts_in_order(void **state)
{
    static const struct words_part all[] = {{"work", 0.5, 0},
        {"slower than alone", 0.2, 0}, {"waiting for a CPU", 0.1, 0},
        {"blocked or stolen", 0.08, 0}, {"starting", 0.06, 0}, {"handing out", 0.04, 0},
        {"idle at the end", 0.02, 0}};
    assert_parts(&full_account, WORDS_PARTS_MAX, 7, all);
    struct account account = full_account;
    account.waiting_ns = account.slowdown_ns = ACCOUNT_NOT_SEEN;
    account.useful_ns = 700;
    account.blocked_ns = 180;
    static const struct words_part merged[] = {{"work", 0.7, 0},
        {"waiting, blocked or stolen", 0.18, 0}, {"starting", 0.06, 0},
        {"handing out", 0.04, 0}, {"idle at the end", 0.02, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 5, merged);
    account = (struct account){.total_ns = 0};
    struct words_part parts[WORDS_PARTS_MAX];
    assert_int_equal(words_account(&account, WORDS_PARTS_MAX, parts), 0);
    (void)state;
}

static void what_has_no_room_in_an_account_is_together(void **state)
{
    static const struct words_part four[] = {{"work", 0.5, 0},
        {"slower than alone", 0.2, 0}, {"waiting for a CPU", 0.1, 0},
        {"all else", 0.2, 0}};
    assert_parts(&full_account, 4, 4, four);
    static const struct words_part two[] = {{"work", 0.5, 0}, {"all else", 0.5, 0}};
    assert_parts(&full_account, 2, 2, two);
    (void)state;
}

static void what_is_too_small_in_an_account_is_together(void **state)
{
    struct account account = {.total_ns = 1000,
        .useful_ns = 983,
        .slowdown_ns = 0,
        .startup_ns = 4,
        .handout_ns = 5,
        .tail_ns = 8};
    static const struct words_part small[] = {
        {"work", 0.983, 0}, {"idle at the end", 0.008, 0}, {"all else", 0.009, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 3, small);
    account.useful_ns = 987;
    account.startup_ns = 0; /* a rest of one part has its name */
    static const struct words_part one[] = {
        {"work", 0.987, 0}, {"idle at the end", 0.008, 0}, {"handing out", 0.005, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 3, one);
    account = (struct account){.total_ns = 1000, .blocked_ns = 1000};
    static const struct words_part asleep[] = {
        {"work", 0, 0}, {"blocked or stolen", 1, 0}};
    account.waiting_ns = 0;
    assert_parts(&account, 2, 2, asleep);
    (void)state;
}

static void what_was_faster_than_alone_is_work_that_took_less(void **state)
{
    struct account account = {
        .total_ns = 1000, .useful_ns = 1020, .slowdown_ns = -60, .tail_ns = 40};
    static const struct words_part faster[] = {
        {"work", 0.96, 0.0625}, {"idle at the end", 0.04, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 2, faster);
    assert_parts(&account, 2, 2, faster);
    account = (struct account){.total_ns = 1000,
        .useful_ns = 14,
        .slowdown_ns = -4, /* of so little that it says nothing */
        .blocked_ns = 990};
    static const struct words_part asleep[] = {
        {"work", 0.01, 0}, {"blocked or stolen", 0.99, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 2, asleep);
    account.slowdown_ns = -14;
    account.blocked_ns = 1000;
    static const struct words_part none[] = {{"work", 0, 0}, {"blocked or stolen", 1, 0}};
    assert_parts(&account, WORDS_PARTS_MAX, 2, none);
    (void)state;
}

static void a_name_is_as_short_as_where_it_stands_in_a_table(void **state)
{
    assert_string_equal(words_account_brief("waiting for a CPU"), "waiting");
    assert_string_equal(words_account_brief("waiting, blocked or stolen"), "blocked");
    assert_string_equal(words_account_brief("blocked or stolen"), "blocked");
    assert_string_equal(words_account_brief("work"), "work");
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
        cmocka_unit_test(a_machine_has_a_short_name),
        cmocka_unit_test(the_kinds_of_cores_are_in_the_short_name),
        cmocka_unit_test(a_stage_that_is_over_is_a_sentence),
        cmocka_unit_test(an_account_has_its_parts_in_order),
        cmocka_unit_test(what_has_no_room_in_an_account_is_together),
        cmocka_unit_test(what_is_too_small_in_an_account_is_together),
        cmocka_unit_test(what_was_faster_than_alone_is_work_that_took_less),
        cmocka_unit_test(a_name_is_as_short_as_where_it_stands_in_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
