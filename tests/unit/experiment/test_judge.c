// SPDX-License-Identifier: MIT
/* What the judge says of counts, answers and the end, and the verdict. */
#include "made_check.h"

#include <errno.h>
#include <signal.h>

static void add_line(
    struct result *result, const char *topic, const char *concern, const char *next)
{
    struct inventory *inventory = &result->check.inventory;
    void *lines = inventory->lines;
    struct inventory_line *line =
        memory_append(&lines, inventory->line_count++, sizeof *line);
    inventory->lines = lines;
    line->visible = true;
    text_copy(sizeof line->topic, line->topic, topic);
    text_copy(sizeof line->where, line->where, "/sys/some/file");
    text_copy(sizeof line->concern, line->concern, concern);
    text_copy(sizeof line->next, line->next, next);
}

static void a_pass_says_what_was_found(void **state)
{
    struct result result;
    made_check(&result, 32);
    for (int i = 0; i < 32; i++) {
        result.check.cpus[i].alone = made_times(MADE_ROUNDS, 0.98 + 0.04 / 31 * i);
        result.check.cpus[i].together = made_times(200, 1.05);
    }
    judge_made(&result);
    assert_pass(&result);
    assert_string_equal(result.check.sentence,
        "PASS: 32 CPUs usable, each at 0.98 to 1.02 of the usual speed, all at once 30.5 "
        "times one alone; 7040 tasks, every answer right (a smoke test).");
    result_finish(&result);
    made_check(&result, 1);
    judge_made(&result);
    assert_string_equal(result.check.sentence,
        "PASS: 1 CPU usable; 220 tasks, every answer right (a smoke test).");
    result_finish(&result);
    (void)state;
}

static void each_concern_of_the_inventory_is_a_warning(void **state)
{
    struct result result;
    made_check(&result, 2);
    add_line(&result, "present", "", "");
    add_line(&result, "quota", "Only 1.50 of 2 CPUs may be used", "Look at cpu.max");
    add_line(&result, "governor", "The governor is powersave.", "");
    judge_made(&result);
    assert_int_equal(result.check.finding_count, 2);
    const struct check_finding *finding = find_finding(&result, "quota");
    assert_int_equal(finding->level, CHECK_WARN);
    assert_int_equal(finding->cpu, -1);
    assert_string_equal(finding->text, "Only 1.50 of 2 CPUs may be used.");
    assert_string_equal(finding->where, "/sys/some/file");
    assert_string_equal(finding->next, "Look at cpu.max.");
    finding = find_finding(&result, "governor");
    assert_string_equal(finding->text, "The governor is powersave.");
    assert_string_equal(finding->next, "");
    assert_int_equal(result.check.verdict, CHECK_WARN);
    assert_string_equal(result.check.sentence, "WARN: Only 1.50 of 2 CPUs may be used. 1 "
                                               "more finding. 2 CPUs usable; 440 tasks, "
                                               "every answer right (a smoke test).");
    result_finish(&result);
    (void)state;
}

static void fewer_cpus_than_expected_fail(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.plan.expected_cpus = 4;
    judge_made(&result);
    assert_only(
        &result, "expected", CHECK_FAIL, "2 CPUs are usable, 4 expected (online).");
    assert_string_equal(result.check.findings[0].where, "/sys/devices/system/cpu/online");
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    judge_made(&result);
    assert_string_equal(result.check.sentence,
        "FAIL: 1.50 CPUs are usable, 4 expected (cgroup quota). 440 tasks, every answer "
        "right (a smoke test).");
    assert_string_equal(result.check.findings[0].where, "/sys/fs/cgroup/app/cpu.max");
    assert_non_null(strstr(result.check.findings[0].next, "CPUQuota="));
    made_limit(&result.machine, "SLURM_CPUS_PER_TASK", 1, "SLURM_CPUS_PER_TASK");
    judge_made(&result);
    assert_non_null(strstr(result.check.findings[0].text, "1 CPU is usable, 4 expected"));
    assert_non_null(strstr(result.check.findings[0].next, "batch system"));
    result.plan.expected_cpus = 1;
    judge_made(&result);
    assert_pass(&result);
    result_finish(&result);
    (void)state;
}

/* Who makes a control group may name it as he likes. */
static void nothing_odd_reaches_a_terminal(void **state)
{
    struct result result;
    made_check(&result, 2);
    result.plan.expected_cpus = 4;
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/\x1b[31m\xff/cpu.max");
    judge_made(&result);
    assert_string_equal(find_finding(&result, "expected")->where, "/sys/?[31m?/cpu.max");
    result_finish(&result);
    (void)state;
}

/* Of CPUs as of counts and answers a busy machine is no excuse. */
static void counts_and_answers_do_not_depend_on_quiet(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.plan.expected_cpus = 8;
    result.check.quiet.busy = 0.9;
    result.check.cpus[1].wrong = 1;
    judge_made(&result);
    assert_int_equal(count_findings(&result, "expected"), 1);
    assert_int_equal(count_findings(&result, "answer"), 1);
    assert_int_equal(count_findings(&result, "quiet"), 1);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    result_finish(&result);
    (void)state;
}

static void a_wrong_answer_names_its_cpu(void **state)
{
    struct result result;
    made_check(&result, 8);
    struct check_cpu *cpu = &result.check.cpus[5];
    cpu->tasks = 812;
    cpu->wrong = 3;
    cpu->again_tasks = 10;
    cpu->again_wrong = 2;
    cpu->neighbour = 6;
    judge_made(&result);
    assert_only(&result, "answer", CHECK_FAIL,
        "CPU 5 computed wrong answers in 3 of 812 tasks; of 10 more there 2 were wrong, "
        "of "
        "10 on CPU 6 none.");
    assert_int_equal(result.check.findings[0].cpu, 5);
    assert_non_null(strstr(result.check.findings[0].next, "OpenDCDiag"));
    cpu->wrong = 1;
    cpu->again_wrong = 10;
    cpu->neighbour = -1;
    judge_made(&result);
    assert_only(&result, "answer", CHECK_FAIL,
        "CPU 5 computed a wrong answer in 1 of 812 tasks; of 10 more there all were "
        "wrong.");
    cpu->again_tasks = cpu->again_wrong = 0; /* it was stopped before */
    judge_made(&result);
    assert_only(&result, "answer", CHECK_FAIL,
        "CPU 5 computed a wrong answer in 1 of 812 tasks.");
    assert_null(strstr(result.check.sentence, "every answer right"));
    result_finish(&result);
    (void)state;
}

static void make_all_wrong(struct result *result, int cpus, bool alike)
{
    made_check(result, cpus);
    for (int i = 0; i < cpus; i++) {
        result->check.cpus[i].wrong = alike || i > 0 ? 220 : 7;
        result->check.cpus[i].wrong_answer = alike ? 99 : 99 + (uint64_t)i;
    }
    judge_made(result);
}

static void wrong_everywhere_is_hardly_the_cpus(void **state)
{
    struct result result;
    make_all_wrong(&result, 4, true);
    assert_only(&result, "answer", CHECK_FAIL,
        "All 4 CPUs computed wrong answers, in 880 of 880 tasks, everywhere the same "
        "one.");
    assert_non_null(strstr(result.check.findings[0].next, "library"));
    result_finish(&result);
    make_all_wrong(&result, 4, false);
    assert_only(&result, "answer", CHECK_FAIL,
        "All 4 CPUs computed wrong answers, in 667 of 880 tasks.");
    assert_non_null(strstr(result.check.findings[0].next, "memory"));
    result_finish(&result);
    make_all_wrong(&result, 1, true);
    assert_only(&result, "answer", CHECK_FAIL,
        "CPU 0 computed wrong answers in 220 of 220 tasks.");
    result_finish(&result);
    (void)state;
}

static void many_wrong_cpus_share_a_finding(void **state)
{
    struct result result;
    made_check(&result, 64);
    for (int i = 20; i < 30; i++)
        result.check.cpus[i].wrong = 2;
    judge_made(&result);
    assert_only(&result, "answer", CHECK_FAIL,
        "CPUs 20-29 computed wrong answers in 20 of 2200 tasks.");
    assert_non_null(strstr(result.check.findings[0].next, "memtest86+"));
    result_finish(&result);
    (void)state;
}

static void a_death_is_a_failure_if_it_is_of_computing(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.check.cpus[2].died_of = SIGILL;
    result.check.cpus[2].alone = (struct check_times){.rounds = 3};
    judge_made(&result);
    assert_only(&result, "died", CHECK_FAIL,
        "On CPU 2 a worker died of SIGILL while it computed.");
    result.check.cpus[2].died_of = SIGKILL;
    judge_made(&result);
    assert_only(&result, "died", CHECK_INCONCLUSIVE,
        "On CPU 2 a worker died of SIGKILL while it computed.");
    result_finish(&result);
    (void)state;
}

static void a_refusal_is_a_failure_unless_no_cpu_may_be_chosen(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.check.cpus[3].refused = EINVAL;
    result.check.cpus[3].alone = (struct check_times){0};
    judge_made(&result);
    assert_only(&result, "refused", CHECK_FAIL,
        "CPU 3 cannot be run on: the system refused it (Invalid argument).");
    result.check.cpus[3].refused = EPERM;
    judge_made(&result);
    assert_only(&result, "refused", CHECK_INCONCLUSIVE,
        "CPU 3 cannot be run on: the system refused it (Operation not permitted).");
    result_finish(&result);
    (void)state;
}

static void a_check_that_was_stopped_is_open_unless_it_failed(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.check.complete = false;
    result.check.elapsed_ns = 7200 * NS_PER_MS;
    for (int i = 1; i < 4; i++)
        result.check.cpus[i].alone = (struct check_times){.rounds = 2};
    judge_made(&result);
    assert_only(&result, "stopped", CHECK_INCONCLUSIVE,
        "It was stopped after 7.20 s, before all was done.");
    assert_non_null(strstr(result.check.sentence, "Let it run to its end: 20 s."));
    result.check.cpus[0].wrong = 1;
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    assert_int_equal(count_findings(&result, "stopped"), 1);
    result_finish(&result);
    (void)state;
}

static void make_unmeasured(struct result *result)
{
    made_check(result, 4);
    memset(result->check.cpus, 0, 4 * sizeof *result->check.cpus);
    result->check.measured = false;
    result->check.quiet = (struct check_quiet){.busiest_cpu = -1};
}

static void a_simulated_machine_is_unmeasured(void **state)
{
    struct result result;
    make_unmeasured(&result);
    result.machine.simulated = true;
    judge_made(&result);
    assert_only(&result, "unmeasured", CHECK_INCONCLUSIVE,
        "The machine is simulated: nothing was run, so neither its speed nor its answers "
        "are known.");
    result.plan.expected_cpus = 5;
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    result_finish(&result);
    (void)state;
}

static void an_inventory_says_that_nothing_was_run(void **state)
{
    struct result result;
    make_unmeasured(&result);
    result.plan.only_inventory = true;
    judge_made(&result);
    assert_pass(&result);
    assert_string_equal(result.check.sentence,
        "PASS: 4 CPUs usable, and nothing seen that holds them back. Nothing was run.");
    result.machine.simulated = true;
    add_line(&result, "governor", "The governor is powersave", "");
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_WARN);
    assert_string_equal(
        result.check.sentence, "WARN: The governor is powersave. Nothing was run.");
    result_finish(&result);
    (void)state;
}

/* After the inventory, after a part, in the middle: nothing that is to be taken back. */
static void while_it_is_under_way_nothing_is_rash(void **state)
{
    struct result result;
    made_check(&result, 4);
    result.check.elapsed_ns = 0;
    for (int i = 0; i < 4; i++)
        result.check.cpus[i] = (struct check_cpu){.id = i, .neighbour = -1};
    result.check.quiet.looked_ns = 0;
    result.check.measured = false;
    judge_made(&result);
    assert_pass(&result);
    assert_string_equal(result.check.sentence, "");
    result.check.quiet.looked_ns = NS_PER_S;
    judge_made(&result);
    assert_pass(&result);
    result.check.measured = true;
    result.check.cpus[0].alone = made_times(15, 1);
    judge_made(&result);
    assert_pass(&result);
    result.check.cpus[0].wrong = 1;
    judge_made(&result);
    assert_int_equal(result.check.verdict, CHECK_FAIL);
    assert_string_equal(result.check.sentence, "");
    result_finish(&result);
    (void)state;
}

static void the_heaviest_comes_first_and_the_rest_keeps_its_order(void **state)
{
    struct result result;
    made_check(&result, 4);
    add_line(&result, "quota", "A", "");
    add_line(&result, "governor", "B", "");
    result.check.complete = false;
    result.check.cpus[2].refused = EINVAL;
    result.check.cpus[1].wrong = 1;
    for (int again = 0; again < 2; again++) {
        static const char *const topics[] = {
            "answer", "refused", "stopped", "quota", "governor"};
        judge_made(&result);
        assert_int_equal(result.check.finding_count, 5);
        for (int i = 0; i < 5; i++)
            assert_string_equal(result.check.findings[i].topic, topics[i]);
    }
    assert_non_null(strstr(result.check.sentence, "4 more findings."));
    result_finish(&result);
    (void)state;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static struct check_times random_times(uint64_t *state)
{
    struct check_times times = made_times((int64_t)(next_random(state) % 30),
        0.5 + (double)(next_random(state) % 100) / 60);
    times.waited = (double)(next_random(state) % 20) / 100;
    return times;
}

static void make_random(struct result *result, uint64_t *state)
{
    int cpus = 1 + (int)(next_random(state) % 40);
    made_check(result, cpus);
    for (int i = 0; i < cpus; i++) {
        struct check_cpu *cpu = &result->check.cpus[i];
        cpu->alone = random_times(state);
        cpu->again = random_times(state);
        cpu->together = random_times(state);
        cpu->drift = (double)(next_random(state) % 120) / 100;
        cpu->wrong = next_random(state) % 8 == 0;
        cpu->died_of = next_random(state) % 8 == 0 ? (int)(next_random(state) % 70) : 0;
        cpu->refused = next_random(state) % 8 == 0 ? EINVAL : 0;
        result->machine.cpus[i].core = (int)(next_random(state) % 20) - 1;
    }
    result->plan.expected_cpus = (double)(next_random(state) % 60);
    result->check.complete = next_random(state) % 2 == 0;
    result->check.quiet.busy = (double)(next_random(state) % 20) / 100;
    result->check.bare_metal = next_random(state) % 2 == 0;
}

static void assert_sentence(const char *text)
{
    size_t length = strlen(text);
    assert_true(length > 1 && text[length - 1] == '.');
    for (size_t i = 0; i < length; i++)
        assert_true(text[i] >= ' ' && text[i] <= '~');
}

static void whatever_was_measured_is_said_in_whole_sentences(void **state)
{
    uint64_t random = 1;
    for (int i = 0; i < 500; i++) {
        struct result result;
        make_random(&result, &random);
        judge_made(&result);
        enum check_verdict before = CHECK_FAIL;
        for (size_t k = 0; k < result.check.finding_count; k++) {
            const struct check_finding *finding = &result.check.findings[k];
            assert_true(finding->level > CHECK_PASS && finding->level <= before);
            assert_sentence(finding->text);
            before = finding->level;
            if (finding->next[0])
                assert_sentence(finding->next);
        }
        assert_sentence(result.check.sentence);
        result_finish(&result);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_says_what_was_found),
        cmocka_unit_test(each_concern_of_the_inventory_is_a_warning),
        cmocka_unit_test(fewer_cpus_than_expected_fail),
        cmocka_unit_test(nothing_odd_reaches_a_terminal),
        cmocka_unit_test(counts_and_answers_do_not_depend_on_quiet),
        cmocka_unit_test(a_wrong_answer_names_its_cpu),
        cmocka_unit_test(wrong_everywhere_is_hardly_the_cpus),
        cmocka_unit_test(many_wrong_cpus_share_a_finding),
        cmocka_unit_test(a_death_is_a_failure_if_it_is_of_computing),
        cmocka_unit_test(a_refusal_is_a_failure_unless_no_cpu_may_be_chosen),
        cmocka_unit_test(a_check_that_was_stopped_is_open_unless_it_failed),
        cmocka_unit_test(a_simulated_machine_is_unmeasured),
        cmocka_unit_test(an_inventory_says_that_nothing_was_run),
        cmocka_unit_test(while_it_is_under_way_nothing_is_rash),
        cmocka_unit_test(the_heaviest_comes_first_and_the_rest_keeps_its_order),
        cmocka_unit_test(whatever_was_measured_is_said_in_whole_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
