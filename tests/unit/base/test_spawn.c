// SPDX-License-Identifier: MIT
#include "base/spawn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A folder of its own for each test, and what a program wrote. */
struct scene {
    char folder[64];
    char out[4096];
    char *path_before;
};

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    strcpy(scene->folder, "/tmp/parfor-spawn-XXXXXX");
    const char *path = getenv("PATH");
    scene->path_before = strdup(path ? path : "/bin:/usr/bin");
    return mkdtemp(scene->folder) ? 0 : -1;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    char line[128];
    setenv("PATH", scene->path_before, 1);
    snprintf(line, sizeof line, "rm -rf '%s'", scene->folder);
    int status = system(line);
    free(scene->path_before);
    free(scene);
    return status;
}

static char *make_file(struct scene *scene, const char *name, const char *text, int mode)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", scene->folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, (mode_t)mode), 0);
    return path;
}

/* Words of a command, with a ~ between them. */
static char **words(const char *text)
{
    static char copy[512], *list[16];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *rest = copy; rest && count < 15;)
        list[count++] = strsep(&rest, "~");
    list[count] = NULL;
    return list;
}

/* Runs it to its end, standard output and error into scene->out; its status. */
static int run(struct scene *scene, struct spawn_setup setup)
{
    int pipe_fds[2], null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC), status;
    assert_int_equal(pipe2(pipe_fds, O_CLOEXEC), 0);
    setup.fds[0] = null_fd;
    setup.fds[1] = setup.fds[2] = pipe_fds[1];
    setup.envp = environ;
    pid_t pid = 0;
    int error = spawn_start(&setup, &pid);
    close(pipe_fds[1]);
    close(null_fd);
    size_t length = 0;
    for (ssize_t got = 1; got > 0; length += (size_t)got) {
        got = read(pipe_fds[0], scene->out + length, sizeof scene->out - 1 - length);
        assert_true(got >= 0);
    }
    scene->out[length] = '\0';
    close(pipe_fds[0]);
    if (error < 0)
        return error;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static int run_script(struct scene *scene, const char *script)
{
    char line[512];
    snprintf(line, sizeof line, "sh~-c~%s", script);
    return run(scene, (struct spawn_setup){.path = "/bin/sh", .argv = words(line)});
}

static void has_its_words_and_its_output(void **state)
{
    struct scene *scene = *state;
    struct spawn_setup setup = {
        .path = "/usr/bin/printf", .argv = words("printf~%s|~a b~~'c\"")};
    int status = run(scene, setup);
    assert_int_equal(status, 0);
    assert_string_equal(scene->out, "a b||'c\"|");
}

static void leads_a_session_without_a_terminal(void **state)
{
    struct scene *scene = *state;
    _Atomic pid_t group = 0;
    struct spawn_setup setup = {.path = "/bin/sh",
        .argv = words("sh~-c~set -- $(cat /proc/$$/stat); echo $$ $5 $6 $7"),
        .ret_group = &group};
    int status = run(scene, setup);
    assert_int_equal(status, 0);
    char expected[64];
    snprintf(expected, sizeof expected, "%d %d %d 0\n", group, group, group);
    assert_string_equal(scene->out, expected);
}

static void the_terminal_cannot_be_opened(void **state)
{
    struct scene *scene = *state;
    assert_true(WEXITSTATUS(run_script(scene, "read x </dev/tty")) != 0);
}

static void handle(int number)
{
    (void)number;
}

static void signals_are_as_by_default(void **state)
{
    struct scene *scene = *state;
    static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGPIPE};
    sigset_t set, before;
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    signal(SIGUSR1, handle);
    signal(SIGRTMIN + 3, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, &before);
    int status = run_script(scene, "grep -E 'Sig(Blk|Ign)' /proc/self/status");
    sigset_t now;
    sigprocmask(SIG_SETMASK, &before, &now);
    bool handled = signal(SIGUSR1, SIG_DFL) == handle;
    bool still_ignored = signal(SIGINT, SIG_DFL) == SIG_IGN;
    for (size_t i = 1; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_DFL);
    signal(SIGRTMIN + 3, SIG_DFL);
    assert_int_equal(status, 0);
    assert_string_equal(
        scene->out, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    assert_true(handled && still_ignored);
    assert_true(sigismember(&now, SIGTERM) && sigismember(&now, SIGUSR2));
}

static void a_list_of_changed_signals_is_enough(void **state)
{
    struct scene *scene = *state;
    sigset_t changed;
    signal(SIGINT, SIG_IGN);
    spawn_list_changed(&changed);
    struct spawn_setup setup = {.path = "/bin/grep",
        .argv = words("grep~SigIgn~/proc/self/status"),
        .changed = &changed};
    int status = run(scene, setup);
    signal(SIGINT, SIG_DFL);
    assert_true(sigismember(&changed, SIGINT) && !sigismember(&changed, SIGTERM));
    assert_int_equal(status, 0);
    assert_string_equal(scene->out, "SigIgn:\t0000000000000000\n");
}

static void has_three_descriptors_only(void **state)
{
    struct scene *scene = *state;
    for (int fd = 3; fd < 20; fd++)
        fcntl(fd, F_SETFD, FD_CLOEXEC); /* whatever we were given */
    assert_int_equal(
        run_script(scene, "for fd in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; "
                          "do [ ! -e /proc/$$/fd/$fd ] || echo $fd; done"),
        0);
    assert_string_equal(scene->out, "0\n1\n2\n");
}

/* Descriptors that are among 0, 1 and 2 already, in another order. */
static void descriptors_may_change_places(void **state)
{
    (void)state;
    int pipes[2][2], status;
    assert_int_equal(pipe2(pipes[0], O_CLOEXEC), 0);
    assert_int_equal(pipe2(pipes[1], O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct spawn_setup setup = {.path = "/bin/sh",
            .argv = words("sh~-c~echo out; echo err >&2"),
            .envp = environ,
            .fds = {0, 2, 1}}; /* its output to our errors */
        dup2(pipes[0][1], STDERR_FILENO);
        dup2(pipes[1][1], STDOUT_FILENO);
        pid_t program;
        if (spawn_start(&setup, &program) < 0)
            _exit(1);
        waitpid(program, &status, 0);
        _exit(status);
    }
    close(pipes[0][1]);
    close(pipes[1][1]);
    char out[16] = "", err[16] = "";
    assert_int_equal(read(pipes[0][0], out, sizeof out - 1), 4);
    assert_int_equal(read(pipes[1][0], err, sizeof err - 1), 4);
    assert_string_equal(out, "out\n");
    assert_string_equal(err, "err\n");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(pipes[0][0]);
    close(pipes[1][0]);
}

static void starts_in_its_folder_and_as_nice_as_asked(void **state)
{
    struct scene *scene = *state;
    make_file(scene, "here", "#!/bin/sh\npwd; nice\n", 0755);
    struct spawn_setup setup = {
        .path = "./here", .argv = words("./here"), .folder = scene->folder, .nice = 3};
    char expected[128];
    errno = 0;
    snprintf(expected, sizeof expected, "%s\n%d\n", scene->folder, nice(0) + 3);
    assert_int_equal(run(scene, setup), 0);
    assert_string_equal(scene->out, expected);
}

static void a_script_without_its_first_line_is_the_shell_s(void **state)
{
    struct scene *scene = *state;
    char *path = make_file(scene, "script", "echo \"$0:$1:$#\"\n", 0755);
    char expected[160];
    snprintf(expected, sizeof expected, "%s:a b:2\n", path);
    struct spawn_setup setup = {.path = path, .argv = words("anything~a b~c")};
    assert_int_equal(run(scene, setup), 0);
    assert_string_equal(scene->out, expected);
}

static void what_cannot_be_started_says_why_and_leaves_nothing(void **state)
{
    struct scene *scene = *state;
    _Atomic pid_t group = 77;
    struct spawn_setup setup = {.argv = words("x"), .ret_group = &group};
    setup.path = "/no/such/program";
    assert_int_equal(run(scene, setup), -ENOENT);
    setup.path = scene->folder;
    assert_int_equal(run(scene, setup), -EACCES);
    setup.path = "/bin/true";
    setup.folder = "/no/such/folder";
    assert_int_equal(run(scene, setup), -ENOENT);
    assert_int_equal(group, 0);
    assert_int_equal(waitpid(-1, NULL, 0), -1);
    assert_int_equal(errno, ECHILD);
}

/* Its starter is killed while the program sleeps: so is the program. */
static void ends_with_who_started_it(void **state)
{
    (void)state;
    int alive[2];
    _Atomic pid_t *group = mmap(
        NULL, sizeof *group, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(group, MAP_FAILED);
    assert_int_equal(pipe2(alive, O_CLOEXEC), 0);
    pid_t starter = fork();
    if (starter == 0) {
        pid_t pid;
        struct spawn_setup setup = {.path = "/bin/sleep",
            .argv = words("sleep~1000"),
            .envp = environ,
            .fds = {alive[0], alive[1], alive[1]},
            .ret_group = group};
        if (spawn_start(&setup, &pid) < 0)
            _exit(1);
        close(alive[1]);
        raise(SIGKILL);
    }
    close(alive[1]);
    int status;
    char byte;
    assert_int_equal(waitpid(starter, &status, 0), starter);
    assert_true(WIFSIGNALED(status));
    assert_true(*group > 0);
    assert_int_equal(read(alive[0], &byte, 1), 0); /* the last writer is gone */
    close(alive[0]);
    munmap(group, sizeof *group);
}

static void assert_found(const char *name, const char *folder, const char *expected)
{
    struct fault fault = {0};
    char *path = NULL;
    assert_int_equal(spawn_find(name, folder, &path, &fault), 0);
    assert_string_equal(path, expected);
    free(path);
}

static void assert_refused(const char *name, const char *folder, const char *expected)
{
    struct fault fault = {0};
    char *path = NULL;
    assert_int_equal(spawn_find(name, folder, &path, &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_string_equal(fault.text, expected);
    assert_null(path);
}

static void programs_are_found_by_path(void **state)
{
    struct scene *scene = *state;
    char expected[128], path[256];
    snprintf(path, sizeof path, "/no/such/folder:/tmp:%s:/bin", scene->folder);
    setenv("PATH", path, 1);
    make_file(scene, "mine", "", 0755);
    make_file(scene, "true", "", 0644); /* the one of /bin is meant */
    snprintf(expected, sizeof expected, "%s/mine", scene->folder);
    assert_found("mine", NULL, expected);
    assert_found("true", NULL, "/bin/true");
    assert_found("./mine", scene->folder, "./mine");
    assert_found("/bin/true", scene->folder, "/bin/true");
    setenv("PATH", "", 1);
    assert_found("mine", scene->folder, "./mine");
}

static void what_is_no_program_is_told(void **state)
{
    struct scene *scene = *state;
    char expected[256], path[128];
    make_file(scene, "locked", "", 0644);
    snprintf(path, sizeof path, "%s", make_file(scene, "mine", "", 0755));
    setenv("PATH", scene->folder, 1);
    assert_refused(
        "frobnicate", NULL, "no such program: frobnicate (not in a folder of PATH)");
    assert_refused("", NULL, "no such program: \"\" (its name is empty)");
    assert_refused("./frobnicate", NULL, "no such program: ./frobnicate");
    assert_refused("/bin/true/x", NULL, "no such program: /bin/true/x");
    assert_refused("/tmp", NULL, "not a program: /tmp (it is a folder)");
    snprintf(expected, sizeof expected,
        "cannot be executed: %s/locked (chmod +x, or its interpreter before it)",
        scene->folder);
    assert_refused("locked", NULL, expected);
    setenv("PATH", "/bin", 1);
    assert_refused("mine", scene->folder,
        "no such program: mine (the one in this folder is ./mine)");
    assert_refused("true", "/no/such/folder",
        "no such folder: /no/such/folder (No such file or directory)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_its_words_and_its_output),
        cmocka_unit_test(leads_a_session_without_a_terminal),
        cmocka_unit_test(the_terminal_cannot_be_opened),
        cmocka_unit_test(signals_are_as_by_default),
        cmocka_unit_test(a_list_of_changed_signals_is_enough),
        cmocka_unit_test(has_three_descriptors_only),
        cmocka_unit_test(descriptors_may_change_places),
        cmocka_unit_test(starts_in_its_folder_and_as_nice_as_asked),
        cmocka_unit_test(a_script_without_its_first_line_is_the_shell_s),
        cmocka_unit_test(what_cannot_be_started_says_why_and_leaves_nothing),
        cmocka_unit_test(ends_with_who_started_it),
        cmocka_unit_test(programs_are_found_by_path),
        cmocka_unit_test(what_is_no_program_is_told),
    };
    return cmocka_run_group_tests(tests, open_scene, close_scene);
}
