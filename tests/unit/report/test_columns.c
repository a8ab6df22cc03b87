// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/columns.h"

static void assert_row(size_t count, const struct column columns[],
    const char *const cells[], const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    columns_print(out, count, columns, cells);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void assert_pair(
    int width, int label_width, const char *label, const char *said, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    columns_print_pair(out, width, label_width, label, said);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void cells_wrap_beside_each_other(void **state)
{
    static const struct column columns[] = {{6, false}, {4, true}, {10, false}};
    assert_row(3, columns, (const char *const[]){"a", "1.50", "b"}, "a       1.50  b\n");
    assert_row(3, columns, (const char *const[]){"a b c d", "12", "one two three"},
        "a b c     12  one two\nd             three\n");
    assert_row(3, columns, (const char *const[]){"", "", ""}, "\n");
    assert_row(3, columns, (const char *const[]){"", "", "b"}, "              b\n");
    assert_row(3, columns, (const char *const[]){"a", "", " \n"}, "a\n");
    assert_row(
        3, columns, (const char *const[]){"a\nb", "1", "98 %"}, "a b        1  98 %\n");
    (void)state;
}

/* A path after a slash, a list of CPUs after a comma, anything else anywhere, but for the
 * inside of a character. */
static void words_that_are_too_long_are_cut(void **state)
{
    static const struct column columns[] = {{8, false}};
    assert_row(1, columns, (const char *const[]){"/sys/fs/cgroup/a/cpu.max"},
        "/sys/fs/\ncgroup/\na/\ncpu.max\n");
    assert_row(1, columns, (const char *const[]){"see 0-15,64-79,128"},
        "see\n0-15,\n64-79,\n128\n");
    assert_row(1, columns, (const char *const[]){"abcdefghijklm"}, "abcdefgh\nijklm\n");
    assert_row(1, columns, (const char *const[]){"µµµµµµµµµµ"}, "µµµµµµµµ\nµµ\n");
    static const struct column narrow[] = {{1, false}};
    assert_row(1, narrow, (const char *const[]){"µ/x"}, "µ\n/\nx\n");
    (void)state;
}

static void a_text_goes_below_its_label_where_it_is_narrow(void **state)
{
    assert_pair(40, 4, "WARN", "A quota allows 1.50 of the 2 CPUs here.",
        "WARN  A quota allows 1.50 of the 2 CPUs\n      here.\n");
    assert_pair(28, 4, "WARN", "A quota allows 1.50 of the 2 CPUs here.",
        "WARN\n  A quota allows 1.50 of the\n  2 CPUs here.\n");
    assert_pair(40, 4, "", "Next: ask.", "      Next: ask.\n");
    assert_pair(20, 12, "", "Next: ask.", "  Next: ask.\n");
    (void)state;
}

static void the_widest_counts(void **state)
{
    assert_int_equal(columns_widest(0, "µs"), 2);
    assert_int_equal(columns_widest(3, "µs"), 3);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_wrap_beside_each_other),
        cmocka_unit_test(words_that_are_too_long_are_cut),
        cmocka_unit_test(a_text_goes_below_its_label_where_it_is_narrow),
        cmocka_unit_test(the_widest_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
