// SPDX-License-Identifier: MIT
#include "machine/arm.h"

#include "fixture.h"

static void common_cores_have_names(void **state)
{
    assert_string_equal(arm_core_name(0x41, 0xd08), "Cortex-A72");
    assert_string_equal(arm_core_name(0x41, 0xd0c), "Neoverse N1");
    assert_string_equal(arm_core_name(0x48, 0xd01), "Kunpeng 920");
    (void)state;
}

static void both_numbers_must_fit(void **state)
{
    assert_null(arm_core_name(0x48, 0xd0c));
    assert_null(arm_core_name(0x41, 0xfff));
    assert_null(arm_core_name(0, 0));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_cores_have_names),
        cmocka_unit_test(both_numbers_must_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
