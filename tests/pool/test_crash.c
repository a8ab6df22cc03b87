// SPDX-License-Identifier: MIT
/* The program crashes on a terminal that it holds: given back once, and the status is the
 * signal's. */
#include "pool/crash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "scene.h"
#include "tenant.h"

/* A sanitizer, whose handler comes after ours, ends the program by SIGABRT. */
static void expect_signal(int status, int number)
{
    assert_true(WIFSIGNALED(status));
    if (!SANITIZED || WTERMSIG(status) != SIGABRT)
        assert_int_equal(WTERMSIG(status), number);
}

static void expect_given_back(struct tenant *tenant, int number)
{
    expect_signal(tenant_wait(tenant), number);
    tenant_wait_all();
    tenant_expect_leave(tenant);
    tenant_expect_nothing(tenant);
    assert_true(tenant_has_modes(tenant, &tenant->before));
    tenant_close(tenant);
}

static struct crash *catch_crashes(struct tenant *tenant)
{
    struct crash *crash = NULL;
    CHECK_EQUAL(crash_create(tenant->guardian, &crash, &tenant->fault), 0);
    return crash;
}

/* Memory that one must not touch, or that the file behind it does not have. */
static volatile char *forbidden_memory(int fd)
{
    int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
    int access = fd < 0 ? PROT_NONE : PROT_READ | PROT_WRITE;
    char *memory = mmap(NULL, 4096, access, flags, fd, 0);
    CHECK(memory != MAP_FAILED);
    return memory;
}

static void write_where_forbidden(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    *forbidden_memory(-1) = 1;
}

static void write_behind_file(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    *forbidden_memory(memfd_create("empty", MFD_CLOEXEC)) = 1;
}

static int recurse(volatile char *above, int depth)
{
    volatile char bytes[1000];
    bytes[depth % 1000] = *above;
    return depth < 0 ? 0 : recurse(bytes, depth + 1) + bytes[depth / 2 % 1000];
}

static void overflow_stack(struct tenant *tenant)
{
    volatile char first = 0;
    CHECK_EQUAL(setrlimit(RLIMIT_STACK, &(struct rlimit){1024 * 1024, RLIM_INFINITY}), 0);
    catch_crashes(tenant);
    tenant_ready(tenant);
    recurse(&first, 0);
}

static void call_abort(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    abort();
}

static void raise_fpe(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    raise(SIGFPE);
}

static void raise_ill(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    raise(SIGILL);
}

static const struct {
    tenant_body *body;
    int number;
} crashes[] = {
    {write_where_forbidden, SIGSEGV},
    {overflow_stack, SIGSEGV},
    {write_behind_file, SIGBUS},
    {raise_fpe, SIGFPE},
    {raise_ill, SIGILL},
    {call_abort, SIGABRT},
};
enum { CRASHES = sizeof crashes / sizeof *crashes };

static void every_crash_gives_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < CRASHES; i++) {
        struct tenant tenant;
        tenant_start(&tenant, crashes[i].body);
        expect_given_back(&tenant, crashes[i].number);
    }
}

static void stay(struct tenant *tenant)
{
    catch_crashes(tenant);
    tenant_ready(tenant);
    for (;;)
        pause();
}

static void signals_from_outside_give_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < CRASHES; i++) {
        struct tenant tenant;
        tenant_start(&tenant, stay);
        assert_int_equal(kill(tenant.program, crashes[i].number), 0);
        expect_given_back(&tenant, crashes[i].number);
    }
}

/* The guardian ends before, so that what arrives is the handler's. */
static void crash_without_guardian(struct tenant *tenant)
{
    pid_t guardian = tenant_guardian_of(getpid());
    CHECK_EQUAL(kill(guardian, SIGKILL), 0);
    CHECK_EQUAL(waitpid(guardian, NULL, 0), guardian);
    write_where_forbidden(tenant);
}

static void needs_no_guardian(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, crash_without_guardian);
    expect_given_back(&tenant, SIGSEGV);
}

/* Like a worker before it has reset its signals. */
static void crash_in_child(struct tenant *tenant)
{
    int status = 0;
    catch_crashes(tenant);
    pid_t child = fork();
    if (child == 0)
        *forbidden_memory(-1) = 1;
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK(WIFSIGNALED(status));
    CHECK(SANITIZED || WTERMSIG(status) == SIGSEGV);
    tenant_ready(tenant);
    for (;;)
        pause();
}

static void child_leaves_terminal_alone(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, crash_in_child);
    tenant_expect_nothing(&tenant);
    assert_true(tenant_has_modes(&tenant, &tenant.ours));
    tenant_kill(&tenant);
    expect_given_back(&tenant, SIGKILL);
}

static void *crash_here(void *data)
{
    (void)data;
    *forbidden_memory(-1) = 1;
    return NULL;
}

static void crash_in_thread(struct tenant *tenant)
{
    pthread_t thread;
    catch_crashes(tenant);
    tenant_ready(tenant);
    CHECK_EQUAL(pthread_create(&thread, NULL, crash_here, NULL), 0);
    pthread_join(thread, NULL);
}

static void thread_is_left_to_guardian(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, crash_in_thread);
    expect_given_back(&tenant, SIGSEGV);
}

static void full_terminal_hangs_no_crash(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, stay);
    tenant_fill(&tenant);
    assert_int_equal(kill(tenant.program, SIGSEGV), 0);
    expect_signal(tenant_wait(&tenant), SIGSEGV);
    tenant_wait_all();
    assert_true(tenant_has_modes(&tenant, &tenant.before));
    tenant_close(&tenant);
}

static void disarm_and_crash(struct tenant *tenant)
{
    guardian_disarm(tenant->guardian);
    write_where_forbidden(tenant);
}

static void does_nothing_disarmed(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, disarm_and_crash);
    expect_signal(tenant_wait(&tenant), SIGSEGV);
    tenant_wait_all();
    tenant_expect_nothing(&tenant);
    assert_true(tenant_has_modes(&tenant, &tenant.ours));
    tenant_close(&tenant);
}

static void create_and_destroy(struct tenant *tenant)
{
    struct sigaction actions[CRASHES], action;
    stack_t stack_before, stack;
    CHECK_EQUAL(sigaltstack(NULL, &stack_before), 0);
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i].number, NULL, &actions[i]);
    struct crash *crash = catch_crashes(tenant);
    sigaction(SIGSEGV, NULL, &action);
    CHECK(action.sa_sigaction != actions[0].sa_sigaction);
    crash_destroy(crash);
    for (size_t i = 0; i < CRASHES; i++) {
        sigaction(crashes[i].number, NULL, &action);
        CHECK(action.sa_sigaction == actions[i].sa_sigaction);
    }
    CHECK_EQUAL(sigaltstack(NULL, &stack), 0);
    CHECK(stack.ss_sp == stack_before.ss_sp && stack.ss_flags == stack_before.ss_flags);
    guardian_destroy(tenant->guardian);
    tenant_ready(tenant);
}

static void destroy_puts_back(void **state)
{
    (void)state;
    struct tenant tenant;
    tenant_start(&tenant, create_and_destroy);
    assert_int_equal(tenant_wait(&tenant), 0);
    tenant_wait_all();
    tenant_close(&tenant);
    crash_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_crash_gives_back),
        cmocka_unit_test(signals_from_outside_give_back),
        cmocka_unit_test(needs_no_guardian),
        cmocka_unit_test(child_leaves_terminal_alone),
        cmocka_unit_test(thread_is_left_to_guardian),
        cmocka_unit_test(full_terminal_hangs_no_crash),
        cmocka_unit_test(does_nothing_disarmed),
        cmocka_unit_test(destroy_puts_back),
    };
    tenant_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
