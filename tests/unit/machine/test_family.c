// SPDX-License-Identifier: MIT
#include "fixture.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "machine/family.h"

/* A child that has a child, which says its number; both wait to be ended. */
struct pair {
    pid_t child, grandchild;
};

static void burn(int64_t cpu_ns)
{
    while (clock_cpu_ns() < cpu_ns)
        ;
}

static void be_grandchild(int answer)
{
    pid_t pid = getpid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "a) b (c");
    (void)!write(answer, &pid, sizeof pid);
    for (;;)
        pause();
}

static void *wait_in_thread(void *data)
{
    for (;;)
        pause();
    return data;
}

/* Its first child has ended after 30 ms of CPU time; its second stays. */
static void be_child(int answer)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pid_t pid = fork();
    if (pid == 0) {
        burn(30 * NS_PER_MS);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, wait_in_thread, NULL);
    if (fork() == 0)
        be_grandchild(answer);
    for (;;)
        pause();
}

static struct pair start_pair(void)
{
    struct pair pair;
    int answer[2];
    assert_int_equal(pipe(answer), 0);
    pair.child = fork();
    if (pair.child == 0)
        be_child(answer[1]);
    assert_int_equal(
        read(answer[0], &pair.grandchild, sizeof pair.grandchild), sizeof(pid_t));
    close(answer[0]);
    close(answer[1]);
    return pair;
}

static void end_pair(struct pair pair)
{
    kill(pair.grandchild, SIGKILL);
    kill(pair.child, SIGKILL);
    waitpid(pair.child, NULL, 0);
}

static void real_processes_are_found(void **state)
{
    struct pair pair = start_pair();
    struct family family = {0};
    struct root root;
    fixture_open_path("/", &root);
    assert_int_equal(family_look(&family, &root, pair.child), 0);
    assert_int_equal(family.count, 2);
    const struct family_process *child = &family.processes[0];
    const struct family_process *grandchild = &family.processes[1];
    assert_int_equal(child->pid, pair.child);
    assert_int_equal(child->parent, getpid());
    assert_int_equal(child->threads, 2);
    assert_true(child->cpu_ns >= 20 * NS_PER_MS);
    assert_int_equal(grandchild->pid, pair.grandchild);
    assert_int_equal(grandchild->parent, pair.child);
    assert_string_equal(grandchild->name, "a) b (c");
    assert_int_equal(grandchild->threads, 1);
    assert_true(grandchild->cpu >= 0 && grandchild->rss_bytes > 0);
    assert_int_equal(family.threads, 3);
    assert_true(family.cpu_ns == child->cpu_ns + grandchild->cpu_ns);
    assert_true(family.rss_bytes == child->rss_bytes + grandchild->rss_bytes);
    end_pair(pair);
    assert_int_equal(family_look(&family, &root, pair.child), -ENOENT);
    assert_int_equal(family.count, 0);
    assert_int_equal(family.threads, 0);
    family_finish(&family);
    root_close(&root);
    (void)state;
}

/* This process is running while it looks at itself. */
static void who_runs_has_a_spot(void **state)
{
    struct family family = {0};
    struct root root;
    fixture_open_path("/", &root);
    assert_int_equal(family_look(&family, &root, getpid()), 0);
    assert_int_equal(family.spot_count, 1);
    assert_int_equal(family.spots[0].process, 0);
    assert_true(family.spots[0].cpu >= 0);
    family_finish(&family);
    root_close(&root);
    (void)state;
}

static void add_process(const char *folder, int pid, int parent, const char *children)
{
    char *name = text_format("proc/%d/stat", pid);
    char *stat = text_format("%d (p%d) R %d 1 1 0 -1 4194304 5 0 0 0 3 2 1 0 20 0 1 0 77 "
                             "9999 10 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 %d "
                             "0 0 0 0 0\n",
        pid, pid, parent, pid % 10);
    fixture_write(folder, name, stat);
    free(name);
    if (children) {
        name = text_format("proc/%d/task/%d/children", pid, pid);
        fixture_write(folder, name, children);
        free(name);
    }
    free(stat);
}

/* Also where a child has a lower number than its parent. */
static void look_in_tree(bool lists)
{
    char *folder = fixture_make_folder();
    struct family family = {0};
    struct root root;
    add_process(folder, 20, 1, lists ? "31 12 " : NULL);
    add_process(folder, 31, 20, lists ? "" : NULL);
    add_process(folder, 12, 20, lists ? "11" : NULL);
    add_process(folder, 11, 12, lists ? "" : NULL);
    add_process(folder, 40, 1, lists ? "" : NULL);
    fixture_write(folder, "proc/50/stat", "nonsense");
    fixture_open_path(folder, &root);
    assert_int_equal(family_look(&family, &root, 20), 0);
    assert_true(family.scans == !lists);
    assert_int_equal(family.count, 4);
    assert_int_equal(family.processes[0].pid, 20);
    assert_int_equal(family.processes[0].started, 77);
    assert_true(family.processes[0].own_cpu_ns == 5 * NS_PER_S / sysconf(_SC_CLK_TCK));
    assert_int_equal(family.spot_count, 4);
    assert_int_equal(family.spots[0].cpu, 0);
    assert_int_equal(family.threads, 4);
    assert_true(family.cpu_ns == 4 * 6 * NS_PER_S / sysconf(_SC_CLK_TCK));
    assert_true(family.rss_bytes == 40L * sysconf(_SC_PAGESIZE));
    assert_int_equal(family_look(&family, &root, 50), -EINVAL);
    assert_int_equal(family_look(&family, &root, 60), -ENOENT);
    family_finish(&family);
    root_close(&root);
    fixture_remove(folder);
}

static void a_kernel_that_lists_children(void **state)
{
    look_in_tree(true);
    (void)state;
}

static void one_that_does_not(void **state)
{
    look_in_tree(false);
    (void)state;
}

static void nonsense_is_refused(void **state)
{
    static const char *const texts[] = {"", "1", "1 (a", "1 (a)", "1 (a) ", "1 (a) R",
        "1 (a) R 1 2 3", ")(", "1 (a) R x"};
    struct family_process process;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(family_parse_stat(texts[i], &process), -EINVAL);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_processes_are_found),
        cmocka_unit_test(who_runs_has_a_spot),
        cmocka_unit_test(a_kernel_that_lists_children),
        cmocka_unit_test(one_that_does_not),
        cmocka_unit_test(nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
