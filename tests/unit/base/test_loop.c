// SPDX-License-Identifier: MIT
#include "base/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum { PIPES = 40 };

/* A loop with everything that callbacks of these tests want to reach. */
struct scene {
    struct loop *loop;
    bool done;
    int calls;
    int limit;            /* done after so many calls */
    int fds[2];           /* a pipe */
    struct watch *watch;  /* that a callback may end */
    struct watch *victim; /* that a callback ends */
    struct watch *added[PIPES];
    int signal;
    int signals_seen[8];
};

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    scene->limit = 1;
    return loop_create(&scene->loop) == 0 && pipe2(scene->fds, O_CLOEXEC) == 0 ? 0 : -1;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    loop_destroy(scene->loop);
    close(scene->fds[0]);
    close(scene->fds[1]);
    free(scene);
    return 0;
}

static void count_call(void *data)
{
    struct scene *scene = data;
    scene->done = ++scene->calls >= scene->limit;
}

static void fail_call(void *data)
{
    (void)data;
    fail_msg("a watch that had ended was called");
}

static void send_byte(struct scene *scene)
{
    assert_int_equal(write(scene->fds[1], "x", 1), 1);
}

/* Ends a test that would wait for ever. */
static void count_timeout(void *data)
{
    struct scene *scene = data;
    scene->calls = -1000;
    scene->done = true;
}

static void run(struct scene *scene)
{
    struct watch *guard;
    assert_int_equal(
        loop_watch_timer(scene->loop, 10 * NS_PER_S, count_timeout, scene, &guard), 0);
    assert_int_equal(loop_run(scene->loop, &scene->done), 0);
    loop_unwatch(guard);
}

static void does_not_wait_when_done(void **state)
{
    struct scene *scene = *state;
    scene->done = true;
    assert_int_equal(loop_run(scene->loop, &scene->done), 0);
    loop_destroy(NULL);
    loop_unwatch(NULL);
}

static void calls_back_for_what_can_be_read(void **state)
{
    struct scene *scene = *state;
    send_byte(scene);
    scene->limit = 3; /* nobody reads it: it is there again in every round */
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], count_call, scene, &scene->watch), 0);
    run(scene);
    assert_int_equal(scene->calls, 3);
    loop_unwatch(scene->watch);
    assert_true(fcntl(scene->fds[0], F_GETFD) >= 0); /* the descriptor is still ours */
}

static void calls_back_for_a_hang_up(void **state)
{
    struct scene *scene = *state;
    close(scene->fds[1]);
    scene->fds[1] = -1;
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], count_call, scene, &scene->watch), 0);
    run(scene);
    assert_int_equal(scene->calls, 1);
}

/* Fills the pipe; what would wait is refused from then on. */
static void fill_pipe(struct scene *scene)
{
    static const char block[4096];
    assert_int_equal(fcntl(scene->fds[1], F_SETFL, O_NONBLOCK), 0);
    while (write(scene->fds[1], block, sizeof block) > 0)
        continue;
    assert_int_equal(errno, EAGAIN);
}

static void empty_pipe(void *data)
{
    struct scene *scene = data;
    static char block[1 << 20];
    assert_int_equal(scene->calls, 0); /* nothing was called while it was full */
    assert_true(read(scene->fds[0], block, sizeof block) > 0);
    scene->calls = 100;
    loop_unwatch(scene->victim);
    scene->victim = NULL;
}

static void calls_back_when_there_is_room_to_write(void **state)
{
    struct scene *scene = *state;
    fill_pipe(scene);
    assert_int_equal(
        loop_watch_room(scene->loop, scene->fds[1], count_call, scene, &scene->watch), 0);
    assert_int_equal(
        loop_watch_timer(scene->loop, 20 * NS_PER_MS, empty_pipe, scene, &scene->victim),
        0);
    scene->limit = 103; /* nobody fills it: the room is there in every round */
    run(scene);
    assert_int_equal(scene->calls, 103);
    loop_unwatch(scene->watch);
    assert_true(fcntl(scene->fds[1], F_GETFD) >= 0); /* the descriptor is still ours */
}

static void calls_back_when_nobody_reads_any_more(void **state)
{
    struct scene *scene = *state;
    fill_pipe(scene);
    close(scene->fds[0]);
    scene->fds[0] = -1;
    assert_int_equal(
        loop_watch_room(scene->loop, scene->fds[1], count_call, scene, &scene->watch), 0);
    run(scene);
    assert_int_equal(scene->calls, 1);
}

static void write_once(void *data)
{
    struct scene *scene = data;
    send_byte(scene);
    loop_unwatch(scene->victim);
    scene->victim = NULL;
}

static void read_once(void *data)
{
    struct scene *scene = data;
    char byte;
    assert_null(scene->victim); /* the room came first */
    assert_int_equal(read(scene->fds[1], &byte, 1), 1);
    count_call(data);
}

static void answer(void *data)
{
    struct scene *scene = data;
    char byte;
    assert_int_equal(read(scene->fds[0], &byte, 1), 1);
    assert_int_equal(write(scene->fds[0], &byte, 1), 1);
}

/* One end of a socket is watched for both; the other end sends back what it gets. */
static void input_and_room_of_one_descriptor_are_told_apart(void **state)
{
    struct scene *scene = *state;
    struct watch *other;
    close(scene->fds[0]);
    close(scene->fds[1]);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, scene->fds), 0);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[1], read_once, scene, &scene->watch), 0);
    assert_int_equal(
        loop_watch_room(scene->loop, scene->fds[1], write_once, scene, &scene->victim),
        0);
    assert_int_equal(loop_watch(scene->loop, scene->fds[0], answer, scene, &other), 0);
    run(scene);
    assert_int_equal(scene->calls, 1);
}

static void timers_keep_their_period(void **state)
{
    struct scene *scene = *state;
    scene->limit = 5;
    int64_t start_ns = clock_now_ns();
    assert_int_equal(
        loop_watch_timer(scene->loop, 10 * NS_PER_MS, count_call, scene, &scene->watch),
        0);
    run(scene);
    int64_t elapsed_ns = clock_now_ns() - start_ns;
    assert_int_equal(scene->calls, 5);
    assert_in_range(elapsed_ns, 50 * NS_PER_MS, 5 * NS_PER_S);
}

static void oversleep(void *data)
{
    struct scene *scene = data;
    struct timespec pause = clock_timespec(55 * NS_PER_MS);
    if (scene->calls == 0)
        nanosleep(&pause, NULL);
    count_call(data);
}

/* Five periods are missed in the first call; one call follows for all of them. */
static void missed_periods_are_not_made_up_for(void **state)
{
    struct scene *scene = *state;
    scene->limit = 4;
    int64_t start_ns = clock_now_ns();
    assert_int_equal(
        loop_watch_timer(scene->loop, 10 * NS_PER_MS, oversleep, scene, &scene->watch),
        0);
    run(scene);
    assert_int_equal(scene->calls, 4);
    assert_in_range(clock_now_ns() - start_ns, 79 * NS_PER_MS, 5 * NS_PER_S);
}

static void end_victim(void *data)
{
    struct scene *scene = data;
    loop_unwatch(scene->victim);
    scene->victim = NULL;
    count_call(data);
}

static void a_callback_may_end_another_that_is_due(void **state)
{
    struct scene *scene = *state;
    send_byte(scene);
    struct watch *first;
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], end_victim, scene, &first), 0);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], fail_call, scene, &scene->victim), 0);
    scene->limit = 3;
    run(scene);
    assert_int_equal(scene->calls, 3);
    assert_null(scene->victim);
}

static void end_itself(void *data)
{
    struct scene *scene = data;
    loop_unwatch(scene->watch);
    scene->watch = NULL;
    scene->calls++;
}

static void a_callback_may_end_itself(void **state)
{
    struct scene *scene = *state;
    struct watch *timer;
    send_byte(scene);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], end_itself, scene, &scene->watch), 0);
    assert_int_equal(
        loop_watch_timer(scene->loop, 20 * NS_PER_MS, count_call, scene, &timer), 0);
    scene->limit = 2;
    run(scene);
    assert_int_equal(scene->calls, 2); /* once itself, once the timer */
}

/* Many at once, so that the arrays move while events are being dispatched. */
static void add_many(void *data)
{
    struct scene *scene = data;
    for (size_t i = 0; i < PIPES; i++)
        assert_int_equal(
            loop_watch(scene->loop, scene->fds[0], count_call, scene, &scene->added[i]),
            0);
    end_itself(scene);
}

static void a_callback_may_add_others(void **state)
{
    struct scene *scene = *state;
    send_byte(scene);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], add_many, scene, &scene->watch), 0);
    scene->limit = 1 + PIPES;
    run(scene);
    assert_int_equal(scene->calls, 1 + PIPES);
    for (size_t i = 0; i < PIPES; i++)
        loop_unwatch(scene->added[i]);
}

static void end_and_add(void *data)
{
    struct scene *scene = data;
    loop_unwatch(scene->watch);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], end_and_add, scene, &scene->watch), 0);
    count_call(data);
}

static void watches_come_and_go_for_long(void **state)
{
    struct scene *scene = *state;
    send_byte(scene);
    assert_int_equal(
        loop_watch(scene->loop, scene->fds[0], end_and_add, scene, &scene->watch), 0);
    scene->limit = 10000;
    run(scene);
    assert_int_equal(scene->calls, 10000);
}

static void see_signal(void *data)
{
    struct scene *scene = data;
    scene->signals_seen[scene->calls] = scene->signal;
    count_call(data);
}

static bool is_blocked(int signal)
{
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    return sigismember(&mask, signal);
}

static void signals_come_one_by_one_with_their_number(void **state)
{
    struct scene *scene = *state;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigaddset(&signals, SIGTERM);
    assert_int_equal(loop_watch_signals(scene->loop, &signals, see_signal, scene,
                         &scene->signal, &scene->watch),
        0);
    assert_true(is_blocked(SIGUSR1));
    assert_true(is_blocked(SIGTERM));
    raise(SIGUSR1);
    raise(SIGTERM);
    scene->limit = 2;
    run(scene);
    assert_int_equal(scene->signals_seen[0] + scene->signals_seen[1], SIGUSR1 + SIGTERM);
    loop_unwatch(scene->watch);
    assert_false(is_blocked(SIGUSR1));
    assert_false(is_blocked(SIGTERM));
}

static void what_was_blocked_before_stays_blocked(void **state)
{
    struct scene *scene = *state;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR2);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    assert_int_equal(loop_watch_signals(scene->loop, &signals, see_signal, scene,
                         &scene->signal, &scene->watch),
        0);
    loop_unwatch(scene->watch);
    assert_true(is_blocked(SIGUSR2));
    sigprocmask(SIG_UNBLOCK, &signals, NULL);
}

static void destroying_restores_the_mask_below_several_watches(void **state)
{
    struct scene *scene = *state;
    struct loop *loop;
    struct watch *watch;
    sigset_t one, other;
    sigemptyset(&one);
    sigemptyset(&other);
    sigaddset(&one, SIGUSR1);
    sigaddset(&other, SIGUSR2);
    assert_int_equal(loop_create(&loop), 0);
    assert_int_equal(
        loop_watch_signals(loop, &one, see_signal, scene, &scene->signal, &watch), 0);
    assert_int_equal(
        loop_watch_signals(loop, &other, see_signal, scene, &scene->signal, &watch), 0);
    loop_destroy(loop);
    assert_false(is_blocked(SIGUSR1));
    assert_false(is_blocked(SIGUSR2));
}

static void ignore_signal(int signal)
{
    (void)signal;
}

/* A handler that runs while poll() waits does not end the loop. */
static void interrupted_waits_go_on(void **state)
{
    struct scene *scene = *state;
    struct sigaction action = {.sa_handler = ignore_signal}, before;
    sigaction(SIGALRM, &action, &before);
    struct watch *timer;
    assert_int_equal(
        loop_watch_timer(scene->loop, 50 * NS_PER_MS, count_call, scene, &timer), 0);
    ualarm(5000, 5000);
    run(scene);
    ualarm(0, 0);
    sigaction(SIGALRM, &before, NULL);
    assert_int_equal(scene->calls, 1);
}

static void refusals_are_returned_and_leave_no_trace(void **state)
{
    struct scene *scene = *state;
    struct rlimit limit, before;
    struct watch *watch = NULL;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    getrlimit(RLIMIT_NOFILE, &before);
    limit = before;
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &limit);
    int timer_error = loop_watch_timer(scene->loop, NS_PER_S, fail_call, NULL, &watch);
    int signal_error = loop_watch_signals(
        scene->loop, &signals, fail_call, NULL, &scene->signal, &watch);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(timer_error, -EMFILE);
    assert_int_equal(signal_error, -EMFILE);
    assert_null(watch);
    assert_false(is_blocked(SIGUSR1));
}

static void no_descriptor_is_left_open(void **state)
{
    struct scene *scene = *state;
    int before = dup(scene->fds[0]);
    close(before);
    for (int i = 0; i < 100; i++) {
        struct loop *loop;
        struct watch *watch;
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGUSR1);
        assert_int_equal(loop_create(&loop), 0);
        assert_int_equal(loop_watch_timer(loop, NS_PER_S, fail_call, NULL, &watch), 0);
        if (i % 2)
            loop_unwatch(watch);
        assert_int_equal(
            loop_watch_signals(loop, &signals, fail_call, NULL, &scene->signal, &watch),
            0);
        loop_destroy(loop);
    }
    int after = dup(scene->fds[0]);
    close(after);
    assert_int_equal(after, before);
}

#define TEST_IN_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_SCENE(does_not_wait_when_done),
        TEST_IN_SCENE(calls_back_for_what_can_be_read),
        TEST_IN_SCENE(calls_back_for_a_hang_up),
        TEST_IN_SCENE(calls_back_when_there_is_room_to_write),
        TEST_IN_SCENE(calls_back_when_nobody_reads_any_more),
        TEST_IN_SCENE(input_and_room_of_one_descriptor_are_told_apart),
        TEST_IN_SCENE(timers_keep_their_period),
        TEST_IN_SCENE(missed_periods_are_not_made_up_for),
        TEST_IN_SCENE(a_callback_may_end_another_that_is_due),
        TEST_IN_SCENE(a_callback_may_end_itself),
        TEST_IN_SCENE(a_callback_may_add_others),
        TEST_IN_SCENE(watches_come_and_go_for_long),
        TEST_IN_SCENE(signals_come_one_by_one_with_their_number),
        TEST_IN_SCENE(what_was_blocked_before_stays_blocked),
        TEST_IN_SCENE(destroying_restores_the_mask_below_several_watches),
        TEST_IN_SCENE(interrupted_waits_go_on),
        TEST_IN_SCENE(refusals_are_returned_and_leave_no_trace),
        TEST_IN_SCENE(no_descriptor_is_left_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
