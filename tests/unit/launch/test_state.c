// SPDX-License-Identifier: MIT
/* What is remembered: nothing that lies in its place does harm, or is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "launch/state.h"

enum { WORD_SIZE = 240 };

static int set_up(void **state)
{
    char folder[] = "/tmp/parfor-test-state.XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("HOME", "/nonexistent", 1);
    *state = strdup(folder);
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", (char *)*state,
        (char *)*state);
    int status = chdir("/") < 0 ? -1 : system(command);
    free(*state);
    return status;
}

static void write_file(const char *path, const char *text)
{
    struct fault fault;
    assert_int_equal(file_write(path, strlen(text), text, &fault), 0);
}

static void assert_file(const char *path, const char *expected)
{
    char *text;
    assert_int_equal(file_read(path, 65536, &text), 0);
    assert_string_equal(text, expected);
    free(text);
}

/* Reads it; what is said must have `expected` in it, or be nothing. */
static struct state read_back(const char *expected)
{
    struct state state;
    char word[WORD_SIZE];
    state_read(&state, sizeof word, word);
    if (expected ? !strstr(word, expected) : word[0] != '\0')
        fail_msg("said: \"%s\"", word);
    return state;
}

static void keep(const char *command_line, bool themed, enum style_theme theme)
{
    struct state state = {.themed = themed, .theme = theme};
    struct fault fault = {0};
    strcpy(state.command_line, command_line);
    if (state_write(&state, &fault) < 0)
        fail_msg("%s", fault.text);
}

static void what_is_written_is_read(void **data)
{
    struct stat status;
    struct state state = read_back(NULL);
    (void)data;
    assert_string_equal(state.command_line, "");
    assert_false(state.themed);
    keep("parfor run -- echo 'größe \"{}\"' ::: *.txt", true, STYLE_SAFE);
    state = read_back(NULL);
    assert_string_equal(
        state.command_line, "parfor run -- echo 'größe \"{}\"' ::: *.txt");
    assert_true(state.themed);
    assert_int_equal(state.theme, STYLE_SAFE);
    assert_int_equal(stat("parfor", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    keep("", false, STYLE_DEFAULT);
    assert_file("parfor/state.json", "{\n  \"schema\": \"parfor-state/1\"\n}\n");
}

static void the_folder_is_made(void **data)
{
    struct stat status;
    char folder[4096];
    (void)data;
    assert_non_null(getcwd(folder, sizeof folder));
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", folder, 1);
    keep("parfor check", false, STYLE_DEFAULT);
    assert_int_equal(stat(".local/state/parfor/state.json", &status), 0);
    assert_int_equal(stat(".local", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    setenv("XDG_STATE_HOME", "relative", 1); /* counts for nothing */
    assert_string_equal(read_back(NULL).command_line, "parfor check");
    setenv("XDG_STATE_HOME", "", 1);
    assert_string_equal(read_back(NULL).command_line, "parfor check");
}

static void the_theme_alone_is_kept(void **data)
{
    (void)data;
    keep("parfor check", false, STYLE_DEFAULT);
    assert_true(state_keep_theme(STYLE_CONTRAST));
    struct state state = read_back(NULL);
    assert_string_equal(state.command_line, "parfor check");
    assert_int_equal(state.theme, STYLE_CONTRAST);
}

static void what_is_broken_is_set_aside(void **data)
{
    static const char *const texts[][2] = {
        {"", "line 1"},
        {"{", "line 1"},
        {"[]", "not an object"},
        {"{}", "no schema"},
        {"{\"schema\": \"parfor-state/2\"}", "another version"},
        {"{\"schema\": \"parfor-result/1\"}", "another kind"},
        {"{\"schema\": \"parfor-state/1\", \"theme\": 3}", "theme: not a text"},
        {"{\"schema\": \"parfor-state/1\", \"schema\": \"x\"}", "duplicate"},
        {"{\"schema\": \"\\u001b[2J\"}", "another kind"},
    };
    (void)data;
    mkdir("parfor", 0700);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_file("parfor/state.json", texts[i][0]);
        struct state state = read_back(texts[i][1]);
        assert_string_equal(state.command_line, "");
        assert_int_equal(access("parfor/state.json", F_OK), -1);
        assert_file("parfor/state.json.broken", texts[i][0]);
        read_back(NULL);
    }
}

static void what_is_too_large_is_set_aside(void **data)
{
    (void)data;
    mkdir("parfor", 0700);
    write_file("parfor/state.json", "{");
    assert_int_equal(truncate("parfor/state.json", INT64_C(1) << 33), 0);
    read_back("too large");
    assert_int_equal(access("parfor/state.json.broken", F_OK), 0);
}

static void unknown_members_are_passed_over(void **data)
{
    (void)data;
    mkdir("parfor", 0700);
    write_file("parfor/state.json", "{\"schema\": \"parfor-state/1\", \"new\": [1, {}],"
                                    " \"theme\": \"sepia\", \"command_line\": \"parfor "
                                    "run pi\"}");
    struct state state = read_back(NULL);
    assert_string_equal(state.command_line, "parfor run pi");
    assert_false(state.themed);
}

static void a_command_line_of_another_version_is_dropped(void **data)
{
    (void)data;
    keep("parfor run nothing-like-this", true, STYLE_MONO);
    struct state state = read_back("nothing-like-this");
    assert_string_equal(state.command_line, "");
    assert_int_equal(state.theme, STYLE_MONO);
    keep("parfor run factorial; rm -rf x", false, STYLE_DEFAULT);
    assert_string_equal(read_back("left out").command_line, "");
}

/* A pipe would be waited for, a folder cannot be read, a link leads elsewhere. */
static void what_is_no_file_does_no_harm(void **data)
{
    struct state state = {.command_line = "parfor check"};
    struct fault fault;
    (void)data;
    mkdir("parfor", 0700);
    assert_int_equal(mkfifo("parfor/state.json", 0600), 0);
    assert_int_equal(state_write(&state, &fault), -EEXIST);
    read_back("not a file");
    mkdir("parfor/state.json", 0700);
    write_file("parfor/state.json/inside", "x");
    assert_true(state_write(&state, &fault) < 0);
    read_back("cannot be used"); /* the pipe is where it would go */
    assert_file("parfor/state.json/inside", "x");
}

static void links_are_followed(void **data)
{
    struct stat status;
    (void)data;
    mkdir("parfor", 0700);
    write_file("elsewhere", "{\"schema\": \"parfor-state/1\"}");
    assert_int_equal(symlink("../elsewhere", "parfor/state.json"), 0);
    keep("parfor check", false, STYLE_DEFAULT);
    assert_int_equal(lstat("parfor/state.json", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_string_equal(read_back(NULL).command_line, "parfor check");
    write_file("elsewhere", "broken");
    read_back("set aside");
    assert_file("elsewhere", "broken");
    unlink("parfor/state.json");
    assert_int_equal(symlink("nowhere", "parfor/state.json"), 0);
    struct fault fault;
    struct state state = {.command_line = "parfor check"};
    assert_int_equal(state_write(&state, &fault), -ENOENT);
    read_back(NULL);
}

static void without_a_place_nothing_happens(void **data)
{
    struct state state = {.command_line = "parfor check"};
    struct fault fault = {0};
    (void)data;
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    read_back(NULL);
    assert_true(state_write(&state, &fault) < 0);
    assert_string_not_equal(fault.text, "");
    setenv("XDG_STATE_HOME", "/proc/self/nothing", 1);
    read_back(NULL);
    assert_true(state_write(&state, &fault) < 0);
    setenv("XDG_STATE_HOME", "/dev/null/x", 1);
    read_back(NULL);
    assert_true(state_write(&state, &fault) < 0);
    assert_false(state_keep_theme(STYLE_SAFE));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(the_folder_is_made),
        TEST(the_theme_alone_is_kept),
        TEST(what_is_broken_is_set_aside),
        TEST(what_is_too_large_is_set_aside),
        TEST(unknown_members_are_passed_over),
        TEST(a_command_line_of_another_version_is_dropped),
        TEST(what_is_no_file_does_no_harm),
        TEST(links_are_followed),
        TEST(without_a_place_nothing_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
