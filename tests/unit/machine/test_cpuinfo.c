// SPDX-License-Identifier: MIT
#include "machine/cpuinfo.h"

#include "fixture.h"

static void check_model(const char *text, const char *expected)
{
    char model[64] = "untouched";
    assert_int_equal(cpuinfo_find_model(text, sizeof model, model), expected != NULL);
    assert_string_equal(model, expected ? expected : "untouched");
}

static void each_architecture_is_read(void **state)
{
    check_model(
        "processor\t: 0\nvendor_id\t: X\nmodel\t\t: 17\nmodel name\t: AMD EPYC\n\n"
        "processor\t: 1\nmodel name\t: other\n",
        "AMD EPYC");
    check_model(
        "CPU Family\t\t: Loongson\nModel Name\t\t: Loongson-3A5000\n", "Loongson-3A5000");
    check_model("system type\t: x\ncpu model\t: MIPS 24Kc V7.4\n", "MIPS 24Kc V7.4");
    check_model("processor : 0\ncpu\t\t: POWER9, altivec supported\nclock : 3\n",
        "POWER9, altivec supported");
    check_model("CPU implementer\t: 0x41\nCPU architecture: 8\nCPU part\t: 0xd08\n",
        "Cortex-A72");
    (void)state;
}

static void two_sorts_of_arm_cores_are_both_named(void **state)
{
    check_model("CPU implementer\t: 0x41\nCPU part\t: 0xd05\n\n"
                "CPU implementer\t: 0x41\nCPU part\t: 0xd05\n\n"
                "CPU implementer\t: 0x41\nCPU part\t: 0xd0b\n",
        "Cortex-A55 + Cortex-A76");
    (void)state;
}

static void no_name_is_no_answer(void **state)
{
    check_model("", NULL);
    check_model("model name\n", NULL);
    check_model("model name\t:\n", NULL);
    check_model("CPU implementer\t: 0x99\nCPU part\t: 0x123\n", NULL);
    check_model("CPU implementer\t: 0x41", NULL);
    (void)state;
}

static void flags_are_whole_words(void **state)
{
    const char text[] = "flags\t\t: fpu hypervisors hypervisor lm\nflags : late\n";
    assert_true(cpuinfo_has_flag(text, "hypervisor"));
    assert_true(cpuinfo_has_flag(text, "fpu"));
    assert_true(cpuinfo_has_flag(text, "lm"));
    assert_false(cpuinfo_has_flag(text, "hyper"));
    assert_false(cpuinfo_has_flag(text, "late"));
    assert_false(cpuinfo_has_flag("", "lm"));
    (void)state;
}

static void clocks_belong_to_processors(void **state)
{
    int mhz[4];
    assert_int_equal(cpuinfo_find_clocks("processor\t: 2\ncpu MHz\t\t: 1203.514\n\n"
                                         "processor\t: 0\ncpu MHz\t\t: 400.000\n\n"
                                         "processor\t: 1\nmodel name\t: Toy\n\n"
                                         "processor\t: 9\ncpu MHz\t\t: 3000\n",
                         4, mhz),
        2);
    const int expected[] = {400, 0, 1204, 0};
    assert_memory_equal(mhz, expected, sizeof mhz);
    assert_int_equal(
        cpuinfo_find_clocks("processor : 3\nclock : 3864.000000MHz\n", 4, mhz), 1);
    assert_int_equal(mhz[3], 3864);
    (void)state;
}

static void nonsense_is_no_clock(void **state)
{
    int mhz[2];
    assert_int_equal(cpuinfo_find_clocks("cpu MHz : 1000\nprocessor : x\ncpu MHz : 1\n"
                                         "processor : 0\ncpu MHz : nan\ncpu MHz : -5\n"
                                         "processor : 1\ncpu MHz :\ncpu MHz : 1e30",
                         2, mhz),
        0);
    assert_int_equal(mhz[0] + mhz[1], 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_architecture_is_read),
        cmocka_unit_test(two_sorts_of_arm_cores_are_both_named),
        cmocka_unit_test(no_name_is_no_answer),
        cmocka_unit_test(flags_are_whole_words),
        cmocka_unit_test(clocks_belong_to_processors),
        cmocka_unit_test(nonsense_is_no_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
