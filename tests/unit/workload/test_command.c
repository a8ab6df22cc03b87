// SPDX-License-Identifier: MIT
#include "workload/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

/* A worker's place as a pool makes it, with what it shares. */
struct shared {
    struct workload_ward ward;
    _Atomic uint32_t closed;
    _Alignas(8) unsigned char stage[8192];
};

struct scene {
    char folder[64];
    struct items *items;
    struct command *command;
    struct workload_job job;
    struct workload_place place;
    struct shared *shared;
    struct workload_outcome outcome;
    struct workload_result result;
    char out[65536], err[4096];
};

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    struct fault fault;
    *state = scene;
    strcpy(scene->folder, "/tmp/parfor-command-XXXXXX");
    scene->shared = mmap(NULL, sizeof *scene->shared, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    scene->place = (struct workload_place){.job = &scene->job,
        .worker = 2,
        .workers = 5,
        .shared = scene->shared->stage,
        .ward = &scene->shared->ward,
        .closed = &scene->shared->closed,
        .spools = {spool_create(&fault), spool_create(&fault)},
        .outcome = &scene->outcome};
    return mkdtemp(scene->folder) ? items_create(&scene->items, &fault) : -1;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    char line[128];
    snprintf(line, sizeof line, "rm -rf '%s'", scene->folder);
    int status = system(line);
    command_destroy(scene->command);
    items_destroy(scene->items);
    close(scene->place.spools[0]);
    close(scene->place.spools[1]);
    munmap(scene->shared, sizeof *scene->shared);
    free(scene);
    return status;
}

static void add_item(struct scene *scene, const char *text)
{
    struct fault fault;
    int64_t count = items_count(scene->items);
    assert_int_equal(items_add(scene->items, count + 10, 1, &text, &fault), 0);
}

/* Words with a ~ between them. */
static int create(struct scene *scene, const char *text, struct command_setup setup)
{
    char copy[512], *words[16];
    struct fault fault;
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *rest = copy; rest && count < 16;)
        words[count++] = strsep(&rest, "~");
    setup.template.words = words;
    setup.template.word_count = count;
    setup.template.max_args = 1;
    command_destroy(scene->command);
    scene->command = NULL;
    int error = command_create(&setup, scene->items, &scene->command, &fault);
    if (error == 0)
        scene->job = command_job(scene->command);
    else
        snprintf(scene->err, sizeof scene->err, "%s", fault.text);
    return error;
}

static void read_range(int spool, struct spool_range range, size_t size, char text[])
{
    assert_true((size_t)(range.end - range.begin) < size);
    ssize_t got = spool_read(spool, range.begin, (size_t)(range.end - range.begin), text);
    assert_int_equal(got, range.end - range.begin);
    text[got] = '\0';
}

static int run(struct scene *scene, int64_t index)
{
    memset(&scene->outcome, 0, sizeof scene->outcome);
    int error = scene->job.ops->run(&scene->place, index, &scene->result);
    assert_int_equal(scene->shared->ward.group, 0);
    assert_int_equal(scene->shared->ward.begun_ns, 0);
    read_range(scene->place.spools[0], scene->outcome.out, sizeof scene->out, scene->out);
    read_range(scene->place.spools[1], scene->outcome.err, sizeof scene->err, scene->err);
    return error;
}

/* A script with one item, or with the item "x". */
static int run_script(struct scene *scene, const char *script, struct command_setup setup)
{
    char line[512];
    snprintf(line, sizeof line, "sh~-c~%s~sh~{}", script);
    assert_int_equal(create(scene, line, setup), 0);
    if (items_count(scene->items) == 0)
        add_item(scene, "x");
    return run(scene, 0);
}

static const struct command_setup plain = {.inner_threads = 0};

static void output_and_errors_are_kept_apart(void **state)
{
    struct scene *scene = *state;
    add_item(scene, "first");
    add_item(scene, "a 'b\"\n c");
    assert_int_equal(
        create(scene, "sh~-c~printf %s \"$1\"; printf '(%s)' \"$1\" >&2~sh~{}", plain),
        0);
    assert_int_equal(run(scene, 0), 0);
    assert_string_equal(scene->out, "first");
    assert_string_equal(scene->err, "(first)");
    assert_int_equal(run(scene, 1), 0);
    assert_string_equal(scene->out, "a 'b\"\n c");
    assert_string_equal(scene->err, "(a 'b\"\n c)");
    assert_int_equal(scene->outcome.exit_status, 0);
    assert_int_equal(scene->outcome.signal, 0);
    assert_int_equal(scene->outcome.error, 0);
    assert_int_equal(scene->outcome.attempts, 1);
    assert_true(scene->outcome.max_rss_bytes > 0);
}

/* More than a pipe holds, on both at once. */
static void much_output_is_one_range(void **state)
{
    struct scene *scene = *state;
    static const char script[] = "for i in 0 1 2 3 4 5 6 7 8 9; do head -c 100000 "
                                 "/dev/zero; head -c 100000 /dev/zero >&2; done";
    add_item(scene, "x");
    char line[256];
    snprintf(line, sizeof line, "sh~-c~%s~sh~{}", script);
    assert_int_equal(create(scene, line, plain), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(scene->job.ops->run(&scene->place, 0, &scene->result), 0);
        assert_int_equal(scene->outcome.out.end - scene->outcome.out.begin, 1000000);
        assert_int_equal(scene->outcome.err.end - scene->outcome.err.begin, 1000000);
        assert_int_equal(scene->outcome.out.begin, i * 1000000);
    }
}

static void knows_its_task_and_its_worker(void **state)
{
    struct scene *scene = *state;
    setenv("PARFOR_TASK", "old", 1);
    run_script(
        scene, "env | grep -E ^PARFOR_[TW] | grep -v DATA= | sort; echo {#} {%}", plain);
    unsetenv("PARFOR_TASK");
    assert_string_equal(
        scene->out, "PARFOR_TASK=10\nPARFOR_WORKER=2\nPARFOR_WORKERS=5\n11 3\n");
}

static void inner_threads_are_set_where_the_person_has_not(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.inner_threads = 3};
    static const char script[] = "env | grep _NUM_THREADS | sort | tr '\\n' ' '";
    assert_int_equal(command_inner_variables(), 6);
    run_script(scene, script, setup);
    assert_string_equal(scene->out,
        "BLIS_NUM_THREADS=3 MKL_NUM_THREADS=3 NUMBA_NUM_THREADS=3 "
        "NUMEXPR_NUM_THREADS=3 OMP_NUM_THREADS=3 OPENBLAS_NUM_THREADS=3 ");
    setenv("MKL_NUM_THREADS", "8", 1);
    assert_int_equal(command_inner_variables(), 5);
    run_script(scene, script, setup);
    assert_non_null(strstr(scene->out, "MKL_NUM_THREADS=8 "));
    assert_non_null(strstr(scene->out, "OMP_NUM_THREADS=3 "));
    unsetenv("MKL_NUM_THREADS");
    setenv("OMP_NUM_THREADS", "4", 1); /* the others would overrule it */
    run_script(scene, script, setup);
    assert_string_equal(scene->out, "NUMBA_NUM_THREADS=3 OMP_NUM_THREADS=4 ");
    unsetenv("OMP_NUM_THREADS");
    run_script(scene, script, plain);
    assert_string_equal(scene->out, "");
}

static void a_status_is_a_failure_and_not_repeated(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.retries = 3};
    assert_int_equal(run_script(scene, "echo once; exit 7", setup), -ECHILD);
    assert_int_equal(scene->outcome.exit_status, 7);
    assert_int_equal(scene->outcome.attempts, 1);
    assert_string_equal(scene->out, "once\n");
}

static void a_death_is_tried_again(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.retries = 1, .folder = scene->folder};
    static const char script[] = "echo $$; [ -e been ] && exit; echo > been; kill -9 $$";
    assert_int_equal(run_script(scene, script, setup), 0);
    assert_int_equal(scene->outcome.attempts, 2);
    assert_int_equal(scene->outcome.exit_status, 0);
    assert_int_equal(scene->outcome.out.begin, 0); /* that of the first is gone */
    assert_int_equal(run_script(scene, "kill -9 $$", setup), -ECHILD);
    assert_int_equal(scene->outcome.attempts, 2);
    assert_int_equal(scene->outcome.signal, SIGKILL);
    assert_int_equal(scene->outcome.exit_status, -1);
}

static void statuses_are_tried_again_if_asked(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {
        .retries = 4, .retry_statuses = true, .folder = scene->folder};
    static const char script[] = "echo >> count; test $(wc -l < count) -ge 3";
    assert_int_equal(run_script(scene, script, setup), 0);
    assert_int_equal(scene->outcome.attempts, 3);
}

/* Its input is empty, and a terminal is not to be had. */
static void has_nothing_to_read_from(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(run_script(scene, "cat; cat </dev/tty || exit 5", plain), -ECHILD);
    assert_int_equal(scene->outcome.exit_status, 5);
    assert_string_equal(scene->out, "");
}

static void our_input_is_given_if_asked(void **state)
{
    struct scene *scene = *state;
    int kept = dup(STDIN_FILENO), fds[2];
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_int_equal(write(fds[1], "given\n", 6), 6);
    close(fds[1]);
    dup2(fds[0], STDIN_FILENO);
    close(fds[0]);
    int error = run_script(scene, "cat", (struct command_setup){.keep_input = true});
    dup2(kept, STDIN_FILENO);
    close(kept);
    assert_int_equal(error, 0);
    assert_string_equal(scene->out, "given\n");
}

static void processes_left_behind_are_ended(void **state)
{
    struct scene *scene = *state;
    int64_t begin_ns = clock_now_ns();
    assert_int_equal(run_script(scene, "sleep 1000 & echo $!", plain), 0);
    assert_true(clock_now_ns() - begin_ns < 100 * NS_PER_S);
    assert_int_equal(kill((pid_t)atol(scene->out), 0), -1);
    assert_int_equal(errno, ESRCH);
}

/* They have a moment to end, and what they put out by then counts. */
static void what_comes_a_moment_later_is_kept(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(run_script(scene, "(sleep 0.05; echo late) & echo first", plain), 0);
    assert_string_equal(scene->out, "first\nlate\n");
}

static void one_that_got_away_holds_nothing_up(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(
        create(scene, "sh~-c~{}", (struct command_setup){.folder = scene->folder}), 0);
    add_item(scene, "mkfifo $PARFOR_TASK; setsid sh -c "
                    "'echo $$; echo >$PARFOR_TASK; exec yes' & read x <$PARFOR_TASK");
    assert_int_equal(scene->job.ops->run(&scene->place, 0, &scene->result), 0);
    char pid[16] = "";
    spool_read(scene->place.spools[0], 0, sizeof pid - 1, pid);
    assert_true(atol(pid) > 1);
    kill((pid_t)atol(pid), SIGKILL);
}

/* Each is as likely to be late as not, and none may be found in the next output. */
static void late_output_is_never_another_task_s(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 200; i++) {
        assert_int_equal(run_script(scene, "echo late &", plain), 0);
        assert_string_equal(scene->out, "late\n");
    }
}

/* This program as a command: its writes do not wait for room in the pipe any more. */
static int change_pipes(void)
{
    return fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK) == 0 && write(1, "x", 1) == 1 ? 0
                                                                                   : 1;
}

static void a_changed_pipe_is_not_the_next_one_s(void **state)
{
    struct scene *scene = *state;
    char self[256] = "", line[512];
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    snprintf(line, sizeof line,
        "sh~-c~[ $1 = change ] && exec $0 change; head -c 1000000 /dev/zero~%s~{}", self);
    add_item(scene, "change");
    add_item(scene, "write");
    assert_int_equal(create(scene, line, plain), 0);
    assert_int_equal(run(scene, 0), 0);
    assert_string_equal(scene->out, "x");
    assert_int_equal(scene->job.ops->run(&scene->place, 1, &scene->result), 0);
    assert_int_equal(scene->outcome.out.end - scene->outcome.out.begin, 1000000);
}

static void cpu_time_of_what_it_started_counts(void **state)
{
    struct scene *scene = *state;
    static const char script[] =
        "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done & wait";
    assert_int_equal(run_script(scene, script, plain), 0);
    assert_true(scene->outcome.cpu_ns > 0);
    assert_true(scene->outcome.user_ns > 0 && scene->outcome.system_ns >= 0);
    assert_true(
        scene->outcome.user_ns + scene->outcome.system_ns == scene->outcome.cpu_ns);
    assert_true(scene->result.cpu_ns > 0);
    assert_true(scene->result.cpu_ns <= scene->outcome.cpu_ns);
}

static void runs_where_and_as_nice_as_asked(void **state)
{
    struct scene *scene = *state;
    char expected[128];
    errno = 0;
    snprintf(expected, sizeof expected, "%s\n%d\n", scene->folder, nice(0) + 2);
    run_script(
        scene, "pwd; nice", (struct command_setup){.folder = scene->folder, .nice = 2});
    assert_string_equal(scene->out, expected);
}

static void what_can_be_refused_is_refused_before(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(create(scene, "no-such-program~{}", plain), -EINVAL);
    assert_string_equal(
        scene->err, "no such program: no-such-program (not in a folder of PATH)");
    assert_int_equal(create(scene, "/tmp~{}", plain), -EINVAL);
    assert_int_equal(
        create(scene, "true~{}", (struct command_setup){.folder = "/no/folder"}),
        -EINVAL);
    assert_string_equal(
        scene->err, "no such folder: /no/folder (No such file or directory)");
    assert_int_equal(
        create(scene, "true~{}", (struct command_setup){.folder = "/dev/null"}), -EINVAL);
    assert_string_equal(scene->err, "not a folder: /dev/null");
}

static void a_program_by_item_that_is_not_there_fails(void **state)
{
    struct scene *scene = *state;
    static const char *const items[] = {"true", "no-such-program", "/tmp", "/no/such"};
    for (size_t i = 0; i < 4; i++)
        add_item(scene, items[i]);
    assert_int_equal(create(scene, "{}~word", plain), 0);
    assert_int_equal(run(scene, 0), 0);
    assert_int_equal(run(scene, 1), -ECHILD);
    assert_int_equal(scene->outcome.error, ENOENT);
    assert_int_equal(scene->outcome.exit_status, -1);
    assert_int_equal(run(scene, 2), -ECHILD);
    assert_int_equal(scene->outcome.error, EACCES);
    assert_int_equal(run(scene, 3), -ECHILD);
    assert_int_equal(scene->outcome.error, ENOENT);
}

static void nothing_is_begun_once_closed(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.folder = scene->folder};
    char path[128];
    snprintf(path, sizeof path, "%s/begun", scene->folder);
    scene->shared->closed = WORKLOAD_CLOSED;
    assert_int_equal(run_script(scene, "echo > begun", setup), -ECANCELED);
    scene->shared->closed = WORKLOAD_OPEN;
    scene->shared->ward.leave = 1;
    assert_int_equal(run_script(scene, "echo > begun", setup), -ECANCELED);
    assert_int_equal(access(path, F_OK), -1);
    scene->shared->ward.leave = 0;
    assert_int_equal(run_script(scene, "echo > begun", setup), 0);
    assert_int_equal(access(path, F_OK), 0);
}

/* A process beside the worker that does as the parent would: waits until the command is
 * under way, and ends its group. */
static pid_t end_it(struct scene *scene, uint32_t closed, int64_t overdue)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct shared *shared = scene->shared;
    char path[128];
    snprintf(path, sizeof path, "%s/begun", scene->folder);
    for (int i = 0; i < 10000 && access(path, F_OK) < 0; i++)
        usleep(1000);
    shared->closed = closed;
    shared->ward.overdue = overdue;
    bool right = shared->ward.index == 0 && shared->ward.begun_ns > 0 &&
                 kill(-shared->ward.group, SIGTERM) == 0;
    _exit(right ? 0 : 1);
}

static const char waiting_script[] = "echo > begun; while :; do sleep 1000 & wait; done";

static void assert_ended_by(
    struct scene *scene, uint32_t closed, int64_t overdue, int expected)
{
    int status = -1;
    const struct command_setup setup = {.folder = scene->folder};
    char path[128];
    snprintf(path, sizeof path, "%s/begun", scene->folder);
    unlink(path);
    pid_t ender = end_it(scene, closed, overdue);
    int error = run_script(scene, waiting_script, setup);
    scene->shared->closed = WORKLOAD_OPEN;
    /* It may have been reaped with what the command left behind. */
    if (waitpid(ender, &status, 0) == ender)
        assert_int_equal(status, 0);
    assert_int_equal(error, expected);
    assert_int_equal(scene->outcome.signal, SIGTERM);
}

static void one_that_is_ended_with_the_pool_has_not_failed(void **state)
{
    assert_ended_by(*state, WORKLOAD_ENDING, 0, -ECANCELED);
}

static void one_that_takes_too_long_is_told_so(void **state)
{
    struct scene *scene = *state;
    assert_ended_by(scene, WORKLOAD_OPEN, 1, -ECHILD);
    assert_true(scene->outcome.timed_out);
    assert_ended_by(scene, WORKLOAD_OPEN, 0, -ECHILD);
    assert_false(scene->outcome.timed_out);
}

/* For want of a full disk: a process that may write little. */
static int run_without_room(struct scene *scene)
{
    static const char script[] = "head -c 300000 /dev/zero; echo err >&2; echo > ended";
    char line[256];
    snprintf(line, sizeof line, "sh~-c~%s~sh~{}", script);
    if (create(scene, line, (struct command_setup){.folder = scene->folder}) != 0 ||
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, 100000}) < 0)
        return 1;
    if (scene->job.ops->run(&scene->place, 0, &scene->result) != -ECHILD)
        return 2;
    return scene->outcome.error == EFBIG && scene->outcome.exit_status == 0 ? 0 : 3;
}

static void output_that_cannot_be_kept_is_a_failure(void **state)
{
    struct scene *scene = *state;
    int status;
    char path[128];
    snprintf(path, sizeof path, "%s/ended", scene->folder);
    add_item(scene, "x");
    pid_t pid = fork();
    if (pid == 0)
        _exit(run_without_room(scene));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(access(path, F_OK), 0); /* it was not held up */
}

static void starts_keep_their_distance(void **state)
{
    struct scene *scene = *state;
    enum { DELAY_MS = 30, COUNT = 4 };
    add_item(scene, "x");
    assert_int_equal(
        create(scene, "true", (struct command_setup){.delay_ns = DELAY_MS * NS_PER_MS}),
        0);
    assert_true(scene->job.ops->shared_size(&scene->job) <= sizeof scene->shared->stage);
    int64_t begin_ns = clock_now_ns();
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(run(scene, 0), 0);
    assert_true(clock_now_ns() - begin_ns >= (COUNT - 1) * DELAY_MS * NS_PER_MS);
}

/* What never comes true is given up as soon as the pool is closed. */
static void waiting_for_a_condition_ends_with_the_pool(void **state)
{
    struct scene *scene = *state;
    static const struct command_setup setups[] = {
        {.memory_free = INT64_MAX}, {.delay_ns = 1000 * NS_PER_S}};
    add_item(scene, "x");
    for (size_t i = 0; i < sizeof setups / sizeof *setups; i++) {
        assert_int_equal(create(scene, "true", setups[i]), 0);
        memset(scene->shared->stage, 0, sizeof scene->shared->stage);
        if (setups[i].delay_ns > 0)
            assert_int_equal(run(scene, 0), 0);
        pid_t pid = fork();
        if (pid == 0) {
            usleep(20000);
            scene->shared->closed = WORKLOAD_CLOSED;
            _exit(0);
        }
        assert_int_equal(run(scene, 0), -ECANCELED);
        scene->shared->closed = WORKLOAD_OPEN;
        assert_int_equal(waitpid(pid, NULL, 0), pid);
    }
}

static void enough_memory_holds_nothing_up(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.memory_free = 1024, .load_most = 1e9};
    assert_int_equal(run_script(scene, "echo ran", setup), 0);
    assert_string_equal(scene->out, "ran\n");
}

static void an_init_runs_once_in_each_worker(void **state)
{
    struct scene *scene = *state;
    const struct command_setup setup = {.folder = scene->folder,
        .init = "echo \"$PARFOR_WORKER of $PARFOR_WORKERS\" >> inits"};
    struct fault fault;
    assert_int_equal(create(scene, "cat~{}", setup), 0);
    add_item(scene, "inits");
    assert_int_equal(scene->job.ops->warm(&scene->place), 0);
    assert_int_equal(scene->job.ops->warm(&scene->place), 0); /* its successor */
    assert_false(command_init_has_failed(scene->command, &fault));
    assert_int_equal(run(scene, 0), 0);
    assert_string_equal(scene->out, "2 of 5\n");
}

static void an_init_that_fails_is_told_once(void **state)
{
    struct scene *scene = *state;
    struct fault fault = {0};
    const struct command_setup setup = {.folder = scene->folder,
        .init = "echo > inits; echo working; echo no module >&2; echo; exit 3"};
    char path[128];
    snprintf(path, sizeof path, "%s/inits", scene->folder);
    assert_int_equal(create(scene, "true", setup), 0);
    assert_int_equal(scene->job.ops->warm(&scene->place), -ECHILD);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(scene->job.ops->warm(&scene->place), -ECHILD);
    assert_int_equal(access(path, F_OK), -1); /* not tried again */
    assert_true(command_init_has_failed(scene->command, &fault));
    assert_string_equal(fault.text,
        "--init has failed in worker 2: exit status 3 (it said \"no module\")");
}

static void words_are_told_without_running(void **state)
{
    struct scene *scene = *state;
    add_item(scene, "a b");
    char **argv;
    assert_int_equal(create(scene, "echo~{}~{#}~{%}", plain), 0);
    assert_int_equal(command_expand(scene->command, 0, 1, &argv), 0);
    assert_string_equal(argv[1], "a b");
    assert_string_equal(argv[2], "11");
    assert_string_equal(argv[3], "2");
    assert_null(argv[4]);
    free(argv);
    assert_int_equal(command_expand(scene->command, 0, -1, &argv), 0);
    assert_string_equal(argv[2], "{#}");
    free(argv);
    assert_true(command_expand(scene->command, 1, 0, &argv) < 0);
    assert_ptr_equal(command_items(scene->command), scene->items);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(int argc, char *argv[])
{
    if (argc > 1 && strcmp(argv[1], "change") == 0)
        return change_pipes();
    const struct CMUnitTest tests[] = {
        TEST(output_and_errors_are_kept_apart),
        TEST(much_output_is_one_range),
        TEST(knows_its_task_and_its_worker),
        TEST(inner_threads_are_set_where_the_person_has_not),
        TEST(a_status_is_a_failure_and_not_repeated),
        TEST(a_death_is_tried_again),
        TEST(statuses_are_tried_again_if_asked),
        TEST(has_nothing_to_read_from),
        TEST(our_input_is_given_if_asked),
        TEST(processes_left_behind_are_ended),
        TEST(what_comes_a_moment_later_is_kept),
        TEST(one_that_got_away_holds_nothing_up),
        TEST(late_output_is_never_another_task_s),
        TEST(a_changed_pipe_is_not_the_next_one_s),
        TEST(cpu_time_of_what_it_started_counts),
        TEST(runs_where_and_as_nice_as_asked),
        TEST(what_can_be_refused_is_refused_before),
        TEST(a_program_by_item_that_is_not_there_fails),
        TEST(nothing_is_begun_once_closed),
        TEST(one_that_is_ended_with_the_pool_has_not_failed),
        TEST(one_that_takes_too_long_is_told_so),
        TEST(output_that_cannot_be_kept_is_a_failure),
        TEST(starts_keep_their_distance),
        TEST(waiting_for_a_condition_ends_with_the_pool),
        TEST(enough_memory_holds_nothing_up),
        TEST(an_init_runs_once_in_each_worker),
        TEST(an_init_that_fails_is_told_once),
        TEST(words_are_told_without_running),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
