// SPDX-License-Identifier: MIT
#include "machine/brand.h"

#include "fixture.h"

static void brands_are_shortened(void **state)
{
    static const char *const pairs[][2] = {
        {"AMD EPYC", "AMD EPYC"},
        {"AMD EPYC Processor", "AMD EPYC"},
        {"AMD EPYC-Milan Processor", "AMD EPYC-Milan"},
        {"AMD EPYC 7763 64-Core Processor                ", "EPYC 7763"},
        {"AMD Ryzen 9 7950X 16-Core Processor", "Ryzen 9 7950X"},
        {"AMD Ryzen 7 PRO 4750U with Radeon Graphics", "Ryzen 7 PRO 4750U"},
        {"Quad-Core AMD Opteron(tm) Processor 2376", "Opteron 2376"},
        {"12th Gen Intel(R) Core(TM) i5-12450H", "Core i5-12450H"},
        {"Intel(R) Core(TM) i7-4790 CPU @ 3.60GHz", "Core i7-4790"},
        {"Intel(R) Core(TM)2 Duo CPU     T7700  @ 2.40GHz", "Core 2 Duo T7700"},
        {"Intel(R) Core(TM) Ultra 7 155H", "Core Ultra 7 155H"},
        {"Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "Xeon Platinum 8370C"},
        {"Intel(R) Xeon(TM) CPU 2.60GHz", "Intel Xeon"},
        {"Intel Xeon Processor (Skylake, IBRS)", "Xeon (Skylake, IBRS)"},
        {"Intel(R) N100", "Intel N100"},
        {"QEMU Virtual CPU version 2.5+", "QEMU Virtual CPU version 2.5+"},
        {"Common KVM processor", "Common KVM processor"},
        {"POWER7 (architected), altivec supported", "POWER7"},
        {"Cortex-A72", "Cortex-A72"},
        {"3.20GHz", "3.20GHz"},
        {"@ home", "@ home"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char text[96];
        brand_tidy(pairs[i][0], sizeof text, text);
        assert_string_equal(text, pairs[i][1]);
    }
    (void)state;
}

static void long_brands_are_cut(void **state)
{
    char text[8];
    brand_tidy("Wonderful Machine", sizeof text, text);
    assert_string_equal(text, "Wonderf");
    brand_tidy("Wonder Machine", sizeof text, text);
    assert_string_equal(text, "Wonder ");
    (void)state;
}

static void the_code_name_stands_alone(void **state)
{
    static const char *const triples[][3] = {
        {"EPYC (Milan)", "AMD EPYC 7763 64-Core Processor", "Milan"},
        {"Alder Lake-P (Core i5)", "12th Gen Intel(R) Core(TM) i5-12450H",
            "Alder Lake-P"},
        {"Conroe (Core 2 Duo) 1024K", "Intel(R) Core(TM)2 Duo CPU", "Conroe"},
        {"Xeon (Foster)", "Intel(R) Xeon(TM) CPU 1.50GHz", "Foster"},
        {"Cannon Lake", "Intel(R) Core(TM) i3-8121U", "Cannon Lake"},
        {"Unknown CPU", "Something", ""},
        {"", "Something", ""},
        {"Broken (Half", "Broken", "Broken (Half"},
    };
    for (size_t i = 0; i < sizeof triples / sizeof triples[0]; i++) {
        char text[64];
        brand_codename(triples[i][0], triples[i][1], sizeof text, text);
        assert_string_equal(text, triples[i][2]);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brands_are_shortened),
        cmocka_unit_test(long_brands_are_cut),
        cmocka_unit_test(the_code_name_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
