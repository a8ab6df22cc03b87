// SPDX-License-Identifier: MIT
#include "pool/groups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child with a group and a name of its own, which pauses. */
static pid_t start_group(const char *name)
{
    int fds[2];
    char byte;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        prctl(PR_SET_NAME, name);
        if (write(fds[1], "", 1) != 1)
            _exit(EXIT_FAILURE);
        for (;;)
            pause();
    }
    assert_int_equal(read(fds[0], &byte, 1), 1);
    close(fds[0]);
    close(fds[1]);
    return pid;
}

static void no_groups_are_not_alive(void **state)
{
    pid_t none[] = {0, 0};
    assert_false(groups_are_alive(0, none));
    assert_false(groups_are_alive(2, none));
    (void)state;
}

static void a_group_is_alive_until_its_last_process_has_ended(void **state)
{
    siginfo_t info;
    pid_t groups[] = {0, start_group("a) Z 1 (b"), 0};
    assert_true(groups_are_alive(3, groups));
    assert_int_equal(kill(groups[1], SIGSTOP), 0);
    assert_true(groups_are_alive(3, groups));
    assert_int_equal(kill(groups[1], SIGKILL), 0);
    assert_int_equal(waitid(P_PID, (id_t)groups[1], &info, WEXITED | WNOWAIT), 0);
    assert_int_equal(kill(-groups[1], 0), 0); /* a corpse */
    assert_false(groups_are_alive(3, groups));
    assert_int_equal(waitpid(groups[1], NULL, 0), groups[1]);
    assert_false(groups_are_alive(3, groups));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_groups_are_not_alive),
        cmocka_unit_test(a_group_is_alive_until_its_last_process_has_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
