// SPDX-License-Identifier: MIT
/* How much of a list is turned over at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/about_list.h"

enum { COUNT = 9 };

#define ONE_ROW "one row"
#define TWO_ROWS "as wide as it is here, and more"
#define FIVE_ROWS TWO_ROWS " and " TWO_ROWS " and so on for one more"

static const struct about_list_row rows[COUNT] = {{NULL, TWO_ROWS}, {NULL, TWO_ROWS},
    {NULL, TWO_ROWS}, {NULL, ONE_ROW}, {NULL, ONE_ROW}, {NULL, ONE_ROW}, {NULL, ONE_ROW},
    {NULL, FIVE_ROWS}, {NULL, ONE_ROW}};

static int page_at(int first)
{
    const struct about_list list = {
        .area = {.rows = 4, .columns = 26}, .first = first, .count = COUNT, .rows = rows};
    return about_list_page(&list);
}

/* Of two rows each two have room, of one row each four. */
static void a_page_is_what_is_seen(void **state)
{
    (void)state;
    assert_int_equal(page_at(0), 2);
    assert_int_equal(page_at(1), 2);
}

/* Where those above are longer than those seen. */
static void a_page_back_passes_none_over(void **state)
{
    (void)state;
    assert_int_equal(page_at(3), 2);
}

static void what_is_longer_than_the_screen_is_a_page(void **state)
{
    (void)state;
    assert_int_equal(page_at(7), 1);
    assert_int_equal(page_at(8), 1);
}

/* There is nothing further in either way. */
static void where_both_ends_are_near_a_page_is_all(void **state)
{
    static const struct about_list_row few[] = {
        {NULL, ONE_ROW}, {NULL, TWO_ROWS}, {NULL, ONE_ROW}, {NULL, ONE_ROW}};
    const struct about_list list = {
        .area = {.rows = 3, .columns = 26}, .first = 2, .count = 4, .rows = few};
    (void)state;
    assert_int_equal(about_list_page(&list), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_what_is_seen),
        cmocka_unit_test(a_page_back_passes_none_over),
        cmocka_unit_test(what_is_longer_than_the_screen_is_a_page),
        cmocka_unit_test(where_both_ends_are_near_a_page_is_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
