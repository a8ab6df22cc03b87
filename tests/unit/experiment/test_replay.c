// SPDX-License-Identifier: MIT
#include "experiment/replay.h"

#include <math.h>

#include "experiment/sweep.h"
#include "made.h"
#include "workload/workload.h"

enum { MS = 1000000 };

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 0.003)) /* 1 of 255 */
        fail_msg("%.5f, not %.5f", value, expected);
}

static void set(struct result_stage *stage, size_t sample, size_t cpu,
    enum result_mode mode, double share)
{
    result_samples_set(&stage->samples, stage->cpu_count, sample, cpu, mode, share);
}

static void add_samples(struct result *result, struct result_stage *stage)
{
    stage->cpu_count = result->machine.cpu_count;
    stage->cpus = memory_new(stage->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < stage->cpu_count; i++)
        stage->cpus[i].id = result->machine.cpus[i].id;
    stage->samples.period_ns = 100 * MS;
    for (int64_t t_ns = 100 * MS; t_ns <= stage->elapsed_ns; t_ns += 100 * MS)
        result_samples_add(&stage->samples, stage->cpu_count, t_ns);
}

static void add_move(struct result_stage *stage, int64_t t_ns, int worker, int cpu)
{
    void *moves = stage->moves;
    struct result_move *move = memory_append(&moves, stage->move_count++, sizeof *move);
    stage->moves = moves;
    *move = (struct result_move){t_ns, worker, cpu};
}

static void add_record(
    struct result_stage *stage, int worker, const int64_t from_to_ms[2], int cpu)
{
    struct result_record *record = made_record(stage, (int64_t)stage->record_count, 1, 7);
    record->worker = worker;
    record->cpu = cpu;
    record->start_ns = from_to_ms[0] * MS;
    record->end_ns = from_to_ms[1] * MS;
    record->cpu_ns = (from_to_ms[1] - from_to_ms[0]) * MS;
}

/* Four tasks on two CPUs: 4 s one after the other, then 2 s two at a time. */
static void made(struct result *result)
{
    made_result(result, "spin", 4, 2);
    result->plan.host_cpus = 2;
    struct result_stage *stage =
        made_stage(result, RESULT_SEQUENTIAL, 0, 1, 4000 * (int64_t)MS);
    add_samples(result, stage);
    for (int i = 0; i < 4; i++)
        add_record(stage, 0, (int64_t[]){1000 * i, 1000 * (i + 1)}, 0);
    stage = made_stage(result, RESULT_PARALLEL, 0, 2, 2000 * (int64_t)MS);
    add_samples(result, stage);
    add_record(stage, 0, (int64_t[]){100, 900}, 1);
    add_record(stage, 1, (int64_t[]){100, 1100}, -1);
    add_record(stage, 0, (int64_t[]){900, 1900}, 0);
    add_record(stage, 1, (int64_t[]){1100, 2000}, -1);
    stage->records[3].failed = 1;
    stage->done = 3;
    stage->failed = 1;
    stage->worker_list[0].times.cpu_ns = 1800 * (int64_t)MS;
    stage->worker_list[1].times.cpu_ns = 1900 * (int64_t)MS;
}

static void loads_are_means_over_the_last_500_ms(void **state)
{
    struct result result;
    made(&result);
    struct result_stage *stage = &result.stages[0];
    for (size_t i = 5; i < 10; i++) {
        set(stage, i, 0, RESULT_USER, i == 9 ? 1 : 0.5);
        set(stage, i, 0, RESULT_SYSTEM, i == 9 ? 0 : 0.2);
        set(stage, i, 1, RESULT_STEAL, 0.4);
    }
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 0, 1000 * MS);
    assert_near((double)scene->loads[0].user, 0.6);
    assert_near((double)scene->loads[0].system, 0.16);
    assert_near((double)scene->loads[0].nice, 0);
    assert_near((double)scene->loads[0].irq, 0);
    assert_near((double)scene->loads[0].busy, 0.76);
    assert_near((double)scene->loads[1].steal, 0.4);
    assert_near((double)scene->loads[1].busy, 0);
    assert_near(scene->busy_cpus, 0.76);
    assert_near(replay_at(replay, 0, 1500 * MS)->busy_cpus, 0);
    assert_near(replay_at(replay, 0, 950 * MS)->busy_cpus, (4 * 0.7 + 0.5 * 1) / 5);
    assert_near(replay_at(replay, 0, 600 * MS)->busy_cpus, 0.7 / 5);
    assert_null(replay_at(replay, 0, 0)->loads); /* nothing was read yet */
    assert_true(replay_at(replay, 0, 0)->busy_cpus == -1);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void a_cpu_without_data_has_no_load(void **state)
{
    struct result result;
    made(&result);
    struct result_stage *stage = &result.stages[0];
    for (size_t i = 0; i < 10; i++) {
        set(stage, i, 0, RESULT_USER, 1);
        set(stage, i, 0, RESULT_ABSENT, i >= 3);
        set(stage, i, 1, RESULT_USER, 1);
    }
    stage->cpus[1].id = 77; /* written on another machine */
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 0, 500 * MS);
    assert_near((double)scene->loads[0].busy, 1); /* of those samples that have data */
    assert_true(scene->loads[1].busy == -1);
    scene = replay_at(replay, 0, 1000 * MS);
    assert_true(scene->loads[0].busy == -1);
    assert_near(scene->busy_cpus, 0);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void tasks_are_counted_when_their_records_end(void **state)
{
    struct result result;
    made(&result);
    struct replay *replay = replay_create(&result);
    static const struct {
        int64_t t_ms, done, failed;
    } cases[] = {{0, 0, 0}, {899, 0, 0}, {900, 1, 0}, {1100, 2, 0}, {1899, 2, 0},
        {1950, 3, 0}, {2000, 3, 1}, {9999, 3, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct scene *scene = replay_at(replay, 1, cases[i].t_ms * MS);
        assert_int_equal(scene->phase, SCENE_RUNNING);
        assert_int_equal(scene->stage, 1);
        assert_int_equal(scene->done, cases[i].done);
        assert_int_equal(scene->failed, cases[i].failed);
        assert_true(scene->elapsed_ns <= 2000 * (int64_t)MS);
    }
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void without_records_all_is_proportional(void **state)
{
    struct result result;
    made(&result);
    struct result_stage *stage = &result.stages[1];
    stage->record_count = 0;
    stage->done = 1000;
    stage->failed = 10;
    stage->worker_list[0].tasks = 600;
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 1, 500 * MS);
    assert_int_equal(scene->done, 250);
    assert_int_equal(scene->failed, 2);
    assert_int_equal(scene->workers[0].done, 150);
    assert_near(scene->workers[0].cpu_share, 0.9);
    assert_int_equal(scene->workers[0].index, -1);
    assert_near(scene->own_cpus, 2);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void a_record_of_many_tasks_is_counted_by_time(void **state)
{
    struct result result;
    made(&result);
    result.stages[0].records[1].count = 100;
    result.stages[0].records[1].failed = 10;
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 0, 1500 * MS);
    assert_int_equal(scene->done, 1 + 45);
    assert_int_equal(scene->failed, 5);
    assert_int_equal(scene->workers[0].done, 51);
    assert_int_equal(scene->workers[0].index, 1);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void workers_are_where_they_were(void **state)
{
    struct result result;
    made(&result);
    struct result_stage *stage = &result.stages[1];
    add_move(stage, 150 * MS, 0, 5);
    add_move(stage, 1200 * (int64_t)MS, 1, 3);
    add_move(stage, 1300 * (int64_t)MS, 9, 3); /* nobody */
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 1, 120 * MS);
    assert_int_equal(scene->worker_count, 2);
    assert_int_equal(scene->workers[0].pid, 1000);
    assert_int_equal(scene->workers[0].cpu, 1); /* where its task will end */
    assert_int_equal(scene->workers[0].index, 0);
    assert_int_equal(scene->workers[0].done, 0);
    assert_int_equal(scene->workers[1].cpu, -1);
    assert_int_equal(scene->workers[1].index, 1);
    scene = replay_at(replay, 1, 500 * MS);
    assert_int_equal(scene->workers[0].cpu, 5);
    assert_near(scene->workers[0].cpu_share, 0.8);
    scene = replay_at(replay, 1, 1500 * MS);
    assert_int_equal(scene->workers[0].cpu, 1);
    assert_int_equal(scene->workers[0].index, 2);
    assert_int_equal(scene->workers[0].done, 1);
    assert_int_equal(scene->workers[1].cpu, 3);
    assert_near(scene->workers[1].cpu_share, 1.4 / 1.5);
    scene = replay_at(replay, 1, 1950 * MS);
    assert_int_equal(scene->workers[0].cpu, 0);
    assert_int_equal(scene->workers[0].index, -1);
    assert_int_equal(scene->workers[0].done, 2);
    assert_near(scene->own_cpus, (0.45 + 0.5) / 0.5);
    assert_true(replay_at(replay, 1, 0)->workers[0].cpu_share == -1);
    assert_true(replay_at(replay, 1, 0)->own_cpus == -1);
    result.machine.simulated = true;
    assert_true(replay_at(replay, 1, 1950 * MS)->own_cpus == -1);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void what_it_should_take_comes_from_the_sequential_stage(void **state)
{
    struct result result;
    made(&result);
    struct replay *replay = replay_create(&result);
    assert_int_equal(replay_at(replay, 0, 0)->expected_ns, 4000 * (int64_t)MS);
    assert_int_equal(replay_at(replay, 1, 0)->expected_ns, 2000 * (int64_t)MS);
    result.stages[0].complete = false;
    result.stages[0].done = 1;
    assert_int_equal(replay_at(replay, 0, 0)->expected_ns, 16000 * (int64_t)MS);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void behind_the_last_stage_all_is_over(void **state)
{
    struct result result;
    made(&result);
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_at(replay, 2, 0);
    assert_int_equal(scene->phase, SCENE_ENDED);
    assert_int_equal(scene->stage, 1);
    assert_int_equal(scene->elapsed_ns, 2000 * (int64_t)MS);
    assert_int_equal(scene->done, 3);
    assert_int_equal(scene->failed, 1);
    assert_int_equal(scene->workers[1].index, -1);
    assert_near(scene->workers[1].cpu_share, 0.95);
    assert_ptr_equal(scene_stage(scene), &result.stages[1]);
    replay_destroy(replay);
    result_finish(&result);
    (void)state;
}

static void a_watched_machine_has_no_workers(void **state)
{
    struct result result;
    made_result(&result, "", 0, 2);
    struct replay *replay = replay_create(&result);
    assert_int_equal(replay_at(replay, 0, 0)->stage, -1); /* nothing at all */
    assert_null(scene_stage(replay_at(replay, 0, 0)));
    struct result_stage *stage = result_add_stage(&result);
    stage->kind = RESULT_WATCHED;
    stage->elapsed_ns = 1000 * MS;
    add_samples(&result, stage);
    const struct scene *scene = replay_at(replay, 0, 1000 * MS);
    assert_int_equal(scene->phase, SCENE_WATCHING);
    assert_int_equal(scene->worker_count, 0);
    assert_int_equal(scene->expected_ns, 0);
    assert_true(scene->own_cpus == -1);
    assert_near(scene->busy_cpus, 0);
    replay_destroy(replay);
    replay_destroy(NULL);
    result_finish(&result);
    (void)state;
}

/* As it was expected to take, where the file says so. */
static void it_is_expected_as_it_was(void **state)
{
    struct result result;
    (void)state;
    made(&result);
    result.stages[1].expected_ns = 1234;
    struct replay *replay = replay_create(&result);
    assert_int_equal(replay_at(replay, 0, 0)->expected_ns, 4000 * (int64_t)MS);
    assert_int_equal(replay_at(replay, 1, 0)->expected_ns, 1234);
    replay_destroy(replay);
    result_finish(&result);
}

static void between_stages_the_last_one_is_whole(void **state)
{
    struct result result;
    (void)state;
    made(&result);
    struct replay *replay = replay_create(&result);
    const struct scene *scene = replay_after(replay, 0);
    assert_int_equal(scene->phase, SCENE_BETWEEN);
    assert_int_equal(scene->stage, 0);
    assert_int_equal(scene->elapsed_ns, 4000 * (int64_t)MS);
    assert_int_equal(scene->done, 4);
    assert_int_equal(scene->result->stage_count, 1);
    assert_true(scene_stage(scene)->complete);
    assert_non_null(scene->loads); /* the last ones */
    replay_destroy(replay);
    result_finish(&result);
}

/* While a stage of a sweep runs, its points are those of the stages before. */
static void a_sweep_grows(void **state)
{
    static const int workers[] = {1, 2, 4};
    struct result result;
    (void)state;
    made_result(&result, "spin", 4, 4);
    result.plan.command = PLAN_SWEEP;
    result.plan.point_count = 3;
    result.plan.repeats = 1;
    memcpy(result.plan.points, workers, sizeof workers);
    for (int i = 0; i < 3; i++)
        made_stage(&result, i == 0 ? RESULT_SEQUENTIAL : RESULT_PARALLEL, 0, workers[i],
            4000 * (int64_t)MS / workers[i]);
    sweep_compute(&result);
    struct replay *replay = replay_create(&result);
    for (int i = 3; i >= 0; i--) {
        const struct scene *scene = replay_at(replay, i, 100 * MS);
        const struct result_sweep *sweep = &scene->result->sweep;
        assert_int_equal(sweep->point_count, i);
        assert_int_equal(scene->result->stage_count, i < 3 ? i + 1 : 3);
        for (int k = 0; k < i; k++)
            assert_near(sweep->points[k].speedup, workers[k]);
    }
    assert_int_equal(result.sweep.point_count, 3); /* as it was */
    assert_true(result.stages[0].complete);
    replay_destroy(replay);
    result_finish(&result);
}

/* A file may say that the first of very many tasks took 31 years. */
static void what_is_expected_does_not_overflow(void **state)
{
    struct result result;
    (void)state;
    made_result(&result, "spin", WORKLOAD_ITERATIONS_MAX, 2);
    struct result_stage *stage =
        made_stage(&result, RESULT_PARALLEL, 0, 2, 1000000000 * NS_PER_S);
    stage->done = 1;
    struct replay *replay = replay_create(&result);
    assert_int_equal(replay_at(replay, 0, 0)->expected_ns, 1000000000 * NS_PER_S);
    replay_destroy(replay);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_are_means_over_the_last_500_ms),
        cmocka_unit_test(a_cpu_without_data_has_no_load),
        cmocka_unit_test(tasks_are_counted_when_their_records_end),
        cmocka_unit_test(without_records_all_is_proportional),
        cmocka_unit_test(a_record_of_many_tasks_is_counted_by_time),
        cmocka_unit_test(workers_are_where_they_were),
        cmocka_unit_test(what_it_should_take_comes_from_the_sequential_stage),
        cmocka_unit_test(behind_the_last_stage_all_is_over),
        cmocka_unit_test(a_watched_machine_has_no_workers),
        cmocka_unit_test(it_is_expected_as_it_was),
        cmocka_unit_test(between_stages_the_last_one_is_whole),
        cmocka_unit_test(a_sweep_grows),
        cmocka_unit_test(what_is_expected_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
