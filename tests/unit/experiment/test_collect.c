// SPDX-License-Identifier: MIT
#include "experiment/collect.h"

#include "ground.h"

static struct pool *run_pool(struct ground *ground)
{
    struct fault fault = {0};
    struct pool *pool;
    struct pool_setup setup = {.job = &ground->job,
        .loop = ground->setup.loop,
        .schedule = ground->setup.schedule,
        .grain = 1,
        .retries = 1,
        .max_tasks = ground->plan.max_tasks,
        .events = ground->events};
    if (pool_create(&setup, &pool, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_int_equal(loop_run(ground->events, pool_finished(pool)), 0);
    ground->result.workers_asked = setup.loop.workers;
    return pool;
}

/* Startup + span + tail of every worker; startup of the one that began first. */
static int64_t assert_closed(const struct result_stage *stage)
{
    int64_t first_ns = stage->elapsed_ns;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        assert_int_equal(
            times->startup_ns + times->span_ns + times->tail_ns, stage->elapsed_ns);
        if (times->startup_ns < first_ns)
            first_ns = times->startup_ns;
    }
    return first_ns;
}

static void times_are_counted_from_the_timeline_s_start(void **state)
{
    struct ground ground;
    ground_init(&ground, "sleep", 2000, 10);
    struct pool *pool = run_pool(&ground);
    struct timeline timeline = {.start_ns = pool_started_ns(pool) - 1000000};
    collect(pool, &timeline, pool_finished_ns(pool) + 5000, true, &ground.result);
    const struct result_stage *stage = &ground.result;
    assert_int_equal(
        stage->elapsed_ns, pool_finished_ns(pool) - pool_started_ns(pool) + 1005000);
    ground_assert_sound(&ground);
    assert_true(assert_closed(stage) >= 1000000);
    assert_true(stage->records[0].start_ns >= 1000000);
    for (size_t i = 0; i < stage->worker_count; i++)
        assert_true(stage->worker_list[i].times.tail_ns >= 5000);
    pool_destroy(pool);
    ground_finish(&ground);
    (void)state;
}

/* A gap over all of it leaves only what the end was put off by. */
static void within_a_suspension_no_time_passes(void **state)
{
    struct ground ground;
    ground_init(&ground, "sleep", 2000, 10);
    struct pool *pool = run_pool(&ground);
    struct timeline timeline = {.start_ns = pool_started_ns(pool)};
    timeline_suspend(&timeline, pool_started_ns(pool), pool_finished_ns(pool));
    collect(pool, &timeline, pool_finished_ns(pool) + 5000, true, &ground.result);
    const struct result_stage *stage = &ground.result;
    assert_int_equal(stage->elapsed_ns, 5000);
    assert_int_equal(stage->suspended_ns, pool_finished_ns(pool) - pool_started_ns(pool));
    assert_closed(stage);
    for (size_t i = 0; i < stage->record_count; i++)
        assert_true(stage->records[i].start_ns == 0 && stage->records[i].end_ns == 0);
    timeline_finish(&timeline);
    pool_destroy(pool);
    ground_finish(&ground);
    (void)state;
}

/* A worker's CPU time is that since the first stamp of each of its processes; that of its
 * records ends with the last stamp of a task, and each is rounded down to a nanosecond.
 */
static void cpu_time_of_the_records_is_the_workers_but_for_their_ends(void **state)
{
    static const struct {
        const char *workload;
        int64_t size, tasks, max_tasks;
    } loops[] = {{"spin", 3000, 30, 0}, {"empty", 0, 50000, 0}, {"sleep", 500, 20, 0},
        {"spin", 3000, 30, 1}, {"spin", 3000, 30, 4}, {"empty", 0, 50000, 1000}};
    for (size_t loop = 0; loop < sizeof loops / sizeof *loops; loop++) {
        struct ground ground;
        ground_init(&ground, loops[loop].workload, loops[loop].size, loops[loop].tasks);
        ground.plan.max_tasks = loops[loop].max_tasks;
        struct pool *pool = run_pool(&ground);
        struct timeline timeline = {.start_ns = pool_started_ns(pool)};
        collect(pool, &timeline, pool_finished_ns(pool), true, &ground.result);
        const struct result_stage *stage = &ground.result;
        ground_assert_sound(&ground);
        assert_true(stage->user_ns >= 0 && stage->system_ns >= 0);
        assert_true(stage->user_ns + stage->system_ns == stage->cpu_ns);
        for (size_t i = 0; i < stage->worker_count; i++) {
            int64_t tasks = 0, cpu_ns = 0;
            for (size_t k = 0; k < stage->record_count; k++)
                if (stage->records[k].worker == stage->worker_list[i].worker) {
                    tasks += stage->records[k].count;
                    cpu_ns += stage->records[k].cpu_ns;
                }
            assert_int_equal(tasks, stage->worker_list[i].tasks);
            int64_t used_ns = pool_totals(pool, stage->worker_list[i].worker).cpu_ns;
            assert_true(cpu_ns <= used_ns);
            assert_true(used_ns <= stage->worker_list[i].times.cpu_ns);
            if (loops[loop].size == 3000 &&
                tasks > 3) /* its end is less than its tasks */
                assert_true(2 * cpu_ns >= used_ns);
            if (loops[loop].max_tasks == 1) /* each was stamped at its very end */
                assert_true(cpu_ns >= used_ns - tasks);
        }
        pool_destroy(pool);
        ground_finish(&ground);
    }
    (void)state;
}

static void cpus_are_named_only_where_they_are_shown(void **state)
{
    struct ground ground;
    ground_init(&ground, "spin", 100, 10);
    struct pool *pool = run_pool(&ground);
    struct timeline timeline = {.start_ns = pool_started_ns(pool)};
    collect(pool, &timeline, pool_finished_ns(pool), false, &ground.result);
    for (size_t i = 0; i < ground.result.record_count; i++)
        assert_int_equal(ground.result.records[i].cpu, -1);
    struct result_stage shown = {.workers_asked = 2};
    collect(pool, &timeline, pool_finished_ns(pool), true, &shown);
    for (size_t i = 0; i < shown.record_count; i++)
        assert_true(shown.records[i].cpu >= 0);
    result_stage_finish(&shown);
    pool_destroy(pool);
    ground_finish(&ground);
    (void)state;
}

/* Workers that found nothing left to do are workers all the same: they were paid for. */
static void a_worker_without_tasks_is_listed(void **state)
{
    struct ground ground;
    ground_init(&ground, "empty", 0, 1);
    struct pool *pool = run_pool(&ground);
    struct timeline timeline = {.start_ns = pool_started_ns(pool)};
    collect(pool, &timeline, pool_finished_ns(pool), true, &ground.result);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.worker_count, 2);
    assert_int_equal(ground.result.workers, 2);
    assert_int_equal(
        ground.result.worker_list[0].tasks + ground.result.worker_list[1].tasks, 1);
    assert_int_equal(ground.result.handout_price_ns, -1); /* too few to tell */
    pool_destroy(pool);
    ground_finish(&ground);
    (void)state;
}

/* A gap between two processes of a worker, most of which the run was suspended. */
static void a_gap_is_start_up_but_for_the_suspension_in_it(void **state)
{
    static const struct pool_gap gaps[] = {{2000, 9000}, {9500, 9600}};
    struct pool_totals totals = {
        .first_ns = 1000, .last_ns = 10000, .gap_count = 2, .gaps = gaps};
    struct timeline timeline = {.start_ns = 500};
    assert_int_equal(collect_span_ns(&totals, &timeline), 9000 - 7000 - 100);
    timeline_suspend(&timeline, 2500, 8500);
    assert_int_equal(collect_span_ns(&totals, &timeline), 9000 - 7000 - 100);
    timeline_suspend(&timeline, 8700, 9550);
    assert_int_equal(collect_span_ns(&totals, &timeline), 1000 + 400);
    timeline_finish(&timeline);
    (void)state;
}

static void a_stopped_pool_tells_what_was_done(void **state)
{
    struct ground ground;
    struct fault fault = {0};
    struct pool *pool;
    ground_init(&ground, "sleep", 600 * 1000000, 4);
    struct pool_setup setup = {.job = &ground.job,
        .loop = ground.setup.loop,
        .schedule = ground.setup.schedule,
        .grain = 1,
        .events = ground.events};
    assert_int_equal(pool_create(&setup, &pool, &fault), 0);
    pool_stop(pool);
    ground.result.workers_asked = 2;
    struct timeline timeline = {.start_ns = pool_started_ns(pool)};
    collect(pool, &timeline, pool_finished_ns(pool), true, &ground.result);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.done, 0);
    assert_int_equal(ground.result.record_count, 0);
    assert_int_equal(ground.result.worker_count, 2);
    pool_destroy(pool);
    ground_finish(&ground);
    (void)state;
}

/* A pool that is asked for its records while it works. */
struct asked {
    struct ground ground;
    struct pool *pool;
    struct timeline timeline;
    int times;
};

static void ask(void *data)
{
    struct asked *asked = data;
    struct result_stage *stage = &asked->ground.result;
    size_t before = stage->record_count;
    int64_t now_ns = timeline_at(&asked->timeline, clock_now_ns());
    collect_records(asked->pool, &asked->timeline, true, stage);
    assert_true(stage->record_count >= before);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        assert_true(record->start_ns >= (i > 0 ? record[-1].start_ns : 0));
        assert_true(record->end_ns >= record->start_ns);
        assert_true(record->cpu_ns >= 0 && record->count == 1);
        assert_int_equal(record->digest, record->index);
    }
    if (stage->record_count > 0)
        assert_true(stage->records[0].end_ns <= now_ns);
    asked->times++;
}

static void records_are_there_while_the_pool_still_works(void **state)
{
    struct asked asked = {.times = 0};
    struct fault fault = {0};
    struct watch *timer;
    ground_init(&asked.ground, "sleep", 20000, 12);
    struct pool_setup setup = {.job = &asked.ground.job,
        .loop = asked.ground.setup.loop,
        .schedule = asked.ground.setup.schedule,
        .grain = 1,
        .events = asked.ground.events};
    assert_int_equal(
        loop_watch_timer(asked.ground.events, 15 * NS_PER_MS, ask, &asked, &timer), 0);
    assert_int_equal(pool_create(&setup, &asked.pool, &fault), 0);
    asked.timeline.start_ns = pool_started_ns(asked.pool);
    assert_int_equal(loop_run(asked.ground.events, pool_finished(asked.pool)), 0);
    assert_true(asked.times > 0);
    asked.ground.result.workers_asked = 2;
    collect(asked.pool, &asked.timeline, pool_finished_ns(asked.pool), true,
        &asked.ground.result);
    ground_assert_sound(&asked.ground);
    assert_int_equal(asked.ground.result.record_count, 12);
    pool_destroy(asked.pool);
    ground_finish(&asked.ground);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_counted_from_the_timeline_s_start),
        cmocka_unit_test(within_a_suspension_no_time_passes),
        cmocka_unit_test(cpu_time_of_the_records_is_the_workers_but_for_their_ends),
        cmocka_unit_test(cpus_are_named_only_where_they_are_shown),
        cmocka_unit_test(a_worker_without_tasks_is_listed),
        cmocka_unit_test(a_gap_is_start_up_but_for_the_suspension_in_it),
        cmocka_unit_test(a_stopped_pool_tells_what_was_done),
        cmocka_unit_test(records_are_there_while_the_pool_still_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
