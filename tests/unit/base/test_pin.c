// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pin.h"

/* The last CPU that this process may use. */
static int find_last(void)
{
    cpu_set_t set;
    int last = -1;
    assert_int_equal(sched_getaffinity(0, sizeof set, &set), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &set))
            last = cpu;
    assert_true(last >= 0);
    return last;
}

/* In a child, which reports by its exit status: 0 is on that CPU and no other. */
static int pin_child(int cpu)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        cpu_set_t set;
        int error = pin_to(cpu);
        if (error < 0)
            _exit(-error);
        sched_getaffinity(0, sizeof set, &set);
        _exit(CPU_COUNT(&set) == 1 && CPU_ISSET(cpu, &set) && sched_getcpu() == cpu
                  ? 0
                  : 255);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_pins(void **state)
{
    (void)state;
    assert_int_equal(pin_child(find_last()), 0);
}

/* Above what a set of the usual size has as well. */
static void test_refused(void **state)
{
    (void)state;
    assert_int_equal(pin_child(CPU_SETSIZE - 1), EINVAL);
    assert_int_equal(pin_child(4 * CPU_SETSIZE), EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pins),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
