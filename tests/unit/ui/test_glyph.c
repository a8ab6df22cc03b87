// SPDX-License-Identifier: MIT
#include "ui/glyph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Without colours they are all that tells one part of a bar from another. */
static void each_part_has_a_glyph_of_its_own(void **state)
{
    static const struct glyphs *const sets[] = {
        &glyphs_ascii, &glyphs_halves, &glyphs_eighths};
    enum { PARTS = sizeof glyphs_ascii.part / sizeof *glyphs_ascii.part };
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        for (int part = 0; part < PARTS; part++) {
            assert_true(sets[i]->part[part] > L' ');
            for (int other = 0; other < part; other++)
                assert_true(sets[i]->part[part] != sets[i]->part[other]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_has_a_glyph_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
