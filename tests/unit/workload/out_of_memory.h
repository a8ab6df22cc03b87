// SPDX-License-Identifier: MIT
#pragma once
/* What a computation does that has nearly no memory left: after cmocka.h. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/workload.h"

static inline int64_t out_of_memory_used(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, text, sizeof text - 1) <= 0)
        _exit(3);
    close(fd);
    return strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static inline _Noreturn void out_of_memory_child(int output, void (*compute)(void))
{
    rlim_t room = (rlim_t)out_of_memory_used() + (8 << 20);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    setrlimit(RLIMIT_AS, &(struct rlimit){room, room});
    compute();
    _exit(0);
}

/* It leaves with the status that says why, and without a word.  Skips the test under the
 * address sanitizer, which needs an address space without a limit. */
static inline void out_of_memory_expect_silence(void (*compute)(void))
{
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    int output[2], status;
    char text[8];
    assert_int_equal(pipe2(output, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0)
        out_of_memory_child(output[1], compute);
    close(output[1]);
    assert_int_equal(read(output[0], text, sizeof text), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), WORKLOAD_EXIT_OUT_OF_MEMORY);
    close(output[0]);
}
