// SPDX-License-Identifier: MIT
#include "ui/choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/keys.h"

/* What has been chosen, and where. */
struct stand {
    struct choice choice;
    struct choice_situation situation;
};

static struct stand stand_in(enum scene_phase phase)
{
    return (struct stand){.situation = {.phase = phase, .page = 20}};
}

static struct stand stand_asking(void)
{
    struct stand stand = stand_in(SCENE_BETWEEN);
    stand.situation.asking = true;
    return stand;
}

static enum choice_action press(struct stand *stand, int key)
{
    return choice_obey(&stand->choice, &stand->situation, key);
}

static void type(struct stand *stand, const char *keys)
{
    for (; *keys; keys++)
        assert_int_equal(press(stand, *keys), CHOICE_DRAW);
}

static const struct view_ops *view_of(const struct stand *stand)
{
    return choice_view(&stand->choice, &stand->situation);
}

static const enum scene_phase phases[] = {SCENE_READING, SCENE_QUIET, SCENE_CALIBRATING,
    SCENE_RUNNING, SCENE_BETWEEN, SCENE_ENDED, SCENE_WATCHING};

enum { PHASES = sizeof phases / sizeof *phases };

static void each_phase_has_its_view(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_in(phases[i]);
        assert_ptr_equal(
            view_of(&stand), phases[i] == SCENE_ENDED ? &view_compare : &view_live);
    }
    struct stand stand = stand_asking();
    assert_ptr_equal(view_of(&stand), &view_ask);
}

static void a_sweep_has_one_view_for_all_phases(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_in(phases[i]);
        stand.situation.sweeping = true;
        assert_ptr_equal(view_of(&stand), &view_sweep);
        press(&stand, 't');
        assert_ptr_equal(view_of(&stand), i == PHASES - 1 ? &view_sweep : &view_tasks);
        press(&stand, KEYS_ENTER);
        assert_ptr_equal(view_of(&stand), &view_sweep);
    }
}

static void a_letter_shows_a_view_and_goes_back(void **state)
{
    static const struct {
        char key;
        const struct view_ops *view;
    } letters[] = {{'t', &view_tasks}, {'w', &view_workers}, {'?', &view_help}};
    (void)state;
    for (int i = 0; i < PHASES - 1; i++)
        for (size_t k = 0; k < sizeof letters / sizeof *letters; k++) {
            struct stand stand = stand_in(phases[i]);
            const struct view_ops *own = view_of(&stand);
            assert_int_equal(press(&stand, letters[k].key), CHOICE_DRAW);
            assert_ptr_equal(view_of(&stand), letters[k].view);
            press(&stand, letters[k].key);
            assert_ptr_equal(view_of(&stand), own);
            press(&stand, letters[k].key);
            press(&stand, k % 2 ? KEYS_ENTER : KEYS_ESCAPE);
            assert_ptr_equal(view_of(&stand), own);
        }
}

static void from_one_view_to_another(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    press(&stand, 't');
    press(&stand, 'w');
    assert_ptr_equal(view_of(&stand), &view_workers);
    press(&stand, '?');
    assert_ptr_equal(view_of(&stand), &view_help);
    press(&stand, 't');
    assert_ptr_equal(view_of(&stand), &view_tasks);
}

/* What is watched has no tasks and no workers. */
static void watching_has_one_view_and_help(void **state)
{
    struct stand stand = stand_in(SCENE_WATCHING);
    (void)state;
    type(&stand, "tw");
    press(&stand, KEYS_PAGE_DOWN);
    press(&stand, KEYS_PAGE_UP);
    type(&stand, "lh\t");
    press(&stand, KEYS_RIGHT);
    press(&stand, KEYS_LEFT);
    assert_ptr_equal(view_of(&stand), &view_live);
    press(&stand, '?');
    assert_ptr_equal(view_of(&stand), &view_help);
}

static struct stand stand_checking(enum scene_phase phase)
{
    struct stand stand = stand_in(phase);
    stand.situation.checking = true;
    return stand;
}

/* Nor has a check. */
static void a_check_has_one_view_and_help(void **state)
{
    static const enum scene_phase all[] = {SCENE_WATCHING, SCENE_CHECKING, SCENE_ENDED};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct stand stand = stand_checking(all[i]);
        type(&stand, "twfx+-n");
        press(&stand, KEYS_PAGE_DOWN);
        press(&stand, KEYS_PAGE_UP);
        type(&stand, "lh\t");
        assert_ptr_equal(view_of(&stand), &view_check);
        assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
        type(&stand, "d?");
        assert_true(stand.choice.details);
        assert_ptr_equal(view_of(&stand), &view_help);
        press(&stand, KEYS_ESCAPE);
        assert_ptr_equal(view_of(&stand), &view_check);
    }
}

static void a_check_is_not_left_unasked(void **state)
{
    struct stand stand = stand_checking(SCENE_CHECKING);
    (void)state;
    assert_int_equal(press(&stand, 'q'), CHOICE_DRAW);
    assert_int_equal(stand.choice.question, VIEW_QUESTION_END);
    assert_int_equal(press(&stand, 'n'), CHOICE_DRAW);
    assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
    type(&stand, "q");
    assert_int_equal(press(&stand, 'y'), CHOICE_LEAVE);
    stand = stand_checking(SCENE_WATCHING);
    assert_int_equal(press(&stand, 'q'), CHOICE_LEAVE);
    stand = stand_checking(SCENE_ENDED);
    assert_int_equal(press(&stand, 'q'), CHOICE_LEAVE);
}

static void keys_turn_pages(void **state)
{
    static const struct view_ops *const round[] = {
        &view_live, &view_tasks, &view_workers, &view_live};
    static const int on[] = {KEYS_PAGE_DOWN, KEYS_RIGHT, '\t', 'l'};
    static const int back[] = {KEYS_PAGE_UP, KEYS_LEFT, 'h', 'h'};
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    for (size_t k = 0; k < sizeof on / sizeof *on; k++) {
        for (int i = 1; i < 4; i++) {
            press(&stand, on[k]);
            assert_ptr_equal(view_of(&stand), round[i]);
        }
        for (int i = 2; i >= 0; i--) {
            press(&stand, back[k]);
            assert_ptr_equal(view_of(&stand), round[i]);
        }
    }
}

static void to_both_ends(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    stand.choice.scroll = 3;
    stand.situation.below = 9;
    press(&stand, KEYS_END);
    assert_int_equal(stand.choice.scroll, 12);
    stand.situation.below = 0;
    press(&stand, KEYS_END);
    assert_int_equal(stand.choice.scroll, 12);
    press(&stand, KEYS_HOME);
    assert_int_equal(stand.choice.scroll, 0);
    assert_ptr_equal(view_of(&stand), &view_live);
}

/* Where something is hidden the same two keys scroll to its end first. */
static void pages_scroll_before_they_turn(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    stand.situation.below = 30;
    press(&stand, KEYS_PAGE_DOWN);
    assert_int_equal(stand.choice.scroll, 20);
    stand.situation.below = 10;
    press(&stand, KEYS_PAGE_DOWN);
    assert_int_equal(stand.choice.scroll, 30);
    assert_ptr_equal(view_of(&stand), &view_live);
    press(&stand, KEYS_PAGE_UP);
    assert_int_equal(stand.choice.scroll, 10);
    stand.situation.below = 20;
    press(&stand, KEYS_PAGE_UP);
    assert_int_equal(stand.choice.scroll, 0);
    assert_ptr_equal(view_of(&stand), &view_live);
    stand.choice.scroll = 30;
    stand.situation.below = 0;
    press(&stand, KEYS_PAGE_DOWN);
    assert_ptr_equal(view_of(&stand), &view_tasks);
    assert_int_equal(stand.choice.scroll, 0);
}

static void lines_scroll_as_far_as_there_are_any(void **state)
{
    static const int down[] = {'j', KEYS_DOWN}, up[] = {'k', KEYS_UP};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stand stand = stand_in(SCENE_RUNNING);
        press(&stand, up[i]);
        assert_int_equal(stand.choice.scroll, 0);
        press(&stand, down[i]);
        assert_int_equal(stand.choice.scroll, 0);
        stand.situation.below = 1;
        press(&stand, down[i]);
        assert_int_equal(stand.choice.scroll, 1);
        stand.situation.below = 0;
        press(&stand, down[i]);
        assert_int_equal(stand.choice.scroll, 1);
        press(&stand, up[i]);
        assert_int_equal(stand.choice.scroll, 0);
    }
}

static void another_view_begins_at_its_top(void **state)
{
    static const int keys[] = {'t', 'w', '?', KEYS_ENTER, KEYS_ESCAPE};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct stand stand = stand_in(SCENE_RUNNING);
        stand.choice.scroll = 7;
        press(&stand, keys[i]);
        assert_int_equal(stand.choice.scroll, 0);
    }
}

/* One thing is left after the other. */
static void escape_leaves_details_too(void **state)
{
    static const int keys[] = {KEYS_ESCAPE, KEYS_ENTER};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stand stand = stand_in(SCENE_ENDED);
        type(&stand, "dt");
        press(&stand, keys[i]);
        assert_ptr_equal(view_of(&stand), &view_compare);
        assert_true(stand.choice.details);
        press(&stand, keys[i]);
        assert_ptr_equal(view_of(&stand), &view_compare);
        assert_false(stand.choice.details);
    }
}

static void details_and_frozen_are_switches(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    press(&stand, 'd');
    press(&stand, ' ');
    assert_true(stand.choice.details && stand.choice.frozen);
    press(&stand, 't');
    assert_true(stand.choice.details && stand.choice.frozen);
    press(&stand, 'd');
    press(&stand, ' ');
    assert_false(stand.choice.details || stand.choice.frozen);
    stand = stand_in(SCENE_ENDED);
    press(&stand, ' ');
    assert_false(stand.choice.frozen);
}

static void leaving_asks_if_work_would_be_lost(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_in(phases[i]);
        bool loses = phases[i] == SCENE_RUNNING || phases[i] == SCENE_BETWEEN;
        assert_int_equal(press(&stand, 'q'), loses ? CHOICE_DRAW : CHOICE_LEAVE);
        assert_int_equal(stand.choice.question != VIEW_NO_QUESTION, loses);
    }
}

static void only_yes_is_yes(void **state)
{
    (void)state;
    for (int key = 0; key < 0x110010; key += key < 256 ? 1 : 0x3fff) {
        struct stand stand = stand_in(SCENE_RUNNING);
        press(&stand, 'q');
        bool yes = key == 'y' || key == 'Y';
        assert_int_equal(press(&stand, key), yes ? CHOICE_LEAVE : CHOICE_DRAW);
        assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
        assert_ptr_equal(view_of(&stand), &view_live);
        assert_false(stand.choice.frozen || stand.choice.details);
    }
}

static void repainting(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    assert_int_equal(press(&stand, KEYS_REPAINT), CHOICE_REPAINT);
    assert_ptr_equal(view_of(&stand), &view_live);
}

/* Where nothing would be lost, and there is a place to go back to. */
static void escape_leaves_the_picture_for_where_it_was_chosen(void **state)
{
    static const enum scene_phase seen[] = {SCENE_ENDED, SCENE_WATCHING, SCENE_RUNNING};
    (void)state;
    for (int i = 0; i < 3; i++)
        for (int returns = 0; returns < 2; returns++) {
            struct stand stand = stand_in(seen[i]);
            bool leaves = returns && seen[i] != SCENE_RUNNING;
            stand.situation.offers.returns = returns;
            assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_DRAW);
            assert_int_equal(
                press(&stand, KEYS_ESCAPE), leaves ? CHOICE_LEAVE : CHOICE_DRAW);
            type(&stand, "d");
            assert_int_equal(press(&stand, KEYS_ESCAPE), CHOICE_DRAW);
            type(&stand, "?");
            assert_int_equal(press(&stand, KEYS_ESCAPE), CHOICE_DRAW);
            assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
        }
}

/* What is no key changes nothing. */
static void other_keys_do_nothing(void **state)
{
    static const char known[] = "q?twd jkyhl\tcires";
    (void)state;
    for (int key = 0; key < 0x110010; key += key < 300 ? 1 : 0x3fff) {
        struct stand stand = stand_in(SCENE_RUNNING), before = stand;
        bool is_known = key > 0 && key < 128 && strchr(known, key);
        if (is_known || key == KEYS_ENTER || key == KEYS_ESCAPE || key == KEYS_REPAINT ||
            (key >= KEYS_UP && key <= KEYS_BACKSPACE))
            continue;
        assert_int_equal(press(&stand, key), CHOICE_DRAW);
        assert_memory_equal(&stand, &before, sizeof stand);
    }
}

static void a_guess_is_typed(void **state)
{
    struct stand stand = stand_asking();
    (void)state;
    type(&stand, "1.95");
    assert_string_equal(stand.choice.guess, "1.95");
    press(&stand, KEYS_BACKSPACE);
    assert_string_equal(stand.choice.guess, "1.9");
    for (int i = 0; i < 9; i++)
        press(&stand, KEYS_BACKSPACE);
    assert_string_equal(stand.choice.guess, "");
    type(&stand, "123456789");
    assert_string_equal(stand.choice.guess, "12345678");
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_GO_ON);
}

/* Those that lead elsewhere are; others are no number, and no wish either. */
static void letters_are_keys_in_the_question_too(void **state)
{
    struct stand stand = stand_asking();
    (void)state;
    for (const char *key = "abcdefghjklmnoprsuvxyz -+,CQ"; *key; key++) {
        type(&stand, "2");
        assert_null(stand.choice.word);
        assert_int_equal(press(&stand, *key), CHOICE_DRAW);
        assert_string_equal(stand.choice.word, "A number, please.");
        assert_string_equal(stand.choice.guess, "2");
        assert_ptr_equal(view_of(&stand), &view_ask);
        assert_false(stand.choice.details || stand.choice.frozen);
        press(&stand, KEYS_BACKSPACE);
        assert_null(stand.choice.word);
    }
    type(&stand, "2t");
    assert_ptr_equal(view_of(&stand), &view_tasks);
    assert_int_equal(press(&stand, 'c'), CHOICE_THEME); /* no guess is typed there */
    type(&stand, "345");                                /* is not seen, and not taken */
    assert_string_equal(stand.choice.guess, "2");
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_DRAW);
    assert_ptr_equal(view_of(&stand), &view_ask);
    press(&stand, 'q');
    assert_int_equal(stand.choice.question, VIEW_QUESTION_END);
}

/* Escape is no answer, PageDown is one. */
static void going_on(void **state)
{
    struct stand stand = stand_asking();
    (void)state;
    assert_int_equal(press(&stand, KEYS_ESCAPE), CHOICE_DRAW);
    assert_int_equal(press(&stand, KEYS_PAGE_DOWN), CHOICE_GO_ON);
    stand = stand_asking();
    press(&stand, '?');
    assert_int_equal(press(&stand, KEYS_PAGE_DOWN), CHOICE_DRAW);
}

static struct stand stand_working(enum scene_phase phase)
{
    struct stand stand = stand_in(phase);
    stand.situation.own = stand.situation.working = true;
    return stand;
}

static void work_has_one_picture_for_all_phases(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_working(phases[i]);
        assert_ptr_equal(view_of(&stand), &view_items);
        press(&stand, 'f');
        assert_ptr_equal(view_of(&stand), &view_failed);
        press(&stand, 'f');
        assert_ptr_equal(view_of(&stand), &view_items);
    }
}

/* Nothing is lost by leaving it, so nothing is asked. */
static void work_is_left_running(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_working(phases[i]);
        bool over = phases[i] == SCENE_ENDED || phases[i] == SCENE_WATCHING;
        assert_int_equal(press(&stand, 'q'), over ? CHOICE_LEAVE : CHOICE_DETACH);
        assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
    }
}

static void stopping_work_is_asked_about(void **state)
{
    (void)state;
    for (int key = 1; key < 300; key++) {
        struct stand stand = stand_working(SCENE_RUNNING);
        enum choice_action expected = CHOICE_DRAW;
        if (key == 's' || key == 'S')
            expected = CHOICE_CLOSE;
        else if (key == 'e' || key == 'E')
            expected = CHOICE_END;
        assert_int_equal(press(&stand, 'x'), CHOICE_DRAW);
        assert_int_equal(stand.choice.question, VIEW_QUESTION_STOP);
        assert_int_equal(press(&stand, key), expected);
        assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
        assert_ptr_equal(view_of(&stand), &view_items);
    }
}

static void keys_of_work_are_for_work_that_runs(void **state)
{
    static const char keys[] = "x+-n";
    (void)state;
    for (int i = 0; i < PHASES; i++)
        for (const char *key = keys; *key; key++) {
            struct stand stand = stand_in(phases[i]), before = stand;
            assert_int_equal(press(&stand, *key), CHOICE_DRAW);
            assert_memory_equal(&stand, &before, sizeof stand);
            stand = before = stand_working(phases[i]);
            if (phases[i] == SCENE_RUNNING)
                continue;
            assert_int_equal(press(&stand, *key), CHOICE_DRAW);
            assert_non_null(stand.choice.word); /* why not */
            stand.choice.word = NULL;
            assert_memory_equal(&stand, &before, sizeof stand);
        }
    struct stand stand = stand_working(SCENE_RUNNING);
    assert_int_equal(press(&stand, '+'), CHOICE_MORE);
    assert_int_equal(press(&stand, '-'), CHOICE_FEWER);
    assert_int_equal(press(&stand, 'n'), CHOICE_DRAW);
}

/* In `run` of such a loop only the first stage can be cut short, and leaving it asks. */
static void only_the_sequential_stage_is_a_sample(void **state)
{
    struct stand stand = stand_in(SCENE_RUNNING);
    (void)state;
    stand.situation.own = true;
    assert_int_equal(press(&stand, 'n'), CHOICE_DRAW);
    stand.situation.alone = true;
    assert_int_equal(press(&stand, 'n'), CHOICE_SAMPLE);
    assert_int_equal(press(&stand, '+'), CHOICE_DRAW);
    assert_int_equal(press(&stand, 'x'), CHOICE_DRAW);
    assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
    press(&stand, 'q');
    assert_int_equal(stand.choice.question, VIEW_QUESTION_END);
    assert_int_equal(press(&stand, 's'), CHOICE_DRAW);
    stand.situation.phase = SCENE_BETWEEN;
    assert_int_equal(press(&stand, 'n'), CHOICE_DRAW);
    assert_ptr_equal(view_of(&stand), &view_live);
}

/* A machine of three CPUs, whose stage has two workers and four tasks. */
static const struct result *result_made(struct result *result)
{
    static struct machine_cpu cpus[] = {{.id = 0}, {.id = 1}, {.id = 5}};
    static struct result_record records[] = {{.index = 0, .count = 1},
        {.index = 1, .count = 1}, {.index = 2, .count = 1}, {.index = 7, .count = 1}};
    static struct result_stage stage = {
        .workers = 2, .record_count = 4, .records = records};
    *result = (struct result){
        .machine = {.cpu_count = 3, .cpus = cpus}, .stage_count = 1, .stages = &stage};
    return result;
}

static struct stand stand_looking(enum scene_phase phase, struct result *result)
{
    struct stand stand = stand_in(phase);
    stand.situation.result = result_made(result);
    return stand;
}

static void expect_subject(
    const struct stand *stand, enum target_kind kind, int64_t number)
{
    assert_ptr_equal(view_of(stand), &view_about);
    assert_int_equal(stand->choice.subject.kind, kind);
    assert_int_equal(stand->choice.subject.number, number);
}

/* Of what is seen the first one. */
static void one_thing_is_looked_at_closely(void **state)
{
    static const struct {
        const char *keys;
        enum target_kind kind;
        const struct view_ops *from;
    } ways[] = {{"i", TARGET_CPU, NULL}, {"wi", TARGET_WORKER, &view_workers},
        {"ti", TARGET_TASK, &view_tasks}, {"t?i", TARGET_TASK, &view_tasks}};
    static const int back[] = {'i', KEYS_ESCAPE, KEYS_ENTER};
    struct result result;
    (void)state;
    for (int i = 0; i < PHASES - 1; i++)
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
            for (size_t b = 0; b < sizeof back / sizeof *back; b++) {
                struct stand stand = stand_looking(phases[i], &result);
                const struct view_ops *own = view_of(&stand);
                type(&stand, ways[k].keys);
                expect_subject(&stand, ways[k].kind, 0);
                press(&stand, back[b]);
                assert_ptr_equal(view_of(&stand), ways[k].from ? ways[k].from : own);
            }
}

/* There is always a CPU; before the first stage there is nothing else. */
static void a_cpu_where_there_is_nothing_else(void **state)
{
    struct result result;
    struct stand stand = stand_looking(SCENE_CALIBRATING, &result);
    (void)state;
    result.stage_count = 0;
    type(&stand, "ti");
    expect_subject(&stand, TARGET_CPU, 0);
    stand.situation.result = NULL; /* not even that is known */
    type(&stand, "ii");
    assert_ptr_equal(view_of(&stand), &view_about);
}

static void pages_are_the_next_one_there(void **state)
{
    static const int on[] = {KEYS_PAGE_DOWN, KEYS_RIGHT, '\t', 'l'};
    static const int back[] = {KEYS_PAGE_UP, KEYS_LEFT, 'h', 'h'};
    static const int ids[] = {1, 5, 0};
    struct result result;
    (void)state;
    for (int k = 0; k < 4; k++) {
        struct stand stand = stand_looking(SCENE_RUNNING, &result);
        press(&stand, 'i');
        for (int i = 0; i < 3; i++) {
            stand.choice.scroll = k == 0 ? 0 : 4;
            press(&stand, on[k]);
            expect_subject(&stand, TARGET_CPU, ids[i]);
            assert_int_equal(stand.choice.scroll, 0);
        }
        press(&stand, back[k]);
        expect_subject(&stand, TARGET_CPU, 5);
        stand.situation.below = 3; /* what is hidden comes first */
        press(&stand, KEYS_PAGE_DOWN);
        expect_subject(&stand, TARGET_CPU, 5);
        assert_int_equal(stand.choice.scroll, 3);
    }
}

static void what_is_clicked_is_looked_at(void **state)
{
    static const struct target things[] = {
        {TARGET_CPU, 5}, {TARGET_WORKER, 1}, {TARGET_TASK, 7}};
    static const enum target_kind others[] = {
        TARGET_NONE, TARGET_KEY, TARGET_FIELD, TARGET_ROW};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct stand stand = stand_in(SCENE_RUNNING);
        press(&stand, 't');
        stand.choice.scroll = 3;
        choice_look_at(&stand.choice, &things[i]);
        expect_subject(&stand, things[i].kind, things[i].number);
        assert_int_equal(stand.choice.scroll, 0);
        choice_look_at(&stand.choice, &things[0]); /* from one to another, and back */
        press(&stand, KEYS_ESCAPE);
        assert_ptr_equal(view_of(&stand), &view_tasks);
    }
    for (int i = 0; i < 4; i++) {
        struct stand stand = stand_in(SCENE_RUNNING), before = stand;
        choice_look_at(&stand.choice, &(struct target){others[i], 1});
        assert_memory_equal(&stand, &before, sizeof stand);
    }
}

static void colours_change_in_every_view(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_in(phases[i]);
        assert_int_equal(press(&stand, 'c'), CHOICE_THEME);
        press(&stand, '?');
        assert_int_equal(press(&stand, 'c'), CHOICE_THEME);
        assert_ptr_equal(view_of(&stand), &view_help);
    }
}

/* What can do nothing says why, and does nothing; what is no key says nothing. */
static void a_key_that_can_do_nothing_says_so(void **state)
{
    static const struct {
        enum scene_phase phase;
        bool checking, programs;
        char key;
        const char *word;
    } cases[] = {{SCENE_WATCHING, false, false, 't', "No tasks: nothing is run."},
        {SCENE_WATCHING, false, false, 'w', "No workers: nothing is run."},
        {SCENE_WATCHING, false, false, 'r', "Nothing is run: nothing to repeat."},
        {SCENE_CHECKING, true, false, 't', "No tasks: this is no loop."},
        {SCENE_RUNNING, false, true, 'w', "No workers: this is no loop."},
        {SCENE_RUNNING, false, false, 's', "s: save it, once it is over."},
        {SCENE_RUNNING, false, false, 'e', "e: change it, once it is over."},
        {SCENE_ENDED, false, false, 'r', "It cannot be run from here."},
        {SCENE_ENDED, false, false, ' ', "It is over: nothing moves."},
        {SCENE_WATCHING, false, false, 'z', NULL},
        {SCENE_RUNNING, false, false, 'x', NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stand stand = stand_in(cases[i].phase);
        stand.situation.checking = cases[i].checking;
        stand.situation.programs = cases[i].programs;
        struct stand before = stand;
        assert_int_equal(press(&stand, cases[i].key), CHOICE_DRAW);
        if (cases[i].word)
            assert_string_equal(stand.choice.word, cases[i].word);
        else
            assert_null(stand.choice.word);
        stand.choice.word = NULL;
        assert_memory_equal(&stand, &before, sizeof stand);
    }
}

/* The next key takes the word away. */
static void a_word_is_said_once(void **state)
{
    struct stand stand = stand_in(SCENE_WATCHING);
    (void)state;
    press(&stand, 't');
    assert_non_null(stand.choice.word);
    press(&stand, 'd');
    assert_null(stand.choice.word);
    assert_true(stand.choice.details);
}

/* What cannot be done now is not done. */
static void again_and_otherwise(void **state)
{
    struct stand stand = stand_in(SCENE_ENDED), before = stand;
    (void)state;
    type(&stand, "res");
    stand.choice.word = NULL;
    assert_memory_equal(&stand, &before, sizeof stand);
    stand.situation.offers.repeat = true;
    assert_int_equal(press(&stand, 'r'), CHOICE_REPEAT);
    assert_int_equal(press(&stand, 'e'), CHOICE_DRAW);
    stand.situation.offers.edit = true;
    assert_int_equal(press(&stand, 'e'), CHOICE_EDIT);
}

static struct stand stand_saving(void)
{
    struct stand stand = stand_in(SCENE_ENDED);
    stand.situation.offers.save = true;
    stand.situation.name = "a.json";
    assert_int_equal(press(&stand, 's'), CHOICE_DRAW);
    return stand;
}

static void a_name_is_proposed_and_typed(void **state)
{
    struct stand stand = stand_saving();
    (void)state;
    assert_int_equal(stand.choice.question, VIEW_QUESTION_SAVE);
    assert_string_equal(stand.choice.name.text, "a.json");
    press(&stand, KEYS_END); /* else the first letter took its place */
    type(&stand, "q?");      /* letters of a name */
    press(&stand, KEYS_BACKSPACE);
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_SAVE);
    assert_string_equal(stand.choice.name.text, "a.jsonq");
    assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
    assert_ptr_equal(view_of(&stand), &view_compare);
}

static void a_name_is_given_up(void **state)
{
    struct stand stand = stand_saving();
    (void)state;
    assert_int_equal(press(&stand, KEYS_ESCAPE), CHOICE_DRAW);
    assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
    stand = stand_saving();
    for (int i = 0; i < 6; i++)
        press(&stand, KEYS_BACKSPACE);
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_DRAW); /* no name, no file */
    assert_int_equal(stand.choice.question, VIEW_NO_QUESTION);
}

/* It could not be saved like that, or is saved and wanted in another form. */
static void a_name_that_was_entered_is_there_again(void **state)
{
    struct stand stand = stand_saving();
    (void)state;
    press(&stand, 'q');
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_SAVE);
    press(&stand, 's');
    assert_string_equal(stand.choice.name.text, "q"); /* in place of the proposal */
    press(&stand, KEYS_END);
    press(&stand, '2');
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_SAVE);
    press(&stand, 's');
    assert_string_equal(stand.choice.name.text, "q2");
    press(&stand, KEYS_ESCAPE);
    press(&stand, 's');
    assert_string_equal(stand.choice.name.text, "a.json");
}

static void tab_gives_a_name_another_ending(void **state)
{
    static const char *const endings[] = {".json", ".svg", ".pdf", NULL};
    struct stand stand = stand_saving();
    (void)state;
    press(&stand, '\t');
    assert_string_equal(stand.choice.name.text, "a.json"); /* there are none */
    stand.situation.endings = endings;
    assert_int_equal(press(&stand, '\t'), CHOICE_DRAW);
    assert_string_equal(stand.choice.name.text, "a.svg");
    press(&stand, KEYS_BACK_TAB);
    press(&stand, KEYS_BACK_TAB);
    assert_int_equal(press(&stand, KEYS_ENTER), CHOICE_SAVE);
    assert_string_equal(stand.choice.name.text, "a.pdf");
    assert_ptr_equal(view_of(&stand), &view_compare);
}

static void a_replay_has_keys_of_its_own(void **state)
{
    static const struct {
        int key;
        enum choice_action action;
    } keys[] = {{' ', CHOICE_PAUSE}, {'.', CHOICE_STEP}, {',', CHOICE_STEP_BACK},
        {']', CHOICE_SEEK}, {'[', CHOICE_SEEK_BACK}, {'>', CHOICE_FASTER},
        {'<', CHOICE_SLOWER}, {'0', CHOICE_BEGIN}};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct stand stand = stand_in(SCENE_RUNNING);
        stand.situation.replaying = true;
        assert_int_equal(press(&stand, keys[i].key), keys[i].action);
        assert_false(stand.choice.frozen);
        press(&stand, 't');
        assert_int_equal(press(&stand, keys[i].key), keys[i].action);
        stand.situation.replaying = false;
        assert_int_equal(press(&stand, keys[i].key), CHOICE_DRAW);
    }
}

/* Nothing is lost by it, and nothing goes on. */
static void a_replay_is_left_at_once(void **state)
{
    (void)state;
    for (int i = 0; i < PHASES; i++) {
        struct stand stand = stand_in(phases[i]);
        stand.situation.replaying = stand.situation.working = true;
        assert_int_equal(press(&stand, 'q'), CHOICE_LEAVE);
    }
}

/* Which view the help is of, also when it is come to from another. */
static void the_help_is_of_what_is_behind(void **state)
{
    struct result result;
    struct stand stand = stand_looking(SCENE_RUNNING, &result);
    (void)state;
    assert_ptr_equal(choice_behind(&stand.choice, &stand.situation), &view_live);
    type(&stand, "w?");
    assert_ptr_equal(choice_behind(&stand.choice, &stand.situation), &view_workers);
    type(&stand, "?");
    assert_ptr_equal(view_of(&stand), &view_workers);
    type(&stand, "i?");
    assert_ptr_equal(choice_behind(&stand.choice, &stand.situation), &view_about);
    type(&stand, "?");
    assert_ptr_equal(view_of(&stand), &view_about);
    press(&stand, KEYS_ESCAPE);
    assert_ptr_equal(view_of(&stand), &view_workers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_phase_has_its_view),
        cmocka_unit_test(a_sweep_has_one_view_for_all_phases),
        cmocka_unit_test(a_letter_shows_a_view_and_goes_back),
        cmocka_unit_test(from_one_view_to_another),
        cmocka_unit_test(watching_has_one_view_and_help),
        cmocka_unit_test(a_check_has_one_view_and_help),
        cmocka_unit_test(a_check_is_not_left_unasked),
        cmocka_unit_test(keys_turn_pages),
        cmocka_unit_test(to_both_ends),
        cmocka_unit_test(pages_scroll_before_they_turn),
        cmocka_unit_test(lines_scroll_as_far_as_there_are_any),
        cmocka_unit_test(another_view_begins_at_its_top),
        cmocka_unit_test(escape_leaves_details_too),
        cmocka_unit_test(details_and_frozen_are_switches),
        cmocka_unit_test(leaving_asks_if_work_would_be_lost),
        cmocka_unit_test(only_yes_is_yes),
        cmocka_unit_test(repainting),
        cmocka_unit_test(escape_leaves_the_picture_for_where_it_was_chosen),
        cmocka_unit_test(other_keys_do_nothing),
        cmocka_unit_test(a_guess_is_typed),
        cmocka_unit_test(letters_are_keys_in_the_question_too),
        cmocka_unit_test(going_on),
        cmocka_unit_test(work_has_one_picture_for_all_phases),
        cmocka_unit_test(work_is_left_running),
        cmocka_unit_test(stopping_work_is_asked_about),
        cmocka_unit_test(keys_of_work_are_for_work_that_runs),
        cmocka_unit_test(only_the_sequential_stage_is_a_sample),
        cmocka_unit_test(one_thing_is_looked_at_closely),
        cmocka_unit_test(a_cpu_where_there_is_nothing_else),
        cmocka_unit_test(pages_are_the_next_one_there),
        cmocka_unit_test(what_is_clicked_is_looked_at),
        cmocka_unit_test(colours_change_in_every_view),
        cmocka_unit_test(a_key_that_can_do_nothing_says_so),
        cmocka_unit_test(a_word_is_said_once),
        cmocka_unit_test(again_and_otherwise),
        cmocka_unit_test(a_name_is_proposed_and_typed),
        cmocka_unit_test(a_name_is_given_up),
        cmocka_unit_test(a_name_that_was_entered_is_there_again),
        cmocka_unit_test(tab_gives_a_name_another_ending),
        cmocka_unit_test(a_replay_has_keys_of_its_own),
        cmocka_unit_test(a_replay_is_left_at_once),
        cmocka_unit_test(the_help_is_of_what_is_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
