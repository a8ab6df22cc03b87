// SPDX-License-Identifier: MIT
/* Every workload under every schedule, with workers that stay and with renewed ones: all
 * of the workers' time is accounted for, and the results are those of the plain loop. */
#include "experiment/comparison.h"

#include "ground.h"

enum { TASKS = 9, PROCESSES = 3 };

/* Sizes that end soon; the others are tiny already at their least. */
static int64_t small_size(const struct workload_ops *ops)
{
    static const struct {
        const char *name;
        int64_t size;
    } sizes[] = {{"factorial", 3000}, {"spin", 300}, {"sleep", 300}, {"triangle", 20},
        {"primes", 20000}, {"pi", 1000}, {"matrix", 48}, {"mandelbrot", 64},
        {"memory", 1}, {"sharing", 8}, {"serial", 30}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(sizes[i].name, ops->name) == 0)
            return sizes[i].size;
    return ops->size_name ? ops->size_min : 0;
}

/* How a worker's processes come and go. */
static void set_processes(struct plan *plan, int kind)
{
    plan->fork_per_task = kind == 1;
    plan->max_tasks = kind == 2 ? 3 : 0;
}

static int64_t seen(int64_t term_ns)
{
    return term_ns == ACCOUNT_NOT_SEEN ? 0 : term_ns;
}

static void assert_closes(const struct result_stage *stage)
{
    const struct account *account = &stage->account;
    int64_t sum_ns = account->startup_ns + account->prepare_ns + account->useful_ns +
                     seen(account->slowdown_ns) + seen(account->waiting_ns) +
                     account->blocked_ns + account->handout_ns + account->tail_ns;
    int64_t whole_ns = stage->worker_count * stage->elapsed_ns;
    assert_true(1000 * llabs(sum_ns - whole_ns) <= whole_ns);
    assert_int_equal(account->total_ns, whole_ns);
    assert_true(account->startup_ns >= 0 && account->prepare_ns >= 0);
    assert_true(account->useful_ns >= 0 && seen(account->waiting_ns) >= 0);
    assert_true(account->blocked_ns >= 0 && account->handout_ns >= 0);
    assert_true(account->tail_ns >= 0);
}

/* Runs a stage of that job into `result`, under the schedule, or the plain loop. */
static void run_stage(struct result *result, const struct workload_job *job,
    const struct schedule_ops *schedule, int processes)
{
    struct ground ground;
    ground_init(&ground, job->ops->name, job->size, TASKS);
    ground.job = *job; /* settled once: the same work in both stages */
    if (schedule) {
        ground.setup.schedule = schedule;
        set_processes(&ground.plan, processes);
    } else {
        ground_make_sequential(&ground);
    }
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_true(ground.result.complete);
    assert_int_equal(ground.result.done, TASKS);
    *result_add_stage(result) = ground.result;
    ground.result = (struct result_stage){.cpu_count = 0};
    ground_finish(&ground);
}

/* All that is left of the processes of a stage is in its account. */
static void check_pair(struct result *result, int processes)
{
    const struct result_stage *stage = &result->stages[1];
    comparison_account(result);
    assert_closes(&result->stages[0]);
    assert_closes(stage);
    assert_true(stage->digest == result->stages[0].digest);
    if (processes == 1)
        assert_int_equal(stage->renewed, TASKS);
    else if (processes == 0)
        assert_int_equal(stage->renewed, 0);
    else
        assert_in_range(stage->renewed, TASKS / 3 - stage->worker_count, TASKS / 3);
}

static void check_workload(const struct workload_ops *ops)
{
    struct workload_job job;
    struct result result;
    struct fault fault;
    assert_int_equal(workload_job_init(&job, ops, small_size(ops), &fault), 0);
    job.iterations = TASKS;
    result_init(&result);
    run_stage(&result, &job, NULL, 0);
    for (size_t i = 0; schedule_table[i]; i++)
        for (int processes = 0; processes < PROCESSES; processes++) {
            print_message("%s, %s, %d\n", ops->name, schedule_table[i]->name, processes);
            run_stage(&result, &job, schedule_table[i], processes);
            check_pair(&result, processes);
            result_stage_finish(&result.stages[--result.stage_count]);
        }
    result_finish(&result);
}

static void every_combination_closes(void **state)
{
    for (size_t i = 0; workload_table[i]; i++)
        check_workload(workload_table[i]);
    assert_int_equal(ground_find_child(), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_combination_closes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
