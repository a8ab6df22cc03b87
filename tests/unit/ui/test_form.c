// SPDX-License-Identifier: MIT
#include "ui/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "ui/keys.h"

enum { LOOP, HIDDEN, TASKS, COMMAND, LAST, FIELDS };

static const char *const loops[] = {"factorial", "triangle", "sleep", NULL};

struct stand {
    struct form_field fields[FIELDS];
    struct form form;
};

static void stand_init(struct stand *stand)
{
    *stand = (struct stand){
        .fields = {[LOOP] = {.label = "loop", .choices = loops},
            [HIDDEN] = {.label = "items", .kind = FORM_TEXT, .hidden = true},
            [TASKS] = {.label = "tasks", .kind = FORM_NUMBER, .entry = {"15", 2}},
            [COMMAND] = {.label = "command", .kind = FORM_TEXT},
            [LAST] = {.label = "chunk", .kind = FORM_NUMBER}}};
    stand->form = (struct form){.count = FIELDS, .fields = stand->fields};
}

static enum form_action type(struct stand *stand, const char *keys)
{
    enum form_action action = FORM_DRAW;
    for (; *keys; keys++)
        action = form_obey(&stand->form, *keys);
    return action;
}

static const char *text_of(const struct stand *stand, int field)
{
    return stand->fields[field].entry.text;
}

static void keys_go_from_field_to_field_past_hidden_ones(void **state)
{
    (void)state;
    static const struct {
        int key;
        size_t focus;
        enum form_action action;
    } steps[] = {{'j', TASKS, FORM_DRAW}, {'k', LOOP, FORM_DRAW},
        {KEYS_DOWN, TASKS, FORM_DRAW}, {'\t', COMMAND, FORM_DRAW},
        {'\t', LAST, FORM_DRAW}, {'\t', LAST, FORM_OTHER}, {KEYS_DOWN, LAST, FORM_OTHER},
        {KEYS_BACK_TAB, COMMAND, FORM_DRAW}, {KEYS_UP, TASKS, FORM_DRAW},
        {KEYS_HOME, LOOP, FORM_DRAW}, {KEYS_BACK_TAB, LOOP, FORM_OTHER},
        {KEYS_END, LAST, FORM_DRAW}, {KEYS_PAGE_UP, LOOP, FORM_DRAW},
        {KEYS_WHEEL_DOWN, TASKS, FORM_DRAW}, {KEYS_WHEEL_UP, LOOP, FORM_DRAW}};
    struct stand stand;
    stand_init(&stand);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(form_obey(&stand.form, steps[i].key), steps[i].action);
        assert_int_equal(stand.form.focus, steps[i].focus);
    }
}

static void a_choice_goes_round(void **state)
{
    (void)state;
    static const struct {
        int key;
        size_t choice;
    } steps[] = {{KEYS_RIGHT, 1}, {' ', 2}, {'l', 0}, {'h', 2}, {KEYS_LEFT, 1}};
    struct stand stand;
    stand_init(&stand);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(form_obey(&stand.form, steps[i].key), FORM_CHANGE);
        assert_int_equal(stand.fields[LOOP].choice, steps[i].choice);
    }
    assert_int_equal(type(&stand, "x"), FORM_OTHER);
    assert_int_equal(type(&stand, "?"), FORM_OTHER);
    assert_int_equal(type(&stand, "5"), FORM_OTHER);
}

/* A digit begins it anew; then letters belong to it until it is left. */
static void a_number_is_typed_anew(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = TASKS;
    assert_false(form_is_typing(&stand.form));
    assert_int_equal(type(&stand, "q"), FORM_OTHER);
    assert_int_equal(type(&stand, "2"), FORM_CHANGE);
    assert_true(form_is_typing(&stand.form));
    assert_int_equal(type(&stand, "kjM"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "2kjM");
    assert_int_equal(form_obey(&stand.form, KEYS_LEFT), FORM_DRAW);
    assert_int_equal(form_obey(&stand.form, KEYS_BACKSPACE), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "2kM");
    assert_int_equal(form_obey(&stand.form, KEYS_ESCAPE), FORM_DRAW);
    assert_false(form_is_typing(&stand.form));
    assert_int_equal(type(&stand, "3"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "3");
    assert_int_equal(type(&stand, "\t"), FORM_DRAW);
    assert_int_equal(stand.form.focus, COMMAND);
}

static void a_number_can_be_mended_or_emptied(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = TASKS;
    assert_int_equal(form_obey(&stand.form, KEYS_BACKSPACE), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "1");
    assert_int_equal(type(&stand, "8"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "18");
    form_obey(&stand.form, KEYS_ESCAPE);
    assert_int_equal(form_obey(&stand.form, KEYS_DELETE), FORM_CHANGE);
    assert_string_equal(text_of(&stand, TASKS), "");
    assert_int_equal(form_obey(&stand.form, KEYS_DELETE), FORM_DRAW);
}

/* What is in no number ends the typing, so that ? helps there, too. */
static void a_question_mark_is_in_no_number(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = TASKS;
    assert_int_equal(type(&stand, "1?"), FORM_OTHER);
    assert_string_equal(text_of(&stand, TASKS), "1");
    assert_false(form_is_typing(&stand.form));
}

static void in_a_text_every_character_is_text(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = COMMAND;
    assert_true(form_is_typing(&stand.form));
    assert_int_equal(type(&stand, "jq? 1"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, COMMAND), "jq? 1");
    assert_int_equal(form_obey(&stand.form, KEYS_HOME), FORM_DRAW);
    assert_int_equal(stand.form.focus, COMMAND);
    assert_int_equal(form_obey(&stand.form, KEYS_ESCAPE), FORM_DRAW);
    assert_int_equal(stand.form.focus, LOOP);
}

static void hold(struct stand *stand, const char *text)
{
    stand_init(stand);
    entry_set(&stand->fields[COMMAND].entry, text);
    stand->form.focus = COMMAND;
}

/* What somebody else has filled in gives way to what is typed, as a whole. */
static void a_character_takes_the_place_of_what_was_filled_in(void **state)
{
    (void)state;
    struct stand stand;
    hold(&stand, "sleep");
    assert_true(form_is_selected(&stand.form));
    assert_int_equal(type(&stand, "./prep.sh {}"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, COMMAND), "./prep.sh {}");
    assert_false(form_is_selected(&stand.form));
    assert_int_equal(type(&stand, "\t"), FORM_DRAW);
    form_obey(&stand.form, KEYS_BACK_TAB); /* it is the user's own now */
    assert_false(form_is_selected(&stand.form));
    assert_int_equal(type(&stand, "x"), FORM_CHANGE);
    assert_string_equal(text_of(&stand, COMMAND), "./prep.sh {}x");
    hold(&stand, "sleep");
    assert_int_equal(form_obey(&stand.form, KEYS_DELETE), FORM_CHANGE);
    assert_string_equal(text_of(&stand, COMMAND), "");
    assert_false(form_is_selected(&stand.form));
}

static void other_keys_change_what_was_filled_in(void **state)
{
    (void)state;
    static const struct {
        int key;
        enum form_action action;
        const char *text; /* with an x typed then */
    } steps[] = {{KEYS_BACKSPACE, FORM_CHANGE, "sleex"}, {KEYS_END, FORM_DRAW, "sleepx"},
        {KEYS_HOME, FORM_DRAW, "xsleep"}, {KEYS_LEFT, FORM_DRAW, "sleexp"},
        {KEYS_RIGHT, FORM_DRAW, "sleepx"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct stand stand;
        hold(&stand, "sleep");
        assert_int_equal(form_obey(&stand.form, steps[i].key), steps[i].action);
        assert_false(form_is_selected(&stand.form));
        assert_int_equal(type(&stand, "x"), FORM_CHANGE);
        assert_string_equal(text_of(&stand, COMMAND), steps[i].text);
    }
}

/* A key that is none for it, and leaving, change nothing; a second click is for a change.
 */
static void what_is_selected_stays_until_it_is_changed(void **state)
{
    (void)state;
    struct stand stand;
    hold(&stand, "sleep");
    assert_int_equal(form_obey(&stand.form, KEYS_LEFT), FORM_DRAW);
    form_obey(&stand.form, KEYS_BACK_TAB);
    assert_false(form_is_selected(&stand.form));
    type(&stand, "\t");
    assert_true(form_is_selected(&stand.form));
    form_obey(&stand.form, KEYS_REPAINT);
    assert_true(form_is_selected(&stand.form));
    assert_int_equal(
        form_click(&stand.form, &(struct target){TARGET_FIELD, COMMAND}), FORM_DRAW);
    assert_false(form_is_selected(&stand.form));
    type(&stand, "y");
    assert_string_equal(text_of(&stand, COMMAND), "sleepy");
}

static void enter_is_done_everywhere(void **state)
{
    (void)state;
    static const size_t places[] = {LOOP, TASKS, COMMAND};
    struct stand stand;
    stand_init(&stand);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        stand.form.focus = places[i];
        assert_int_equal(form_obey(&stand.form, KEYS_ENTER), FORM_DONE);
        assert_int_equal(stand.form.focus, places[i]);
    }
}

static enum form_action click(struct stand *stand, int64_t field)
{
    return form_click(&stand->form, &(struct target){TARGET_FIELD, field});
}

static void a_click_goes_there_and_the_next_one_changes_it(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    assert_int_equal(click(&stand, TASKS), FORM_DRAW);
    assert_int_equal(stand.form.focus, TASKS);
    assert_int_equal(click(&stand, TASKS), FORM_DRAW);
    assert_true(form_is_typing(&stand.form));
    assert_int_equal(click(&stand, LOOP), FORM_DRAW);
    assert_false(form_is_typing(&stand.form));
    assert_int_equal(click(&stand, LOOP), FORM_CHANGE);
    assert_int_equal(stand.fields[LOOP].choice, 1);
    assert_int_equal(click(&stand, HIDDEN), FORM_OTHER);
    assert_int_equal(click(&stand, FIELDS), FORM_OTHER);
    assert_int_equal(click(&stand, -1), FORM_OTHER);
    assert_int_equal(
        form_click(&stand.form, &(struct target){TARGET_ROW, TASKS}), FORM_OTHER);
    assert_int_equal(stand.form.focus, LOOP);
}

static void the_focus_is_never_on_a_hidden_field(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = HIDDEN;
    form_settle(&stand.form);
    assert_int_equal(stand.form.focus, TASKS);
    stand.form.focus = LAST;
    stand.fields[LAST].hidden = true;
    form_settle(&stand.form);
    assert_int_equal(stand.form.focus, COMMAND);
    stand.form.focus = FIELDS + 7;
    form_settle(&stand.form);
    assert_int_equal(stand.form.focus, LOOP);
}

static void the_refused_field_is_found(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    assert_false(form_go_to_refused(&stand.form));
    strcpy(stand.fields[HIDDEN].refusal, "not seen");
    assert_false(form_go_to_refused(&stand.form));
    strcpy(stand.fields[LAST].refusal, "too many");
    strcpy(stand.fields[COMMAND].refusal, "no such file");
    assert_true(form_go_to_refused(&stand.form));
    assert_int_equal(stand.form.focus, COMMAND);
}

/* Nothing moves while one types. */
static void rows_are_those_of_what_is_seen_whatever_is_refused(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    assert_int_equal(form_rows(&stand.form), 4);
    strcpy(stand.fields[TASKS].refusal,
        "more than any loop here can have: 99999999999999 (1 to 1000000000)");
    assert_int_equal(form_rows(&stand.form), 4);
    stand.form.focus = TASKS;
    assert_int_equal(form_rows(&stand.form), 4);
}

/* What has no room beside the field in hand is said below the form. */
static void what_is_below_is_of_the_field_in_hand(void **state)
{
    (void)state;
    struct stand stand;
    stand_init(&stand);
    stand.form.focus = TASKS;
    assert_int_equal(form_below(&stand.form, 40), FORM_BELOW_NOTHING);
    strcpy(stand.fields[TASKS].hint, "1 to 10");
    assert_int_equal(form_below(&stand.form, 40), FORM_BELOW_HINT);
    strcpy(stand.fields[TASKS].refusal, "too many");
    assert_int_equal(form_below(&stand.form, 40), FORM_BELOW_REFUSAL);
    assert_int_equal(form_below(&stand.form, 58), FORM_BELOW_REFUSAL);
    assert_int_equal(form_below(&stand.form, 78), FORM_BELOW_NOTHING);
    stand.form.focus = LAST;
    assert_int_equal(form_below(&stand.form, 40), FORM_BELOW_NOTHING);
}

/* A form without fields, or with none to be seen, takes keys without harm. */
static void nothing_to_fill_in_is_no_harm(void **state)
{
    (void)state;
    struct form none = {0};
    struct stand stand;
    stand_init(&stand);
    assert_int_equal(form_obey(&none, KEYS_DOWN), FORM_OTHER);
    form_settle(&none);
    assert_false(form_is_typing(&none));
    assert_int_equal(form_rows(&none), 0);
    for (int i = 0; i < FIELDS; i++)
        stand.fields[i].hidden = true;
    form_settle(&stand.form);
    assert_int_equal(form_obey(&stand.form, KEYS_DOWN), FORM_OTHER);
    assert_int_equal(form_rows(&stand.form), 0);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_go_from_field_to_field_past_hidden_ones),
        cmocka_unit_test(a_choice_goes_round),
        cmocka_unit_test(a_number_is_typed_anew),
        cmocka_unit_test(a_number_can_be_mended_or_emptied),
        cmocka_unit_test(a_question_mark_is_in_no_number),
        cmocka_unit_test(in_a_text_every_character_is_text),
        cmocka_unit_test(a_character_takes_the_place_of_what_was_filled_in),
        cmocka_unit_test(other_keys_change_what_was_filled_in),
        cmocka_unit_test(what_is_selected_stays_until_it_is_changed),
        cmocka_unit_test(enter_is_done_everywhere),
        cmocka_unit_test(a_click_goes_there_and_the_next_one_changes_it),
        cmocka_unit_test(the_focus_is_never_on_a_hidden_field),
        cmocka_unit_test(the_refused_field_is_found),
        cmocka_unit_test(rows_are_those_of_what_is_seen_whatever_is_refused),
        cmocka_unit_test(what_is_below_is_of_the_field_in_hand),
        cmocka_unit_test(nothing_to_fill_in_is_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
