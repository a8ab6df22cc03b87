// SPDX-License-Identifier: MIT
/* What must be told apart in a picture stays apart for every kind of eyes and in grey
 * print, and what is read can be. */
#include "picture/ink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "../colour_vision.h"

/* As for the terminal (tests/unit/ui/test_theme.c): fields are small, may be apart, are
 * on a projector or in print, and have to be told at a glance. */
static const double APART = 11;

/* In grey only lightness (of 100) is left, and a printer has few greys; so much is wanted
 * where fields touch. */
static const double APART_GREY = 11;

/* The same of what has a gap between it and its neighbours. */
static const double APART_GAP = 6;

/* The same as a ratio, of the modes of a CPU, which have no gap between them. */
static const double CONTRAST_MODES = 1.6;

/* WCAG 2.1: text for all (1.4.6), text (1.4.3), a shape without a letter (1.4.11). */
static const double CONTRAST_TEXT = 7, CONTRAST_NOTE = 4.5, CONTRAST_SHAPE = 3;

static const char *const names[INKS] = {[INK_PAPER] = "paper",
    [INK_TEXT] = "text",
    [INK_NOTE] = "note",
    [INK_RULE] = "rule",
    [INK_BUSY] = "busy",
    [INK_OTHER] = "other",
    [INK_SYSTEM] = "system",
    [INK_IRQ] = "irq",
    [INK_STEAL] = "steal",
    [INK_FAILED] = "failed",
    [INK_IDEAL] = "ideal",
    [INK_EMPTY] = "empty",
    [INK_WAITING] = "waiting",
    [INK_BLOCKED] = "blocked",
    [INK_STARTING] = "starting",
    [INK_PREPARING] = "preparing",
    [INK_ENDED] = "ended"};

static int rgb_of(enum ink ink, bool dark)
{
    struct ink_colour colour = ink_colour(ink, dark);
    return (int)lround(colour.red * 255) << 16 | (int)lround(colour.green * 255) << 8 |
           (int)lround(colour.blue * 255);
}

static const enum ink shapes[] = {
    INK_BUSY, INK_OTHER, INK_SYSTEM, INK_IRQ, INK_STEAL, INK_FAILED};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static void expect_apart(enum ink one, enum ink other, bool dark, double least)
{
    for (enum colour_eyes eyes = 0; eyes < COLOUR_EYES; eyes++) {
        struct colour_lab seen = colour_seen(rgb_of(one, dark), eyes);
        struct colour_lab beside = colour_seen(rgb_of(other, dark), eyes);
        double difference = colour_difference(&seen, &beside);
        if (difference < least)
            fail_msg("%s: %s and %s differ by %.1f, not %.0f, for one with %s",
                dark ? "dark" : "light", names[one], names[other], difference, least,
                colour_eyes_names[eyes]);
    }
}

static void shapes_are_told_apart(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int i = 0; i < SHAPES; i++) {
            for (int j = 0; j < i; j++)
                expect_apart(shapes[i], shapes[j], dark, APART);
            expect_apart(shapes[i], INK_EMPTY, dark, 2 * APART);
            expect_apart(shapes[i], INK_PAPER, dark, 2 * APART);
            expect_apart(shapes[i], INK_TEXT, dark, APART);
            expect_apart(shapes[i], INK_IDEAL, dark, APART);
        }
}

/* What is made of a colour in grey: as light as it is seen, or the mean of its three
 * values as they are stored (ITU-R BT.601), for many a printer and program does that. */
static int grey_of(enum ink ink, bool dark)
{
    struct ink_colour colour = ink_colour(ink, dark);
    double grey = 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue;
    return (int)lround(grey * 255) * 0x10101;
}

static double lightness_apart(int one, int other)
{
    return fabs(colour_seen(one, COLOUR_ALL_CONES).lightness -
                colour_seen(other, COLOUR_ALL_CONES).lightness);
}

static void expect_apart_in_grey(enum ink one, enum ink other, bool dark, double least)
{
    double seen = lightness_apart(rgb_of(one, dark), rgb_of(other, dark));
    double stored = lightness_apart(grey_of(one, dark), grey_of(other, dark));
    if (fmin(seen, stored) < least)
        fail_msg("%s: %s and %s differ by %.1f, not %.0f, in grey",
            dark ? "dark" : "light", names[one], names[other], fmin(seen, stored), least);
}

/* What touches: the modes of a CPU stand on each other in their order; tasks follow each
 * other; a task that failed stands between others. */
static void neighbours_are_told_apart_in_grey(void **state)
{
    static const enum ink pairs[][2] = {{INK_BUSY, INK_SYSTEM}, {INK_BUSY, INK_OTHER},
        {INK_BUSY, INK_STEAL}, {INK_BUSY, INK_IRQ}, {INK_SYSTEM, INK_IRQ},
        {INK_IRQ, INK_STEAL}, {INK_SYSTEM, INK_STEAL}, {INK_BUSY, INK_FAILED},
        {INK_OTHER, INK_FAILED}};
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            expect_apart_in_grey(pairs[i][0], pairs[i][1], dark, APART_GREY);
}

static void expect_contrast(enum ink ink, enum ink ground, bool dark, double least)
{
    double contrast = colour_contrast(rgb_of(ink, dark), rgb_of(ground, dark));
    if (contrast < least)
        fail_msg("%s: %s on %s has a contrast of %.2f, not %.1f", dark ? "dark" : "light",
            names[ink], names[ground], contrast, least);
}

/* Any of them may be missing between two others. */
static void modes_stand_out_from_each_other(void **state)
{
    static const enum ink modes[] = {INK_BUSY, INK_SYSTEM, INK_IRQ, INK_STEAL};
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
            for (size_t j = 0; j < i; j++)
                expect_contrast(modes[i], modes[j], dark, CONTRAST_MODES);
}

/* Any two may be neighbours where what is between them is next to nothing, but there is
 * a gap between them, and each has its name. */
static void parts_of_an_account_are_told_apart_in_grey(void **state)
{
    static const enum ink parts[] = {INK_BUSY, INK_OTHER, INK_WAITING, INK_BLOCKED,
        INK_STARTING, INK_PREPARING, INK_TEXT, INK_ENDED, INK_EMPTY};
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            for (size_t j = 0; j < i; j++)
                expect_apart_in_grey(parts[i], parts[j], dark, APART_GAP);
}

static void what_is_read_stands_out(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        expect_contrast(INK_TEXT, INK_PAPER, dark, CONTRAST_TEXT);
        expect_contrast(INK_TEXT, INK_EMPTY, dark, CONTRAST_TEXT);
        expect_contrast(INK_NOTE, INK_PAPER, dark, CONTRAST_NOTE);
        expect_contrast(INK_NOTE, INK_EMPTY, dark, CONTRAST_NOTE);
        expect_contrast(INK_FAILED, INK_PAPER, dark, CONTRAST_NOTE);
        expect_contrast(INK_BUSY, INK_PAPER, dark, CONTRAST_NOTE);
        expect_contrast(INK_PAPER, INK_BUSY, dark, CONTRAST_NOTE);
        for (int i = 0; i < SHAPES; i++)
            expect_contrast(shapes[i], INK_PAPER, dark, CONTRAST_SHAPE);
        expect_contrast(INK_IDEAL, INK_PAPER, dark, CONTRAST_SHAPE);
    }
}

/* Rules and empty places are there, but do not ask to be looked at. */
static void the_rest_is_quiet(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        double rule = colour_contrast(rgb_of(INK_RULE, dark), rgb_of(INK_PAPER, dark));
        double empty = colour_contrast(rgb_of(INK_EMPTY, dark), rgb_of(INK_PAPER, dark));
        assert_true(rule > 1.5 && rule < CONTRAST_SHAPE);
        assert_true(empty > 1.2 && empty < 1.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_told_apart),
        cmocka_unit_test(neighbours_are_told_apart_in_grey),
        cmocka_unit_test(modes_stand_out_from_each_other),
        cmocka_unit_test(parts_of_an_account_are_told_apart_in_grey),
        cmocka_unit_test(what_is_read_stands_out),
        cmocka_unit_test(the_rest_is_quiet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
