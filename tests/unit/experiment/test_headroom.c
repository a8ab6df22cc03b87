// SPDX-License-Identifier: MIT
#include "experiment/headroom.h"

#include "made.h"

static void assert_warning(
    int workers, double peak_gb, double available_gb, const char *expected)
{
    char text[160];
    headroom_warn(workers, (int64_t)(peak_gb * 1e9), (int64_t)(available_gb * 1e9),
        sizeof text, text);
    assert_string_equal(text, expected);
}

static void too_little_memory_is_said_with_what_would_fit(void **state)
{
    (void)state;
    assert_warning(
        12, 3.1, 16, "12 workers x 3.1 GB are more than the 16 GB free: -j 5 would fit");
    assert_warning(
        2, 0.8, 1.5, "2 workers x 800 MB are more than the 1.5 GB free: -j 1 would fit");
    assert_warning(2, 8, 1.5, "2 workers x 8.0 GB are more than the 1.5 GB free");
    assert_warning(1, 8, 1.5, "1 worker x 8.0 GB is more than the 1.5 GB free");
}

static void enough_memory_is_not_spoken_of(void **state)
{
    (void)state;
    assert_warning(5, 3, 15, "");
    assert_warning(5, 0, 15, "");
    assert_warning(5, 3, -1e-9, "");
}

static void the_kernel_says_what_is_free(void **state)
{
    (void)state;
    assert_true(headroom_available_bytes() > 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_little_memory_is_said_with_what_would_fit),
        cmocka_unit_test(enough_memory_is_not_spoken_of),
        cmocka_unit_test(the_kernel_says_what_is_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
