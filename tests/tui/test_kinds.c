// SPDX-License-Identifier: MIT
/* The real program on terminals of other kinds, and what switches colour and glyphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"
#include "screen_facts.h"

static struct terminal *start_on(
    const char *term, const char *locale, const char *variable, const char *option)
{
    const char *argv[] = {getenv("PARFOR"), "run", PROGRAM_NO_TIME, option, NULL};
    return terminal_start(&(struct terminal_setup){.argv = argv,
        .term = term,
        .locale = locale,
        .environment = (const char *[]){variable, NULL}});
}

/* Where there can be no screen there are sentences, and the run goes on. */
static void test_no_screen(void **state)
{
    static const char *const kinds[] = {"dumb", "no-such-terminal", ""};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct terminal *terminal = start_on(kinds[i], NULL, NULL, NULL);
        terminal_expect_exit(terminal, 0);
        assert_true(terminal_shows(terminal, "One after the other"));
        assert_false(terminal_wrote(terminal, "\033"));
        terminal_destroy(terminal);
    }
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    assert_false(terminal_state(terminal).alternate);
    terminal_destroy(terminal);
}

static void test_kinds(void **state)
{
    static const char *const kinds[] = {
        "linux", "vt100", "vt220", "xterm", "xterm-256color", "screen", "tmux-256color"};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        print_message("%s\n", kinds[i]);
        struct terminal *terminal = start_on(kinds[i], NULL, NULL, NULL);
        terminal_expect(terminal, PROGRAM_COMPARE);
        program_type(terminal, "t", PROGRAM_TASKS);
        program_press(terminal, TERMINAL_PAGE_DOWN, PROGRAM_WORKERS);
        leave(terminal);
    }
}

/* What is on the alternate screen, where nothing has colour or is beyond ASCII. */
static void check(struct terminal *terminal, bool coloured, bool ascii)
{
    size_t size;
    terminal_expect(terminal, PROGRAM_COMPARE);
    terminal_expect_quiet(terminal);
    if (facts_has_colour(terminal_bytes(terminal, &size)) != coloured)
        terminal_fail(terminal, coloured ? "no colour" : "a colour");
    char *text = terminal_text(terminal);
    for (const char *byte = text; *byte; byte++)
        if (ascii && (unsigned char)*byte > '~')
            terminal_fail(terminal, "not ASCII");
    free(text);
    leave(terminal);
}

static void test_switches(void **state)
{
    (void)state;
    check(start_on(NULL, NULL, NULL, NULL), true, false);
    check(start_on(NULL, NULL, NULL, "--no-color"), false, false);
    check(start_on(NULL, NULL, "NO_COLOR=1", NULL), false, false);
    check(start_on(NULL, NULL, "NO_COLOR=", NULL), true, false);
    check(start_on(NULL, NULL, NULL, "--ascii"), true, true);
    check(start_on(NULL, "C", NULL, NULL), true, true);
    check(start_on(NULL, "no_SUCH.locale", NULL, NULL), true, true);
    check(start_on("vt100", NULL, NULL, NULL), false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_screen),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_switches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
