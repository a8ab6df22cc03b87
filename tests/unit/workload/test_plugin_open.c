// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "plugin_worker.h"

/* A folder for the test, which is where temporary files go, too: so it can be seen that
 * none is left. */
struct folder {
    char path[64];
    int error_fd; /* standard error, while that is the file "messages" there */
};

static const char HEAD[] = "#include <parfor/workload.h>\n";
static const char RUN[] =
    "static int run(const struct parfor_context *c, int64_t i, struct parfor_result *r)\n"
    "{ return (void)c, (void)i, (void)r, 0; }\n";

static void enter(struct folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/parfor-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    assert_int_equal(setenv("TMPDIR", folder->path, 1), 0);
    assert_int_equal(chdir(folder->path), 0);
    int fd = open("messages", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    folder->error_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    assert_true(fd >= 0 && folder->error_fd >= 0);
    assert_int_equal(dup2(fd, STDERR_FILENO), STDERR_FILENO);
    close(fd);
}

/* How many files there are but those of the test, which are removed. */
static int leave(struct folder *folder)
{
    DIR *files = opendir(".");
    int strange = 0;
    assert_non_null(files);
    for (struct dirent *file; (file = readdir(files));)
        if (file->d_name[0] != '.' && remove(file->d_name) == 0)
            strange += strncmp(file->d_name, "parfor-", 7) == 0;
        else
            strange += file->d_name[0] != '.';
    closedir(files);
    dup2(folder->error_fd, STDERR_FILENO);
    close(folder->error_fd);
    assert_int_equal(unsetenv("TMPDIR"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder->path), 0);
    return strange;
}

static void write_file(const char *path, const char *format, ...)
{
    va_list list;
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    va_start(list, format);
    vfprintf(file, format, list);
    va_end(list);
    assert_int_equal(fclose(file), 0);
}

static bool messages_have(const char *word)
{
    char text[8192] = "";
    int fd = open("messages", O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && read(fd, text, sizeof text - 1) >= 0);
    close(fd);
    return strstr(text, word) != NULL;
}

/* It is refused, with that text. */
static void refuse(const char *path, const char *text)
{
    struct plugin *plugin = NULL;
    struct fault fault = {.kind = FAULT_NONE};
    assert_int_equal(plugin_open(path, NULL, &plugin, &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_null(plugin);
    if (!strstr(fault.text, text))
        fail_msg("'%s' has no '%s'", fault.text, text);
}

/* A body with these fields beside its size is refused, with that text. */
static void refuse_fields(const char *fields, const char *text)
{
    write_file("body.c",
        "%s%sconst struct parfor_workload parfor_workload = {\n"
        ".abi = PARFOR_ABI, .struct_size = sizeof(struct parfor_workload), %s };\n",
        HEAD, RUN, fields);
    refuse("body.c", text);
}

static void a_body_is_known_by_its_name(void **state)
{
    assert_true(plugin_is_one("body.c") && plugin_is_one("./a b/body.so"));
    assert_true(plugin_is_one("/x/.y.c"));
    assert_false(plugin_is_one("factorial") || plugin_is_one("") || plugin_is_one("c"));
    assert_false(plugin_is_one(".c") || plugin_is_one("/x/.so") || plugin_is_one("x.c/"));
    assert_false(plugin_is_one("body.py") || plugin_is_one("body.C"));
    (void)state;
}

static void what_is_no_file_is_refused(void **state)
{
    struct folder folder;
    enter(&folder);
    refuse("none.c", "no such file: none.c");
    refuse("none.so", "no such file: none.so");
    refuse("messages", "not a loop body: messages (FILE.c or FILE.so)");
    assert_int_equal(mkdir("folder.c", 0700), 0);
    refuse("folder.c", "not a file: folder.c");
    write_file("text.so", "text\n");
    refuse("text.so", "a loop body that cannot be loaded: text.so (");
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

static void the_compilers_messages_are_passed_on(void **state)
{
    struct folder folder;
    struct plugin *plugin;
    struct fault fault;
    enter(&folder);
    write_file("body.c", "int run(void) { return undeclared_thing; }\n");
    refuse("body.c", "the compiler refused: body.c (its messages say why)");
    assert_true(messages_have("body.c:1:") && messages_have("undeclared_thing"));
    write_file("-o.c", "int a;\n#error seen as a file\n"); /* and not as an option */
    refuse("-o.c", "the compiler refused: -o.c");
    assert_true(messages_have("seen as a file"));
    write_file("body.c",
        "%s%sconst struct parfor_workload parfor_workload = {\n"
        ".abi = ABI, .struct_size = sizeof(struct parfor_workload), .run = run };\n",
        HEAD, RUN);
    assert_int_equal(
        plugin_open("body.c", " -DABI=PARFOR_ABI\t -g ", &plugin, &fault), 0);
    plugin_close(plugin);
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

static void without_a_compiler_it_says_what_to_do(void **state)
{
    struct folder folder;
    char *path = strdup(getenv("PATH"));
    enter(&folder);
    write_file("body.c", "%s", plugin_template());
    setenv("PATH", folder.path, 1);
    refuse("body.c", "no C compiler to make a loop body from body.c: cc (install gcc");
    setenv("PATH", path, 1);
    setenv("TMPDIR", "/nonexistent", 1);
    struct plugin *plugin;
    struct fault fault;
    assert_int_equal(plugin_open("body.c", NULL, &plugin, &fault), -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_int_equal(leave(&folder), 0);
    free(path);
    (void)state;
}

/* The signal waits until the folder is removed, which the file system shows, not time. */
static void a_signal_while_compiling_leaves_nothing(void **state)
{
    struct folder folder;
    char path[4096], *before = strdup(getenv("PATH")), byte;
    enter(&folder);
    write_file("body.c", "%s", plugin_template());
    write_file("cc", "#!/bin/sh\necho >started\ncat gate\nexit 1\n");
    assert_int_equal(chmod("cc", 0700), 0);
    assert_int_equal(mkfifo("started", 0600) + mkfifo("gate", 0600), 0);
    snprintf(path, sizeof path, "%s:%s", folder.path, before);
    setenv("PATH", path, 1);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        refuse("body.c", "the compiler refused");
        _exit(0);
    }
    int started = open("started", O_RDONLY | O_CLOEXEC), status;
    assert_int_equal(read(started, &byte, 1), 1);
    assert_int_equal(kill(pid, SIGTERM), 0);
    close(started);
    close(open("gate", O_WRONLY | O_CLOEXEC));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    setenv("PATH", before, 1);
    assert_int_equal(leave(&folder), 0);
    free(before);
    (void)state;
}

static void what_is_no_loop_body_is_refused(void **state)
{
    struct folder folder;
    enter(&folder);
    write_file("body.c", "int nothing;\n");
    refuse("body.c", "no loop body in it: body.c (it has to define parfor_workload");
    write_file("body.c", "int missing(void);\nint run(void) { return missing(); }\n");
    refuse(
        "body.c", "a loop body that cannot be loaded: body.c (undefined symbol: missing");
    refuse_fields(".name = \"x\"", "a loop body without run(): body.c");
    refuse_fields(".run = run, .name = \"a b\"", "its name is of letters");
    refuse_fields(".run = run, .summary = \"a\\033[H\"", "its texts are of one line");
    refuse_fields(".run = run, .parameters = {{\"n\", 5, 9, 4, 0}}",
        "the usual n, 4, is not from 5 to 9");
    refuse_fields(".run = run, .parameters = {{\"n\", 1, 2, 1, 0}, {\"n\", 1, 2, 1, 0}}",
        "two parameters named n");
    refuse_fields(
        ".run = run, .parameters = {{\"a=b\", 1, 2, 1, 0}}", "a parameter's name is of");
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

static void other_versions_are_told_apart(void **state)
{
    struct folder folder;
    struct plugin *plugin;
    struct fault fault;
    enter(&folder);
    const char *later =
        "%s%sstruct later { struct parfor_workload known; void *more; };\n"
        "const struct later later __asm__(\"parfor_workload\") = {\n"
        "{ .abi = %s, .struct_size = %s, .run = run }, %s };\n";
    write_file("body.c", later, HEAD, RUN, "2", "sizeof(struct later)", "0");
    refuse("body.c", "(made for version 2 of parfor/workload.h; this program knows 1)");
    write_file("body.c", later, HEAD, RUN, "1", "sizeof(struct later)", "\"x\"");
    refuse("body.c", "a loop body that needs a newer parfor: body.c");
    write_file("body.c", later, HEAD, RUN, "1", "8", "0");
    refuse("body.c", "its struct_size is not sizeof(struct parfor_workload)");
    write_file("body.c", later, HEAD, RUN, "1", "sizeof(struct later)", "0");
    assert_int_equal(plugin_open("body.c", NULL, &plugin, &fault), 0);
    plugin_close(plugin);
    /* One made before the last fields were there. */
    write_file("body.c", later, HEAD, RUN, "1",
        "offsetof(struct parfor_workload, run) + sizeof(void *)", "0");
    assert_int_equal(plugin_open("body.c", NULL, &plugin, &fault), 0);
    plugin_close(plugin);
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

/* A name without a slash is a file here, not a library of the system. */
static void a_shared_object_is_loaded_from_here(void **state)
{
    struct folder folder;
    struct bench bench;
    char command[4096];
    enter(&folder);
    snprintf(command, sizeof command,
        "cc -fPIC -shared -I '%s/../../src/workload/include' -o own.so "
        "'%s/plugin/short.c'",
        getenv("PARFOR_TEST_DATA"), getenv("PARFOR_TEST_DATA"));
    assert_int_equal(system(command), 0);
    bench_open_at(&bench, "own.so", NULL);
    assert_string_equal(bench.job.ops->name, "own");
    assert_int_equal(bench_run(&bench, 1, 1), 0);
    assert_int_equal(bench.board->results[1].value, 1);
    bench_close(&bench);
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

static void the_template_works_as_it_stands(void **state)
{
    struct folder folder;
    struct bench bench;
    enter(&folder);
    write_file("body.c", "%s", plugin_template());
    bench_open_at(&bench, "body.c", "-Wall -Wextra -Wpedantic -Werror");
    bench.job.size = 4;
    assert_int_equal(bench_run(&bench, 0, 3), 0);
    bench_expect(&bench, 0, 0, "0: 4.146\n");
    bench_expect(&bench, 2, 0, "2: 12.307\n");
    uint64_t digest = bench.board->results[2].digest;
    assert_true(digest != bench.board->results[1].digest);
    assert_int_equal(bench_run(&bench, 2, 1), 0);
    assert_true(digest == bench.board->results[2].digest);
    bench_close(&bench);
    assert_int_equal(leave(&folder), 0);
    (void)state;
}

static void open_example(struct bench *bench, const char *name, int64_t size)
{
    char path[4096], file[64];
    snprintf(file, sizeof file, "../../assets/examples/%s.c", name);
    bench_path(sizeof path, path, file);
    bench_open_at(bench, path, "-Wall -Wextra -Wpedantic -Werror");
    assert_string_equal(bench->job.ops->name, name);
    bench->job.size = size;
}

static void the_examples_compute_what_is_known(void **state)
{
    struct bench bench;
    struct fault fault;
    open_example(&bench, "collatz", 999);
    assert_int_equal(bench_run(&bench, 0, 2), 0);
    assert_int_equal(bench.board->errors[0] + bench.board->errors[1], 0);
    bench_expect(&bench, 0, 0, "871 takes 178 steps\n");
    bench_close(&bench);

    open_example(&bench, "montecarlo", 100000);
    assert_int_equal(bench_run(&bench, 0, 3), 0);
    int64_t inside = bench.board->results[2].value;
    assert_in_range(inside, 77700, 79400);        /* pi / 4, within six deviations */
    assert_int_equal(bench_run(&bench, 2, 1), 0); /* not what was done before */
    assert_int_equal(bench.board->results[2].value, inside);
    assert_int_equal(plugin_set(bench.plugin, "seed=2", &fault), 0);
    assert_int_equal(bench_run(&bench, 2, 1), 0);
    assert_true(bench.board->results[2].value != inside);
    bench_close(&bench);

    open_example(&bench, "sieve", 1 << 20);
    assert_int_equal(bench_run(&bench, 0, 2), 0);
    assert_int_equal(bench.board->results[0].value, 82025); /* primes below 2^20 … */
    assert_int_equal(bench.board->results[1].value, 155611 - 82025); /* … and 2^21 */
    bench_close(&bench);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_is_known_by_its_name),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(the_compilers_messages_are_passed_on),
        cmocka_unit_test(without_a_compiler_it_says_what_to_do),
        cmocka_unit_test(a_signal_while_compiling_leaves_nothing),
        cmocka_unit_test(what_is_no_loop_body_is_refused),
        cmocka_unit_test(other_versions_are_told_apart),
        cmocka_unit_test(a_shared_object_is_loaded_from_here),
        cmocka_unit_test(the_template_works_as_it_stands),
        cmocka_unit_test(the_examples_compute_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
