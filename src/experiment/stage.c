// SPDX-License-Identifier: MIT
#include "experiment/stage.h"

#include <sys/resource.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/collect.h"
#include "experiment/follow.h"
#include "experiment/projection.h"
#include "experiment/timeline.h"
#include "experiment/words.h"

struct stage {
    const struct stage_setup *setup;
    struct result_stage *result;
    struct pool *pool;
    struct follow *follow;
    struct timeline timeline;
    int64_t suspended_at_ns; /* monotonic; 0: it is not */
    int64_t own_before_ns;   /* CPU time of ours before it began, or was warm */
    bool is_warm;            /* the time in which its workers warmed up is cut out */
    int64_t tasks;           /* of the loop, so far as is known … */
    bool whole;              /* … which is all of them */
    int64_t project_to;      /* 0: it is not */
    bool is_ending;          /* signals were sent to its tasks */
};

/* Its workers have been started, but not all of them are warm. */
static bool is_warming(const struct stage *stage)
{
    return stage->pool && !stage->is_warm && pool_warm(stage->pool).from_ns > 0;
}

/* It stands still while the workers warm up. */
int64_t stage_time(const struct stage *stage, int64_t stamp_ns)
{
    if (is_warming(stage) && stamp_ns > pool_warm(stage->pool).from_ns)
        stamp_ns = pool_warm(stage->pool).from_ns;
    return timeline_at(&stage->timeline, stamp_ns);
}

int64_t stage_now(const struct stage *stage)
{
    return stage_time(stage, clock_now_ns());
}

static enum result_event_what what_of(enum pool_event_kind kind)
{
    static const enum result_event_what whats[] = {
        [POOL_KILLED] = RESULT_KILLED,
        [POOL_LEFT] = RESULT_LEFT,
        [POOL_REPLACED] = RESULT_REPLACED,
        [POOL_REFUSED] = RESULT_REFUSED,
        [POOL_UNPINNED] = RESULT_UNPINNED,
    };
    return whats[kind];
}

static void add_event(struct stage *stage, const struct result_event *event)
{
    struct result_stage *result = stage->result;
    if (result->event_count >= RESULT_EVENT_LIST_MAX)
        return;
    void *events = result->events;
    struct result_event *added =
        memory_append(&events, result->event_count++, sizeof *added);
    result->events = events;
    *added = *event;
}

static int64_t time_ns_of(const struct timeval *time)
{
    return time->tv_sec * NS_PER_S + time->tv_usec * NS_PER_US;
}

/* CPU time of this process and of all children reaped so far. */
static int64_t own_cpu_ns(void)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return time_ns_of(&self.ru_utime) + time_ns_of(&self.ru_stime) +
           time_ns_of(&children.ru_utime) + time_ns_of(&children.ru_stime);
}

/* What was used until now, or until the pool's end, is none of the stage's: its workers
 * warmed up. */
static void end_warming(struct stage *stage)
{
    struct pool_gap warm = pool_warm(stage->pool);
    int64_t to_ns = warm.to_ns > 0 ? warm.to_ns : pool_finished_ns(stage->pool);
    stage->result->warm_ns = timeline_cut(&stage->timeline, warm.from_ns, to_ns);
    stage->own_before_ns = own_cpu_ns() + pool_warm_cpu_ns(stage->pool);
    stage->is_warm = true;
    sampler_skip(stage->setup->sampler);
}

static void on_pool_event(void *data, const struct pool_event *event)
{
    struct stage *stage = data;
    if (event->kind == POOL_WARM) {
        end_warming(stage);
        return;
    }
    if (stage->is_ending && event->kind == POOL_KILLED)
        return;
    add_event(stage, &(struct result_event){.t_ns = stage_time(stage, event->time_ns),
                         .worker = event->worker,
                         .pid = event->kind == POOL_REFUSED ? 0 : event->pid,
                         .what = what_of(event->kind),
                         .signal = event->status,
                         .index = event->index});
}

/* What its command computed is told now, in no clock of the worker's. */
static void on_pool_delivery(void *data, const struct pool_delivery *delivery)
{
    struct stage *stage = data;
    if (stage->setup->plan->commands)
        follow_add_cpu(stage->follow, delivery->worker, delivery->outcome.cpu_ns);
    if (stage->setup->on_delivery)
        stage->setup->on_delivery(stage->setup->data, delivery);
}

static void take_sample(struct stage *stage)
{
    int64_t t_ns = stage_now(stage);
    if (is_warming(stage))
        sampler_look(stage->setup->sampler);
    else
        sampler_sample(stage->setup->sampler, stage->result, t_ns);
    follow_look(stage->follow, stage->pool, t_ns, stage->result);
}

bool stage_tick(struct stage *stage)
{
    if (stage->suspended_at_ns)
        return false;
    int64_t t_ns = stage_now(stage);
    if (is_warming(stage))
        sampler_look(stage->setup->sampler);
    else
        sampler_tick(stage->setup->sampler, stage->result, t_ns);
    follow_look(stage->follow, stage->pool, t_ns, stage->result);
    return true;
}

/* The CPUs that workers have stamped are those that the tasks were on: not where these
 * are processes of their own. */
static bool tells_cpus(const struct stage *stage)
{
    return !stage->setup->machine->simulated && !stage->setup->plan->commands;
}

void stage_collect_records(struct stage *stage)
{
    collect_records(stage->pool, &stage->timeline, tells_cpus(stage), stage->result);
}

/* How many of the CPUs that we may use were busy with what is not ours. */
static double others_of(const struct stage *stage, int64_t wall_ns, int64_t own_ns)
{
    const struct machine *machine = stage->setup->machine;
    int cpus;
    if (machine->simulated || wall_ns < SAMPLER_SPEAKS_FROM_NS)
        return -1;
    double busy_cpus = words_busy_allowed(machine, stage->result, &cpus);
    double others = busy_cpus - (double)own_ns / (double)wall_ns;
    return others > 0 ? others : 0;
}

static int64_t tasks_per_process(const struct plan *plan)
{
    return plan->fork_per_task ? 1 : plan->max_tasks;
}

static int start_pool(struct stage *stage, struct fault *fault)
{
    const struct stage_setup *setup = stage->setup;
    const struct plan *plan = setup->plan;
    bool grows = plan->grain == 0;
    bool free_chunk = grows && plan->chunk == 0 && setup->schedule->shared;
    struct pool_setup pool = {.job = setup->job,
        .loop = setup->loop,
        .schedule = setup->schedule,
        .grain = grows ? 1 : plan->grain,
        .grain_grows = grows,
        .chunk_grows = free_chunk,
        .handout_ns = plan->handout_price_ns,
        .halt_after = plan->halt == PLAN_HALT_NEVER ? 0 : plan->halt_after,
        .retries = plan->retries,
        .order = setup->sequential ? NULL : setup->order,
        .max_tasks = setup->sequential ? 0 : tasks_per_process(plan),
        .pin_count = setup->pin_count,
        .pins = setup->pins,
        .room = setup->room,
        .supplied = setup->supplied,
        .events = setup->events,
        .on_delivery = on_pool_delivery,
        .on_event = on_pool_event,
        .data = stage};
    if (setup->supplied)
        pool.loop.tasks = WORKLOAD_ITERATIONS_MAX;
    stage->timeline.start_ns = clock_now_ns();
    int error = pool_create(&pool, &stage->pool, fault);
    if (error < 0)
        return error;
    stage->timeline.start_ns = pool_started_ns(stage->pool);
    if (setup->supplied)
        pool_supply(stage->pool, stage->tasks, false);
    return 0;
}

static void move_back(int64_t *t_ns, int64_t by_ns)
{
    *t_ns = *t_ns > by_ns ? *t_ns - by_ns : 0;
}

/* The sequential stage starts with what is to be prepared, or with its first task: what
 * was noted until then moves to 0. */
static void start_with_first_task(struct stage *stage)
{
    struct result_stage *result = stage->result;
    int64_t first_ns = pool_prepare(stage->pool).from_ns;
    if (first_ns == 0)
        first_ns = pool_totals(stage->pool, 0).first_ns;
    if (first_ns == 0)
        return;
    int64_t before_ns = timeline_at(&stage->timeline, first_ns);
    for (size_t i = 0; i < result->samples.count; i++)
        move_back(&result->samples.t_ns[i], before_ns);
    for (size_t i = 0; i < result->event_count; i++)
        move_back(&result->events[i].t_ns, before_ns);
    for (size_t i = 0; i < result->move_count; i++)
        move_back(&result->moves[i].t_ns, before_ns);
    stage->timeline.start_ns = first_ns;
}

/* Where the last task ended, in the sequential stage; one that was stopped lasted until
 * then. */
static int64_t end_of(const struct stage *stage)
{
    struct pool_totals totals = pool_totals(stage->pool, 0);
    int64_t ended = totals.done + totals.failed;
    bool all_ended = ended >= stage->tasks || (stage->project_to && ended > 0);
    return stage->setup->sequential && all_ended ? totals.last_ns
                                                 : pool_finished_ns(stage->pool);
}

static void finish(struct stage *stage)
{
    const struct stage_setup *setup = stage->setup;
    struct result_stage *result = stage->result;
    if (is_warming(stage))
        end_warming(stage);
    int64_t wall_ns = timeline_at(&stage->timeline, pool_finished_ns(stage->pool));
    take_sample(stage);
    sampler_end(setup->sampler, result);
    result->others_cpus = others_of(stage, wall_ns, own_cpu_ns() - stage->own_before_ns);
    if (setup->sequential)
        start_with_first_task(stage);
    int64_t end_ns = end_of(stage);
    collect(stage->pool, &stage->timeline, end_ns, tells_cpus(stage), result);
    result->failed += pool_lost(stage->pool);
    result->complete = stage->whole && result->done + result->failed >= stage->tasks;
    if (setup->sequential && stage->project_to)
        projection_apply(result, stage->project_to);
}

static int run_pool(struct stage *stage, struct stage **ret_stage, struct fault *fault)
{
    stage->own_before_ns = own_cpu_ns();
    stage->result->samples.period_ns = stage->setup->plan->interval_ns;
    sampler_begin(stage->setup->sampler, stage->result);
    int error = start_pool(stage, fault);
    if (error < 0)
        return error;
    *ret_stage = stage;
    if (stage->setup->on_start)
        stage->setup->on_start(stage->setup->data);
    error = loop_run(stage->setup->events, pool_finished(stage->pool));
    *ret_stage = NULL;
    if (error < 0)
        return fault_system(fault, error, "cannot wait for the workers");
    finish(stage);
    return 0;
}

int stage_run(const struct stage_setup *setup, struct result_stage *result_stage,
    struct stage **ret_stage, struct fault *fault)
{
    int workers = setup->loop.workers;
    int room = setup->room > workers ? setup->room : workers;
    struct stage stage = {.setup = setup,
        .result = result_stage,
        .tasks = setup->loop.tasks,
        .whole = !setup->supplied,
        .project_to = setup->project_to,
        .follow = follow_create(room, !setup->machine->simulated)};
    follow_name_items(stage.follow, setup->items);
    result_stage->workers_asked = workers;
    int error = run_pool(&stage, ret_stage, fault);
    pool_destroy(stage.pool);
    follow_destroy(stage.follow);
    timeline_finish(&stage.timeline);
    return error;
}

void stage_stop(struct stage *stage, int signal)
{
    pool_stop(stage->pool);
    stage_note_end(stage, signal);
}

void stage_note_end(struct stage *stage, int signal)
{
    add_event(stage, &(struct result_event){.t_ns = stage_now(stage),
                         .worker = -1,
                         .what = RESULT_STOPPED,
                         .signal = signal,
                         .index = -1});
}

void stage_supply(struct stage *stage, int64_t tasks, bool whole)
{
    if (stage->whole)
        return;
    stage->tasks = tasks;
    stage->whole = whole;
    pool_supply(stage->pool, tasks, whole);
}

void stage_close(struct stage *stage, bool to_project)
{
    if (to_project && stage->project_to == 0)
        stage->project_to = stage->tasks;
    pool_close(stage->pool);
}

void stage_end_tasks(struct stage *stage, int signal)
{
    stage->is_ending = true;
    pool_end_tasks(stage->pool, signal);
}

void stage_set_workers(struct stage *stage, int workers)
{
    pool_set_workers(stage->pool, workers);
    if (workers > stage->result->workers_asked)
        stage->result->workers_asked = workers;
}

struct pool *stage_pool(const struct stage *stage)
{
    return stage->pool;
}

int stage_workers(const struct stage *stage)
{
    return stage->result->workers_asked;
}

void stage_suspend(struct stage *stage)
{
    take_sample(stage);
    stage->suspended_at_ns = clock_now_ns();
    pool_suspend(stage->pool);
}

static void note_suspension(struct stage *stage)
{
    int64_t now_ns = clock_now_ns();
    sampler_skip(stage->setup->sampler);
    add_event(
        stage, &(struct result_event){.t_ns = stage_time(stage, stage->suspended_at_ns),
                   .worker = -1,
                   .what = RESULT_SUSPENDED,
                   .index = -1});
    timeline_suspend(&stage->timeline, stage->suspended_at_ns, now_ns);
}

void stage_resume(struct stage *stage, bool was_stopped)
{
    if (was_stopped)
        note_suspension(stage);
    stage->suspended_at_ns = 0;
    pool_resume(stage->pool);
}

struct stage_state stage_state(const struct stage *stage)
{
    struct pool_progress progress = pool_progress(stage->pool);
    return (struct stage_state){.elapsed_ns = stage_now(stage),
        .done = progress.done,
        .failed = progress.failed,
        .own_cpus = follow_own_cpus(stage->follow),
        .workers = follow_workers(stage->follow)};
}
