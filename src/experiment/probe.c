// SPDX-License-Identifier: MIT
#include "experiment/probe.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/stay.h"
#include "pool/pool.h"
#include "workload/answer.h"

enum { DEATHS_MOST = 3 }; /* on one CPU: then nothing more is tried there */

const struct probe_task probe_standard_task = {answer_compute, ANSWER_RIGHT};

/* What is shared with the workers. */
struct board {
    struct probe_setup setup;     /* never changed; its ids are the probe's own */
    _Atomic int64_t begun_ns;     /* monotonic: the thirds are counted from there … */
    _Atomic int64_t suspended_ns; /* … and without that */
    _Atomic int current; /* the place of the task in hand, or the last; -1: none */
    struct place {
        _Alignas(128) struct probe_tally tally;
        _Atomic int deaths;
    } places[];
};

struct probe {
    struct board *board;
    size_t board_size;
    int *ids;
    struct workload_job job;
    struct pool *pool;
    struct watch *timer;
    int64_t suspended_at_ns;
};

static void be_nice(int nice)
{
    errno = 0;
    int before = getpriority(PRIO_PROCESS, 0);
    if (errno == 0 && before < nice)
        setpriority(PRIO_PROCESS, 0, nice);
}

static bool is_given_up(const struct place *place)
{
    return atomic_load(&place->tally.refused) ||
           atomic_load(&place->deaths) >= DEATHS_MOST;
}

/* Whether the worker is where it is to compute. */
static bool settle(const struct board *board, struct place *place)
{
    const struct probe_setup *setup = &board->setup;
    if (is_given_up(place))
        return false;
    int error = stay_on(setup->ids[place - board->places]);
    if (error != 0)
        atomic_store(&place->tally.refused, error);
    be_nice(setup->nice);
    return error == 0;
}

struct round {
    int64_t end_ns, elapsed_ns, cpu_ns;
    bool wrong;
    uint64_t wrong_answer;
};

static void compute(const struct probe_task *task, struct round *round)
{
    uint64_t answer = task->compute();
    if (answer == task->answer)
        return;
    round->wrong = true;
    round->wrong_answer = answer;
}

/* The first one wakes the CPU up.  While it was suspended no time has passed. */
static void run_round(const struct board *board, struct round *round)
{
    const struct probe_setup *setup = &board->setup;
    compute(setup->task, round);
    int64_t suspended_ns = atomic_load(&board->suspended_ns);
    int64_t begin_ns = clock_now_ns();
    int64_t cpu_before_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
    for (int64_t i = 0; i < setup->units; i++)
        compute(setup->task, round);
    round->cpu_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID) - cpu_before_ns;
    round->end_ns = clock_now_ns();
    suspended_ns = atomic_load(&board->suspended_ns) - suspended_ns;
    round->elapsed_ns = round->end_ns - begin_ns - suspended_ns;
    if (round->elapsed_ns < round->cpu_ns) /* it was suspended between two stamps */
        round->elapsed_ns = round->cpu_ns;
}

static void note_third(
    const struct board *board, struct probe_tally *tally, const struct round *round)
{
    int64_t lasts_ns = board->setup.lasts_ns;
    if (lasts_ns <= 0)
        return;
    int64_t at_ns =
        round->end_ns - atomic_load(&board->begun_ns) - atomic_load(&board->suspended_ns);
    int64_t third = at_ns > 0 ? at_ns * PROBE_THIRDS / lasts_ns : 0;
    if (third >= PROBE_THIRDS)
        third = PROBE_THIRDS - 1;
    if (tally->third_rounds[third] == 0 || tally->third_min_ns[third] > round->cpu_ns)
        tally->third_min_ns[third] = round->cpu_ns;
    tally->third_cpu_ns[third] += round->cpu_ns;
    tally->third_rounds[third]++;
}

static void note(
    const struct board *board, struct probe_tally *tally, const struct round *round)
{
    int64_t number = atomic_load(&tally->rounds);
    if (number < PROBE_ROUNDS_KEPT) {
        tally->round_cpu_ns[number] = round->cpu_ns;
        tally->round_elapsed_ns[number] = round->elapsed_ns;
    }
    tally->cpu_ns += round->cpu_ns;
    tally->elapsed_ns += round->elapsed_ns;
    note_third(board, tally, round);
    if (round->wrong) {
        tally->wrong_answer = round->wrong_answer;
        tally->wrong++;
    }
    atomic_store(&tally->rounds, number + 1);
}

/* A worker that has nowhere to compute and no end of tasks: it is ended with the probe.
 */
static void await_end(const struct board *board)
{
    while (board->setup.rounds == 0 && board->setup.together)
        pause();
}

static int run(
    const struct workload_place *where, int64_t index, struct workload_result *result)
{
    const struct probe *probe = where->job->body;
    struct board *board = probe->board;
    const struct probe_setup *setup = &board->setup;
    int number = (int)(index % setup->count);
    struct place *place = &board->places[number];
    struct round round = {0};
    *result = (struct workload_result){0};
    if (!setup->together)
        atomic_store(&board->current, number);
    if (!settle(board, place)) {
        await_end(board);
        return 0;
    }
    run_round(board, &round);
    /* One that was moved away, for the CPU went offline, is no round of this CPU. */
    int here = sched_getcpu();
    if (here < 0 || here == setup->ids[number])
        note(board, &place->tally, &round);
    return 0;
}

static int warm(struct workload_place *where)
{
    const struct probe *probe = where->job->body;
    struct board *board = probe->board;
    struct place *place = &board->places[where->worker % board->setup.count];
    if (settle(board, place))
        board->setup.task->compute();
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    (void)job;
    if (size > 0)
        text[0] = '\0';
}

static const struct workload_ops ops_alone = {
    .name = "probe",
    .summary = "a known answer, on one CPU after the other",
    .describe = describe,
    .run = run,
};

static const struct workload_ops ops_together = {
    .name = "probe",
    .summary = "a known answer, on all CPUs at once",
    .describe = describe,
    .warm = warm,
    .run = run,
};

static int arm(struct probe *probe, int64_t left_ns);

static int64_t suspended_ns(const struct probe *probe)
{
    int64_t so_far_ns = atomic_load(&probe->board->suspended_ns);
    bool is_suspended = probe->suspended_at_ns > 0;
    return so_far_ns + (is_suspended ? clock_now_ns() - probe->suspended_at_ns : 0);
}

/* What was suspended meanwhile is still to come. */
static void on_time_up(void *data)
{
    struct probe *probe = data;
    const struct board *board = probe->board;
    int64_t ends_ns =
        atomic_load(&board->begun_ns) + board->setup.lasts_ns + suspended_ns(probe);
    int64_t left_ns = ends_ns - clock_now_ns();
    if (left_ns < NS_PER_MS || arm(probe, left_ns) < 0)
        probe_stop(probe);
}

static int arm(struct probe *probe, int64_t left_ns)
{
    const struct probe_setup *setup = &probe->board->setup;
    loop_unwatch(probe->timer);
    probe->timer = NULL;
    if (setup->lasts_ns <= 0)
        return 0;
    return loop_watch_timer(setup->events, left_ns, on_time_up, probe, &probe->timer);
}

static void begin(struct probe *probe, int64_t now_ns)
{
    atomic_store(&probe->board->begun_ns, now_ns);
    atomic_store(&probe->board->suspended_ns, 0);
}

/* The task in hand may be one of several for the pool: those that were left out before it
 * took no time. */
static void note_death(struct probe *probe, const struct pool_event *event)
{
    struct board *board = probe->board;
    int number = board->setup.together ? event->worker : atomic_load(&board->current);
    if (number < 0)
        return;
    struct place *place = &board->places[number];
    atomic_fetch_add(&place->deaths, 1);
    if (event->kind == POOL_KILLED)
        atomic_store(&place->tally.died_of, event->status);
}

static void on_event(void *data, const struct pool_event *event)
{
    struct probe *probe = data;
    if (event->kind == POOL_WARM) {
        begin(probe, event->time_ns);
        if (arm(probe, probe->board->setup.lasts_ns) < 0)
            probe_stop(probe);
    }
    if (event->kind == POOL_KILLED || event->kind == POOL_LEFT)
        note_death(probe, event);
}

static int map_board(struct probe *probe, const struct probe_setup *setup)
{
    size_t count = (size_t)setup->count;
    probe->board_size = sizeof *probe->board + count * sizeof(struct place);
    void *memory = mmap(NULL, probe->board_size, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return -errno;
    probe->board = memory;
    probe->board->setup = *setup;
    probe->ids = memory_new(count, sizeof *probe->ids);
    for (size_t i = 0; i < count; i++)
        probe->ids[i] = setup->ids[i];
    probe->board->setup.ids = probe->ids;
    atomic_store(&probe->board->current, -1);
    return 0;
}

static int start_pool(struct probe *probe, struct fault *fault)
{
    const struct probe_setup *setup = &probe->board->setup;
    struct pool_setup pool = {.job = &probe->job,
        .loop = {.workers = setup->together ? setup->count : 1, .chunk = 1},
        .grain = 1,
        .events = setup->events,
        .on_event = on_event,
        .data = probe};
    int64_t most = WORKLOAD_ITERATIONS_MAX / setup->count;
    int64_t rounds = setup->rounds > 0 && setup->rounds < most ? setup->rounds : most;
    pool.loop.tasks = rounds * setup->count;
    probe->job =
        (struct workload_job){.ops = setup->together ? &ops_together : &ops_alone,
            .iterations = pool.loop.tasks,
            .body = probe};
    int error =
        schedule_find(setup->together ? "cyclic" : "static", &pool.schedule, fault);
    return error < 0 ? error : pool_create(&pool, &probe->pool, fault);
}

int probe_create(
    const struct probe_setup *setup, struct probe **ret_probe, struct fault *fault)
{
    struct probe *probe = memory_new(1, sizeof *probe);
    int error = map_board(probe, setup);
    if (error < 0)
        fault_system(fault, error, "no memory for what the workers share");
    if (error == 0) {
        begin(probe, clock_now_ns());
        error = start_pool(probe, fault);
    }
    if (error == 0) {
        error = arm(probe, setup->lasts_ns);
        if (error < 0)
            fault_system(fault, error, "no timer for the end of a part");
    }
    if (error < 0) {
        probe_destroy(probe);
        return error;
    }
    *ret_probe = probe;
    return 0;
}

void probe_destroy(struct probe *probe)
{
    if (!probe)
        return;
    pool_destroy(probe->pool);
    loop_unwatch(probe->timer);
    if (probe->board)
        munmap(probe->board, probe->board_size);
    free(probe->ids);
    free(probe);
}

const bool *probe_finished(const struct probe *probe)
{
    return pool_finished(probe->pool);
}

void probe_stop(struct probe *probe)
{
    loop_unwatch(probe->timer);
    probe->timer = NULL;
    pool_stop(probe->pool);
}

const struct probe_tally *probe_tally(const struct probe *probe, int place)
{
    return &probe->board->places[place].tally;
}

int probe_current(const struct probe *probe)
{
    return *pool_finished(probe->pool) ? -1 : atomic_load(&probe->board->current);
}

void probe_suspend(struct probe *probe)
{
    pool_suspend(probe->pool);
    probe->suspended_at_ns = clock_now_ns();
}

void probe_resume(struct probe *probe)
{
    if (probe->suspended_at_ns > 0)
        atomic_fetch_add(
            &probe->board->suspended_ns, clock_now_ns() - probe->suspended_at_ns);
    probe->suspended_at_ns = 0;
    pool_resume(probe->pool);
}
