// SPDX-License-Identifier: MIT
#include "machine/busiest.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "base/clock.h"
#include "fixture.h"

struct process {
    int pid, parent;
    int own, waited; /* ticks of its own, and of children it has waited for */
    int started;
    const char *name;
};

static void write_process(const char *folder, struct process process)
{
    char *path = text_format("proc/%d/stat", process.pid);
    char *text = text_format("%d (%s) R %d 1 1 0 -1 4194304 5 0 0 0 %d 0 %d 0 20 0 1 0 "
                             "%d 9999 10 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 "
                             "0 0 0 0 0 0\n",
        process.pid, process.name, process.parent, process.own, process.waited,
        process.started);
    fixture_write(folder, path, text);
    free(path);
    free(text);
}

static void remove_process(const char *folder, int pid)
{
    char *path = text_format("%s/proc/%d/stat", folder, pid);
    assert_int_equal(unlink(path), 0);
    free(path);
}

/* A tree of processes, and the first look at it. */
struct scene {
    char *folder;
    struct root root;
    struct busiest *busiest;
};

static struct scene begin(pid_t but, size_t count, const struct process processes[])
{
    struct scene scene = {.folder = fixture_make_folder()};
    fixture_write(scene.folder, "proc/stat", "cpu  1 1 1 1\n");
    for (size_t i = 0; i < count; i++)
        write_process(scene.folder, processes[i]);
    fixture_open_path(scene.folder, &scene.root);
    assert_int_equal(busiest_create(&scene.root, but, &scene.busiest), 0);
    return scene;
}

static void end(struct scene *scene)
{
    busiest_destroy(scene->busiest);
    root_close(&scene->root);
    fixture_remove(scene->folder);
}

static void check_busiest(const struct scene *scene, int pid, const char *name)
{
    struct busiest_process process;
    busiest_look(scene->busiest, &process);
    assert_int_equal(process.pid, pid);
    assert_string_equal(process.name, name);
    assert_int_equal(process.cpus > 0, pid > 0);
}

static void the_difference_counts(void **state)
{
    const struct process processes[] = {{1, 0, 90000, 90000, 1, "init"},
        {20, 1, 50, 0, 7, "one"}, {3, 1, 1000, 0, 8, "two"}};
    struct scene scene = begin(0, 3, processes);
    check_busiest(&scene, 0, "");
    write_process(scene.folder, (struct process){20, 1, 90, 0, 7, "one"});
    write_process(scene.folder, (struct process){3, 1, 1030, 0, 8, "two"});
    check_busiest(&scene, 20, "one");
    write_process(scene.folder, (struct process){3, 1, 1031, 0, 8, "two"});
    check_busiest(&scene, 3, "two"); /* since the last look */
    check_busiest(&scene, 0, "");
    end(&scene);
    (void)state;
}

static void one_and_its_descendants_do_not_count(void **state)
{
    const struct process processes[] = {{1, 0, 0, 0, 1, "init"}, {10, 1, 0, 0, 2, "us"},
        {30, 10, 0, 0, 3, "worker"}, {5, 30, 0, 0, 4, "deeper"},
        {11, 1, 0, 0, 5, "other"}};
    struct scene scene = begin(10, 5, processes);
    write_process(scene.folder, (struct process){10, 1, 500, 0, 2, "us"});
    write_process(scene.folder, (struct process){30, 10, 600, 0, 3, "worker"});
    write_process(scene.folder, (struct process){5, 30, 700, 0, 4, "deeper"});
    write_process(scene.folder, (struct process){6, 5, 800, 0, 9, "new"});
    check_busiest(&scene, 0, "");
    write_process(scene.folder, (struct process){30, 10, 900, 0, 3, "worker"});
    write_process(scene.folder, (struct process){11, 1, 1, 0, 5, "other"});
    check_busiest(&scene, 11, "other");
    end(&scene);
    (void)state;
}

/* Another process with the number of one that has ended has all its time from now. */
static void numbers_are_used_again(void **state)
{
    const struct process processes[] = {
        {1, 0, 0, 0, 1, "init"}, {40, 1, 500, 0, 7, "old"}, {41, 1, 100, 0, 7, "it"}};
    struct scene scene = begin(0, 3, processes);
    write_process(scene.folder, (struct process){40, 1, 20, 0, 99, "young"});
    write_process(scene.folder, (struct process){41, 1, 110, 0, 7, "it"});
    check_busiest(&scene, 40, "young");
    end(&scene);
    (void)state;
}

static void newcomers_count_whole(void **state)
{
    const struct process processes[] = {{1, 0, 0, 0, 1, "init"}, {2, 1, 0, 0, 2, "a"}};
    struct scene scene = begin(0, 2, processes);
    write_process(scene.folder, (struct process){2, 1, 5, 0, 2, "a"});
    write_process(scene.folder, (struct process){77, 1, 8, 0, 50, "b"});
    check_busiest(&scene, 77, "b");
    remove_process(scene.folder, 77);
    write_process(scene.folder, (struct process){2, 1, 6, 0, 2, "a"});
    check_busiest(&scene, 2, "a");
    end(&scene);
    (void)state;
}

/* A shell that starts one after the other is what is busy, but what its children had used
 * before the first look is not of now. */
static void waited_for_children_count_for_who_started_them(void **state)
{
    const struct process processes[] = {{1, 0, 0, 0, 1, "init"},
        {8, 1, 5, 100, 2, "shell"}, {9, 8, 3000, 0, 3, "child"},
        {10, 9, 4000, 50, 4, "grandchild"}, {11, 1, 0, 0, 5, "other"}};
    struct scene scene = begin(0, 5, processes);
    remove_process(scene.folder, 9);
    remove_process(scene.folder, 10); /* 20 ticks more between the two of them */
    write_process(scene.folder, (struct process){8, 1, 5, 7170, 2, "shell"});
    write_process(scene.folder, (struct process){11, 1, 19, 0, 5, "other"});
    check_busiest(&scene, 8, "shell");
    end(&scene);
    scene = begin(0, 5, processes);
    remove_process(scene.folder, 9);
    remove_process(scene.folder, 10);
    write_process(scene.folder, (struct process){8, 1, 5, 7170, 2, "shell"});
    write_process(scene.folder, (struct process){11, 1, 21, 0, 5, "other"});
    check_busiest(&scene, 11, "other");
    end(&scene);
    (void)state;
}

/* Nobody has waited for them: the loss takes nothing from what the parent did itself. */
static void ended_children_take_nothing_away(void **state)
{
    const struct process processes[] = {
        {1, 0, 0, 0, 1, "init"}, {8, 1, 5, 0, 2, "parent"}, {9, 8, 3000, 0, 3, "child"}};
    struct scene scene = begin(0, 3, processes);
    remove_process(scene.folder, 9);
    write_process(scene.folder, (struct process){8, 1, 7, 0, 2, "parent"});
    check_busiest(&scene, 8, "parent");
    end(&scene);
    (void)state;
}

static void names_are_printable(void **state)
{
    const struct process processes[] = {{1, 0, 0, 0, 1, "init"}};
    struct scene scene = begin(0, 1, processes);
    write_process(scene.folder, (struct process){5, 1, 9, 0, 2, "a) \x1b[2J\xc3\xa9 (b"});
    check_busiest(&scene, 5, "a) ?[2J?? (b");
    end(&scene);
    (void)state;
}

/* Two that are each other's parents, one that is its own, and what is no process. */
static void broken_trees_are_survived(void **state)
{
    const struct process processes[] = {
        {5, 6, 0, 0, 1, "a"}, {6, 5, 0, 0, 1, "b"}, {7, 7, 0, 0, 1, "c"}};
    struct scene scene = begin(99, 3, processes);
    fixture_write(scene.folder, "proc/8/stat", "nonsense");
    fixture_write(scene.folder, "proc/9/status", "Name: nine\n");
    remove_process(scene.folder, 6);
    write_process(scene.folder, (struct process){5, 6, 4, 0, 1, "a"});
    write_process(scene.folder, (struct process){7, 7, 9, 0, 1, "c"});
    check_busiest(&scene, 7, "c");
    end(&scene);
    (void)state;
}

static void no_processes_are_nobody(void **state)
{
    struct root root;
    struct busiest *busiest = NULL;
    fixture_open("nothing", &root);
    int error = busiest_create(&root, 0, &busiest);
    assert_true(error == 0 || error == -ENOENT);
    busiest_destroy(busiest);
    busiest_destroy(NULL);
    root_close(&root);
    struct scene scene = begin(0, 0, NULL);
    check_busiest(&scene, 0, "");
    end(&scene);
    (void)state;
}

static pid_t start_child(const char *name, bool spins)
{
    int ready[2];
    char sign;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NAME, name);
        (void)!write(ready[1], "x", 1);
        while (spins)
            ;
        for (;;)
            pause();
    }
    assert_int_equal(read(ready[0], &sign, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void end_child(pid_t child)
{
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

/* Until a process has used that much CPU time more. */
static void wait_for_cpu_time(pid_t pid, int64_t ns)
{
    clockid_t clock;
    assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
    int64_t end_ns = clock_read_ns(clock) + ns;
    while (clock_read_ns(clock) < end_ns) {
        const struct timespec pause = clock_timespec(2 * NS_PER_MS);
        nanosleep(&pause, NULL);
    }
}

static void link_process(const char *folder, pid_t pid)
{
    char *path = text_format("%s/proc/%d", folder, (int)pid);
    char *target = text_format("/proc/%d", (int)pid);
    assert_int_equal(symlink(target, path), 0);
    free(path);
    free(target);
}

/* As in a namespace of processes that has no /proc of its own. */
static void we_are_who_proc_says_we_are(void **state)
{
    char *folder = fixture_make_folder();
    struct root root;
    fixture_open_path(folder, &root);
    assert_int_equal(busiest_self(&root), getpid());
    fixture_write(folder, "proc/stat", "");
    assert_int_equal(symlinkat("4711", root.fd, "proc/self"), 0);
    assert_int_equal(busiest_self(&root), 4711);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* Of real processes, but only these three, so that nothing else can be busier. */
static void who_spins_is_named(void **state)
{
    struct scene scene = begin(0, 0, NULL);
    pid_t idle = start_child("idle", false), busy = start_child("spins (here", true);
    link_process(scene.folder, idle);
    link_process(scene.folder, busy);
    link_process(scene.folder, getpid());
    struct busiest_process process;
    busiest_look(scene.busiest, &process);
    wait_for_cpu_time(busy, 60 * NS_PER_MS);
    busiest_look(scene.busiest, &process);
    assert_int_equal(process.pid, busy);
    assert_string_equal(process.name, "spins (here");
    assert_true(process.cpus > 0 && process.cpus < 2);
    end_child(busy);
    busiest_look(scene.busiest, &process);
    end_child(idle);
    assert_true(process.pid == 0 || process.pid == getpid());
    end(&scene);
    (void)state;
}

/* Among all there are: others may be busier, but not our own where they do not count. */
static void our_own_are_left_out_of_the_real_ones(void **state)
{
    struct root root;
    struct busiest *all, *others;
    struct busiest_process process;
    fixture_open_path("/", &root);
    pid_t busy = start_child("spins", true);
    assert_int_equal(busiest_create(&root, 0, &all), 0);
    assert_int_equal(busiest_create(&root, getpid(), &others), 0);
    wait_for_cpu_time(busy, 60 * NS_PER_MS);
    busiest_look(others, &process);
    assert_true(process.pid != busy && process.pid != getpid());
    busiest_look(all, &process);
    assert_true(process.pid > 0 && process.cpus > 0 && process.name[0] != '\0');
    end_child(busy);
    busiest_destroy(all);
    busiest_destroy(others);
    root_close(&root);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_difference_counts),
        cmocka_unit_test(one_and_its_descendants_do_not_count),
        cmocka_unit_test(numbers_are_used_again),
        cmocka_unit_test(newcomers_count_whole),
        cmocka_unit_test(waited_for_children_count_for_who_started_them),
        cmocka_unit_test(ended_children_take_nothing_away),
        cmocka_unit_test(names_are_printable),
        cmocka_unit_test(broken_trees_are_survived),
        cmocka_unit_test(no_processes_are_nobody),
        cmocka_unit_test(we_are_who_proc_says_we_are),
        cmocka_unit_test(who_spins_is_named),
        cmocka_unit_test(our_own_are_left_out_of_the_real_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
