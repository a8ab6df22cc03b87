// SPDX-License-Identifier: MIT
/* The form's fields one by one: what is said beside each, whatever the others hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "filling.h"

/* One that is refused hides nothing of what is wrong with another. */
static void every_field_is_checked_whatever_the_others_are(void **state)
{
    static const char *const items[] = {"", "{1..5}", "*.h5", "'1"};
    static const char *const more[] = {"", "--nonsense", "--seed x", "--keep-order"};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    set_choice(form, LAUNCH_WHAT, "my own command...");
    set_text(form, LAUNCH_COMMAND, "no-such-program-here {}");
    for (size_t i = 0; i < 16; i++) {
        set_text(form, LAUNCH_ITEMS, items[i % 4]);
        set_text(form, LAUNCH_MORE, more[i / 4]);
        set_text(form, LAUNCH_WORKERS, "x");
        assert_true(form->fields[LAUNCH_ITEMS].refusal[0]);
        assert_true(form->fields[LAUNCH_WORKERS].refusal[0]);
        if (!strstr(form->fields[LAUNCH_COMMAND].refusal, "no-such-program-here"))
            fail_msg("%s, %s: command: \"%s\"", items[i % 4], more[i / 4],
                form->fields[LAUNCH_COMMAND].refusal);
    }
    set_text(form, LAUNCH_COMMAND, "cat {}");
    assert_string_equal(form->fields[LAUNCH_COMMAND].refusal, "");
    assert_true(launch_form_is_refused(form));
    launch_form_destroy(form);
}

static void go_to(struct form *fields, enum launch_field field)
{
    fields->focus = field;
    fields->typing = false;
}

/* What an example has filled in gives way to what is typed; what was typed does not. */
static void what_is_filled_in_is_known(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    struct form *fields = launch_form_fields(form);
    (void)state;
    set_choice(form, LAUNCH_WHAT, "my own command...");
    go_to(fields, LAUNCH_COMMAND);
    assert_true(form_is_selected(fields));
    for (const char *c = "cat -n"; *c; c++) {
        assert_int_equal(form_obey(fields, *c), FORM_CHANGE);
        launch_form_check(form);
    }
    assert_line(form, "parfor run -- cat -n ::: 1 1 1 1 1 1 1 1");
    set_choice(form, LAUNCH_WHAT, "memory-bound");
    set_choice(form, LAUNCH_WHAT, "my own command...");
    go_to(fields, LAUNCH_COMMAND);
    assert_false(form_is_selected(fields));
    go_to(fields, LAUNCH_ITEMS);
    assert_true(form_is_selected(fields));
    assert_int_equal(launch_form_take(form, "parfor run -- true ::: 1"), 0);
    go_to(fields, LAUNCH_COMMAND);
    assert_true(form_is_selected(fields));
    launch_form_destroy(form);
}

/* Beside a field of 80 columns there are so many for its hint. */
static void hints_fit_beside_their_fields(void **state)
{
    enum { COLUMNS = 33, SCHEDULES = 6 };
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t loop = 0; form->loops[loop]; loop++)
        for (size_t what = 0; what < LAUNCH_DOS * SCHEDULES; what++) {
            form->fields[LAUNCH_DO].choice = what % LAUNCH_DOS;
            form->fields[LAUNCH_SCHEDULE].choice = what / LAUNCH_DOS;
            set_choice(form, LAUNCH_LOOP, form->loops[loop]);
            for (size_t i = 0; i < LAUNCH_FIELDS; i++)
                if (i != LAUNCH_SIZE && strlen(form->fields[i].hint) > COLUMNS)
                    fail_msg("too long: %s", form->fields[i].hint);
        }
    assert_non_null(form->schedules[SCHEDULES - 1]);
    assert_null(form->schedules[SCHEDULES]);
    launch_form_destroy(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_checked_whatever_the_others_are),
        cmocka_unit_test(what_is_filled_in_is_known),
        cmocka_unit_test(hints_fit_beside_their_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
