// SPDX-License-Identifier: MIT
/* Every view as it shall look (shots.c), and what holds for all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "screen_facts.h"
#include "shots.h"
#include "terminal.h"

enum { AT_ONCE = 4, SCENE_ARGUMENTS_MAX = 5 + SHOT_WORDS_MAX + 1, SETTLE_MS = 150 };

static bool has_word(const struct shot *shot, const char *word)
{
    for (int i = 0; i < SHOT_WORDS_MAX && shot->words[i]; i++)
        if (strcmp(shot->words[i], word) == 0)
            return true;
    return false;
}

static bool has_word_like(const struct shot *shot, const char *beginning)
{
    for (int i = 0; i < SHOT_WORDS_MAX && shot->words[i]; i++)
        if (strncmp(shot->words[i], beginning, strlen(beginning)) == 0)
            return true;
    return false;
}

static bool is_term(const struct shot *shot, const char *name)
{
    return shot->term && strcmp(shot->term, name) == 0;
}

/* The only one that is not known everywhere. */
static bool is_direct(const struct shot *shot)
{
    return is_term(shot, "xterm-direct");
}

static struct terminal *start_scene(const struct shot *shot)
{
    char path[500], stage[12], ms[12], terminfo[500];
    const char *folder = getenv("PARFOR_TERMINFO");
    const char *argv[SCENE_ARGUMENTS_MAX] = {
        getenv("PARFOR_SCENE"), path, shot->view, stage, ms};
    for (int i = 0; i < SHOT_WORDS_MAX; i++)
        argv[5 + i] = shot->words[i];
    snprintf(path, sizeof path, "%s/%s.json", getenv("PARFOR_RESULTS"), shot->result);
    snprintf(stage, sizeof stage, "%d", shot->stage);
    snprintf(ms, sizeof ms, "%d", shot->ms);
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s", folder ? folder : "");
    return terminal_start(&(struct terminal_setup){.argv = argv,
        .rows = shot->rows,
        .columns = shot->columns,
        .term = shot->term,
        .locale = shot->locale,
        .environment = (const char *[]){is_direct(shot) ? terminfo : NULL, NULL}});
}

/* The console and older terminals do not know where a frame ends. */
static bool knows_frames(const struct shot *shot)
{
    return !shot->term || strncmp(shot->term, "xterm", 5) == 0;
}

/* Says what is wrong, with the screen; the test goes on. */
__attribute__((format(printf, 2, 3))) static bool deny(
    struct terminal *terminal, const char *format, ...)
{
    va_list arguments;
    terminal_show(terminal, stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n\n");
    return false;
}

static bool is_drawn_or_over(struct terminal *terminal, void *data)
{
    const struct shot *shot = data;
    int status;
    bool over = terminal_wait_end(terminal, 0, &status);
    bool drawn = knows_frames(shot) ? terminal_counts(terminal).frames > 0
                                    : terminal_state(terminal).alternate ||
                                          terminal_wrote(terminal, "help");
    return drawn || over;
}

static bool wait_drawn(const struct shot *shot, struct terminal *terminal)
{
    int status;
    bool drawn = terminal_wait_until(
        terminal, is_drawn_or_over, (void *)(uintptr_t)shot, TERMINAL_PATIENCE_MS);
    if (drawn && !knows_frames(shot))
        terminal_settle(terminal, SETTLE_MS, TERMINAL_PATIENCE_MS);
    return (drawn && !terminal_wait_end(terminal, 0, &status)) ||
           deny(terminal, "nothing is drawn");
}

/* All of it is one burst, and nothing beside it. */
static bool check_frames(const struct shot *shot, struct terminal *terminal, int frames)
{
    struct stream_counts counts = terminal_counts(terminal);
    if (!knows_frames(shot))
        return !terminal_wrote(terminal, "\033[?2026") ||
               deny(terminal, "marks of frames, which it does not know");
    if (counts.frames == frames && !counts.in_frame && counts.unbalanced == 0 &&
        counts.unframed_bytes == 0)
        return true;
    return deny(terminal, "%d frames, not %d; %zu bytes outside of them", counts.frames,
        frames, counts.unframed_bytes);
}

static bool check_colours(const struct shot *shot, struct terminal *terminal)
{
    size_t size;
    bool coloured = facts_has_colour(terminal_bytes(terminal, &size));
    bool without = has_word(shot, "no-color") || is_term(shot, "vt100");
    if (coloured && without)
        return deny(terminal, "a colour");
    if (!coloured && !without && shot->term)
        return deny(terminal, "no colour");
    if (is_term(shot, "xterm-direct") &&
        !terminal_wrote(terminal, "\033[38:2::0:135:255m"))
        return deny(terminal, "no colour of 24 bits");
    if ((is_term(shot, "xterm") || is_term(shot, "linux")) &&
        terminal_wrote(terminal, "\033[38"))
        return deny(terminal, "more than eight colours");
    return true;
}

static bool is_ascii(const struct shot *shot)
{
    return has_word(shot, "ascii") || shot->locale || is_term(shot, "vt100");
}

static bool check_screen(const struct shot *shot, struct terminal *terminal)
{
    char *picture = terminal_picture(terminal), cause[FACTS_CAUSE_MAX];
    struct facts_screen screen = {.picture = picture,
        .view = shot->view,
        .result = shot->result,
        .stage = shot->stage,
        .ms = shot->ms,
        .asks = has_word(shot, "question"),
        .says = has_word_like(shot, "word=") || has_word_like(shot, "save="),
        .ascii = is_ascii(shot)};
    bool holds = facts_hold(&screen, cause);
    free(picture);
    return holds || deny(terminal, "%s", cause);
}

static bool check_golden(struct terminal *terminal, const char *name)
{
    char *picture = terminal_picture(terminal);
    bool matches = golden_matches(name, picture);
    free(picture);
    return matches;
}

/* Pressing q gives the screen back in one burst, too. */
static bool check_end(const struct shot *shot, struct terminal *terminal)
{
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    struct terminal_state state = terminal_state(terminal);
    if (state.alternate || !state.cursor_visible || state.bells > 0)
        return deny(terminal, "the screen was not given back");
    return check_frames(shot, terminal, 2);
}

/* Returns how many things are wrong. */
static int check_shot(const struct shot *shot, struct terminal *terminal)
{
    char name[SHOT_NAME_MAX];
    shot_name(shot, sizeof name, name);
    int wrong = !wait_drawn(shot, terminal);
    if (wrong == 0)
        wrong = !check_golden(terminal, name) + !check_frames(shot, terminal, 1) +
                !check_colours(shot, terminal) + !check_screen(shot, terminal) +
                !check_end(shot, terminal);
    if (wrong > 0)
        fprintf(stderr, "%d wrong: %s\n\n", wrong, name);
    terminal_destroy(terminal);
    return wrong;
}

static bool is_left_out(const struct shot *shot)
{
    return is_direct(shot) && !getenv("PARFOR_TERMINFO");
}

/* A few are started before the first of them is looked at. */
static void test_shots(void **state)
{
    struct terminal *terminals[AT_ONCE] = {0};
    int wrong = 0;
    (void)state;
    for (size_t next = 0; next < shot_count + AT_ONCE; next++) {
        struct terminal **place = &terminals[next % AT_ONCE];
        if (next >= AT_ONCE && *place)
            wrong += check_shot(&shots[next - AT_ONCE], *place) > 0;
        *place = NULL;
        if (next < shot_count && !is_left_out(&shots[next]))
            *place = start_scene(&shots[next]);
    }
    assert_int_equal(wrong, 0);
}

static bool is_wanted(const char *file)
{
    static const char *const of_other_tests[] = {
        "bench", "real-", "sizes-", "gallery-", "pair-", "launcher-"};
    char name[SHOT_NAME_MAX], golden[SHOT_NAME_MAX + 4];
    for (size_t i = 0; i < shot_count; i++) {
        shot_name(&shots[i], sizeof name, name);
        snprintf(golden, sizeof golden, "%s.txt", name);
        if (strcmp(file, golden) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof of_other_tests / sizeof *of_other_tests; i++)
        if (strncmp(file, of_other_tests[i], strlen(of_other_tests[i])) == 0)
            return true;
    return false;
}

/* What no test looks at says nothing. */
static void test_no_other_goldens(void **state)
{
    struct dirent *entry;
    DIR *folder = opendir(GOLDEN_FOLDER);
    int others = 0;
    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.' && !is_wanted(entry->d_name)) {
            print_message("no screen is like golden/%s\n", entry->d_name);
            others++;
        }
    closedir(folder);
    assert_int_equal(others, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shots),
        cmocka_unit_test(test_no_other_goldens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
