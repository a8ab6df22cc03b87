// SPDX-License-Identifier: MIT
/* Two hundred sizes, keys and clicks by chance in every place of the real program: it is
 * there afterwards, every frame was whole, and it ends as ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum {
    STEPS = 200,
    AT_ONCE = 8,
    READ_MS = 4, /* 32 ms from one step of a terminal to the next */
    ROWS_MOST = 70,
    COLUMNS_MOST = 220,
    ESCAPE_MS = 100
};
enum { SEED = 20261123, STATUS_INCONCLUSIVE = 4 };

/* Loops that are not over before the test is. */
#define FOR_HOURS "sleep", "-s", "20000", "-n", "1M", "-j", "2"
#define FOR_HOURS_EACH "sleep", "-s", "20000", "-n", "1M", "-j", "1,2,4"
#define COMMANDS                                                                         \
    "-j", "2", "--log", "/dev/null", "--", "sleep", "1000", ":::", "1", "2", "3"

/* Letters that neither end a run nor begin one. */
#define LETTERS "tw?d ijkhlcfmbgs+-.,[]<>0123\t"

static const struct place {
    const char *arguments[16]; /* one with @ is a recorded result */
    const char *first;         /* what is there at first … */
    const char *keys;          /* … and these lead to the view */
    const char *foot;          /* there again at last, after Escape … */
    const char *leave;         /* … and these end it */
    int status;
} places[] = {
    {{"run", FOR_HOURS}, "so far", "", PROGRAM_LIVE, "qy", 1},
    {{"run", FOR_HOURS}, "so far", "i", PROGRAM_LIVE, "qy", 1},
    {{"run", FOR_HOURS}, "so far", "w", PROGRAM_LIVE, "qy", 1},
    {{"run", FOR_HOURS}, "so far", "wi", PROGRAM_LIVE, "qy", 1},
    {{"map", FOR_HOURS}, "so far", "t", "q quit", "qy", 1},
    {{"run", "--ask", PROGRAM_NO_TIME}, PROGRAM_ASK, "", PROGRAM_ASK, "qy", 1},
    {{"run", PROGRAM_NO_TIME}, PROGRAM_COMPARE, "", PROGRAM_COMPARE, "q", 0},
    {{"run", PROGRAM_NO_TIME}, PROGRAM_COMPARE, "ti", PROGRAM_COMPARE, "q", 0},
    {{"run", PROGRAM_NO_TIME}, PROGRAM_COMPARE, "s", PROGRAM_COMPARE, "q", 0},
    {{"sweep", FOR_HOURS_EACH}, "so far", "", "q quit", "qy", 1},
    {{"map", COMMANDS}, "x stop", "", "x stop", "xe", 1},
    {{"versus", "sleep 1000", "sleep 1000"}, "so far", "", "q quit", "qy", 1},
    {{"check", "--long", "10m", "--nice", "19"}, " left", "", "q quit", "qy",
        STATUS_INCONCLUSIVE},
    {{"watch"}, "q quit", "", "q quit", "q", 0},
    {{"watch", "--", "sleep", "1000"}, "so far", "", "q quit", "qy", 1},
    {{NULL}, "Enter run", "", "Enter run", "q", 0},
    {{NULL}, "Enter run", "?", "Enter run", "q", 0},
    {{"show", "@run-64"}, "times as fast", "", "q quit", "q", 0},
    {{"show", "@run-64"}, "times as fast", "t", "q quit", "q", 0},
    {{"show", "@run-256"}, "times as fast", "w", "q quit", "q", 0},
    {{"show", "@run-12"}, "times as fast", "ti", "q quit", "q", 0},
    {{"show", "--replay=x4", "@run-12"}, "so far", "", "q quit", "q", 0},
    {{"show", "@run-12", "@run-64", "@sweep-8-cut"}, "q quit", "", "q quit", "q", 0},
    {{"show", "@run-12", "@run-64", "@run-2"}, "q quit", "b", "q quit", "q", 0},
};

static unsigned by_chance(unsigned *seed, unsigned count)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % count;
}

/* Anywhere but in the last row: a key there may be one that ends it. */
static void click(struct terminal *terminal, unsigned *seed)
{
    static const unsigned buttons[] = {0, 0, 0, 64, 65};
    char bytes[64];
    unsigned rows = (unsigned)terminal_state(terminal).rows;
    unsigned button = buttons[by_chance(seed, 5)];
    unsigned column = 1 + by_chance(seed, COLUMNS_MOST);
    unsigned row = 1 + by_chance(seed, rows > 1 ? rows - 1 : 1);
    if (rows < 2)
        return;
    snprintf(bytes, sizeof bytes, "\033[<%u;%u;%uM\033[<%u;%u;%um", button, column, row,
        button, column, row);
    terminal_type(terminal, bytes);
}

/* Page Down would answer the question of --ask. */
static void press(struct terminal *terminal, const struct place *place, unsigned *seed)
{
    static const enum terminal_key keys[] = {TERMINAL_UP, TERMINAL_DOWN, TERMINAL_LEFT,
        TERMINAL_RIGHT, TERMINAL_PAGE_UP, TERMINAL_PAGE_DOWN, TERMINAL_HOME, TERMINAL_END,
        TERMINAL_DELETE, TERMINAL_BACKSPACE, TERMINAL_BACK_TAB, TERMINAL_ESCAPE};
    enum terminal_key key = keys[by_chance(seed, sizeof keys / sizeof *keys)];
    if (key != TERMINAL_PAGE_DOWN || strcmp(place->foot, PROGRAM_ASK) != 0)
        terminal_press(terminal, key);
}

static void step(struct terminal *terminal, const struct place *place, unsigned *seed)
{
    char letter[2] = "";
    switch (by_chance(seed, 5)) {
    case 0:
        terminal_resize(terminal, 1 + (int)by_chance(seed, ROWS_MOST),
            1 + (int)by_chance(seed, COLUMNS_MOST));
        break;
    case 1:
        click(terminal, seed);
        break;
    case 2:
        press(terminal, place, seed);
        break;
    default:
        letter[0] = LETTERS[by_chance(seed, sizeof LETTERS - 1)];
        terminal_type(terminal, letter);
    }
    terminal_read_for(terminal, READ_MS);
}

static struct terminal *start(const struct place *place, char paths[][512])
{
    const char *arguments[16] = {NULL}, *folder = getenv("PARFOR_RESULTS");
    assert_non_null(folder);
    for (int i = 0; place->arguments[i]; i++) {
        arguments[i] = place->arguments[i];
        if (arguments[i][0] != '@')
            continue;
        snprintf(paths[i], 512, "%s/%s.json", folder, arguments[i] + 1);
        arguments[i] = paths[i];
    }
    struct terminal *terminal = program_start(80, 24, arguments);
    terminal_expect(terminal, place->first);
    terminal_type(terminal, place->keys);
    return terminal;
}

/* Each Escape leaves one thing: a line that is typed, a view, two side by side.  What was
 * opened with a click is a screen of its own. */
static void check(struct terminal *terminal, const struct place *place)
{
    terminal_resize(terminal, 24, 80);
    for (int i = 0; i < 4; i++) {
        terminal_press(terminal, TERMINAL_ESCAPE);
        terminal_read_for(terminal, ESCAPE_MS);
    }
    if (terminal_shows(terminal, "q back"))
        terminal_type(terminal, "q");
    terminal_expect(terminal, place->foot);
    assert_int_equal(terminal_counts(terminal).unbalanced, 0);
    assert_int_equal(terminal_counts(terminal).unframed_bytes, 0);
    terminal_type(terminal, place->leave);
    program_expect_end(terminal, place->status, "");
}

static void test_by_chance(void **state)
{
    enum { PLACES = sizeof places / sizeof *places };
    struct terminal *terminals[AT_ONCE];
    char paths[16][512];
    unsigned seed = SEED;
    (void)state;
    for (size_t first = 0; first < PLACES; first += AT_ONCE) {
        size_t count = PLACES - first < AT_ONCE ? PLACES - first : AT_ONCE;
        for (size_t i = 0; i < count; i++)
            terminals[i] = start(&places[first + i], paths);
        for (int i = 0; i < STEPS; i++)
            for (size_t k = 0; k < count; k++)
                step(terminals[k], &places[first + k], &seed);
        for (size_t i = 0; i < count; i++) {
            const char *name = places[first + i].arguments[0];
            print_message(
                "%s, key '%s'\n", name ? name : "the launcher", places[first + i].keys);
            check(terminals[i], &places[first + i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
