// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/more.h"

static void assert_more(
    size_t above, size_t below, const char *word, const char *expected)
{
    const struct more more = {above, below};
    char text[48];
    more_format(&more, word, sizeof text, text);
    assert_string_equal(text, expected);
}

static void what_is_hidden_is_counted_where_it_is(void **state)
{
    assert_more(0, 0, "hidden", "");
    assert_more(0, 48, "hidden", "+48 hidden");
    assert_more(20, 28, "hidden", "+20 above, +28 below");
    assert_more(48, 0, "more", "+48 above");
    assert_more(0, 0, "", "");
    assert_more(0, 48, "", "+48");
    assert_more(20, 28, "", "+20, +28");
    assert_more(48, 0, "", "+48");
    (void)state;
}

static void the_key_leads_to_what_is_left(void **state)
{
    struct view_input input = {.below = 0};
    struct view_key key;
    assert_false(more_key(&input, &key));
    input.below = 3;
    assert_true(more_key(&input, &key));
    assert_string_equal(key.key, "PageDown");
    input.scroll = 2;
    assert_true(more_key(&input, &key));
    assert_string_equal(key.key, "PageDown");
    input.below = 0;
    assert_true(more_key(&input, &key));
    assert_string_equal(key.key, "PageUp");
    (void)state;
}

/* A key leads on by it, so it is never nothing. */
static void a_page_is_what_is_seen(void **state)
{
    int page = 0;
    const struct view_input input = {.page = &page}, unasked = {.page = NULL};
    more_set_page(&input, 16);
    assert_int_equal(page, 16);
    more_set_page(&input, 0);
    assert_int_equal(page, 1);
    more_set_page(&unasked, 16);
    (void)state;
}

static int draw_silently(struct canvas *canvas, const struct view_input *input)
{
    (void)canvas, (void)input;
    return 0;
}

/* Else the page of the view before would be turned. */
static void a_view_that_does_not_tell_has_pages_of_one(void **state)
{
    int page = 40;
    const struct view_ops view = {.draw = draw_silently};
    struct view_input input = {.page = &page};
    assert_int_equal(more_draw(NULL, &view, &input), 0);
    assert_int_equal(page, 1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_hidden_is_counted_where_it_is),
        cmocka_unit_test(the_key_leads_to_what_is_left),
        cmocka_unit_test(a_page_is_what_is_seen),
        cmocka_unit_test(a_view_that_does_not_tell_has_pages_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
