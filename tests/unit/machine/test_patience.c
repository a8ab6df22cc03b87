// SPDX-License-Identifier: MIT
#include "machine/patience.h"

#include "base/clock.h"
#include "fixture.h"

static void it_ends(void **state)
{
    struct patience patience = patience_begin(0);
    assert_true(patience_is_over(&patience));
    patience = patience_begin(INT64_C(3600) * NS_PER_S);
    assert_false(patience_is_over(&patience));
    (void)state;
}

/* Who sleeps does not wait for a CPU. */
static void a_long_time_tries_it(void **state)
{
    struct patience patience = patience_begin(NS_PER_S);
    int64_t began_ns = clock_now_ns();
    assert_false(patience_was_tried(&patience, began_ns + NS_PER_S));
    const struct timespec late = clock_timespec(50 * NS_PER_MS);
    nanosleep(&late, NULL);
    assert_true(patience_was_tried(&patience, began_ns));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_ends),
        cmocka_unit_test(a_long_time_tries_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
