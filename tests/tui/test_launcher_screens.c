// SPDX-License-Identifier: MIT
/* The launcher's screen as it shall look, over a made form (form_scene.c), and what can
 * be done on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "terminal.h"

enum { WORDS_MAX = 4, RESULTS = 3, ARGUMENTS_MAX = 1 + WORDS_MAX + RESULTS + 1 };

#define DOWN "\033[B"
#define RIGHT "\033[C"
#define END "\033[F"
#define PAGE_UP "\033[5~"
#define PAGE_DOWN "\033[6~"
#define FIRST "the article's loop"

struct shot {
    const char *name;
    int columns, rows;
    const char *words[WORDS_MAX]; /* for form_scene.c */
    const char *keys;             /* typed then */
    bool bare;                    /* no results yet */
    const char *term, *locale;
};

static const struct shot shots[] = {
    {"80x24", 80, 24, .words = {NULL}},
    {"120x40", 120, 40, .words = {NULL}},
    {"200x60", 200, 60, .words = {NULL}},
    {"40x12", 40, 12, .words = {NULL}},
    {"20x5", 20, 5, .words = {NULL}},
    {"10x3", 10, 3, .words = {NULL}},
    {"80x24-none", 80, 24, .words = {NULL}, .bare = true},
    {"40x12-none", 40, 12, .words = {NULL}, .bare = true},
    {"60x20", 60, 20, .words = {"own"}},
    {"80x24-refused", 80, 24, .words = {"refused"}, .keys = "\r"},
    {"40x12-refused", 40, 12, .words = {"refused"}, .keys = "\r"},
    {"20x5-refused", 20, 5, .words = {"refused"}, .keys = "\r"},
    {"80x24-number", 80, 24, .words = {NULL}, .keys = DOWN DOWN DOWN DOWN "4"},
    {"40x12-number", 40, 12, .words = {NULL}, .keys = DOWN DOWN DOWN DOWN DOWN},
    {"80x24-own", 80, 24, .words = {"own"}, .keys = DOWN DOWN DOWN END " --more"},
    {"40x12-own", 40, 12, .words = {"own"}, .keys = DOWN DOWN DOWN END " --more"},
    {"80x24-selected", 80, 24, .words = {"own"}, .keys = DOWN DOWN DOWN},
    {"40x12-selected", 40, 12, .words = {"own"}, .keys = DOWN DOWN DOWN},
    {"40x24-refused", 40, 24, .words = {"refused"}, .keys = DOWN},
    {"120x40-own", 120, 40, .words = {"own"}, .keys = "\033[F"},
    {"80x24-results", 80, 24, .words = {NULL}, .keys = "gj"},
    {"40x12-results", 40, 12, .words = {NULL}, .keys = "gj"},
    {"20x5-results", 20, 5, .words = {NULL}, .keys = "gj"},
    {"80x24-save", 80, 24, .words = {NULL}, .keys = "gs"},
    {"40x12-save", 40, 12, .words = {NULL}, .keys = "gs"},
    {"20x5-save", 20, 5, .words = {NULL}, .keys = "gs"},
    {"80x24-open", 80, 24, .words = {NULL}, .keys = "orun.json"},
    {"40x12-open", 40, 12, .words = {NULL}, .keys = "orun.json"},
    {"80x24-unsaved", 80, 24, .words = {"unsaved"}, .keys = "gq"},
    {"40x12-unsaved", 40, 12, .words = {"unsaved"}, .keys = "q"},
    {"20x5-unsaved", 20, 5, .words = {"unsaved"}, .keys = "q"},
    {"80x24-word", 80, 24,
        .words = {"word=night.json: not a result (line 3: a number is missing)"}},
    {"40x12-word", 40, 12,
        .words = {"word=night.json: not a result (line 3: a number is missing)"}},
    {"80x24-help", 80, 24, .words = {NULL}, .keys = "?"},
    {"80x24-help-scrolled", 80, 24, .words = {NULL}, .keys = "?\033[6~"},
    {"40x12-help", 40, 12, .words = {NULL}, .keys = "?jjjj"},
    {"40x12-help-page", 40, 12, .words = {NULL}, .keys = "?" PAGE_DOWN},
    {"40x12-help-end", 40, 12, .words = {NULL}, .keys = "?" END},
    {"20x5-help", 20, 5, .words = {NULL}, .keys = "?j"},
    {"80x24-ascii", 80, 24, .words = {"ascii", "own"}},
    {"80x24-no-color", 80, 24, .words = {"no-color", "refused"}, .keys = "\r"},
    {"80x24-vt100", 80, 24, .words = {"refused"}, .keys = "\r", .term = "vt100"},
    {"80x24-c", 80, 24, .words = {"own"}, .locale = "C"},
};

static struct terminal *start(const struct shot *shot)
{
    static const char *const names[RESULTS] = {"run-2", "run-12", "run-8"};
    const char *argv[ARGUMENTS_MAX] = {getenv("PARFOR_FORM_SCENE")};
    char paths[RESULTS][300];
    size_t count = 1;
    for (int i = 0; i < WORDS_MAX && shot->words[i]; i++)
        argv[count++] = shot->words[i];
    for (int i = 0; i < RESULTS && !shot->bare; i++) {
        snprintf(
            paths[i], sizeof paths[i], "%s/%s.json", getenv("PARFOR_RESULTS"), names[i]);
        argv[count++] = paths[i];
    }
    struct terminal *terminal = terminal_start(&(struct terminal_setup){.argv = argv,
        .rows = shot->rows,
        .columns = shot->columns,
        .term = shot->term,
        .locale = shot->locale});
    terminal_expect(terminal, shot->columns < 20 ? "20x5" : "parfor");
    return terminal;
}

static struct terminal *start_at(int columns, int rows, const char *word)
{
    return start(&(struct shot){.columns = columns, .rows = rows, .words = {word}});
}

static void every_screen_is_as_it_shall_be(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shots / sizeof *shots; i++) {
        char name[64];
        struct terminal *terminal = start(&shots[i]);
        snprintf(name, sizeof name, "launcher-%s", shots[i].name);
        if (shots[i].keys)
            terminal_type(terminal, shots[i].keys);
        terminal_expect_quiet(terminal);
        golden_expect(terminal, name);
        terminal_destroy(terminal);
    }
}

/* Types, and looks at what the launcher was left with. */
static void expect_left(const struct shot *shot, const char *keys, const char *said)
{
    struct terminal *terminal = start(shot);
    terminal_type(terminal, keys);
    terminal_expect_exit(terminal, 0);
    if (!terminal_shows(terminal, said))
        terminal_fail(terminal, "typing %s should end with %s", keys, said);
    terminal_destroy(terminal);
}

static void keys_come_to_what_they_say(void **state)
{
    (void)state;
    static const struct shot full = {.columns = 100, .rows = 30},
                             none = {.columns = 100, .rows = 30, .bare = true},
                             unsaved = {.columns = 100, .rows = 30, .words = {"unsaved"}};
    expect_left(&full, "\r", "run: parfor run factorial -s 1000000 -n 15;");
    expect_left(&full, "q", "leave:");
    expect_left(&full, "jjjj3\r", "run: parfor run factorial -s 1000000 -n 3;");
    expect_left(
        &full, "jjjjj\033[3~j2\rq", "run: parfor run factorial -s 1000000 -n 15;");
    expect_left(&full, "jj l\r", "run: parfor run sleep -s 1000000 -n 15;");
    expect_left(&full, "jjh\r", "run: parfor run sleep -s 1000000 -n 15;");
    expect_left(&full, "jjjj\033[3~\r", "run: parfor run factorial -s 1000000;");
    expect_left(&full, "g\r", "open:");
    expect_left(&full, "gjmkb", "beside:");
    expect_left(
        &full, "gs\r", "save: parfor run factorial -s 1000000 -n 15; factorial.json");
    expect_left(&full, "s\025two words.json\r", "-n 15; two words.json");
    expect_left(
        &full, "osome.json\r", "load: parfor run factorial -s 1000000 -n 15; some");
    expect_left(&full, "gj\t\tq", "leave:");
    expect_left(&full, "?jjj?q", "leave:");
    expect_left(&full, "?q", "leave:");
    expect_left(&none, "gsmbq", "leave:");
    expect_left(&unsaved, "qq", "leave:");
    expect_left(&unsaved, "qxqjgqkq\033[Fqq", "leave:");
    expect_left(&unsaved, "?qq", "leave:");
    expect_left(&unsaved, "q\rjjjj7\r", "run: parfor run factorial -s 1000000 -n 7;");
}

/* Escape from a question leaves all as it was; what cannot be run is not run. */
static void a_refusal_keeps_it_here(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(100, 30, "refused");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Cannot run yet. tasks: more than any loop");
    terminal_expect(terminal, "> tasks");
    terminal_type(terminal, "7");
    terminal_expect_gone(terminal, "more than any loop");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 7");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "On the screen:");
    terminal_type(terminal, "?os.json");
    terminal_expect(terminal, "Open the file: s.json");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect_gone(terminal, "Open the file:");
    terminal_type(terminal, "\r");
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_shows(terminal, "run: parfor run factorial -s 1000000 -n 7;"));
    assert_true(terminal_shows(terminal, "; factorial.json"));
    terminal_destroy(terminal);
}

/* A key that is none of the form's says so. */
static void a_useless_key_is_told(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(80, 24, NULL);
    terminal_type(terminal, "z");
    terminal_expect(terminal, "This key does nothing here; ? lists those that do.");
    terminal_type(terminal, DOWN);
    terminal_expect_gone(terminal, "This key");
    terminal_type(terminal, DOWN DOWN DOWN "a");
    terminal_expect(terminal, "Numbers only here; ? lists the other keys.");
    terminal_type(terminal, "7");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 7");
    terminal_expect_gone(terminal, "Numbers only");
    terminal_destroy(terminal);
}

/* A mark says it as well as the colour, and without colours the mark alone. */
static void a_refusal_is_told_without_colour(void **state)
{
    (void)state;
    static const char *const words[] = {NULL, "no-color"};
    for (int i = 0; i < 2; i++) {
        int row, column;
        struct terminal *terminal = start(
            &(struct shot){.columns = 100, .rows = 30, .words = {"refused", words[i]}});
        terminal_expect(terminal, "! more than");
        assert_true(terminal_find(terminal, "! more than", &row, &column));
        bool coloured =
            terminal_cell(terminal, row, column).foreground != TERMINAL_DEFAULT;
        assert_int_equal(coloured, i == 0);
        terminal_type(terminal, "j");
        terminal_expect(terminal, "> do");
        terminal_expect_quiet(terminal);
        assert_true(terminal_find(terminal, "< compare >", &row, &column));
        assert_true(terminal_cell(terminal, row, column).reverse);
        assert_int_equal(terminal_state(terminal).cursor_row, row);
        terminal_destroy(terminal);
    }
}

/* What is typed is UTF-8, is seen where the cursor is, and comes out as it was typed. */
static void a_long_text_scrolls(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(40, 12, "own");
    terminal_type(terminal, DOWN DOWN DOWN "\025"); /* Ctrl-U */
    terminal_type(
        terminal, "a\u0301 \u4e2d\u6587 gr\u00fc\u00dfe, and then so much more");
    terminal_expect(terminal, "and then so much more");
    struct terminal_state at = terminal_state(terminal);
    assert_true(at.cursor_visible);
    assert_string_equal(
        terminal_cell(terminal, at.cursor_row, at.cursor_column - 1).text, "e");
    terminal_press(terminal, TERMINAL_HOME);
    terminal_expect(terminal, "a\u0301 \u4e2d\u6587 gr\u00fc\u00dfe");
    at = terminal_state(terminal);
    assert_string_equal(
        terminal_cell(terminal, at.cursor_row, at.cursor_column).text, "a\u0301");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    assert_false(terminal_state(terminal).cursor_visible);
    terminal_destroy(terminal);
}

/* The command line is copied from the screen, as one does, and given to a shell. */
static void the_command_line_can_be_copied(void **state)
{
    (void)state;
    static const char said[] = "[run][factorial][-s][1000000][-n][15][--output]"
                               "[of the night/{}.txt][--timeout][30m][--retries][3]"
                               "[--log][night.jsonl]";
    static const int columns[] = {30, 40, 60, 80, 120};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct terminal *terminal = start_at(columns[i], 40, "own");
        char script[4096] = "parfor() { printf '[%s]' \"$@\"; }\n", line[512] = "";
        int row, column;
        terminal_expect_quiet(terminal);
        assert_true(terminal_find(terminal, "parfor run", &row, &column));
        bool more = true;
        for (; more; row++) {
            char *text = terminal_row(terminal, row);
            strncat(script, text, sizeof script - strlen(script) - 2);
            strcat(script, "\n");
            more = *text && text[strlen(text) - 1] == '\\';
            free(text);
        }
        terminal_destroy(terminal);
        assert_int_equal(setenv("SCRIPT", script, 1), 0);
        FILE *shell = popen("eval \"$SCRIPT\"", "r");
        assert_non_null(fgets(line, sizeof line, shell));
        assert_int_equal(pclose(shell), 0);
        assert_string_equal(line, said);
    }
}

static void click(struct terminal *terminal, const char *text)
{
    char bytes[64];
    int row, column;
    terminal_expect(terminal, text);
    assert_true(terminal_find(terminal, text, &row, &column));
    snprintf(bytes, sizeof bytes, "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1,
        column + 1, row + 1);
    terminal_type(terminal, bytes);
}

static void what_is_seen_can_be_clicked(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(100, 30, NULL);
    click(terminal, "repeats");
    terminal_expect(terminal, "> repeats");
    click(terminal, "compare");
    terminal_expect(terminal, "> do");
    click(terminal, "compare");
    terminal_expect(terminal, "in parallel only");
    click(terminal, "? help");
    terminal_expect(terminal, "On the screen:");
    click(terminal, "? back");
    click(terminal, "run-12");
    terminal_expect(terminal, "> run-12");
    click(terminal, "run-2.json");
    terminal_expect(terminal, "> run-2");
    terminal_type(terminal, "\033[<65;5;5M"); /* the wheel */
    terminal_expect(terminal, "> run-8");
    click(terminal, "size");
    terminal_expect(terminal, "> size");
    terminal_type(terminal, "\033[<65;5;5M");
    terminal_expect(terminal, "> tasks");
    click(terminal, "Enter run");
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_shows(terminal, "run: parfor run factorial"));
    terminal_destroy(terminal);
}

/* Which of these are seen: a bit each. */
static uint32_t find_seen(struct terminal *terminal, const char *const texts[])
{
    uint32_t seen = 0;
    for (int i = 0; texts[i]; i++)
        if (terminal_shows(terminal, texts[i]))
            seen |= 1u << i;
    return seen;
}

/* Page by page nothing is passed over, down and up again. */
static void all_of_the_help_can_be_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"what to do:", "the loop itself",
        "what may stand", "the same as", "what it is,", "earlier runs", "run the loop",
        "the next field", "change what", "type a number", "the first letter",
        "empty the field", "end typing", "to the results", "look at it", "mark one",
        "put t", "save it in", "open a file", "the next set", "draw every",
        "click a field", "leave; asks", NULL};
    static const uint32_t all = (1u << (sizeof texts / sizeof *texts - 1)) - 1;
    static const char *const pages[] = {PAGE_DOWN, PAGE_UP};
    struct terminal *terminal = start_at(40, 12, NULL);
    terminal_type(terminal, "?");
    terminal_expect(terminal, "On the screen:");
    for (int way = 0; way < 2; way++) {
        uint32_t seen = find_seen(terminal, texts);
        for (int page = 0; page < 12; page++) {
            terminal_type(terminal, pages[way]);
            terminal_expect_quiet(terminal);
            seen |= find_seen(terminal, texts);
        }
        assert_int_equal(seen, all);
        assert_int_equal(terminal_shows(terminal, "PageDown more"), way == 1);
    }
    terminal_destroy(terminal);
}

/* At any size something is there, and nothing is drawn where it should not be. */
static void any_size_is_drawn(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(80, 24, "own");
    terminal_type(terminal, "\t\t\t");
    for (int size = 0; size < 120; size++) {
        int columns = 1 + size * 37 % 130, rows = 1 + size * 23 % 41;
        terminal_resize(terminal, rows, columns);
        terminal_type(terminal, size % 7 == 0 ? "\t" : size % 11 == 0 ? "\033" : "x");
        terminal_wait_frames(terminal, 1, 100);
    }
    terminal_resize(terminal, 24, 80);
    terminal_expect(terminal, "parfor: see a loop go parallel");
    terminal_destroy(terminal);
}

static void a_hang_up_ends_it(void **state)
{
    (void)state;
    struct terminal *terminal = start_at(80, 24, NULL);
    int status;
    terminal_hang_up(terminal);
    assert_true(terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status));
    terminal_destroy(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_is_as_it_shall_be),
        cmocka_unit_test(keys_come_to_what_they_say),
        cmocka_unit_test(a_refusal_keeps_it_here),
        cmocka_unit_test(a_useless_key_is_told),
        cmocka_unit_test(a_refusal_is_told_without_colour),
        cmocka_unit_test(a_long_text_scrolls),
        cmocka_unit_test(the_command_line_can_be_copied),
        cmocka_unit_test(what_is_seen_can_be_clicked),
        cmocka_unit_test(all_of_the_help_can_be_read),
        cmocka_unit_test(any_size_is_drawn),
        cmocka_unit_test(a_hang_up_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
