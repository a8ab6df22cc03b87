// SPDX-License-Identifier: MIT
/* The terminal after the program's end that it had no say in: given back, or left alone.
 */
#include "pool/guardian.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "scene.h"
#include "tenant.h"

static void stay(struct tenant *tenant)
{
    tenant_ready(tenant);
    for (;;)
        pause();
}

static void expect_given_back(struct tenant *tenant)
{
    tenant_wait_all();
    tenant_expect_leave(tenant);
    assert_true(tenant_has_modes(tenant, &tenant->before));
}

static void gives_back_after_sigkill(void **state)
{
    (void)state;
    char byte;
    struct tenant tenant;
    tenant_start(&tenant, stay);
    assert_true(tenant_guardian_of(tenant.program) > 0);
    tenant_kill(&tenant);
    assert_int_equal(WTERMSIG(tenant_wait(&tenant)), SIGKILL);
    expect_given_back(&tenant);
    close(tenant.slave);
    tenant.slave = -1;
    assert_int_equal(read(tenant.master, &byte, 1), -1); /* nobody has it open */
    assert_int_equal(errno, EIO);
    tenant_close(&tenant);
}

/* At any moment of its life, even before the guardian has got ready. */
static void gives_back_at_once(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        struct tenant tenant;
        tenant_start(&tenant, stay);
        tenant_kill(&tenant);
        expect_given_back(&tenant);
        tenant_close(&tenant);
    }
}

static void leaves_modes_of_others(void **state)
{
    (void)state;
    struct tenant tenant;
    struct termios others;
    tenant_start(&tenant, stay);
    others = tenant.ours;
    others.c_lflag |= ECHO;
    assert_int_equal(tcsetattr(tenant.slave, TCSANOW, &others), 0);
    tenant_kill(&tenant);
    tenant_wait_all();
    tenant_expect_leave(&tenant);
    assert_true(tenant_has_modes(&tenant, &others));
    tenant_close(&tenant);
}

static void disarm_and_stay(struct tenant *tenant)
{
    guardian_disarm(tenant->guardian);
    stay(tenant);
}

static void does_nothing_disarmed(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, disarm_and_stay);
    tenant_kill(&tenant);
    tenant_wait_all();
    tenant_expect_nothing(&tenant);
    assert_true(tenant_has_modes(&tenant, &tenant.ours));
    tenant_close(&tenant);
}

static void arm_anew_and_stay(struct tenant *tenant)
{
    struct guardian_terminal terminal = {.before = tenant->before, .ours = tenant->ours};
    guardian_arm(tenant->guardian, &terminal);
    terminal.leave_size = strlen(TENANT_LEAVE);
    memcpy(terminal.leave, TENANT_LEAVE, terminal.leave_size);
    guardian_disarm(tenant->guardian);
    guardian_arm(tenant->guardian, &terminal);
    stay(tenant);
}

static void is_armed_again(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, arm_anew_and_stay);
    tenant_kill(&tenant);
    expect_given_back(&tenant);
    tenant_close(&tenant);
}

/* Also one that was stopped. */
static void destroy(struct tenant *tenant)
{
    tenant_ready(tenant);
    pid_t pid = tenant_guardian_of(getpid());
    CHECK(pid > 0);
    CHECK_EQUAL(kill(pid, SIGSTOP), 0);
    guardian_destroy(tenant->guardian);
    CHECK_EQUAL(kill(pid, 0), -1);
    CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
    CHECK_EQUAL(errno, ECHILD);
}

static void destroy_leaves_nothing(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, destroy);
    assert_int_equal(tenant_wait(&tenant), 0);
    tenant_wait_all();
    tenant_expect_nothing(&tenant);
    assert_true(tenant_has_modes(&tenant, &tenant.ours));
    tenant_close(&tenant);
    guardian_destroy(NULL);
}

/* Like a worker that did not hear of its parent's end. */
static void fork_and_stay(struct tenant *tenant)
{
    if (fork() == 0)
        for (;;)
            pause();
    stay(tenant);
}

static void needs_no_end_of_children(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, fork_and_stay);
    tenant_kill(&tenant);
    tenant_expect_leave(&tenant);
    assert_int_equal(kill(-tenant.program, SIGKILL), 0); /* the child is still there */
    tenant_wait_all();
    assert_true(tenant_has_modes(&tenant, &tenant.before));
    tenant_close(&tenant);
}

/* Forgets the mutexes it holds, as after a wild write. */
static void lose_list_and_stay(struct tenant *tenant)
{
    struct robust_list_head empty = {.list = {&empty.list}};
    CHECK_EQUAL(syscall(SYS_set_robust_list, &empty, sizeof empty), 0);
    stay(tenant);
}

static void notices_an_end_not_told(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, lose_list_and_stay);
    tenant_kill(&tenant);
    expect_given_back(&tenant);
    tenant_close(&tenant);
}

static void ignore_hangup_and_stay(struct tenant *tenant)
{
    signal(SIGHUP, SIG_IGN);
    stay(tenant);
}

static void ends_without_a_terminal(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, ignore_hangup_and_stay);
    close(tenant.master);
    tenant.master = -1;
    tenant_kill(&tenant);
    tenant_wait_all();
    tenant_close(&tenant);
}

static void do_not_wait_and_stay(struct tenant *tenant)
{
    CHECK_EQUAL(fcntl(tenant->slave, F_SETFL, O_RDWR | O_NONBLOCK), 0);
    stay(tenant);
}

static void ends_before_a_full_terminal(void **state)
{
    (void)state;
    static tenant_body *const bodies[] = {stay, do_not_wait_and_stay};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct tenant tenant;
        tenant_start(&tenant, bodies[i]);
        tenant_fill(&tenant);
        tenant_kill(&tenant);
        tenant_wait_all();
        assert_true(tenant_has_modes(&tenant, &tenant.before));
        tenant_close(&tenant);
    }
}

/* It begins to read while the guardian is waiting. */
static void waits_for_a_full_terminal(void **state)
{
    (void)state;
    static tenant_body *const bodies[] = {stay, do_not_wait_and_stay};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct tenant tenant;
        char byte = 'x';
        tenant_start(&tenant, bodies[i]);
        tenant_fill(&tenant);
        tenant_kill(&tenant);
        assert_int_equal(WTERMSIG(tenant_wait(&tenant)), SIGKILL);
        while (byte == 'x')
            assert_int_equal(read(tenant.master, &byte, 1), 1);
        assert_int_equal(byte, TENANT_LEAVE[0]);
        tenant_wait_all();
        tenant_close(&tenant);
    }
}

/* Those between are the C library's own. */
static bool is_catchable(int number)
{
    return number != SIGKILL && number != SIGSTOP &&
           (number <= SIGSYS || number >= SIGRTMIN);
}

static void survives_signals(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, stay);
    pid_t guardian = tenant_guardian_of(tenant.program);
    assert_true(guardian > 0);
    for (int number = 1; number <= SIGRTMAX; number++)
        if (is_catchable(number))
            assert_int_equal(kill(guardian, number), 0);
    assert_int_equal(kill(-tenant.program, SIGKILL), 0);
    expect_given_back(&tenant);
    tenant_close(&tenant);
}

/* A pipe of somebody else ends when its owner closes it. */
static void close_pipe_and_stay(struct tenant *tenant)
{
    int ends[2];
    struct guardian *second = NULL;
    CHECK_EQUAL(pipe(ends), 0);
    CHECK_EQUAL(guardian_create(tenant->slave, &second, &tenant->fault), 0);
    close(ends[1]);
    struct pollfd end = {.fd = ends[0], .events = POLLIN};
    CHECK_EQUAL(poll(&end, 1, -1), 1);
    CHECK_EQUAL(end.revents, POLLHUP);
    guardian_destroy(second);
    stay(tenant);
}

static void keeps_no_descriptors(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, close_pipe_and_stay);
    tenant_kill(&tenant);
    expect_given_back(&tenant);
    tenant_close(&tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_after_sigkill),
        cmocka_unit_test(gives_back_at_once),
        cmocka_unit_test(leaves_modes_of_others),
        cmocka_unit_test(does_nothing_disarmed),
        cmocka_unit_test(is_armed_again),
        cmocka_unit_test(destroy_leaves_nothing),
        cmocka_unit_test(needs_no_end_of_children),
        cmocka_unit_test(notices_an_end_not_told),
        cmocka_unit_test(ends_without_a_terminal),
        cmocka_unit_test(ends_before_a_full_terminal),
        cmocka_unit_test(waits_for_a_full_terminal),
        cmocka_unit_test(survives_signals),
        cmocka_unit_test(keeps_no_descriptors),
    };
    tenant_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
