// SPDX-License-Identifier: MIT
#include "experiment/probe.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made.h"

enum { CPUS_MOST = 8, CALLS_MOST = 4000, RIGHT = 42, WRONG = 4711, NO_CPU = 100000 };

/* What the workers do, and what they have seen: shared with them. */
static struct {
    int target; /* a CPU on which things go wrong */
    int nice;
    _Atomic pid_t worker;
    _Atomic int calls;
    _Atomic int cpus[CALLS_MOST];
} * shared;

/* A part of a round, and where it was computed. */
static uint64_t see(void)
{
    int call = atomic_fetch_add(&shared->calls, 1), cpu = sched_getcpu();
    if (call < CALLS_MOST)
        shared->cpus[call] = cpu;
    for (int64_t end_ns = clock_now_ns() + 20 * NS_PER_US; clock_now_ns() < end_ns;)
        continue;
    return RIGHT;
}

static uint64_t answer_wrongly_there(void)
{
    return see() + (sched_getcpu() == shared->target ? WRONG - RIGHT : 0);
}

static uint64_t die_there(void)
{
    see();
    if (sched_getcpu() == shared->target)
        raise(SIGILL);
    return RIGHT;
}

static uint64_t tell_nice(void)
{
    return getpriority(PRIO_PROCESS, 0) == shared->nice ? RIGHT : WRONG;
}

struct place {
    struct loop *events;
    struct probe_task task;
    int ids[CPUS_MOST];
    struct probe_setup setup;
    struct probe *probe;
    cpu_set_t before;
};

static void init(struct place *place, uint64_t (*compute)(void), int64_t rounds)
{
    *place = (struct place){.task = {compute, RIGHT}};
    memset(shared, 0, sizeof *shared);
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(sched_getaffinity(0, sizeof place->before, &place->before), 0);
    place->setup = (struct probe_setup){.events = place->events,
        .task = &place->task,
        .ids = place->ids,
        .units = 2,
        .rounds = rounds};
    for (int id = 0; id < CPU_SETSIZE && place->setup.count < CPUS_MOST; id++)
        if (CPU_ISSET(id, &place->before))
            place->ids[place->setup.count++] = id;
    shared->target = place->ids[place->setup.count - 1];
}

static void create(struct place *place)
{
    struct fault fault = {0};
    assert_int_equal(probe_create(&place->setup, &place->probe, &fault), 0);
}

static void run(struct place *place)
{
    create(place);
    assert_int_equal(loop_run(place->events, probe_finished(place->probe)), 0);
}

/* Nobody is left, and we may run where we could before. */
static void finish(struct place *place)
{
    cpu_set_t after;
    probe_destroy(place->probe);
    loop_destroy(place->events);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
    assert_true(CPU_EQUAL(&place->before, &after));
}

static const struct probe_tally *last(const struct place *place)
{
    return probe_tally(place->probe, place->setup.count - 1);
}

static void one_worker_goes_from_cpu_to_cpu_round_by_round(void **state)
{
    struct place place;
    init(&place, see, 5);
    run(&place);
    int count = place.setup.count;
    assert_int_equal(shared->calls, 5 * count * 3); /* two units, and one before them */
    for (int i = 0; i < shared->calls; i++)
        assert_int_equal(shared->cpus[i], place.ids[i / 3 % count]);
    for (int i = 0; i < count; i++) {
        const struct probe_tally *tally = probe_tally(place.probe, i);
        int64_t cpu_ns = 0, elapsed_ns = 0;
        assert_int_equal(tally->rounds, 5);
        assert_int_equal(tally->wrong, 0);
        for (int round = 0; round < 5; round++) {
            assert_true(tally->round_cpu_ns[round] > 0);
            assert_true(tally->round_elapsed_ns[round] >= 40 * NS_PER_US);
            cpu_ns += tally->round_cpu_ns[round];
            elapsed_ns += tally->round_elapsed_ns[round];
        }
        assert_int_equal(tally->round_cpu_ns[5], 0);
        assert_int_equal(tally->cpu_ns, cpu_ns);
        assert_int_equal(tally->elapsed_ns, elapsed_ns);
        assert_int_equal(tally->refused, 0);
        assert_int_equal(tally->died_of, 0);
    }
    assert_int_equal(probe_current(place.probe), -1);
    finish(&place);
    (void)state;
}

static int count_calls_on(int cpu)
{
    int count = 0;
    for (int i = 0; i < shared->calls; i++)
        count += shared->cpus[i] == cpu;
    return count;
}

static void together_each_cpu_has_a_worker(void **state)
{
    struct place place;
    init(&place, see, 80);
    place.setup.together = true;
    run(&place);
    for (int i = 0; i < place.setup.count; i++) {
        assert_int_equal(probe_tally(place.probe, i)->rounds, 80);
        assert_true(probe_tally(place.probe, i)->round_cpu_ns[PROBE_ROUNDS_KEPT - 1] > 0);
        /* One more before the gate. */
        assert_int_equal(count_calls_on(place.ids[i]), 80 * 3 + 1);
    }
    finish(&place);
    (void)state;
}

static void wrong_answers_are_counted_where_they_are(void **state)
{
    for (int together = 0; together < 2; together++) {
        struct place place;
        init(&place, answer_wrongly_there, 4);
        place.setup.together = together;
        run(&place);
        assert_int_equal(last(&place)->wrong, 4);
        assert_int_equal(last(&place)->rounds, 4);
        assert_int_equal(last(&place)->wrong_answer, WRONG);
        for (int i = 0; i + 1 < place.setup.count; i++)
            assert_int_equal(probe_tally(place.probe, i)->wrong, 0);
        finish(&place);
    }
    (void)state;
}

static void where_workers_die_no_more_than_three_are_lost(void **state)
{
    for (int together = 0; together < 2; together++) {
        struct place place;
        init(&place, die_there, 10);
        place.setup.together = together;
        run(&place);
        assert_int_equal(last(&place)->died_of, SIGILL);
        assert_int_equal(last(&place)->rounds, 0);
        assert_int_equal(count_calls_on(shared->target), 3);
        for (int i = 0; i + 1 < place.setup.count; i++) {
            assert_int_equal(probe_tally(place.probe, i)->rounds, 10);
            assert_int_equal(probe_tally(place.probe, i)->died_of, 0);
        }
        finish(&place);
    }
    (void)state;
}

static void where_it_may_not_run_it_computes_nowhere_else(void **state)
{
    for (int together = 0; together < 2; together++) {
        struct place place;
        init(&place, see, 3);
        int count = place.setup.count < CPUS_MOST ? place.setup.count : CPUS_MOST - 1;
        place.ids[count] = NO_CPU;
        place.setup.count = count + 1;
        place.setup.together = together;
        run(&place);
        assert_int_equal(last(&place)->refused, EINVAL);
        assert_int_equal(last(&place)->rounds, 0);
        assert_int_equal(shared->calls, count * (3 * 3 + together));
        for (int i = 0; i < count; i++)
            assert_int_equal(probe_tally(place.probe, i)->rounds, 3);
        finish(&place);
    }
    (void)state;
}

/* The one that may not run waits for the end as well. */
static void without_a_number_of_rounds_it_ends_in_time(void **state)
{
    struct place place;
    init(&place, see, 0);
    int count = place.setup.count < CPUS_MOST ? place.setup.count : CPUS_MOST - 1;
    place.ids[count] = NO_CPU;
    place.setup.count = count + 1;
    place.setup.together = true;
    place.setup.lasts_ns = 150 * NS_PER_MS;
    int64_t before_ns = clock_now_ns();
    run(&place);
    assert_true(clock_now_ns() - before_ns >= 150 * NS_PER_MS);
    for (int i = 0; i < count; i++) {
        const struct probe_tally *tally = probe_tally(place.probe, i);
        int64_t rounds = 0, cpu_ns = 0;
        assert_true(tally->rounds > 0);
        for (int third = 0; third < PROBE_THIRDS; third++) {
            int64_t third_rounds = tally->third_rounds[third];
            assert_true(
                third_rounds * tally->third_min_ns[third] <= tally->third_cpu_ns[third]);
            assert_int_equal(tally->third_min_ns[third] > 0, third_rounds > 0);
            rounds += third_rounds;
            cpu_ns += tally->third_cpu_ns[third];
        }
        /* The last one may have been counted there and not yet as a round. */
        assert_in_range(rounds - tally->rounds, 0, 1);
        assert_in_range(cpu_ns, 1, tally->cpu_ns);
    }
    assert_int_equal(last(&place)->rounds, 0);
    assert_int_equal(last(&place)->refused, EINVAL);
    finish(&place);
    (void)state;
}

static void rounds_are_cut_off_when_the_time_is_up(void **state)
{
    struct place place;
    init(&place, see, 1000000);
    place.setup.lasts_ns = 60 * NS_PER_MS;
    run(&place);
    assert_true(probe_tally(place.probe, 0)->rounds > 0);
    assert_true(last(&place)->rounds < 1000000);
    finish(&place);
    (void)state;
}

static void in_a_process_of_niceness(int ours, int asked, int expected)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        struct place place;
        setpriority(PRIO_PROCESS, 0, ours);
        init(&place, tell_nice, 2);
        shared->nice = expected;
        place.setup.nice = asked;
        run(&place);
        assert_int_equal(probe_tally(place.probe, 0)->rounds, 2);
        assert_int_equal(probe_tally(place.probe, 0)->wrong, 0);
        assert_int_equal(getpriority(PRIO_PROCESS, 0), ours);
        finish(&place);
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void workers_are_as_nice_as_asked_or_as_we_are(void **state)
{
    int ours = getpriority(PRIO_PROCESS, 0);
    if (ours > 10)
        skip();
    in_a_process_of_niceness(ours, 11, 11);
    in_a_process_of_niceness(13, 11, 13);
    (void)state;
}

/* It goes away before it answers, which is wrong. */
static uint64_t leave(void)
{
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET(shared->target, &mask);
    sched_setaffinity(0, sizeof mask, &mask);
    return see() + 1;
}

/* As one that somebody else moves, or whose CPU goes offline. */
static void a_round_that_ends_elsewhere_is_none_of_this_cpu(void **state)
{
    for (int together = 0; together < 2; together++) {
        struct place place;
        init(&place, leave, 3);
        place.setup.together = together;
        run(&place);
        assert_int_equal(last(&place)->rounds, 3);
        assert_int_equal(last(&place)->wrong, 3);
        for (int i = 0; i + 1 < place.setup.count; i++) {
            assert_int_equal(probe_tally(place.probe, i)->rounds, 0);
            assert_int_equal(probe_tally(place.probe, i)->wrong, 0);
        }
        finish(&place);
    }
    (void)state;
}

static uint64_t tell_who(void)
{
    shared->worker = getpid();
    return see();
}

/* Moves the worker to the target again and again. */
static pid_t start_mover(void)
{
    pid_t parent = getpid(), pid = fork();
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET(shared->target, &mask);
    while (pid == 0 && getppid() == parent) {
        struct timespec rest = clock_timespec(50 * NS_PER_US);
        nanosleep(&rest, NULL);
        if (shared->worker > 0)
            sched_setaffinity(shared->worker, sizeof mask, &mask);
    }
    if (pid == 0)
        _exit(EXIT_SUCCESS);
    return pid;
}

static void who_is_moved_by_others_is_not_refused(void **state)
{
    struct place place;
    init(&place, tell_who, 100000);
    place.setup.lasts_ns = 200 * NS_PER_MS;
    pid_t mover = start_mover();
    assert_true(mover > 0);
    run(&place);
    kill(mover, SIGKILL);
    assert_int_equal(waitpid(mover, NULL, 0), mover);
    for (int i = 0; i < place.setup.count; i++)
        assert_int_equal(probe_tally(place.probe, i)->refused, 0);
    assert_true(last(&place)->rounds > 0);
    finish(&place);
    (void)state;
}

/* What a ticker does with a probe, tick by tick. */
struct ticks {
    struct probe *probe;
    int tick, calls_stopped;
    int64_t rounds_stopped, from_ns, stopped_ns;
    bool was_still, was_current;
};

static void suspend_for_a_while(void *data)
{
    struct ticks *ticks = data;
    ticks->tick++;
    ticks->was_current = ticks->was_current || probe_current(ticks->probe) == 0;
    if (ticks->tick == 2) {
        probe_suspend(ticks->probe);
        ticks->from_ns = clock_now_ns();
    }
    if (ticks->tick == 4)
        ticks->calls_stopped = shared->calls;
    if (ticks->tick == 8) {
        ticks->was_still = shared->calls == ticks->calls_stopped;
        ticks->rounds_stopped = probe_tally(ticks->probe, 0)->rounds;
        ticks->stopped_ns = clock_now_ns() - ticks->from_ns;
        probe_resume(ticks->probe);
    }
}

static void suspended_it_does_nothing_and_has_more_time(void **state)
{
    struct place place;
    struct watch *ticker;
    init(&place, see, 0);
    place.setup.units = 100;
    place.setup.lasts_ns = 100 * NS_PER_MS;
    int64_t before_ns = clock_now_ns();
    create(&place);
    struct ticks ticks = {.probe = place.probe};
    assert_int_equal(loop_watch_timer(place.events, 20 * NS_PER_MS, suspend_for_a_while,
                         &ticks, &ticker),
        0);
    assert_int_equal(loop_run(place.events, probe_finished(place.probe)), 0);
    int64_t wall_ns = clock_now_ns() - before_ns, elapsed_ns = 0;
    assert_true(wall_ns >= 200 * NS_PER_MS);
    for (int i = 0; i < place.setup.count; i++)
        elapsed_ns += probe_tally(place.probe, i)->elapsed_ns;
    assert_in_range(elapsed_ns, 1, wall_ns - ticks.stopped_ns);
    assert_true(ticks.was_still);
    assert_true(probe_tally(place.probe, 0)->rounds > ticks.rounds_stopped);
    finish(&place);
    (void)state;
}

static void it_can_be_stopped_at_any_time(void **state)
{
    struct place place;
    init(&place, see, 0);
    place.setup.together = true;
    create(&place);
    probe_stop(place.probe);
    assert_true(*probe_finished(place.probe));
    probe_stop(place.probe);
    finish(&place);
    probe_destroy(NULL);
    (void)state;
}

static void the_standard_task_is_right(void **state)
{
    struct place place;
    init(&place, NULL, 2);
    place.setup.task = &probe_standard_task;
    run(&place);
    for (int i = 0; i < place.setup.count; i++) {
        assert_int_equal(probe_tally(place.probe, i)->rounds, 2);
        assert_int_equal(probe_tally(place.probe, i)->wrong, 0);
    }
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_worker_goes_from_cpu_to_cpu_round_by_round),
        cmocka_unit_test(together_each_cpu_has_a_worker),
        cmocka_unit_test(wrong_answers_are_counted_where_they_are),
        cmocka_unit_test(where_workers_die_no_more_than_three_are_lost),
        cmocka_unit_test(where_it_may_not_run_it_computes_nowhere_else),
        cmocka_unit_test(without_a_number_of_rounds_it_ends_in_time),
        cmocka_unit_test(rounds_are_cut_off_when_the_time_is_up),
        cmocka_unit_test(workers_are_as_nice_as_asked_or_as_we_are),
        cmocka_unit_test(a_round_that_ends_elsewhere_is_none_of_this_cpu),
        cmocka_unit_test(who_is_moved_by_others_is_not_refused),
        cmocka_unit_test(suspended_it_does_nothing_and_has_more_time),
        cmocka_unit_test(it_can_be_stopped_at_any_time),
        cmocka_unit_test(the_standard_task_is_right),
    };
    shared = mmap(
        NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return EXIT_FAILURE;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
