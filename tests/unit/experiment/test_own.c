// SPDX-License-Identifier: MIT
/* Loops of the user's own, as whole experiments with real commands. */
#include "own_ground.h"

#include <poll.h>

static void each_item_is_told_once_with_what_it_put_out(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(
        &ground, PLAN_MAP, (const char *[]){"sh", "-c", "echo item $0; exit $0", NULL});
    own_ground_number(&ground, 3);
    assert_int_equal(own_ground_run(&ground), 0);
    const struct result_stage *stage = &ground.result.stages[0];
    assert_int_equal(ground.told_count, 3);
    assert_non_null(strstr(ground.out, "item 0\n"));
    assert_non_null(strstr(ground.out, "item 2\n"));
    assert_int_equal(ground.result.plan.iterations, 3);
    assert_string_equal(ground.result.plan.unit, "items");
    assert_int_equal(ground.result.stage_count, 1);
    assert_int_equal(stage->done, 1);
    assert_int_equal(stage->failed, 2);
    assert_true(stage->complete);
    assert_true(stage->tasks_ns > 0);
    assert_int_equal(stage->record_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct result_record *record = &stage->records[i];
        assert_non_null(record->item);
        assert_int_equal(record->item->exit_status, record->index);
        assert_string_equal(record->item->item, ground.texts[record->index]);
        assert_string_equal(record->item->argv[3], record->item->item);
        assert_int_equal(record->cpu, -1);
    }
    own_ground_finish(&ground);
}

enum { LINE_SIZE = 100 };

/* A pipe that holds so many long lines, and no more will come. */
static int pipe_of_lines(int count)
{
    int fds[2];
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_true(fcntl(fds[1], F_SETPIPE_SZ, 1 << 20) > 0);
    for (int i = 0; i < count; i++)
        assert_int_equal(dprintf(fds[1], "%0*d\n", LINE_SIZE - 1, i), LINE_SIZE);
    close(fds[1]);
    return fds[0];
}

static void check_read_ahead(
    struct own_ground *ground, const struct result_record *record)
{
    enum { AHEAD = 1000, PIECE = 65536 / LINE_SIZE + 1 };
    (void)record;
    assert_true(items_count(ground->store) <= ground->told_count + AHEAD + PIECE);
}

static void items_are_read_as_they_are_needed(void **state)
{
    enum { COUNT = 1800 };
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"true", NULL});
    ground.items.fd = pipe_of_lines(COUNT);
    ground.on_item = check_read_ahead;
    assert_int_equal(own_ground_run(&ground), 0);
    close(ground.items.fd);
    assert_int_equal(ground.told_count, COUNT);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(ground.told[i], 1);
    assert_int_equal(ground.result.plan.iterations, COUNT);
    assert_int_equal(ground.result.stages[0].done, COUNT);
    assert_true(ground.result.stages[0].complete);
    own_ground_finish(&ground);
}

/* A process that gives five items, each after a word that the one before has ended. */
static pid_t start_producer(int *ret_items_fd, int *ret_word_fd)
{
    int items[2], words[2];
    assert_int_equal(pipe2(items, O_CLOEXEC), 0);
    assert_int_equal(pipe2(words, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char word;
        for (int i = 0; i < 5; i++)
            if (dprintf(items[1], "%d\n", i) < 0 || read(words[0], &word, 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(items[1]);
    close(words[0]);
    *ret_items_fd = items[0];
    *ret_word_fd = words[1];
    return pid;
}

static void ask_for_next(struct own_ground *ground, const struct result_record *record)
{
    (void)record;
    assert_int_equal(write(ground->word_fd, "", 1), 1);
}

static void the_first_items_do_not_wait_for_the_last(void **state)
{
    struct own_ground ground;
    int status;
    (void)state;
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"true", NULL});
    pid_t pid = start_producer(&ground.items.fd, &ground.word_fd);
    ground.on_item = ask_for_next;
    assert_int_equal(own_ground_run(&ground), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(ground.items.fd);
    close(ground.word_fd);
    assert_int_equal(ground.told_count, 5);
    assert_int_equal(ground.result.plan.iterations, 5);
    assert_true(ground.result.stages[0].complete);
    own_ground_finish(&ground);
}

static void without_items_nothing_is_done(void **state)
{
    struct own_ground ground;
    (void)state;
    for (int command = PLAN_RUN; command <= PLAN_MAP; command++) {
        own_ground_init(
            &ground, (enum plan_command)command, (const char *[]){"true", NULL});
        ground.items.fd = pipe_of_lines(0);
        assert_int_equal(own_ground_run(&ground), 0);
        close(ground.items.fd);
        assert_int_equal(ground.result.stage_count, 0);
        assert_true(ground.result.nothing_to_do);
        assert_int_equal(ground.result.plan.iterations, 0);
        assert_int_equal(experiment_scene(ground.experiment)->phase, SCENE_ENDED);
        own_ground_finish(&ground);
    }
}

static bool is_even(void *data, char *const argv[])
{
    (void)data;
    return atoi(argv[2]) % 2 == 0;
}

static void what_was_done_before_is_left_out(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"test", "-n", NULL});
    ground.items.is_done = is_even;
    own_ground_number(&ground, 10);
    assert_int_equal(own_ground_run(&ground), 0);
    assert_int_equal(ground.told_count, 5);
    assert_int_equal(ground.skipped, 5);
    assert_int_equal(ground.result.before, 5);
    for (int i = 0; i < 10; i++)
        assert_int_equal(ground.told[i], i % 2);
    own_ground_finish(&ground);
}

static void a_line_with_a_nul_ends_it_with_its_number(void **state)
{
    struct own_ground ground;
    int fds[2];
    (void)state;
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_int_equal(write(fds[1], "one\ntwo\nth\0ree\n", 15), 15);
    close(fds[1]);
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"true", NULL});
    ground.items.fd = fds[0];
    assert_int_equal(own_ground_run(&ground), -EINVAL);
    assert_int_equal(ground.fault.kind, FAULT_INPUT);
    assert_non_null(strstr(ground.fault.text, "3"));
    close(fds[0]);
    own_ground_finish(&ground);
}

static void what_cannot_be_kept_safe_ends_it(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"true", NULL});
    ground.items.fd = pipe_of_lines(2000);
    ground.refuse_after = 3;
    assert_int_equal(own_ground_run(&ground), -ENOSPC);
    assert_int_equal(ground.fault.kind, FAULT_SYSTEM);
    assert_int_equal(ground.told_count, 3);
    assert_false(ground.result.stages[0].complete);
    close(ground.items.fd);
    own_ground_finish(&ground);
}

static void enough_failures_end_it(void **state)
{
    struct own_ground ground;
    (void)state;
    for (int halt = PLAN_HALT_NEVER; halt < PLAN_HALTS; halt++) {
        own_ground_init(&ground, PLAN_MAP,
            (const char *[]){"sh", "-c", "[ $0 = 1 ] && exec sleep 60; exit 3", NULL});
        ground.result.plan.halt = (enum plan_halt)halt;
        ground.result.plan.halt_after = 2;
        if (halt != PLAN_HALT_NOW) /* it would wait for the long one */
            ground.result.plan.timeout_ns = 300 * NS_PER_MS;
        own_ground_number(&ground, 10);
        assert_int_equal(own_ground_run(&ground), 0);
        const struct result_stage *stage = &ground.result.stages[0];
        if (halt == PLAN_HALT_NEVER)
            assert_int_equal(stage->failed, 10);
        else
            assert_in_range(stage->failed, 2, 4);
        assert_int_equal(stage->complete, halt == PLAN_HALT_NEVER);
        assert_true(stage->elapsed_ns < 30 * NS_PER_S);
        own_ground_finish(&ground);
    }
}

static void note_time_out(struct own_ground *ground, const struct result_record *record)
{
    bool is_long = record->item->number == 4;
    (void)ground;
    assert_int_equal(record->item->timed_out, is_long);
    assert_int_equal(record->status, is_long ? RESULT_FAILED : RESULT_OK);
}

static void what_takes_too_long_is_ended(void **state)
{
    struct own_ground ground;
    (void)state;
    for (int percent = 0; percent <= 1; percent++) {
        own_ground_init(&ground, PLAN_MAP,
            (const char *[]){
                "sh", "-c", "trap '' TERM; [ $0 = 4 ] && sleep 60; sleep 0.03", NULL});
        ground.result.plan.timeout_ns = percent ? 0 : 400 * NS_PER_MS;
        ground.result.plan.timeout_percent = percent ? 800 : 0;
        ground.result.plan.ending.steps[0].pause_ns = 50 * NS_PER_MS;
        ground.on_item = note_time_out;
        own_ground_number(&ground, 6);
        assert_int_equal(own_ground_run(&ground), 0);
        assert_int_equal(ground.told_count, 6);
        assert_int_equal(ground.result.stages[0].failed, 1);
        assert_true(ground.result.stages[0].elapsed_ns < 30 * NS_PER_S);
        own_ground_finish(&ground);
    }
}

static void close_at_third(struct own_ground *ground, const struct result_record *record)
{
    (void)record;
    if (ground->told_count == 3)
        experiment_close(ground->experiment);
}

static void a_closed_run_ends_what_it_has_begun(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_RUN, (const char *[]){"true", NULL});
    own_ground_number(&ground, 10);
    ground.on_item = close_at_third;
    assert_int_equal(own_ground_run(&ground), 0);
    assert_in_range(ground.told_count, 3, 4);
    assert_int_equal(ground.result.stage_count, 1);
    assert_int_equal(ground.result.stages[0].done, ground.told_count);
    assert_false(ground.result.stages[0].complete);
    assert_false(experiment_is_stopped(ground.experiment));
    own_ground_finish(&ground);
}

static void end_at_once(struct own_ground *ground, const struct scene *scene)
{
    if (experiment_is_stopped(ground->experiment) && scene->phase == SCENE_RUNNING)
        assert_int_equal(scene->items->closing, WORKLOAD_ENDING);
    else if (scene->phase == SCENE_RUNNING && scene->items->running == 2)
        experiment_end(ground->experiment, SIGINT);
}

static void an_ended_run_ends_what_is_under_way(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(
        &ground, PLAN_MAP, (const char *[]){"sh", "-c", "trap '' TERM; sleep 60", NULL});
    ground.result.plan.ending.steps[0].pause_ns = 150 * NS_PER_MS;
    own_ground_number(&ground, 10);
    ground.on_sample = end_at_once;
    assert_int_equal(own_ground_run(&ground), 0);
    const struct result_stage *stage = &ground.result.stages[0];
    assert_true(experiment_is_stopped(ground.experiment));
    assert_int_equal(stage->done + stage->failed, 0);
    assert_false(stage->complete);
    assert_true(stage->elapsed_ns < 30 * NS_PER_S);
    assert_int_equal(stage->events[stage->event_count - 1].what, RESULT_STOPPED);
    assert_int_equal(stage->events[stage->event_count - 1].signal, SIGINT);
    own_ground_finish(&ground);
}

static void check_projection(const struct own_ground *ground, int64_t least)
{
    const struct result *result = &ground->result;
    const struct result_stage *first = &result->stages[0];
    assert_int_equal(result->stage_count, 2);
    assert_true(first->projected && first->complete);
    assert_in_range(first->done, least, least + 1);
    double each_ns = (double)first->measured_ns / (double)first->done;
    assert_true(labs(first->elapsed_ns - (int64_t)(10 * each_ns)) <= 10);
    assert_int_equal(first->account.total_ns, first->measured_ns);
    assert_true(result->comparison.has);
    assert_non_null(strstr(result->comparison.sentence, "projected from "));
    assert_int_equal(result->stages[1].done, 10);
    assert_false(result->stages[1].projected);
    assert_int_equal(ground->told_count, 10);
    for (int i = 0; i < 10; i++)
        assert_int_equal(ground->told[i], 1);
}

static void a_sample_of_the_first_stage_stands_for_all(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_RUN, (const char *[]){"sh", "-c", "sleep 0.02", NULL});
    ground.result.plan.sample = 3;
    own_ground_number(&ground, 10);
    assert_int_equal(own_ground_run(&ground), 0);
    assert_int_equal(ground.result.stages[0].done, 3);
    check_projection(&ground, 3);
    own_ground_finish(&ground);
}

static void sample_at_third(struct own_ground *ground, const struct result_record *record)
{
    (void)record;
    if (ground->told_count == 3)
        experiment_sample(ground->experiment);
}

static void the_first_stage_can_be_ended_for_a_sample(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_RUN, (const char *[]){"sh", "-c", "sleep 0.02", NULL});
    ground.on_item = sample_at_third;
    own_ground_number(&ground, 10);
    assert_int_equal(own_ground_run(&ground), 0);
    check_projection(&ground, 3);
    own_ground_finish(&ground);
}

static void add_three(struct own_ground *ground, const struct result_record *record)
{
    (void)record;
    if (ground->told_count == 2)
        experiment_add_workers(ground->experiment, 3);
    if (ground->told_count == 12)
        experiment_add_workers(ground->experiment, -4);
}

static void workers_are_added_while_it_runs(void **state)
{
    enum { COUNT = 30 };
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_MAP, (const char *[]){"sh", "-c", "sleep 0.02", NULL});
    ground.items.fd = pipe_of_lines(COUNT);
    ground.on_item = add_three;
    assert_int_equal(own_ground_run(&ground), 0);
    const struct result_stage *stage = &ground.result.stages[0];
    close(ground.items.fd);
    assert_int_equal(ground.told_count, COUNT);
    assert_int_equal(stage->workers, 5);
    assert_int_equal(stage->workers_asked, 5);
    int64_t tasks = 0, elapsed_ns = stage->elapsed_ns;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        tasks += stage->worker_list[i].tasks;
        assert_int_equal(times->startup_ns + times->span_ns + times->tail_ns, elapsed_ns);
    }
    assert_int_equal(tasks, COUNT);
    assert_int_equal(stage->account.total_ns, 5 * elapsed_ns);
    assert_int_equal(stage->account.waiting_ns, ACCOUNT_NOT_SEEN);
    own_ground_finish(&ground);
}

static void look_at_failures(struct own_ground *ground, const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    assert_non_null(items);
    if (scene->phase != SCENE_RUNNING || items->running == 0)
        return;
    assert_int_equal(items->longest_count, items->running);
    if (items->failure_count == 0)
        return;
    assert_string_equal(items->failures[0].name, "1");
    assert_int_equal(items->failures[0].exit_status, 7);
    assert_string_equal(items->failures[0].last_line, "KeyError: ?'spikes'");
    assert_string_equal(items->longest[0].name, "0");
    ground->refuse_after = -1; /* it was seen */
}

static void a_scene_says_what_failed_and_what_runs_longest(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(&ground, PLAN_MAP,
        (const char *[]){"sh", "-c",
            "[ $0 = 1 ] || exec sleep 0.6; printf 'a\\nKeyError: \\033'\"'spikes'\" >&2; "
            "exit 7",
            NULL});
    own_ground_number(&ground, 2);
    ground.on_sample = look_at_failures;
    assert_int_equal(own_ground_run(&ground), 0);
    assert_int_equal(ground.refuse_after, -1);
    own_ground_finish(&ground);
}

static void note_own_cpus(struct own_ground *ground, const struct scene *scene)
{
    if (scene->own_cpus > ground->most_own_cpus)
        ground->most_own_cpus = scene->own_cpus;
}

/* The worker itself only waits. */
static void what_a_command_computes_is_ours(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(
        &ground, PLAN_MAP, (const char *[]){"sh", "-c", "while :; do :; done", NULL});
    own_ground_number(&ground, 2);
    ground.result.plan.timeout_ns = 600 * NS_PER_MS;
    ground.on_sample = note_own_cpus;
    assert_int_equal(own_ground_run(&ground), 0);
    const struct result_stage *stage = &ground.result.stages[0];
    assert_true(ground.most_own_cpus > 0.1 && ground.most_own_cpus < 8);
    assert_true(stage->cpu_ns > 0 && stage->threads_cpu_ns > 0);
    assert_true(stage->user_ns + stage->system_ns == stage->threads_cpu_ns);
    assert_true(ground.result.started_s > 0);
    assert_true(stage->account.useful_ns > stage->account.total_ns / 100);
    own_ground_finish(&ground);
}

static void output_is_kept_where_the_result_is_to_have_it(void **state)
{
    struct own_ground ground;
    (void)state;
    own_ground_init(
        &ground, PLAN_RUN, (const char *[]){"sh", "-c", "echo $0; echo no >&2", NULL});
    ground.setup.keep_output = true;
    own_ground_number(&ground, 3);
    assert_int_equal(own_ground_run(&ground), 0);
    assert_int_equal(ground.result.stage_count, 2);
    for (size_t i = 0; i < 3; i++) {
        const struct result_record *record = &ground.result.stages[0].records[i];
        assert_int_equal(record->item->out_size, 2);
        assert_memory_equal(record->item->err, "no\n", 3);
        assert_non_null(ground.result.stages[1].records[i].item);
        assert_null(ground.result.stages[1].records[i].item->out);
    }
    own_ground_finish(&ground);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_item_is_told_once_with_what_it_put_out),
        cmocka_unit_test(items_are_read_as_they_are_needed),
        cmocka_unit_test(the_first_items_do_not_wait_for_the_last),
        cmocka_unit_test(without_items_nothing_is_done),
        cmocka_unit_test(what_was_done_before_is_left_out),
        cmocka_unit_test(a_line_with_a_nul_ends_it_with_its_number),
        cmocka_unit_test(what_cannot_be_kept_safe_ends_it),
        cmocka_unit_test(enough_failures_end_it),
        cmocka_unit_test(what_takes_too_long_is_ended),
        cmocka_unit_test(a_closed_run_ends_what_it_has_begun),
        cmocka_unit_test(an_ended_run_ends_what_is_under_way),
        cmocka_unit_test(a_sample_of_the_first_stage_stands_for_all),
        cmocka_unit_test(the_first_stage_can_be_ended_for_a_sample),
        cmocka_unit_test(workers_are_added_while_it_runs),
        cmocka_unit_test(a_scene_says_what_failed_and_what_runs_longest),
        cmocka_unit_test(what_a_command_computes_is_ours),
        cmocka_unit_test(output_is_kept_where_the_result_is_to_have_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
