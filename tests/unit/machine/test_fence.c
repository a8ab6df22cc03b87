// SPDX-License-Identifier: MIT
/* A real quota, made for the test: half a CPU at the parent group, none at the group that
 * the process is in.  Skipped where control groups cannot be made. */
#include "machine/machine.h"

#include <sys/wait.h>

#include "fence.h"

enum { SKIPPED = 77 };

/* Runs in the child, within the fence: what it finds goes into the pipe. */
static void report(const struct fence *fence, int fd)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    if (fence_enter(fence) < 0)
        _exit(SKIPPED);
    if (root_open(NULL, &root, &fault) < 0 ||
        machine_init(&machine, &root, NULL, &fault) < 0)
        _exit(1);
    machine_complete(&machine, &root);
    const struct machine_limit *limit = machine_smallest_limit(&machine);
    dprintf(fd, "%.2f %s %s", machine.usable_cpus, limit->source, limit->where);
    machine_finish(&machine);
    root_close(&root);
    _exit(0);
}

/* Returns the child's exit status, and what it wrote. */
static int ask_child(const struct fence *fence, size_t size, char text[])
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        report(fence, ends[1]);
    close(ends[1]);
    ssize_t length = read(ends[0], text, size - 1);
    close(ends[0]);
    text[length > 0 ? length : 0] = '\0';
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void the_parent_group_s_quota_counts(void **state)
{
    const struct fence *fence = *state;
    char text[512];
    assert_int_equal(ask_child(fence, sizeof text, text), 0);
    char *expected = text_format("0.50 cgroup quota %s/%s", fence->outer,
        fence->version == 2 ? "cpu.max" : "cpu.cfs_quota_us");
    assert_string_equal(text, expected);
    free(expected);
}

int main(void)
{
    struct fence fence = {0};
    char text[512];
    int error = fence_init(&fence, 50000, 100000);
    if (error < 0 || ask_child(&fence, sizeof text, text) == SKIPPED) {
        printf("skipped: no control group can be made here: %s\n",
            error < 0 ? strerror(-error) : "no process can be moved into it");
        fence_finish(&fence);
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_parent_group_s_quota_counts, &fence),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fence_finish(&fence);
    return failed;
}
