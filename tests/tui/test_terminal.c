// SPDX-License-Identifier: MIT
/* The test bench itself, with small programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "golden.h"
#include "terminal.h"

/* A shell's script in a terminal; it stays there until something is typed if it ends in
 * "read x". */
static struct terminal *start_script(const char *script, int rows, int columns)
{
    const char *argv[] = {"sh", "-c", script, NULL};
    return terminal_start(
        &(struct terminal_setup){.argv = argv, .rows = rows, .columns = columns});
}

static void assert_row(const struct terminal *terminal, int row, const char *expected)
{
    char *text = terminal_row(terminal, row);
    assert_string_equal(text, expected);
    free(text);
}

static void test_text(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf 'one  \\r\\n  two\\033[5;10Hthree'; read x", 6, 20);
    terminal_expect(terminal, "three");
    assert_row(terminal, 0, "one");
    assert_row(terminal, 1, "  two");
    assert_row(terminal, 4, "         three");
    struct terminal_state now = terminal_state(terminal);
    assert_int_equal(now.rows, 6);
    assert_int_equal(now.columns, 20);
    assert_int_equal(now.cursor_row, 4);
    assert_int_equal(now.cursor_column, 14);
    char *text = terminal_text(terminal);
    assert_string_equal(text, "one\n  two\n\n\n         three\n\n");
    free(text);
    assert_true(terminal_wrote(terminal, "\033[5;10H"));
    assert_false(terminal_wrote(terminal, "\033[5;11H"));
    terminal_destroy(terminal);
}

static void test_blocks_and_wide_characters(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf '█▌▄x\\r\\n日本y\\r\\ne\\314\\201z'; read x", 4, 8);
    int row, column;
    terminal_expect(terminal, "z");
    char *picture = terminal_picture(terminal);
    assert_string_equal(
        picture, "|█▌▄x    |\n|日本y   |\n|e\314\201z      |\n|        |\n");
    free(picture);
    assert_string_equal(terminal_cell(terminal, 0, 1).text, "▌");
    assert_int_equal(terminal_cell(terminal, 1, 0).width, 2);
    assert_int_equal(terminal_cell(terminal, 1, 1).width, 0);
    assert_true(terminal_find(terminal, "y", &row, &column));
    assert_int_equal(row, 1);
    assert_int_equal(column, 4);
    assert_true(terminal_find(terminal, "▄x", &row, &column));
    assert_int_equal(column, 2);
    assert_false(terminal_shows(terminal, "no such text"));
    assert_false(terminal_wait_for(terminal, "no such text", 20));
    terminal_destroy(terminal);
}

/* ncurses repeats characters so on xterm. */
static void test_repetition(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf 'a-\\033[5bb█\\033[2b'; read x", 2, 20);
    terminal_expect(terminal, "b█");
    terminal_expect_quiet(terminal);
    assert_row(terminal, 0, "a------b███");
    terminal_destroy(terminal);
}

static void test_attributes(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf '\\033[31;1mr\\033[0;7mi\\033[0;38;5;200;44mp"
                     "\\033[0;38;2;1;2;3mt\\033[0mo'; read x",
            2, 20);
    terminal_expect(terminal, "ripto");
    struct terminal_cell red = terminal_cell(terminal, 0, 0);
    assert_int_equal(red.foreground, 1);
    assert_int_equal(red.background, TERMINAL_DEFAULT);
    assert_true(red.bold);
    assert_false(red.reverse);
    assert_true(terminal_cell(terminal, 0, 1).reverse);
    assert_int_equal(terminal_cell(terminal, 0, 2).foreground, 200);
    assert_int_equal(terminal_cell(terminal, 0, 2).background, 4);
    assert_int_equal(terminal_cell(terminal, 0, 3).foreground, TERMINAL_RGB + 0x010203);
    assert_int_equal(terminal_cell(terminal, 0, 4).foreground, TERMINAL_DEFAULT);
    terminal_destroy(terminal);
}

static void test_alternate_screen(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf before; read x; tput smcup; tput civis; "
                     "printf full; read x; tput rmcup; tput cnorm; "
                     "read x",
            3, 20);
    terminal_expect(terminal, "before");
    assert_false(terminal_state(terminal).alternate);
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "full");
    assert_true(terminal_state(terminal).alternate);
    assert_false(terminal_state(terminal).cursor_visible);
    assert_false(terminal_shows(terminal, "before"));
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "before");
    terminal_expect_quiet(terminal);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    terminal_destroy(terminal);
}

static void test_resize(void **state)
{
    (void)state;
    struct terminal *terminal = start_script(
        "trap 'stty size' WINCH; echo ready; while :; do sleep 0.02; done", 24, 80);
    terminal_expect(terminal, "ready");
    terminal_resize(terminal, 40, 120);
    terminal_expect(terminal, "40 120");
    terminal_resize(terminal, 3, 10);
    terminal_expect(terminal, "3 10");
    assert_int_equal(terminal_state(terminal).rows, 3);
    terminal_destroy(terminal);
}

static void test_resize_in_alternate_screen(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("tput smcup; printf '\\033[20;60Hfar'; cat", 24, 80);
    terminal_expect(terminal, "far");
    for (int i = 0; i < 60; i++)
        terminal_resize(terminal, 3 + i * 7 % 60, 10 + i * 13 % 200);
    terminal_resize(terminal, 24, 80);
    terminal_type(terminal, "\033[Hhere");
    terminal_expect(terminal, "here");
    assert_true(terminal_state(terminal).alternate);
    terminal_destroy(terminal);
}

static void test_typing(void **state)
{
    (void)state;
    struct terminal *terminal = start_script("stty -echo; echo ready; cat -v", 10, 40);
    terminal_expect(terminal, "ready");
    terminal_type(terminal, "täglich");
    terminal_press(terminal, TERMINAL_PAGE_DOWN);
    terminal_press(terminal, TERMINAL_UP);
    terminal_control(terminal, 'L');
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "tM-CM-$glich^[[6~^[[A^L");
    terminal_destroy(terminal);
    terminal = start_script("stty -echo; printf 'ready\\033[?1h'; cat -v", 10, 40);
    terminal_expect(terminal, "ready");
    terminal_press(terminal, TERMINAL_UP); /* as the application's cursor keys */
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "^[OA");
    terminal_destroy(terminal);
}

static void test_interrupt(void **state)
{
    (void)state;
    const char *argv[] = {"cat", NULL};
    struct terminal *terminal = terminal_start(&(struct terminal_setup){.argv = argv});
    terminal_type(terminal, "echoed\r");
    terminal_expect(terminal, "echoed");
    assert_int_equal(terminal_foreground(terminal), terminal_pid(terminal));
    terminal_control(terminal, 'C');
    terminal_expect_signal(terminal, SIGINT);
    terminal_destroy(terminal);
}

static void test_modes(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("echo ready; read x; stty raw -echo; echo raw; sleep 100", 5, 40);
    terminal_expect(terminal, "ready");
    assert_true(terminal_modes(terminal).c_lflag & ICANON);
    assert_true(terminal_modes(terminal).c_lflag & ECHO);
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "raw");
    assert_false(terminal_modes(terminal).c_lflag & (ICANON | ECHO | ISIG));
    terminal_destroy(terminal);
}

static void test_status(void **state)
{
    (void)state;
    int status = -1;
    struct terminal *terminal = start_script("printf last; exit 7", 5, 40);
    terminal_expect_exit(terminal, 7);
    assert_true(terminal_shows(terminal, "last"));
    terminal_destroy(terminal);
    terminal = start_script("echo ready; sleep 100", 5, 40);
    terminal_expect(terminal, "ready");
    assert_false(terminal_wait_end(terminal, 20, &status));
    terminal_signal(terminal, SIGTERM);
    assert_true(terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status));
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    terminal_destroy(terminal);
}

static void test_much_output(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("seq 100000; printf '\\033[7mend\\033[0m\\a'", 24, 80);
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_shows(terminal, "100000"));
    assert_true(terminal_counts(terminal).bytes > 600000);
    assert_true(terminal_bursts(terminal) > 0);
    assert_int_equal(terminal_state(terminal).bells, 1);
    terminal_destroy(terminal);
}

/* (A program that reads may see the end of its input before the signal.) */
static void test_hang_up(void **state)
{
    (void)state;
    struct terminal *terminal = start_script("echo ready; exec sleep 100", 5, 40);
    terminal_expect(terminal, "ready");
    terminal_hang_up(terminal);
    terminal_expect_signal(terminal, SIGHUP);
    assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
    terminal_destroy(terminal);
}

static void test_frames(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf 'ab\\033[?2026hcde\\033[?2026l'; printf "
                     "'\\033[?2026hf\\033[?20'; read x; "
                     "printf '26lg\\033[?2026l\\033[?2026h'; read x",
            5, 40);
    terminal_expect(terminal, "abcdef");
    terminal_expect_quiet(terminal);
    struct stream_counts counts = terminal_counts(terminal);
    assert_int_equal(counts.frames, 1);
    assert_true(counts.in_frame);
    assert_int_equal(counts.frame_bytes, 4);
    assert_int_equal(counts.unframed_bytes, 2);
    terminal_press(terminal, TERMINAL_ENTER); /* echoed into the frame */
    assert_true(terminal_wait_frames(terminal, 2, TERMINAL_PATIENCE_MS));
    terminal_expect_quiet(terminal);
    counts = terminal_counts(terminal);
    assert_int_equal(counts.unbalanced, 1);
    assert_int_equal(counts.unframed_bytes, 3);
    assert_int_equal(counts.largest_frame, 3);
    assert_true(counts.in_frame);
    terminal_destroy(terminal);
}

static void test_shell(void **state)
{
    (void)state;
    const char *argv[] = {"sh", "-c", "echo \"it's $0\"; read x", "in 'quotes'", NULL};
    struct terminal *terminal = terminal_start(
        &(struct terminal_setup){.argv = argv, .in_shell = true, .columns = 100});
    terminal_expect(terminal, "it's in 'quotes'");
    assert_int_equal(terminal_expect_program(terminal), terminal_foreground(terminal));
    assert_false(terminal_wait_prompt(terminal, 20));
    terminal_control(terminal, 'Z');
    terminal_expect_prompt(terminal);
    struct termios before = terminal_modes(terminal), after;
    terminal_command(terminal, (const char *[]){"fg", NULL});
    assert_true(terminal_expect_program(terminal) != terminal_pid(terminal));
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect_prompt(terminal);
    after = terminal_modes(terminal);
    assert_int_equal(before.c_lflag, after.c_lflag);
    terminal_command(terminal, (const char *[]){"exit", "3", NULL});
    terminal_expect_exit(terminal, 3);
    terminal_destroy(terminal);
}

static void test_environment(void **state)
{
    (void)state;
    const char *argv[] = {"sh", "-c",
        "echo $TERM-$LC_ALL-$ADDED-${HOME-none}-${COLUMNS-none}; read x", NULL};
    const char *environment[] = {"ADDED=a=b", "HOME", NULL};
    struct terminal *terminal = terminal_start(&(struct terminal_setup){
        .argv = argv, .term = "vt100", .locale = "C", .environment = environment});
    terminal_expect(terminal, "vt100-C-a=b-none-none");
    terminal_destroy(terminal);
}

static void test_other_descriptors(void **state)
{
    (void)state;
    char text[10] = "";
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    const char *argv[] = {
        "sh", "-c", "echo data; echo screen >/dev/tty; echo words >&2", NULL};
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .stdout_fd = ends[1]});
    close(ends[1]);
    terminal_expect_exit(terminal, 0);
    assert_int_equal(read(ends[0], text, sizeof text - 1), 5);
    assert_string_equal(text, "data\n");
    assert_row(terminal, 0, "screen");
    assert_row(terminal, 1, "words");
    close(ends[0]);
    terminal_destroy(terminal);
}

/* Also what left the session is known, and goes with the terminal. */
static void test_processes(void **state)
{
    (void)state;
    pid_t pids[10];
    struct terminal *terminal =
        start_script("setsid sh -c 'echo away; exec sleep 100' & read x", 5, 40);
    terminal_expect(terminal, "away");
    assert_int_equal(terminal_processes(terminal, 10, pids), 2);
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_wait_alone(terminal, 1, TERMINAL_PATIENCE_MS));
    assert_false(terminal_wait_alone(terminal, 0, 20));
    terminal_kill(terminal);
    assert_int_equal(terminal_processes(terminal, 10, pids), 0);
    terminal_destroy(terminal);
}

static void test_golden(void **state)
{
    (void)state;
    struct terminal *terminal =
        start_script("printf '┌ 日本 ┐\\r\\n  bar ▇▇▇▍\\033[4;18Hend'; read x", 4, 20);
    terminal_expect(terminal, "end");
    golden_expect(terminal, "bench");
    terminal_destroy(terminal);
}

static void test_not_golden(void **state)
{
    (void)state;
    if (getenv("PARFOR_GOLDEN"))
        skip();
    assert_false(golden_matches("bench", "|another|\n"));
    assert_false(golden_matches("no-such-screen", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_blocks_and_wide_characters),
        cmocka_unit_test(test_repetition),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_alternate_screen),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_resize_in_alternate_screen),
        cmocka_unit_test(test_typing),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_much_output),
        cmocka_unit_test(test_hang_up),
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_shell),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_other_descriptors),
        cmocka_unit_test(test_processes),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_not_golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
