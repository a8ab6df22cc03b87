// SPDX-License-Identifier: MIT
#pragma once
/* What it takes to run real stages on this computer: an event loop, a sampler, a job. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "experiment/sampler.h"
#include "experiment/stage.h"
#include "made.h"

struct ground {
    struct loop *events;
    struct root root;
    struct machine machine;
    struct sampler *sampler;
    struct workload_job job;
    struct plan plan;
    struct stage_setup setup;
    struct stage *stage; /* while one is running */
    struct result_stage result;
    void (*on_tick)(void *data); /* after each tick, or NULL */
    void *data;
};

/* A parallel stage of so many tasks on 2 workers, one task per hand-out and stamp. */
static inline void ground_init(
    struct ground *ground, const char *workload, int64_t size, int64_t tasks)
{
    struct fault fault = {0};
    const struct workload_ops *ops;
    *ground = (struct ground){.stage = NULL};
    assert_int_equal(loop_create(&ground->events), 0);
    assert_int_equal(root_open(NULL, &ground->root, &fault), 0);
    assert_int_equal(machine_init(&ground->machine, &ground->root, environ, &fault), 0);
    assert_int_equal(
        sampler_create(&ground->root, &ground->machine, &ground->sampler, &fault), 0);
    assert_int_equal(workload_find(workload, &ops, &fault), 0);
    assert_int_equal(workload_job_init(&ground->job, ops, size, &fault), 0);
    plan_init(&ground->plan, PLAN_RUN, workload);
    ground->plan.iterations = tasks;
    ground->plan.grain = 1;
    ground->plan.interval_ns = 20 * NS_PER_MS;
    ground->result.kind = RESULT_PARALLEL;
    ground->setup = (struct stage_setup){.job = &ground->job,
        .plan = &ground->plan,
        .machine = &ground->machine,
        .schedule = schedule_table[0],
        .loop = {.tasks = tasks, .workers = 2, .chunk = 1},
        .events = ground->events,
        .sampler = ground->sampler};
}

static inline void ground_make_sequential(struct ground *ground)
{
    struct fault fault;
    ground->result.kind = RESULT_SEQUENTIAL;
    ground->setup.sequential = true;
    ground->setup.loop.workers = 1;
    ground->setup.loop.chunk = ground->setup.loop.tasks;
    assert_int_equal(schedule_find("static", &ground->setup.schedule, &fault), 0);
}

static inline void ground_tick(void *data)
{
    struct ground *ground = data;
    if (ground->stage && stage_tick(ground->stage) && ground->on_tick)
        ground->on_tick(ground->data);
}

/* Looks at it as often as an experiment does. */
static inline void ground_run(struct ground *ground)
{
    struct fault fault = {0};
    struct watch *ticker;
    int64_t tick_ns = sampler_tick_ns(ground->plan.interval_ns);
    assert_int_equal(
        loop_watch_timer(ground->events, tick_ns, ground_tick, ground, &ticker), 0);
    if (stage_run(&ground->setup, &ground->result, &ground->stage, &fault) < 0)
        fail_msg("%s", fault.text);
    loop_unwatch(ticker);
    assert_null(ground->stage);
}

static inline void ground_finish(struct ground *ground)
{
    result_stage_finish(&ground->result);
    sampler_destroy(ground->sampler);
    machine_finish(&ground->machine);
    root_close(&ground->root);
    loop_destroy(ground->events);
}

/* A child process of this one that has not ended, found in /proc; 0 if there is none. */
static inline pid_t ground_find_child(void)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    assert_non_null(folder);
    for (struct dirent *entry; found == 0 && (entry = readdir(folder));) {
        char path[300], text[512] = "", state;
        int parent;
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *file = atoi(entry->d_name) > 0 ? fopen(path, "r") : NULL;
        if (!file)
            continue;
        if (fgets(text, sizeof text, file) && strrchr(text, ')') &&
            sscanf(strrchr(text, ')'), ") %c %d", &state, &parent) == 2 &&
            parent == getpid() && state != 'Z')
            found = atoi(entry->d_name);
        fclose(file);
    }
    closedir(folder);
    return found;
}

/* What holds of every stage, however it went. */
static inline void ground_assert_sound(const struct ground *ground)
{
    const struct result_stage *stage = &ground->result;
    int64_t tasks = 0, cpu_ns = 0, recorded = 0, recorded_failed = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        assert_int_equal(
            times->startup_ns + times->prepare_ns + times->span_ns + times->tail_ns,
            stage->elapsed_ns);
        assert_true(times->startup_ns >= 0 && times->span_ns >= 0 && times->tail_ns >= 0);
        assert_int_equal(times->prepare_ns, stage->prepare_ns);
        assert_true(times->handout_ns >= 0 && times->cpu_ns >= 0);
        tasks += stage->worker_list[i].tasks;
        if (times->cpu_ns > times->handout_ns)
            cpu_ns += times->cpu_ns - times->handout_ns;
    }
    assert_int_equal(tasks, stage->done + stage->failed);
    assert_int_equal(cpu_ns, stage->cpu_ns);
    assert_int_equal(stage->workers, stage->worker_count);
    assert_in_range(stage->record_count, 0, RESULT_RECORDS_MAX);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        assert_true(record->start_ns >= (i > 0 ? record[-1].start_ns : 0));
        assert_true(record->end_ns >= record->start_ns);
        assert_true(record->end_ns <= stage->elapsed_ns);
        assert_true(record->count >= 1 && record->attempts >= 1 && record->cpu_ns >= 0);
        assert_int_equal(record->status, record->failed ? RESULT_FAILED : RESULT_OK);
        recorded += record->count;
        recorded_failed += record->failed;
    }
    assert_int_equal(recorded, stage->done + stage->failed);
    assert_int_equal(recorded_failed, stage->failed);
    for (size_t i = 1; i < stage->samples.count; i++)
        assert_true(stage->samples.t_ns[i] >= stage->samples.t_ns[i - 1]);
    for (size_t i = 1; i < stage->move_count; i++)
        assert_true(stage->moves[i].t_ns >= stage->moves[i - 1].t_ns);
}
