// SPDX-License-Identifier: MIT
#include "machine/ids.h"

#include <errno.h>

#include "fixture.h"

static void check_list(const char *text, int error, size_t count, size_t highest)
{
    struct ids ids = {0};
    assert_int_equal(ids_parse(text, &ids), error);
    assert_int_equal(ids_count(&ids), count);
    for (size_t id = highest + 1; id < highest + 5; id++)
        assert_false(ids_has(&ids, id));
    if (count > 0)
        assert_true(ids_has(&ids, highest));
    ids_finish(&ids);
}

static void lists_of_the_kernel_are_read(void **state)
{
    check_list("0\n", 0, 1, 0);
    check_list("0-3\n", 0, 4, 3);
    check_list("0,2-3,8,10-11\n", 0, 6, 11);
    check_list("\t0-1023\nMems_allowed:\t1\n", 0, 1024, 1023);
    check_list("\n", 0, 0, 0);
    check_list("", 0, 0, 0);
    (void)state;
}

static void nonsense_is_refused(void **state)
{
    check_list("abc", -EINVAL, 0, 0);
    check_list("3-1", -EINVAL, 0, 0);
    check_list("-1", -EINVAL, 0, 0);
    check_list("0-", -EINVAL, 0, 0);
    check_list("1,,2", -EINVAL, 1, 1);
    check_list("1;2", -EINVAL, 1, 1);
    (void)state;
}

static void ids_beyond_reason_are_not_kept(void **state)
{
    check_list("7,99999999999999999999", 0, 1, 7);
    check_list("65530-99999999999", 0, 6, 65535);
    (void)state;
}

static void sets_join(void **state)
{
    struct ids one = {0}, other = {0};
    ids_add(&one, 3);
    ids_add(&other, 3);
    ids_add(&other, 700);
    ids_add_all(&one, &other);
    assert_int_equal(ids_count(&one), 2);
    assert_true(ids_has(&one, 3) && ids_has(&one, 700));
    assert_false(ids_has(&one, 100000));
    ids_finish(&one);
    ids_finish(&other);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_the_kernel_are_read),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(ids_beyond_reason_are_not_kept),
        cmocka_unit_test(sets_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
