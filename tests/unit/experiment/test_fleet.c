// SPDX-License-Identifier: MIT
#include "experiment/fleet.h"

#include "made_check.h"

enum { MOST = 40, ODD = 17 };

/* Machines node0 … with names of files of their own; some noise, as there always is. */
struct machines {
    size_t count;
    struct result results[MOST];
    const struct result *list[MOST];
    char files[MOST][96];
    const char *names[MOST];
};

static void make_machines(struct machines *machines, size_t count)
{
    machines->count = count;
    for (size_t i = 0; i < count; i++) {
        struct result *result = &machines->results[i];
        made_check(result, 16);
        made_siblings(&result->machine);
        for (int k = 0; k < 16; k++) {
            double noise = 1 + 0.002 * (double)((i * 7 + (size_t)k * 3) % 5);
            result->check.cpus[k].alone = made_times(MADE_ROUNDS, noise);
            result->check.cpus[k].together = made_times(200, 1.8 * noise);
            if (k < 8)
                result->check.cpus[k].cores = made_times(30, 1.1);
        }
        snprintf(result->check.host, sizeof result->check.host, "node%zu", i);
        snprintf(machines->files[i], sizeof machines->files[i], "results/%zu.json", i);
        machines->list[i] = result;
        machines->names[i] = machines->files[i];
        judge_made(result);
    }
}

static void finish_machines(struct machines *machines)
{
    for (size_t i = 0; i < machines->count; i++)
        result_finish(&machines->results[i]);
}

static void compare(struct fleet *fleet, const struct machines *machines)
{
    fleet_init(fleet, machines->count, machines->list, machines->names);
    assert_int_equal(fleet->count, machines->count);
}

static const char *cell(const struct fleet *fleet, size_t machine, const char *heading)
{
    for (size_t i = 0; i < fleet->column_count; i++)
        if (strcmp(fleet->columns[i].heading, heading) == 0)
            return fleet->machines[machine].cells[i];
    fail_msg("no column %s", heading);
    return NULL;
}

static bool is_odd(const struct fleet *fleet, size_t machine, const char *heading)
{
    for (size_t i = 0; i < fleet->column_count; i++)
        if (strcmp(fleet->columns[i].heading, heading) == 0)
            return fleet->machines[machine].odd_cells[i];
    fail_msg("no column %s", heading);
    return false;
}

static void forty_that_are_alike_have_no_odd_one(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, MOST);
    compare(&fleet, &machines);
    assert_string_equal(fleet.sentence, "All 40 are alike, each with PASS.");
    assert_int_equal(fleet.odd_count, 0);
    for (size_t i = 0; i < MOST; i++) {
        assert_false(fleet.machines[i].odd);
        assert_string_equal(fleet.machines[i].why, "");
        assert_string_equal(fleet.machines[i].name, machines.results[i].check.host);
    }
    assert_string_equal(cell(&fleet, 0, "CPUs"), "16");
    assert_string_equal(cell(&fleet, 0, "usable"), "16");
    assert_string_equal(cell(&fleet, 0, "cores"), "8");
    assert_string_equal(cell(&fleet, 0, "SMT"), "1.22");
    assert_string_equal(cell(&fleet, 0, "a unit"), "2.01 ms");
    assert_string_equal(cell(&fleet, 0, "at once"), "8.9");
    assert_string_equal(cell(&fleet, 0, "wrong"), "0");
    assert_string_equal(cell(&fleet, 0, "verdict"), "PASS");
    assert_string_equal(cell(&fleet, 0, "CPU"), "AMD EPYC");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

/* How a machine can be odd, where it shows, and in which words. */
static void lose_a_cpu(struct result *result)
{
    result->machine.online_cpus = 15;
}

static void be_fenced(struct result *result)
{
    made_limit(&result->machine, "cgroup quota", 1.5, "/sys/fs/cgroup/cpu.max");
}

static void be_fenced_to_one(struct result *result)
{
    made_limit(&result->machine, "affinity", 1, "");
}

static void hide_cores(struct result *result)
{
    result->machine.cores = 4;
}

static void gain_nothing_by_smt(struct result *result)
{
    result->check.smt_gain = 0.9;
}

/* All of it, so that its own CPUs are no measure. */
static void be_slow(struct result *result)
{
    for (int i = 0; i < 16; i++)
        result->check.cpus[i].alone.median_ns =
            result->check.cpus[i].alone.median_ns * 121 / 100;
}

static void have_a_slow_cpu(struct result *result)
{
    result->check.cpus[3].alone.slowness = 1.3;
}

static void be_slow_together(struct result *result)
{
    result->check.together *= 0.7;
}

static void have_low_ratios(struct result *result)
{
    result->check.ratio_median *= 0.7;
}

static void compute_wrongly(struct result *result)
{
    result->check.wrong = 3;
}

static void be_undecided(struct result *result)
{
    result->check.verdict = CHECK_INCONCLUSIVE;
}

static void be_another(struct result *result)
{
    text_copy(sizeof result->machine.cpu_name, result->machine.cpu_name, "EPYC 7302");
}

static const struct oddity {
    void (*make)(struct result *result);
    const char *heading, *why;
} oddities[] = {
    {lose_a_cpu, "CPUs", "15 CPUs online, most have 16"},
    {be_fenced, "usable", "1.50 CPUs usable, most have 16"},
    {be_fenced_to_one, "usable", "1 CPU usable, most have 16"},
    {hide_cores, "cores", "4 cores, most have 8"},
    {gain_nothing_by_smt, "SMT", "a gain of SMT of 0.90 times, usually 1.22"},
    {be_slow, "a unit", "a unit of work takes 1.21 times the usual"},
    {have_a_slow_cpu, "slowest",
        "its slowest CPU takes 1.30 times as long as its usual one, elsewhere 1.00"},
    {be_slow_together, "at once", "all at once 6.2 times one CPU, usually 8.9"},
    {have_low_ratios, "each",
        "each CPU at 0.39 of its speed with all at once, usually 0.56"},
    {compute_wrongly, "wrong", "3 wrong answers, most have 0"},
    {be_undecided, "verdict", "INCONCLUSIVE, most have PASS"},
    {be_another, "CPU", "EPYC 7302, most have AMD EPYC"},
};

enum { ODDITIES = sizeof oddities / sizeof *oddities };

static void assert_odd(const struct machines *machines, const struct oddity *oddity)
{
    struct fleet fleet;
    char sentence[480];
    compare(&fleet, machines);
    if (fleet.odd_count != 1)
        fail_msg("%s: %s", oddity->heading, fleet.sentence);
    assert_string_equal(fleet.machines[0].name, "node17");
    assert_string_equal(fleet.machines[0].why, oddity->why);
    assert_true(fleet.machines[0].odd);
    assert_true(is_odd(&fleet, 0, oddity->heading));
    snprintf(sentence, sizeof sentence, "node17 is the odd one out: %s.", oddity->why);
    assert_string_equal(fleet.sentence, sentence);
    assert_string_equal(fleet.machines[1].name, "node0"); /* the rest keeps its order */
    assert_string_equal(fleet.machines[17].name, "node16");
    assert_string_equal(fleet.machines[18].name, "node18");
    fleet_finish(&fleet);
}

static void the_odd_one_is_found_in_each_respect(void **state)
{
    for (size_t i = 0; i < ODDITIES; i++) {
        struct machines machines;
        make_machines(&machines, MOST);
        oddities[i].make(&machines.results[ODD]);
        assert_odd(&machines, &oddities[i]);
        finish_machines(&machines);
    }
    (void)state;
}

/* A round of 15 units takes as long as its units take, on whatever machine. */
static void rounds_of_other_sizes_are_compared_by_the_unit(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, MOST);
    machines.results[ODD].check.units = MADE_UNITS * 3 / 4;
    for (int i = 0; i < 16; i++)
        machines.results[ODD].check.cpus[i].alone.median_ns =
            machines.results[ODD].check.cpus[i].alone.median_ns * 3 / 4;
    compare(&fleet, &machines);
    assert_string_equal(fleet.sentence, "All 40 are alike, each with PASS.");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

/* Five times the usual distance: where all scatter, one that is 10 % away is not odd. */
static void what_scatters_everywhere_is_not_odd(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, MOST);
    for (size_t i = 0; i < MOST; i++)
        machines.results[i].check.together = 8 + 0.03 * (double)i;
    machines.results[ODD].check.together = 9.5;
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 0);
    machines.results[ODD].check.together = 12;
    fleet_finish(&fleet);
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 1);
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void several_that_differ_are_counted(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, MOST);
    lose_a_cpu(&machines.results[23]);
    compute_wrongly(&machines.results[5]);
    be_another(&machines.results[5]);
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 2);
    assert_string_equal(fleet.sentence,
        "2 of 40 differ: node5 (3 wrong answers, most have 0; EPYC 7302, most have AMD "
        "EPYC), node23 (15 CPUs online, most have 16).");
    fleet_finish(&fleet);
    for (size_t i = 0; i < 18; i++)
        lose_a_cpu(&machines.results[i]);
    compare(&fleet, &machines);
    assert_non_null(strstr(fleet.sentence, "19 of 40 differ: node0 ("));
    assert_non_null(strstr(fleet.sentence, " more."));
    assert_true(strlen(fleet.sentence) < sizeof fleet.sentence - 1);
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void one_that_differs_in_everything_keeps_to_its_room(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, MOST);
    for (size_t i = 0; i < ODDITIES; i++)
        oddities[i].make(&machines.results[ODD]);
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 1);
    assert_ptr_equal(strstr(fleet.machines[0].why, "INCONCLUSIVE"),
        fleet.machines[0].why); /* the heaviest first */
    assert_true(strlen(fleet.machines[0].why) < FLEET_TEXT_SIZE);
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void fewer_than_three_have_no_odd_one(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 2);
    lose_a_cpu(&machines.results[1]);
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 0);
    assert_string_equal(fleet.sentence,
        "Two machines: which of them is the odd one cannot be said of fewer than three.");
    assert_string_equal(cell(&fleet, 1, "CPUs"), "15");
    fleet_finish(&fleet);
    fleet_init(&fleet, 1, machines.list, machines.names);
    assert_string_equal(
        fleet.sentence, "One machine: there is nothing to compare it with.");
    fleet_finish(&fleet);
    fleet_init(&fleet, 0, NULL, NULL);
    assert_string_equal(fleet.sentence, "There is no machine to compare.");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void three_are_enough(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 3);
    be_slow(&machines.results[1]);
    compare(&fleet, &machines);
    assert_string_equal(fleet.sentence,
        "node1 is the odd one out: a unit of work takes 1.21 times the usual.");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void where_all_differ_none_is_odd(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 3);
    for (size_t i = 0; i < 3; i++) {
        machines.results[i].machine.online_cpus = 8 << i;
        machines.results[i].check.together = 8 << i;
    }
    compare(&fleet, &machines);
    assert_int_equal(fleet.odd_count, 0);
    assert_string_equal(fleet.sentence, "None of the 3 is the odd one out: they have too "
                                        "little in common (CPUs, at once).");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

/* That one is odd, or cannot be, must not hide that others have failed. */
static void those_that_failed_are_named(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 5);
    machines.results[3].check.verdict = CHECK_FAIL;
    struct check_finding *finding = result_check_add(&machines.results[3].check);
    text_copy(sizeof finding->topic, finding->topic, "slow");
    compare(&fleet, &machines);
    assert_string_equal(
        fleet.sentence, "node3 is the odd one out: FAIL (slow), most have PASS.");
    fleet_finish(&fleet);
    for (size_t i = 0; i < 5; i++)
        machines.results[i].check.verdict = CHECK_FAIL;
    lose_a_cpu(&machines.results[2]);
    compare(&fleet, &machines);
    assert_string_equal(fleet.sentence, "node2 is the odd one out: 15 CPUs online, most "
                                        "have 16. node2 and 4 more have failed.");
    fleet_finish(&fleet);
    machines.results[0].check.verdict = CHECK_PASS;
    fleet_init(&fleet, 2, machines.list, machines.names);
    assert_non_null(strstr(fleet.sentence, " fewer than three. node1 has failed."));
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void all_that_fail_alike_are_alike(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 3);
    for (size_t i = 0; i < 3; i++)
        machines.results[i].check.verdict = CHECK_FAIL;
    compare(&fleet, &machines);
    assert_string_equal(fleet.sentence, "All 3 are alike, each with FAIL.");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

/* Of an inventory nothing is known that is measured; that makes nobody odd. */
static void what_is_not_known_is_not_odd(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 5);
    struct result_check *check = &machines.results[2].check;
    for (int i = 0; i < 16; i++)
        check->cpus[i] = (struct check_cpu){.id = i, .neighbour = -1};
    judge_made(&machines.results[2]);
    check->verdict = CHECK_PASS;
    compare(&fleet, &machines);
    assert_string_equal(cell(&fleet, 2, "a unit"), "-");
    assert_string_equal(cell(&fleet, 2, "wrong"), "-");
    assert_string_equal(cell(&fleet, 2, "at once"), "-");
    assert_string_equal(fleet.sentence, "All 5 are alike, each with PASS.");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void a_domain_that_all_have_is_not_said(void **state)
{
    static const char *const hosts[] = {
        "a.rack7.example.org", "b.rack7.example.org", "a.rack8.example.org"};
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 3);
    for (size_t i = 0; i < 3; i++)
        text_copy(sizeof machines.results[i].check.host, machines.results[i].check.host,
            hosts[i]);
    compare(&fleet, &machines);
    assert_string_equal(fleet.machines[1].name, "b.rack7.example.org");
    fleet_finish(&fleet);
    fleet_init(&fleet, 2, machines.list, machines.names);
    assert_string_equal(fleet.machines[0].name, "a");
    assert_string_equal(fleet.machines[1].name, "b");
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

static void machines_of_one_name_are_told_apart_by_their_files(void **state)
{
    struct machines machines;
    struct fleet fleet;
    make_machines(&machines, 4);
    machines.results[1].check.host[0] = '\0';
    text_copy(sizeof machines.results[3].check.host, machines.results[3].check.host,
        machines.results[2].check.host);
    memset(machines.files[3], 'x', sizeof machines.files[3]);
    snprintf(&machines.files[3][80], 12, "/last.json");
    compare(&fleet, &machines);
    assert_string_equal(fleet.machines[0].name, "node0");
    assert_string_equal(fleet.machines[1].name, "results/1.json");
    assert_string_equal(fleet.machines[2].name, "results/2.json");
    assert_int_equal(strlen(fleet.machines[3].name), sizeof fleet.machines[3].name - 1);
    assert_non_null(strstr(fleet.machines[3].name, "xx/last.json"));
    assert_true(strncmp(fleet.machines[3].name, "...x", 4) == 0);
    fleet_finish(&fleet);
    finish_machines(&machines);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_that_are_alike_have_no_odd_one),
        cmocka_unit_test(the_odd_one_is_found_in_each_respect),
        cmocka_unit_test(rounds_of_other_sizes_are_compared_by_the_unit),
        cmocka_unit_test(what_scatters_everywhere_is_not_odd),
        cmocka_unit_test(several_that_differ_are_counted),
        cmocka_unit_test(one_that_differs_in_everything_keeps_to_its_room),
        cmocka_unit_test(fewer_than_three_have_no_odd_one),
        cmocka_unit_test(three_are_enough),
        cmocka_unit_test(where_all_differ_none_is_odd),
        cmocka_unit_test(those_that_failed_are_named),
        cmocka_unit_test(all_that_fail_alike_are_alike),
        cmocka_unit_test(what_is_not_known_is_not_odd),
        cmocka_unit_test(a_domain_that_all_have_is_not_said),
        cmocka_unit_test(machines_of_one_name_are_told_apart_by_their_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
