// SPDX-License-Identifier: MIT
/* What goes where: the screen to the terminal and nowhere else, data to standard output,
 * plain sentences where there is no screen, and nothing of others on the screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "endings.h"

#define RUN "run sleep -s 20000 -n 8 -j 2"

/* Starts a script, in which $0 is the program and $1 a file. */
static struct terminal *start(
    const char *script, const char *path, const char *term, const char *variable)
{
    const char *argv[] = {"bash", "-c", script, getenv("PARFOR"), path, NULL};
    const char *environment[] = {variable, NULL};
    return terminal_start(&(struct terminal_setup){
        .argv = argv, .environment = environment, .term = term, .columns = 100});
}

static void expect_no_screen(struct terminal *terminal)
{
    if (terminal_wrote(terminal, "\033"))
        terminal_fail(terminal, "an escape sequence without a screen");
}

/* It was shown for so short a time that only its bytes are certain to be seen. */
static void expect_screen_was_shown(struct terminal *terminal)
{
    if (!terminal_wrote(terminal, "\033[?1049h") || !terminal_wrote(terminal, "so far"))
        terminal_fail(terminal, "there was no screen");
}

static void expect_plain_file(const char *path, const char *text)
{
    char *all = ending_text(path);
    if (strchr(all, '\033') || !strstr(all, text))
        fail_msg("not plain, or without %s: %s", text, all);
    free(all);
}

static void test_file(void **state)
{
    (void)state;
    const char *path = ending_path("out");
    struct terminal *terminal = start("\"$0\" " RUN " >\"$1\"", path, NULL, NULL);
    terminal_expect_exit(terminal, 0); /* without a key */
    expect_screen_was_shown(terminal);
    assert_false(terminal_state(terminal).alternate);
    expect_plain_file(path, "one after the other  ");
    expect_plain_file(path, "parfor-1 ");
    terminal_destroy(terminal);
}

static void test_json_file(void **state)
{
    (void)state;
    const char *path = ending_path("out.json");
    struct terminal *terminal = start("\"$0\" " RUN " --json >\"$1\"", path, NULL, NULL);
    terminal_expect_exit(terminal, 0);
    expect_screen_was_shown(terminal);
    ending_expect_json(path);
    expect_plain_file(path, "\"parallel\"");
    assert_true(terminal_shows(terminal, "parfor-1 ")); /* the text is for the person */
    terminal_destroy(terminal);
}

static void test_null(void **state)
{
    (void)state;
    struct terminal *terminal = start("\"$0\" " RUN " >/dev/null", NULL, NULL, NULL);
    terminal_expect_exit(terminal, 0);
    expect_screen_was_shown(terminal);
    assert_true(terminal_shows(terminal, "parfor-1 "));
    terminal_destroy(terminal);
}

/* Somebody reads it as it comes. */
static void test_pipe(void **state)
{
    (void)state;
    const char *path = ending_path("piped");
    struct terminal *terminal = start("\"$0\" " RUN " | cat >\"$1\"", path, NULL, NULL);
    terminal_expect_exit(terminal, 0);
    expect_no_screen(terminal);
    assert_true(terminal_shows(terminal, "One after the other: about"));
    expect_plain_file(path, "2 at a time: ");
    expect_plain_file(path, "parfor-1 ");
    terminal_destroy(terminal);
}

static void test_json_pipe(void **state)
{
    (void)state;
    const char *path = ending_path("piped.json");
    struct terminal *terminal =
        start("\"$0\" " RUN " --json | cat >\"$1\"", path, NULL, NULL);
    terminal_expect_exit(terminal, 0);
    expect_no_screen(terminal);
    ending_expect_json(path);
    terminal_destroy(terminal);
}

/* Ways to ask for plain sentences, or to be where a screen is not possible. */
static const struct plain_case {
    const char *name, *script, *term, *variable; /* NULL: as usual, none */
    bool quiet;
} plain_cases[] = {
    {"--plain", "\"$0\" " RUN " --plain", NULL, NULL, false},
    {"PARFOR_PLAIN", "\"$0\" " RUN, NULL, "PARFOR_PLAIN=1", false},
    {"-q", "\"$0\" " RUN " -q", NULL, NULL, true},
    {"TERM=dumb", "\"$0\" " RUN, "dumb", NULL, false},
    {"TERM unset", "\"$0\" " RUN, NULL, "TERM", false},
    {"TERM empty", "\"$0\" " RUN, NULL, "TERM=", false},
    {"TERM=xterm-foo", "\"$0\" " RUN, "xterm-foo", NULL, false},
    {"TERM=unknown", "\"$0\" " RUN, "unknown", NULL, false},
    {"TERM=lpr", "\"$0\" " RUN, "lpr", NULL, false},
    {"no controlling terminal", "setsid --wait \"$0\" " RUN, NULL, NULL, false},
    {"background", "set -m; \"$0\" " RUN " & wait", NULL, NULL, false},
    {"background, tostop",
        "set -m; stty tostop; \"$0\" " RUN " >/dev/null 2>&1 & wait; "
        "echo 'One after the other: about' parfor-1",
        NULL, NULL, false},
};

static void test_plain(void **state)
{
    const struct plain_case *plain = *state;
    struct terminal *terminal = start(plain->script, NULL, plain->term, plain->variable);
    terminal_expect_exit(terminal, 0);
    expect_no_screen(terminal);
    if (terminal_shows(terminal, "One after the other: about") == plain->quiet)
        terminal_fail(terminal, "not as it should be");
    assert_true(
        terminal_shows(terminal, "parfor-1 ") || terminal_shows(terminal, "parfor-1"));
    assert_false(terminal_shows(terminal, "parfor: "));
    terminal_destroy(terminal);
}

/* From a shell with job control, as people do it. */
static void test_background_job(void **state)
{
    (void)state;
    struct ending_shell shell;
    char line[200];
    ending_begin(&shell, "bash", NULL);
    snprintf(line, sizeof line, "%s " RUN " &", getenv("PARFOR"));
    terminal_command(shell.terminal, (const char *[]){"eval", line, NULL});
    terminal_expect(shell.terminal, "One after the other: about");
    terminal_expect(shell.terminal, "parfor-1 ");
    ending_expect_whole(&shell, -1);
    assert_false(terminal_wrote(shell.terminal, "\033[?1049h"));
    ending_finish(&shell);
}

/* Standard streams that are of no use make no difference to the screen. */
static const struct stream_case {
    const char *name, *script;
} stream_cases[] = {
    {"input from /dev/null", "exec \"$0\" " RUN " </dev/null"},
    {"input closed", "exec \"$0\" " RUN " <&-"},
    {"error closed", "exec \"$0\" " RUN " 2>&-"},
    {"error full", "exec \"$0\" " RUN " 2>/dev/full"},
    {"input and error closed", "exec \"$0\" " RUN " <&- 2>&-"},
};

static void test_stream(void **state)
{
    const struct stream_case *stream = *state;
    struct terminal *terminal = start(stream->script, NULL, NULL, NULL);
    terminal_expect(terminal, "s save   t tasks"); /* its end */
    assert_true(terminal_state(terminal).alternate);
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    assert_false(terminal_state(terminal).alternate);
    terminal_expect(terminal, "parfor-1 ");
    assert_false(terminal_shows(terminal, "parfor: "));
    assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
    terminal_destroy(terminal);
}

static void name_of(pid_t pid, size_t size, char name[])
{
    char path[50];
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *file = fopen(path, "r");
    name[0] = '\0';
    if (file && fgets(name, (int)size, file))
        name[strcspn(name, "\n")] = '\0';
    if (file)
        fclose(file);
}

struct search {
    const char *name;
    pid_t found;
};

/* One of what parfor has started; a worker may be dead and its successor yet to come. */
static bool finds(struct terminal *terminal, void *data)
{
    enum { PROCESSES_MAX = 20 };
    struct search *search = data;
    pid_t pids[PROCESSES_MAX];
    char found[30];
    size_t count = terminal_processes(terminal, PROCESSES_MAX, pids);
    for (size_t i = 0; i < count && i < PROCESSES_MAX && search->found == 0; i++) {
        name_of(pids[i], sizeof found, found);
        if (pids[i] != terminal_pid(terminal) && strcmp(found, search->name) == 0)
            search->found = pids[i];
    }
    return search->found != 0;
}

/* Sends a signal to one of what parfor has started: its guardian, or a worker. */
static void disturb(struct terminal *terminal, const char *name, int signal)
{
    struct search search = {.name = name};
    if (!terminal_wait_until(terminal, finds, &search, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "there is no %s", name);
    kill(search.found, signal);
}

/* Everything that comes while it is shown comes in frames, whoever dies meanwhile, and
 * although libraries are asked to say what they do. */
static void test_intruders(void **state)
{
    static const int deaths[] = {SIGSEGV, SIGABRT, SIGKILL, SIGTERM, SIGILL};
    (void)state;
    struct terminal *terminal =
        start("export HWLOC_XMLFILE=/none HWLOC_HIDE_ERRORS=0 HWLOC_COMPONENTS_VERBOSE=1 "
              "HWLOC_PLUGINS_VERBOSE=1; exec \"$0\" "
              "map sleep -s 20000 -n 100000 -j 2",
            NULL, NULL, NULL);
    terminal_expect(terminal, " left"); /* some tasks have ended */
    size_t unframed = terminal_counts(terminal).unframed_bytes;
    for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) {
        disturb(terminal, "parfor", deaths[i]);
        terminal_read_for(terminal, 300);
    }
    disturb(terminal, "guardian", SIGKILL);
    terminal_read_for(terminal, 300);
    struct stream_counts counts = terminal_counts(terminal);
    assert_int_equal(counts.unbalanced, 0);
    assert_int_equal(counts.unframed_bytes, unframed);
    terminal_signal(terminal, SIGTERM);
    terminal_expect_signal(terminal, SIGTERM);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    terminal_destroy(terminal);
}

enum {
    PLAIN_CASES = sizeof plain_cases / sizeof *plain_cases,
    STREAM_CASES = sizeof stream_cases / sizeof *stream_cases,
};

int main(int argc, char *argv[])
{
    struct CMUnitTest tests[PLAIN_CASES + STREAM_CASES + 7] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_json_file),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_json_pipe),
        cmocka_unit_test(test_background_job),
        cmocka_unit_test(test_intruders),
    };
    struct CMUnitTest *next = tests + 7;
    for (size_t i = 0; i < PLAIN_CASES; i++)
        *next++ = (struct CMUnitTest){.name = plain_cases[i].name,
            .test_func = test_plain,
            .initial_state = (void *)(uintptr_t)&plain_cases[i]};
    for (size_t i = 0; i < STREAM_CASES; i++)
        *next++ = (struct CMUnitTest){.name = stream_cases[i].name,
            .test_func = test_stream,
            .initial_state = (void *)(uintptr_t)&stream_cases[i]};
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
