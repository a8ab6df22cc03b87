// SPDX-License-Identifier: MIT
/* What the judge says of speeds, and the numbers behind it. */
#include "made_check.h"

#include <math.h>

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-6))
        fail_msg("%.9g is not %.9g", value, expected);
}

/* CPU `id` takes so many times as long, alone and once more, and its peers do not. */
static void slow_down(struct result *result, int id, double slowness)
{
    for (size_t i = 0; i < result->check.cpu_count; i++) {
        struct check_cpu *cpu = &result->check.cpus[i];
        if (cpu->again.rounds == 0)
            cpu->again = made_times(MADE_ROUNDS, 1);
        if (cpu->id == id)
            cpu->alone = cpu->again = cpu->together = made_times(MADE_ROUNDS, slowness);
    }
}

static void a_healthy_machine_passes(void **state)
{
    static const int counts[] = {1, 2, 3, 8, 32, 256};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct result result;
        made_check(&result, counts[i]);
        judge_made(&result);
        assert_pass(&result);
        assert_near(result.check.together, counts[i]);
        result_finish(&result);
    }
    (void)state;
}

static void the_limit_is_that_of_the_kind_of_machine(void **state)
{
    const struct result_check bare = {.bare_metal = true},
                              virtual = {.bare_metal = false};
    assert_near(judge_slow_from(&bare), 1.05);
    assert_near(judge_slow_from(&virtual), 1.10);
    (void)state;
}

static void of_two_the_faster_one_is_the_usual(void **state)
{
    struct result result;
    made_check(&result, 2);
    slow_down(&result, 1, 1.2);
    judge_made(&result);
    assert_near(result.check.cpus[0].alone.slowness, 1);
    assert_near(result.check.cpus[1].alone.slowness, 1.2);
    assert_true(judge_is_suspect(&result.check, &result.check.cpus[1]));
    assert_false(judge_is_suspect(&result.check, &result.check.cpus[0]));
    assert_int_equal(count_findings(&result, "slow"), 1);
    result_finish(&result);
    (void)state;
}

static void one_cpu_has_nothing_to_be_held_against(void **state)
{
    struct result result;
    made_check(&result, 1);
    judge_made(&result);
    assert_near(result.check.cpus[0].alone.slowness, 0);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

/* A minimum or a median alone is noise. */
static void both_median_and_minimum_must_be_above(void **state)
{
    struct result result;
    made_check(&result, 4);
    slow_down(&result, 2, 1.5);
    result.check.cpus[2].alone.min_ns = result.check.cpus[0].alone.min_ns;
    judge_made(&result);
    assert_near(result.check.cpus[2].alone.slowness, 1);
    assert_false(result.check.cpus[2].slow);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

static void a_cpu_must_be_slow_twice(void **state)
{
    struct result result;
    made_check(&result, 4);
    slow_down(&result, 2, 1.31);
    result.check.cpus[2].again = made_times(MADE_ROUNDS, 1.04);
    judge_made(&result);
    assert_true(judge_is_suspect(&result.check, &result.check.cpus[2]));
    assert_false(result.check.cpus[2].slow);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

static void a_slow_cpu_is_named_with_its_number(void **state)
{
    struct result result;
    made_check(&result, 8);
    slow_down(&result, 5, 1.31);
    judge_made(&result);
    assert_only(&result, "slow", CHECK_FAIL,
        "CPU 5 is slow: a task takes 1.31 times as long as on the usual CPU, twice in a "
        "row.");
    assert_int_equal(result.check.findings[0].cpu, 5);
    assert_true(result.check.findings[0].next[0] != '\0');
    result.check.bare_metal = false; /* others' guests may be the cause */
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_WARN);
    assert_non_null(strstr(result.check.findings[0].next, "the host"));
    result_finish(&result);
    (void)state;
}

static void a_virtual_machine_is_given_more_room(void **state)
{
    struct result result;
    made_check(&result, 4);
    slow_down(&result, 0, 1.08);
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    result.check.bare_metal = false;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

static void many_slow_cpus_share_a_finding(void **state)
{
    struct result result;
    made_check(&result, 64);
    for (int i = 10; i < 18; i++)
        slow_down(&result, i, 1.2);
    judge_made(&result);
    assert_int_equal(count_findings(&result, "slow"), 8);
    slow_down(&result, 40, 1.45);
    judge_made(&result);
    assert_only(&result, "slow", CHECK_FAIL,
        "CPUs 10-17, 40 are slow: a task takes up to 1.45 times as long as on the usual "
        "CPU, twice in a row.");
    assert_int_equal(result.check.findings[0].cpu, -1);
    result_finish(&result);
    (void)state;
}

/* E cores take 1.6 times as long; that is no finding, a slow one among them is. */
static void a_cpu_is_held_against_its_own_kind(void **state)
{
    struct result result;
    made_check(&result, 8);
    result.machine.kinds = memory_new(2, sizeof *result.machine.kinds);
    result.machine.kind_count = 2;
    for (int i = 0; i < 8; i++)
        result.machine.cpus[i].kind = i < 4;
    for (int i = 4; i < 8; i++)
        result.check.cpus[i].alone = result.check.cpus[i].together =
            made_times(MADE_ROUNDS, 1.6);
    judge_made(&result);
    assert_pass(&result);
    for (int i = 4; i < 8; i++)
        result.check.cpus[i].again = made_times(MADE_ROUNDS, i == 6 ? 1.6 * 1.2 : 1.6);
    result.check.cpus[6].alone = result.check.cpus[6].together =
        result.check.cpus[6].again;
    judge_made(&result);
    assert_int_equal(result.check.finding_count, 1);
    assert_int_equal(result.check.findings[0].cpu, 6);
    assert_non_null(strstr(result.check.findings[0].text, "1.20 times"));
    assert_non_null(strstr(result.check.findings[0].text, "of its kind"));
    result_finish(&result);
    (void)state;
}

/* In `again` suspects do not set the standard, although they are most of it. */
static void suspects_are_held_against_others(void **state)
{
    struct result result;
    made_check(&result, 16);
    for (int i = 0; i < 5; i++)
        result.check.cpus[i].alone = result.check.cpus[i].again =
            made_times(MADE_ROUNDS, 1.3);
    result.check.cpus[5].again = made_times(MADE_ROUNDS, 1);
    judge_made(&result);
    for (int i = 0; i < 5; i++)
        assert_near(result.check.cpus[i].again.slowness, 1.3);
    assert_int_equal(count_findings(&result, "slow"), 5);
    result.check.cpus[5].again = (struct check_times){0}; /* now there are no others */
    judge_made(&result);
    assert_near(result.check.cpus[0].again.slowness, 1);
    assert_int_equal(count_findings(&result, "slow"), 0);
    result_finish(&result);
    (void)state;
}

static void too_few_rounds_are_no_verdict(void **state)
{
    struct result result;
    made_check(&result, 4);
    slow_down(&result, 2, 1.5);
    result.check.cpus[2].alone.rounds = 14;
    judge_made(&result);
    assert_near(result.check.cpus[2].alone.slowness, 0);
    assert_only(&result, "rounds", CHECK_INCONCLUSIVE,
        "The speed of CPU 2 is open: 14 tasks in the time there was, of 15 that it "
        "takes.");
    result.check.quiet.busy = 0.5; /* which says it already */
    judge_made(&result);
    assert_int_equal(count_findings(&result, "rounds"), 0);
    result.check.quiet.busy = 0;
    slow_down(&result, 2, 1.5);
    result.check.cpus[2].again.rounds = 1;
    judge_made(&result);
    assert_only(&result, "rounds", CHECK_INCONCLUSIVE,
        "The speed of CPU 2 is open: 1 task in the time there was, of 15 that it "
        "takes.");
    result_finish(&result);
    (void)state;
}

static void a_busy_machine_leaves_speed_open(void **state)
{
    struct result result;
    made_check(&result, 8);
    slow_down(&result, 5, 1.31);
    result.check.quiet.busy = 0.53;
    result.check.quiet.pid = 4711;
    result.check.quiet.process_cpus = 4.2;
    text_copy(sizeof result.check.quiet.process, result.check.quiet.process, "gcc");
    judge_made(&result);
    assert_false(result.check.quiet.quiet);
    assert_int_equal(count_findings(&result, "slow"), 0);
    assert_int_equal(result.check.verdict, CHECK_INCONCLUSIVE);
    assert_string_equal(find_finding(&result, "quiet")->text,
        "The verdict on speed is open: before it began the CPUs were 53 % busy, most "
        "with "
        "gcc (process 4711, 4.2 CPUs).");
    result.check.quiet.steal = 0.029; /* who was busy is said with what was */
    judge_made(&result);
    assert_non_null(strstr(find_finding(&result, "quiet")->text,
        "gcc (process 4711, 4.2 CPUs), and the host kept 2.9 % of the CPUs' time back."));
    result.check.quiet.steal = 0;
    result.check.quiet.busiest_cpu = 3;
    result.check.quiet.busy_most = 0.99;
    judge_made(&result);
    assert_non_null(strstr(
        find_finding(&result, "quiet")->text, "53 % busy (CPU 3 most, 99 %), most"));
    assert_string_equal(find_finding(&result, "shared")->text,
        "The speed of CPU 5 is open: a task takes 1.31 times as long as on the usual "
        "CPU, "
        "but the machine was not quiet.");
    result_finish(&result);
    (void)state;
}

static void a_host_that_takes_time_leaves_speed_open(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.check.quiet.steal = 0.031;
    judge_made(&result);
    assert_only(&result, "quiet", CHECK_INCONCLUSIVE,
        "The verdict on speed is open: before it began the host kept 3.1 % of the CPUs' "
        "time back.");
    result.check.quiet.busy = CHECK_BUSY_MOST; /* just not too much */
    result.check.quiet.steal = CHECK_STEAL_MOST;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

/* As in a container whose /proc/stat has other CPUs than those that may be used. */
static void where_quiet_is_not_visible_speed_is_open(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.check.quiet = (struct check_quiet){.busiest_cpu = -1};
    judge_made(&result);
    assert_only(&result, "quiet", CHECK_INCONCLUSIVE,
        "The verdict on speed is open: whether the machine was quiet is not visible "
        "here.");
    assert_string_equal(result.check.findings[0].where, "/proc/stat");
    result.check.complete = false; /* it was stopped before it had looked */
    judge_made(&result);
    assert_int_equal(count_findings(&result, "quiet"), 0);
    result_finish(&result);
    (void)state;
}

static void a_cpu_that_others_use_is_no_slow_cpu(void **state)
{
    struct result result;
    made_check(&result, 64);
    slow_down(&result, 5, 1.31);
    result.check.cpus[5].again.waited = 0.47;
    judge_made(&result);
    assert_only(&result, "shared", CHECK_INCONCLUSIVE,
        "The speed of CPU 5 is open: a task takes 1.31 times as long as on the usual "
        "CPU, "
        "but a task waited there for 47 % of its time, alone as it was.");
    slow_down(&result, 5, 1);
    result.check.cpus[5].alone.waited = 0.12;
    judge_made(&result);
    assert_only(&result, "shared", CHECK_INCONCLUSIVE,
        "The speed of CPU 5 is open: a task waited there for 12 % of its time, alone as "
        "it "
        "was.");
    result.check.cpus[5].alone.waited = CHECK_WAITED_MOST;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

/* On a core's other CPU, which slows this one down although it never waits. */
static void a_cpu_whose_sibling_others_use_is_no_slow_cpu(void **state)
{
    static const char text[] = "The speed of CPU 5 is open: a task takes 1.31 times as "
                               "long as on the usual CPU, "
                               "but others used another CPU of its core.";
    struct result result;
    made_check(&result, 64);
    made_siblings(&result.machine);
    slow_down(&result, 5, 1.31);
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    result.check.quiet.busiest_cpu = 37;
    result.check.quiet.busy_most = 1;
    judge_made(&result);
    assert_only(&result, "shared", CHECK_INCONCLUSIVE, text);
    result.check.quiet.busiest_cpu = -1;
    result.check.cpus[37].alone.waited = 0.9;
    judge_made(&result);
    assert_int_equal(count_findings(&result, "slow"), 0);
    assert_non_null(strstr(find_finding(&result, "shared")->text, "CPUs 5, 37 is open"));
    result_finish(&result);
    (void)state;
}

/* That other CPU is not ours: what it did is known once all is over. */
static void a_sibling_may_be_out_of_reach(void **state)
{
    struct result result;
    made_check(&result, 4);
    made_siblings(&result.machine);
    slow_down(&result, 1, 1.31);
    result.check.cpu_count = 3;
    result.machine.cpus[3].allowed = false;
    struct result_stage *stage = result_add_stage(&result);
    stage->kind = RESULT_WATCHED;
    stage->cpu_count = 1;
    stage->cpus = memory_new(1, sizeof *stage->cpus);
    *stage->cpus = (struct result_cpu){.id = 3, .busy = 0.04};
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    result.check.elapsed_ns = 0;
    judge_made(&result);
    assert_pass(&result);
    result.check.elapsed_ns = NS_PER_S;
    stage->cpus->busy = 0.97;
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_INCONCLUSIVE);
    result_finish(&result);
    (void)state;
}

static void add_group(struct result *result, double quota, int64_t throttled)
{
    struct throttle *throttle = &result->check.throttle;
    void *groups = throttle->groups;
    struct throttle_group *group =
        memory_append(&groups, throttle->group_count++, sizeof *group);
    throttle->groups = groups;
    *group = (struct throttle_group){.quota_cpus = quota,
        .periods = 95,
        .throttled = throttled,
        .throttled_ns = throttled * 47 * NS_PER_MS};
    text_copy(sizeof group->folder, group->folder, "/sys/fs/cgroup/app");
}

static void a_throttled_group_is_named(void **state)
{
    struct result result;
    made_check(&result, 4);
    add_group(&result, 0, 0);
    judge_made(&result);
    assert_pass(&result);
    add_group(&result, 1.5, 87);
    judge_made(&result);
    assert_only(&result, "throttled", CHECK_WARN,
        "/sys/fs/cgroup/app was throttled in 87 of 95 periods by its quota of 1.50 CPUs, "
        "for 4.09 s in all.");
    assert_string_equal(result.check.findings[0].where, "/sys/fs/cgroup/app/cpu.stat");
    result_finish(&result);
    (void)state;
}

/* All wait alike then, and the fence is what is said of it. */
static void half_a_cpu_of_quota_is_not_called_shared(void **state)
{
    struct result result;
    made_check(&result, 2);
    for (int i = 0; i < 2; i++)
        result.check.cpus[i].alone.waited = 0.5;
    judge_made(&result);
    assert_string_equal(find_finding(&result, "shared")->text,
        "The speed of CPUs 0, 1 is open: a task waited there for up to 50 % of its time, "
        "alone as it was.");
    result.check.elapsed_ns = 0; /* quotas are looked at in the end */
    result.machine.usable_cpus = 0.5;
    judge_made(&result);
    assert_pass(&result);
    result.check.elapsed_ns = NS_PER_S;
    add_group(&result, 0.5, 87);
    judge_made(&result);
    assert_int_equal(count_findings(&result, "shared"), 0);
    assert_int_equal(result.check.verdict, CHECK_WARN);
    result_finish(&result);
    (void)state;
}

static void heat_is_told_with_its_counters(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.check.throttle.thermal_core = 12;
    result.check.throttle.thermal_package = 3;
    judge_made(&result);
    assert_only(&result, "heat", CHECK_WARN,
        "The processor slowed itself down for heat: 12 times a core, 3 times a package.");
    result_finish(&result);
    (void)state;
}

/* A laptop: its clock falls by 25 % with all at once, and two CPUs share a core. */
static void turbo_and_smt_are_no_findings(void **state)
{
    struct result result;
    made_check(&result, 8);
    made_siblings(&result.machine);
    for (int i = 0; i < 8; i++) {
        result.check.cpus[i].together = made_times(200, 2.13 + 0.02 * (i % 3));
        result.check.cpus[i].drift = 0.93 + 0.01 * (i % 2);
        if (i < 4)
            result.check.cpus[i].cores = made_times(50, 1.3 + 0.01 * i);
    }
    judge_made(&result);
    assert_pass(&result);
    assert_int_equal(result.check.smt_cores, 4);
    assert_true(result.check.smt_gain > 1.1 && result.check.smt_gain < 1.3);
    result_finish(&result);
    (void)state;
}

static void ratios_are_of_elapsed_time(void **state)
{
    struct result result;
    made_check(&result, 3);
    for (int i = 0; i < 3; i++) {
        result.check.cpus[i].alone.elapsed_ns = 40;
        result.check.cpus[i].together.elapsed_ns = 50 * (i + 1);
    }
    result.check.cpus[1].wrong = 2;
    judge_made(&result);
    assert_near(result.check.cpus[0].ratio, 0.8);
    assert_near(result.check.ratio_low, 40. / 150);
    assert_near(result.check.ratio_median, 0.4);
    assert_near(result.check.ratio_high, 0.8);
    assert_near(result.check.together, 0.8 + 0.4 + 40. / 150);
    assert_int_equal(result.check.tasks, 660);
    assert_int_equal(result.check.wrong, 2);
    result.check.cpus[0].together = (struct check_times){0};
    judge_made(&result);
    assert_near(result.check.cpus[0].ratio, 0);
    assert_near(result.check.ratio_high, 0.4);
    result_finish(&result);
    (void)state;
}

static void the_gain_of_smt_is_both_against_one(void **state)
{
    struct result result;
    made_check(&result, 4); /* cores {0, 2} and {1, 3} */
    made_siblings(&result.machine);
    for (int i = 0; i < 4; i++)
        result.check.cpus[i].together.elapsed_ns = 80;
    result.check.cpus[0].cores = (struct check_times){.rounds = 20, .elapsed_ns = 50};
    result.check.cpus[1].cores = (struct check_times){.rounds = 20, .elapsed_ns = 44};
    judge_made(&result);
    assert_int_equal(result.check.smt_cores, 2);
    assert_near(result.check.smt_high, 2 * 50. / 80);
    assert_near(result.check.smt_low, 2 * 44. / 80);
    assert_near(result.check.smt_gain, 47. / 40);
    result.check.cpus[3].together = (struct check_times){0}; /* its core is not known */
    judge_made(&result);
    assert_int_equal(result.check.smt_cores, 1);
    assert_near(result.check.smt_gain, 1.25);
    result_finish(&result);
    (void)state;
}

static void one_cpu_that_falls_behind_its_peers_is_lopsided(void **state)
{
    struct result result;
    made_check(&result, 8);
    for (int i = 0; i < 8; i++)
        result.check.cpus[i].together.elapsed_ns =
            result.check.cpus[i].alone.elapsed_ns * 100 / (i == 3 ? 61 : 93);
    judge_made(&result);
    assert_only(&result, "together", CHECK_WARN,
        "With all CPUs at once CPU 3 ran at 0.61 of the speed alone, the usual CPU like "
        "it "
        "at 0.93.");
    result.check.cpus[3].together.waited = 0.34;
    judge_made(&result);
    assert_non_null(strstr(result.check.findings[0].text,
        "at 0.93; 34 % of its time it waited for the CPU."));
    result.check.cpus[3].together.rounds = 14;
    judge_made(&result);
    assert_pass(&result);
    result.check.cpus[3].together.rounds = 15;
    result.check.quiet.busy = 0.5;
    judge_made(&result);
    assert_int_equal(count_findings(&result, "together"), 0);
    result_finish(&result);
    (void)state;
}

/* For want of a process, or of time. */
static void one_that_was_not_there_leaves_all_at_once_open(void **state)
{
    struct result result;
    made_check(&result, 8);
    result.check.cpus[3].together = (struct check_times){0};
    judge_made(&result);
    assert_only(&result, "together", CHECK_INCONCLUSIVE,
        "When all CPUs were to compute at once no task was done on CPU 3.");
    assert_near(result.check.together, 0);
    assert_near(result.check.ratio_low, 1);
    result.check.cpus[5].together = (struct check_times){0};
    result.check.quiet.busy = 0.5;
    judge_made(&result);
    assert_string_equal(find_finding(&result, "together")->text,
        "When all CPUs were to compute at once no task was done on CPUs 3, 5.");
    result.check.elapsed_ns = 0; /* that is still to come */
    judge_made(&result);
    assert_int_equal(count_findings(&result, "together"), 0);
    result.check.elapsed_ns = NS_PER_S;
    result.check.cpus[3].refused = 22;
    result.check.cpus[5].died_of = 9;
    judge_made(&result);
    assert_int_equal(count_findings(&result, "together"), 0);
    result_finish(&result);
    (void)state;
}

/* Which of two is the odd one nobody can say. */
static void two_cpus_are_too_few_to_be_lopsided(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.check.cpus[1].together.elapsed_ns *= 3;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

/* Of 0-4 on four cores with SMT only CPUs 0 and 4 share one. */
static void a_cpu_with_a_sibling_is_no_peer_of_one_without(void **state)
{
    struct result result;
    made_check(&result, 5);
    for (int i = 0; i < 5; i++) {
        result.machine.cpus[i].core = i % 4;
        result.check.cpus[i].together.elapsed_ns =
            result.check.cpus[i].alone.elapsed_ns * 100 / (i % 4 == 0 ? 62 : 98);
    }
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

static void a_fence_makes_ratios_uneven_and_nobody_lopsided(void **state)
{
    struct result result;
    made_check(&result, 8);
    result.check.cpus[3].together.elapsed_ns *= 3;
    add_group(&result, 4, 87);
    judge_made(&result);
    assert_int_equal(count_findings(&result, "together"), 0);
    assert_int_equal(count_findings(&result, "throttled"), 1);
    result_finish(&result);
    (void)state;
}

static void a_fall_of_speed_is_told_when_most_cpus_have_it(void **state)
{
    struct result result;
    made_check(&result, 8);
    for (int i = 0; i < 8; i++)
        result.check.cpus[i].drift = 0.82;
    judge_made(&result);
    assert_near(result.check.drift, 0.82);
    assert_only(&result, "drift", CHECK_WARN,
        "With all CPUs at once the speed fell: in the last third of the time it was 0.82 "
        "of that in the first.");
    for (int i = 0; i < 3; i++)
        result.check.cpus[i].drift = 0.97; /* the median is still 0.82 */
    judge_made(&result);
    assert_near(result.check.drift, 0.82);
    assert_pass(&result);
    for (int i = 0; i < 8; i++)
        result.check.cpus[i].drift = 0.91;
    judge_made(&result);
    assert_pass(&result);
    for (int i = 0; i < 8; i++)
        result.check.cpus[i].drift = 0.88;
    judge_made(&result);
    assert_int_equal(count_findings(&result, "drift"), 1);
    result.check.bare_metal = false;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

static void a_pause_leaves_speed_open(void **state)
{
    struct result result;
    made_check(&result, 4);
    slow_down(&result, 2, 1.5);
    result.check.suspended_ns = 12 * NS_PER_S;
    judge_made(&result);
    assert_only(&result, "suspended", CHECK_INCONCLUSIVE,
        "The verdict on speed is open: it was suspended for 12.0 s.");
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_machine_passes),
        cmocka_unit_test(the_limit_is_that_of_the_kind_of_machine),
        cmocka_unit_test(of_two_the_faster_one_is_the_usual),
        cmocka_unit_test(one_cpu_has_nothing_to_be_held_against),
        cmocka_unit_test(both_median_and_minimum_must_be_above),
        cmocka_unit_test(a_cpu_must_be_slow_twice),
        cmocka_unit_test(a_slow_cpu_is_named_with_its_number),
        cmocka_unit_test(a_virtual_machine_is_given_more_room),
        cmocka_unit_test(many_slow_cpus_share_a_finding),
        cmocka_unit_test(a_cpu_is_held_against_its_own_kind),
        cmocka_unit_test(suspects_are_held_against_others),
        cmocka_unit_test(too_few_rounds_are_no_verdict),
        cmocka_unit_test(a_busy_machine_leaves_speed_open),
        cmocka_unit_test(a_host_that_takes_time_leaves_speed_open),
        cmocka_unit_test(where_quiet_is_not_visible_speed_is_open),
        cmocka_unit_test(a_cpu_that_others_use_is_no_slow_cpu),
        cmocka_unit_test(a_cpu_whose_sibling_others_use_is_no_slow_cpu),
        cmocka_unit_test(a_sibling_may_be_out_of_reach),
        cmocka_unit_test(a_throttled_group_is_named),
        cmocka_unit_test(half_a_cpu_of_quota_is_not_called_shared),
        cmocka_unit_test(heat_is_told_with_its_counters),
        cmocka_unit_test(turbo_and_smt_are_no_findings),
        cmocka_unit_test(ratios_are_of_elapsed_time),
        cmocka_unit_test(the_gain_of_smt_is_both_against_one),
        cmocka_unit_test(one_cpu_that_falls_behind_its_peers_is_lopsided),
        cmocka_unit_test(one_that_was_not_there_leaves_all_at_once_open),
        cmocka_unit_test(two_cpus_are_too_few_to_be_lopsided),
        cmocka_unit_test(a_cpu_with_a_sibling_is_no_peer_of_one_without),
        cmocka_unit_test(a_fence_makes_ratios_uneven_and_nobody_lopsided),
        cmocka_unit_test(a_fall_of_speed_is_told_when_most_cpus_have_it),
        cmocka_unit_test(a_pause_leaves_speed_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
