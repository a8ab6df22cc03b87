// SPDX-License-Identifier: MIT
#include "experiment/words_check.h"

#include "made_check.h"

#include <math.h>

static void assert_cpus(size_t count, const int ids[], size_t size, const char *expected)
{
    char text[96];
    words_check_cpus(count, ids, size, text);
    assert_string_equal(text, expected);
}

static void cpus_are_listed_as_ranges(void **state)
{
    const int ids[] = {1, 2, 3, 4, 9, 11, 12, 300};
    assert_cpus(1, &ids[4], 96, "CPU 9");
    assert_cpus(2, ids, 96, "CPUs 1, 2");
    assert_cpus(5, ids, 96, "CPUs 1-4, 9");
    assert_cpus(8, ids, 96, "CPUs 1-4, 9, 11, 12, 300");
    assert_cpus(8, ids, 25, "CPUs 1-4, 9, 11, 12, 300");
    assert_cpus(8, ids, 24, "CPUs 1-4, 9, ...");
    assert_cpus(8, ids, 14, "CPUs 1-4, ...");
    (void)state;
}

static void counts_are_whole_or_have_two_digits(void **state)
{
    char text[32];
    words_check_count(16, sizeof text, text);
    assert_string_equal(text, "16");
    words_check_count(1.5, sizeof text, text);
    assert_string_equal(text, "1.50");
    (void)state;
}

static void each_part_has_a_name(void **state)
{
    for (int part = 0; part < CHECK_PARTS; part++)
        assert_true(strlen(words_check_part((enum check_part)part)) > 3);
    assert_string_equal(words_check_part(CHECK_ALONE), "each CPU alone");
    (void)state;
}

static void assert_begins(const struct result *result, const char *expected)
{
    char text[160];
    words_check_begins(result, sizeof text, text);
    assert_string_equal(text, expected);
}

static void it_says_what_it_will_do_before_it_begins(void **state)
{
    struct result result;
    made_check(&result, 32);
    assert_begins(&result, "Checks 32 CPUs, and uses every one of them, for about 20 s.");
    result.machine.cpus[3].allowed = false;
    result.check.expected_ns = 0;
    result.plan.lasts_ns = 600 * NS_PER_S;
    assert_begins(
        &result, "Checks 31 CPUs, and uses every one of them, for about 10 min 00 s.");
    result.plan.only_inventory = true;
    assert_begins(&result, "Looks at what the machine says of itself; nothing is run.");
    result.plan.only_inventory = false;
    result.machine.simulated = true;
    assert_begins(
        &result, "Looks at what the simulated machine says of itself; nothing is run.");
    result_finish(&result);
    made_check(&result, 1);
    assert_begins(&result, "Checks 1 CPU, and uses all of it, for about 20 s.");
    result_finish(&result);
    (void)state;
}

static void a_verdict_says_when_nothing_was_run(void **state)
{
    char text[48];
    struct result_check check = {.verdict = CHECK_WARN};
    words_check_verdict(&check, sizeof text, text);
    assert_string_equal(text, "WARN (nothing was run)");
    check.measured = true;
    check.verdict = CHECK_INCONCLUSIVE;
    words_check_verdict(&check, sizeof text, text);
    assert_string_equal(text, "INCONCLUSIVE");
    (void)state;
}

/* Finds a figure by its name. */
static void assert_figure(
    const struct result *result, const char *wanted, const char *expected)
{
    char name[32], value[160];
    for (int i = 0; words_check_figure(result, i, sizeof name, name, sizeof value, value);
         i++) {
        if (strcmp(name, wanted) != 0)
            continue;
        assert_string_equal(value, expected);
        return;
    }
    fail_msg("no figure %s", wanted);
}

static int count_figures(const struct result *result)
{
    char name[32], value[160];
    int count = 0;
    while (words_check_figure(result, count, sizeof name, name, sizeof value, value)) {
        assert_true(name[0] != '\0' && value[0] != '\0');
        count++;
    }
    return count;
}

static void the_figures_of_a_healthy_machine(void **state)
{
    struct result result;
    made_check(&result, 32);
    made_siblings(&result.machine);
    for (int i = 0; i < 32; i++) {
        struct check_cpu *cpu = &result.check.cpus[i];
        cpu->alone = made_times(MADE_ROUNDS, 0.98 + 0.04 / 31 * i);
        cpu->together = made_times(200, 1.6 + 0.01 * (i % 3));
        cpu->drift = 0.99;
        if (i < 16)
            cpu->cores = made_times(20, 1);
    }
    judge_made(&result);
    assert_figure(&result, "before it began", "1.0 % busy");
    assert_figure(&result, "a task", "40 ms of CPU time (20 units of 2.00 ms)");
    assert_figure(&result, "each CPU alone", "0.98 to 1.02 of the usual speed");
    assert_figure(&result, "all at once", "19.9 times one CPU alone, 0.61 to 0.64 each");
    assert_figure(&result, "gain of SMT",
        "1.24 times one CPU of a core (1.24 to 1.25 on 16 cores)");
    assert_figure(&result, "drift", "in the last third 0.99 of the speed in the first");
    assert_figure(&result, "throttled", "not visible here");
    assert_figure(&result, "clocks", "not visible here");
    assert_figure(&result, "heat", "not visible here");
    assert_figure(&result, "answers", "7040 tasks on 32 CPUs, all right (a smoke test)");
    assert_int_equal(count_figures(&result), 10);
    result.check.bare_metal = false;
    assert_figure(&result, "before it began", "1.0 % busy, 0.0 % stolen by the host");
    result_finish(&result);
    (void)state;
}

static void clocks_and_heat_are_of_each_stage(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.check.idle = (struct check_sensed){800, 1200, 2400, 45.2};
    result.check.alone = (struct check_sensed){800, 1300, 4900, (double)NAN};
    result.check.loaded = (struct check_sensed){3500, 3600, 3700, 71};
    result.check.throttle.thermal_visible = true;
    result.check.throttle.thermal_core = 2;
    assert_figure(&result, "clocks",
        "1.20 GHz before, up to 4.90 GHz alone, 3.60 GHz with all (3.50 to 3.70)");
    assert_figure(
        &result, "heat", "45 C before, 71 C with all; slowed down for it 2 times");
    result.check.idle.celsius = result.check.loaded.celsius = (double)NAN;
    assert_figure(&result, "heat", "not visible here; slowed down for it 2 times");
    result.check.throttle.thermal_core = 1;
    assert_figure(&result, "heat", "not visible here; slowed down for it once");
    result.check.throttle.thermal_core = 0;
    assert_figure(&result, "heat", "not visible here; never slowed down for it");
    result.check.measured = false;
    assert_int_equal(count_figures(&result), 0);
    result_finish(&result);
    (void)state;
}

static void a_figure_that_is_not_known_says_so(void **state)
{
    struct result result;
    made_check(&result, 2);
    for (int i = 0; i < 2; i++)
        result.check.cpus[i] = (struct check_cpu){.id = i, .neighbour = -1};
    result.check.quiet = (struct check_quiet){.busiest_cpu = -1};
    result.check.unit_ns = 0;
    judge_made(&result);
    assert_figure(&result, "before it began", "not visible here");
    result.check.complete = false;
    assert_figure(&result, "before it began", "not looked at");
    assert_figure(&result, "a task", "not known");
    assert_figure(&result, "each CPU alone", "not known: too few rounds");
    assert_figure(&result, "all at once", "not known");
    assert_figure(&result, "gain of SMT", "not visible here");
    assert_figure(&result, "drift", "not known");
    assert_figure(&result, "answers", "not known");
    result.machine.topology_known = true;
    assert_figure(&result, "gain of SMT", "none: one CPU of each core");
    made_siblings(&result.machine);
    assert_figure(&result, "gain of SMT", "not known");
    result_finish(&result);
    (void)state;
}

static void what_is_wrong_is_a_figure_too(void **state)
{
    struct result result;
    made_check(&result, 1);
    result.check.cpus[0].wrong = 3;
    result.check.quiet.busy = 0.4;
    result.check.quiet.pid = 7;
    result.check.quiet.process_cpus = 0.4;
    text_copy(sizeof result.check.quiet.process, result.check.quiet.process, "gcc");
    result.check.throttle.group_count = 2;
    struct throttle_group *groups = memory_new(2, sizeof *groups);
    result.check.throttle.groups = groups;
    text_copy(sizeof groups[1].folder, groups[1].folder, "/sys/fs/cgroup/app");
    judge_made(&result);
    assert_figure(&result, "answers", "220 tasks on 1 CPU, 3 wrong");
    assert_figure(&result, "each CPU alone", "one CPU: nothing to compare with");
    assert_figure(&result, "all at once", "1.00 of its speed before; not reliable");
    assert_figure(&result, "before it began", "40.0 % busy; most by gcc (0.4 CPUs)");
    assert_figure(&result, "throttled", "never");
    groups[1].throttled = 87;
    groups[1].periods = 95;
    assert_figure(&result, "throttled", "in 87 of 95 periods (/sys/fs/cgroup/app)");
    groups[1].quota_cpus = 1.5;
    assert_figure(
        &result, "throttled", "in 87 of 95 periods (quota 1.50, /sys/fs/cgroup/app)");
    result_finish(&result);
    (void)state;
}

static void assert_summary(const struct result *result, const char *expected)
{
    char text[320];
    words_check_summary(result, sizeof text, text);
    assert_string_equal(text, expected);
}

/* Above the findings: it does not say one of them again. */
static void a_summary_repeats_no_finding(void **state)
{
    struct result result;
    made_check(&result, 2);
    judge_made(&result);
    assert_summary(&result,
        "2 CPUs usable, each at the usual speed, all at once 2.00 times "
        "one alone; 440 tasks, every answer right (a smoke test).");
    result.check.cpus[1].alone = made_times(MADE_ROUNDS, 1.05);
    judge_made(&result);
    assert_summary(&result,
        "2 CPUs usable, each at 0.95 to 1.00 of the usual speed, all at "
        "once 2.05 times one alone; 440 tasks, every answer right (a "
        "smoke test).");
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/cpu.max");
    result.plan.expected_cpus = 2;
    judge_made(&result);
    assert_summary(&result,
        "1 finding. 1.50 CPUs usable; 440 tasks, every answer right (a smoke test).");
    result.check.cpus[0].wrong = 1;
    judge_made(&result);
    assert_summary(&result, "2 findings. 1.50 CPUs usable.");
    result_finish(&result);
    (void)state;
}

static void an_inventory_has_a_summary_but_no_figures(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.plan.only_inventory = true;
    result.check.measured = false;
    result.check.tasks = result.check.cpus[0].tasks = result.check.cpus[1].tasks = 0;
    result.check.idle = (struct check_sensed){800, 1200, 2400, 45.2};
    judge_made(&result);
    assert_summary(&result, "2 CPUs usable, and nothing seen that holds them back.");
    assert_int_equal(count_figures(&result), 0);
    result_finish(&result);
    (void)state;
}

/* One that looked slow and was not when it was tried again: as on its cell. */
static void the_better_of_two_tries_is_told(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.check.cpus[1].alone = made_times(MADE_ROUNDS, 1.2);
    judge_made(&result);
    assert_figure(&result, "each CPU alone", "0.83 to 1.00 of the usual speed");
    result.check.cpus[1].again.slowness = 1.02;
    assert_figure(&result, "each CPU alone", "0.98 to 1.00 of the usual speed");
    result_finish(&result);
    (void)state;
}

/* A ratio to a few rounds is worse than none. */
static void what_rests_on_little_says_so(void **state)
{
    struct result result;
    made_check(&result, 2);
    judge_made(&result);
    assert_figure(&result, "each CPU alone", "1.00 of the usual speed");
    assert_figure(&result, "all at once", "2.00 times one CPU alone, 1.00 each");
    assert_figure(&result, "a task", "40 ms of CPU time (20 units of 2.00 ms)");
    result.check.unit_ns *= 2; /* the trial went wrong, the check did not */
    assert_figure(&result, "a task", "40 ms of CPU time (20 units of 2.00 ms)");
    result.check.cpus[0].alone.waited = 2 * CHECK_WAITED_MOST;
    judge_made(&result);
    assert_figure(
        &result, "all at once", "2.00 times one CPU alone, 1.00 each; not reliable");
    result.check.cpus[0].alone.waited = 0;
    judge_made(&result);
    assert_figure(&result, "each CPU alone", "1.00 of the usual speed");
    result.check.suspended_ns = NS_PER_S;
    assert_figure(&result, "each CPU alone", "1.00 of the usual speed; not reliable");
    assert_figure(&result, "drift",
        "in the last third 1.00 of the speed in the first; not reliable");
    result.check.cpus[1].alone.rounds = CHECK_ROUNDS_MIN - 1;
    judge_made(&result);
    assert_false(words_check_has_ratios(&result.check));
    assert_figure(&result, "all at once", "not known: too few rounds");
    result_finish(&result);
    (void)state;
}

static void the_last_of_alike_findings_advises(void **state)
{
    struct result_check check = {.has = true};
    static const char *const next[] = {"Look.", "Look.", "", "Ask."};
    static const bool advises[] = {false, true, false, true};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct check_finding *finding = result_check_add(&check);
        text_copy(sizeof finding->next, finding->next, next[i]);
    }
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(words_check_advises(&check, i), advises[i]);
    result_check_finish(&check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cpus_are_listed_as_ranges),
        cmocka_unit_test(the_last_of_alike_findings_advises),
        cmocka_unit_test(counts_are_whole_or_have_two_digits),
        cmocka_unit_test(each_part_has_a_name),
        cmocka_unit_test(it_says_what_it_will_do_before_it_begins),
        cmocka_unit_test(a_verdict_says_when_nothing_was_run),
        cmocka_unit_test(the_figures_of_a_healthy_machine),
        cmocka_unit_test(clocks_and_heat_are_of_each_stage),
        cmocka_unit_test(a_figure_that_is_not_known_says_so),
        cmocka_unit_test(what_is_wrong_is_a_figure_too),
        cmocka_unit_test(a_summary_repeats_no_finding),
        cmocka_unit_test(an_inventory_has_a_summary_but_no_figures),
        cmocka_unit_test(the_better_of_two_tries_is_told),
        cmocka_unit_test(what_rests_on_little_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
