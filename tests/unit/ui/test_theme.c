// SPDX-License-Identifier: MIT
/* What must be told apart stays apart for every kind of eyes, and what is read can be. */
#include "ui/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "../colour_vision.h"

enum {
    BLACK = 0x000000,
    WHITE = 0xffffff,
    PAPER = 0xfdf6e3 /* a common light background */
};

/* One just noticeable difference is for large fields side by side, on one screen, for
 * eyes at rest.  Here fields are a letter wide, may be a screen apart, are on a worn
 * panel or a projector, and have to be told at a glance: ten times as much is wanted of
 * what can stand in one picture, half of that of the rest.  The safe colours are for who
 * needs them: all of them can stand anywhere. */
static const double APART = 10, APART_ELSEWHERE = 5, APART_SAFE = 13;

/* A colour without a letter or a shape of its own beside the background (WCAG 1.4.11),
 * text (1.4.3), and text for all (1.4.6). */
static const double CONTRAST_SHAPE = 3, CONTRAST_TEXT = 4.5, CONTRAST_ALL = 7;

/* The styles that have colours. */
static const struct {
    enum style style;
    const char *name;
} coloured[] = {{STYLE_BUSY, "busy"}, {STYLE_OTHER, "other"}, {STYLE_NICE, "nice"},
    {STYLE_SYSTEM, "system"}, {STYLE_IRQ, "irq"}, {STYLE_STEAL, "steal"},
    {STYLE_FAILED, "failed"}};

enum { COLOURED = sizeof coloured / sizeof *coloured };

/* What stands side by side, and where. */
static const enum style pictures[][6] = {
    /* a CPU's bar: the modes */
    {STYLE_BUSY, STYLE_NICE, STYLE_SYSTEM, STYLE_IRQ, STYLE_STEAL, STYLES},
    /* the account: its parts */
    {STYLE_BUSY, STYLE_SYSTEM, STYLE_STEAL, STYLE_IRQ, STYLE_OTHER, STYLES},
    /* the tasks of a worker, one after the other; tasks that are done, in hand, failed */
    {STYLE_BUSY, STYLE_OTHER, STYLE_FAILED, STYLES},
};

static bool is_in(const enum style picture[], enum style style)
{
    while (*picture != STYLES && *picture != style)
        picture++;
    return *picture == style;
}

static bool is_side_by_side(enum style one, enum style other)
{
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (is_in(pictures[i], one) && is_in(pictures[i], other))
            return true;
    return false;
}

static int rgb_of(enum style_theme theme, enum style style)
{
    return theme_rgb(theme_of(theme)->looks[style].colour.of_256);
}

static void expect_apart(
    enum style_theme theme, int one, int other, double least, const char *pair)
{
    for (enum colour_eyes eyes = 0; eyes < COLOUR_EYES; eyes++) {
        struct colour_lab seen = colour_seen(one, eyes);
        struct colour_lab beside = colour_seen(other, eyes);
        double difference = colour_difference(&seen, &beside);
        if (difference < least)
            fail_msg("%s: %s differ by %.1f, not %.0f, for one with %s",
                style_theme_names[theme], pair, difference, least,
                colour_eyes_names[eyes]);
    }
}

static double least_of(enum style_theme theme, enum style one, enum style other)
{
    if (theme == STYLE_SAFE)
        return APART_SAFE;
    return is_side_by_side(one, other) ? APART : APART_ELSEWHERE;
}

static void colours_are_told_apart(void **state)
{
    char pair[50];
    (void)state;
    for (enum style_theme theme = 0; theme < STYLE_MONO; theme++)
        for (int i = 0; i < COLOURED; i++)
            for (int j = 0; j < i; j++) {
                enum style one = coloured[i].style, other = coloured[j].style;
                snprintf(
                    pair, sizeof pair, "%s and %s", coloured[i].name, coloured[j].name);
                expect_apart(theme, rgb_of(theme, one), rgb_of(theme, other),
                    least_of(theme, one, other), pair);
            }
}

static void expect_contrast(enum style_theme theme, int background, double least)
{
    for (int i = 0; i < COLOURED; i++) {
        int rgb = rgb_of(theme, coloured[i].style);
        double contrast = colour_contrast(rgb, background);
        if (contrast < least)
            fail_msg("%s: %s has a contrast of %.2f, not %.1f, on %06x",
                style_theme_names[theme], coloured[i].name, contrast, least, background);
        expect_apart(theme, rgb, background, 2 * APART, coloured[i].name);
    }
}

static void colours_stand_out_from_the_background(void **state)
{
    (void)state;
    expect_contrast(STYLE_DEFAULT, BLACK, CONTRAST_SHAPE);
    expect_contrast(STYLE_DEFAULT, WHITE, CONTRAST_SHAPE);
    expect_contrast(STYLE_SAFE, BLACK, CONTRAST_SHAPE);
    expect_contrast(STYLE_SAFE, WHITE, CONTRAST_SHAPE);
    expect_contrast(STYLE_LIGHT, WHITE, CONTRAST_TEXT);
    expect_contrast(STYLE_LIGHT, PAPER, CONTRAST_TEXT);
    expect_contrast(STYLE_CONTRAST,
        theme_rgb(theme_of(STYLE_CONTRAST)->background.of_256), CONTRAST_ALL);
}

/* Where the background is ours nothing is left to the terminal, nor dimmed by it. */
static void contrast_is_whole(void **state)
{
    const struct theme *theme = theme_of(STYLE_CONTRAST);
    int background = theme_rgb(theme->background.of_256);
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        const struct theme_look *look = &theme->looks[style];
        assert_int_not_equal(look->colour.of_256, THEME_OWN);
        assert_int_not_equal(look->colour.of_8, theme->background.of_8);
        assert_int_equal(look->attributes & THEME_DIM, 0);
        assert_true(
            colour_contrast(theme_rgb(look->colour.of_256), background) >= CONTRAST_ALL);
    }
}

/* Where it is not ours, what is read is in the terminal's own colour: that can be read.
 */
static void text_is_the_terminals_own(void **state)
{
    static const enum style read[] = {
        STYLE_TEXT, STYLE_STRONG, STYLE_KEY, STYLE_MARK, STYLE_ABSENT};
    (void)state;
    for (enum style_theme theme = 0; theme < STYLE_THEMES; theme++)
        for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
            const struct theme *looks = theme_of(theme);
            bool own = looks->background.of_256 == THEME_OWN;
            assert_int_equal(looks->looks[read[i]].colour.of_256 == THEME_OWN, own);
            assert_int_equal(looks->looks[read[i]].colour.of_8 == THEME_OWN, own);
        }
}

static void mono_has_no_colours(void **state)
{
    const struct theme *mono = theme_of(STYLE_MONO);
    (void)state;
    assert_int_equal(mono->background.of_256, THEME_OWN);
    for (int style = 0; style < STYLES; style++) {
        assert_int_equal(mono->looks[style].colour.of_256, THEME_OWN);
        assert_int_equal(mono->looks[style].colour.of_8, THEME_OWN);
    }
}

/* Colour is never the only carrier: what says something by its style alone has more than
 * a colour in every theme.  (Bars have glyphs and letters.) */
static void styles_are_more_than_colours(void **state)
{
    (void)state;
    for (enum style_theme theme = 0; theme < STYLE_THEMES; theme++) {
        const struct theme_look *looks = theme_of(theme)->looks;
        assert_int_equal(looks[STYLE_TEXT].attributes, 0);
        assert_int_equal(looks[STYLE_STRONG].attributes, THEME_BOLD);
        assert_int_equal(looks[STYLE_KEY].attributes, THEME_BOLD);
        assert_int_equal(looks[STYLE_FAILED].attributes, THEME_BOLD);
        assert_int_equal(looks[STYLE_MARK].attributes, THEME_REVERSE);
    }
}

static void names_are_found(void **state)
{
    (void)state;
    for (enum style_theme theme = 0; theme < STYLE_THEMES; theme++)
        assert_int_equal(style_find_theme(style_theme_names[theme]), theme);
    assert_null(style_theme_names[STYLE_THEMES]);
    assert_int_equal(style_find_theme("Light"), STYLE_THEMES);
    assert_int_equal(style_find_theme(""), STYLE_THEMES);
}

static void the_256_are_a_cube_and_greys(void **state)
{
    (void)state;
    assert_int_equal(theme_rgb(16), 0x000000);
    assert_int_equal(theme_rgb(21), 0x0000ff);
    assert_int_equal(theme_rgb(32), 0x0087d7);
    assert_int_equal(theme_rgb(166), 0xd75f00);
    assert_int_equal(theme_rgb(231), 0xffffff);
    assert_int_equal(theme_rgb(232), 0x080808);
    assert_int_equal(theme_rgb(255), 0xeeeeee);
}

/* The measure itself, by pairs of Sharma, Wu and Dalal and by what is known. */
static void the_measure_is_right(void **state)
{
    static const struct {
        struct colour_lab one, other;
        double difference;
    } pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1.0000},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0009}, 7.1792},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0011}, 7.2195},
        {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double there = colour_difference(&pairs[i].one, &pairs[i].other);
        double back = colour_difference(&pairs[i].other, &pairs[i].one);
        assert_true(fabs(there - pairs[i].difference) < 1e-4);
        assert_true(fabs(back - pairs[i].difference) < 1e-4);
    }
    assert_true(fabs(colour_contrast(BLACK, WHITE) - 21) < 1e-9);
    assert_true(fabs(colour_contrast(0x777777, WHITE) - 4.48) < 0.005);
    for (enum colour_eyes eyes = 0; eyes < COLOUR_EYES; eyes++) {
        struct colour_lab white = colour_seen(WHITE, eyes);
        struct colour_lab grey = colour_seen(0x808080, eyes);
        assert_true(fabs(white.lightness - 100) < 0.1);
        assert_true(hypot(grey.a, grey.b) < 0.1); /* greys are grey for all */
    }
}

/* It sees what the colours of before had wrong: the kernel's part and that of interrupts
 * were one for a deuteranope. */
static void the_measure_can_tell(void **state)
{
    struct colour_lab system = colour_seen(0xd75f00, COLOUR_DEUTERANOPE_BRETTEL);
    struct colour_lab irq = colour_seen(0xaf8700, COLOUR_DEUTERANOPE_BRETTEL);
    (void)state;
    assert_true(colour_difference(&system, &irq) < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_told_apart),
        cmocka_unit_test(colours_stand_out_from_the_background),
        cmocka_unit_test(contrast_is_whole),
        cmocka_unit_test(text_is_the_terminals_own),
        cmocka_unit_test(mono_has_no_colours),
        cmocka_unit_test(styles_are_more_than_colours),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(the_256_are_a_cube_and_greys),
        cmocka_unit_test(the_measure_is_right),
        cmocka_unit_test(the_measure_can_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
