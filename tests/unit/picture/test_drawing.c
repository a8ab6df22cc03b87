// SPDX-License-Identifier: MIT
/* Texts of any bytes, as long as they please, within the room there is for them. */
#include "picture/drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { LINES = 64, LINE_SIZE = 1100 };

/* What was drawn. Every character is as wide as the font is large. */
struct sheet {
    int boxes, lines, areas, texts, extents;
    char text[LINES][LINE_SIZE];
    double y[LINES];
    struct drawing drawing;
};

static void draw_box(void *self, const struct drawing_box *box, enum ink ink)
{
    struct sheet *sheet = self;
    assert_true(box->width > 0 && box->height > 0 && ink < INKS);
    sheet->boxes++;
}

static void draw_line(void *self, size_t count, const struct drawing_point points[],
    double width, enum ink ink)
{
    struct sheet *sheet = self;
    assert_true(count > 1 && points && width > 0 && ink < INKS);
    sheet->lines++;
}

static void draw_area(
    void *self, size_t count, const struct drawing_point points[], enum ink ink)
{
    struct sheet *sheet = self;
    assert_true(count > 2 && points && ink < INKS);
    sheet->areas++;
}

static void draw_text(void *self, const struct drawing_text *place, const char *text)
{
    struct sheet *sheet = self;
    assert_true(sheet->texts < LINES);
    assert_true(utf8_is_text(strlen(text), text));
    sheet->y[sheet->texts] = place->y;
    snprintf(sheet->text[sheet->texts++], LINE_SIZE, "%s", text);
}

static double find_extent(void *self, const struct drawing_text *place, const char *text)
{
    struct sheet *sheet = self;
    size_t left = strlen(text);
    int characters = 0;
    sheet->extents++;
    for (; left > 0; characters++) {
        size_t size = utf8_character(left, text);
        assert_true(size > 0);
        text += size;
        left -= size;
    }
    return characters * place->size;
}

/* None of Japanese. */
static bool has_letters(void *self, const struct drawing_text *place, const char *text)
{
    assert_true(self && place->size > 0);
    return !strstr(text, "\xe3\x83");
}

static const struct drawing_ops sheet_ops = {.box = draw_box,
    .line = draw_line,
    .area = draw_area,
    .text = draw_text,
    .extent = find_extent,
    .has = has_letters};

static struct drawing *start(struct sheet *sheet)
{
    *sheet = (struct sheet){.drawing = {&sheet_ops, sheet, 960, 540}};
    return &sheet->drawing;
}

static const struct drawing_text place = {.x = 10, .y = 100, .size = 10};

static void expect_text(const char *text, const char *drawn)
{
    struct sheet sheet;
    drawing_text(start(&sheet), &place, text);
    assert_int_equal(sheet.texts, 1);
    assert_string_equal(sheet.text[0], drawn);
}

static void text_is_drawn_as_it_is(void **state)
{
    (void)state;
    expect_text("a", "a");
    expect_text("5 µs … 漢字 🂡 é", "5 µs … 漢字 🂡 é");
}

static void bytes_that_are_no_text_are_marked(void **state)
{
    (void)state;
    expect_text("\xff", "?");
    expect_text("a\xc3", "a?");
    expect_text("\xe2\x82_\xed\xa0\x80_", "??_???_");
    expect_text("\xc0\xaf\xf4\x90\x80\x80", "??????");
    expect_text("a\tb\nc\x1b[0m\x7f", "a?b?c?[0m?");
    expect_text("\xc2\x80\xc2\x9f\xc2\xa0", "??\xc2\xa0");
}

/* cairo fails on them, and the whole picture with it. */
static void what_is_never_a_character_is_marked(void **state)
{
    (void)state;
    expect_text("\xef\xbf\xbe\xef\xbf\xbf", "??");
    expect_text("\xef\xb7\x90\xef\xb7\xaf", "??");
    expect_text("\xf0\x9f\xbf\xbe\xf4\x8f\xbf\xbf", "??");
    expect_text("\xef\xbf\xbd\xef\xb7\x8f\xef\xb7\xb0\xf0\x9f\xbe\xbe",
        "\xef\xbf\xbd\xef\xb7\x8f\xef\xb7\xb0\xf0\x9f\xbe\xbe");
}

static void nothing_is_drawn_of_nothing(void **state)
{
    const struct drawing_point points[3] = {{0, 0}, {1, 1}, {2, 0}};
    struct sheet sheet;
    struct drawing *drawing = start(&sheet);
    (void)state;
    drawing_text(drawing, &place, "");
    drawing_format(drawing, &place, "%s", "");
    drawing_text_within(drawing, &place, 100, "");
    assert_int_equal(drawing_paragraph(drawing, &place, 100, 3, ""), 0);
    assert_int_equal(drawing_paragraph(drawing, &place, 100, 3, "   "), 0);
    drawing_box(drawing, &(struct drawing_box){0, 0, 0, 1}, INK_BUSY);
    drawing_box(drawing, &(struct drawing_box){0, 0, 1, -1}, INK_BUSY);
    drawing_box(drawing, &(struct drawing_box){0, 0, NAN, 1}, INK_BUSY);
    drawing_line(drawing, 1, points, 1, INK_BUSY);
    drawing_area(drawing, 2, points, INK_BUSY);
    assert_int_equal(sheet.texts + sheet.boxes + sheet.lines + sheet.areas, 0);
    assert_true(drawing_extent(drawing, &place, "") == 0);
    drawing_box(drawing, &(struct drawing_box){0, 0, 1, 1}, INK_BUSY);
    drawing_line(drawing, 2, points, 1, INK_BUSY);
    drawing_area(drawing, 3, points, INK_BUSY);
    assert_int_equal(sheet.boxes + sheet.lines + sheet.areas, 3);
}

static void extent_is_of_what_is_drawn(void **state)
{
    struct sheet sheet;
    (void)state;
    assert_true(drawing_extent(start(&sheet), &place, "\xff…") == 20);
}

static void long_text_ends_in_an_ellipsis(void **state)
{
    char text[4096], drawn[16];
    struct sheet sheet;
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        memset(text, 'x', sizeof text);
        for (size_t i = (size_t)shift; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "…", 3);
        text[sizeof text - 1] = '\0';
        drawing_text(start(&sheet), &place, text);
        assert_true(strlen(sheet.text[0]) > 1000);
        drawing_format(start(&sheet), &place, "%s", text);
        assert_true(strlen(sheet.text[0]) > 1000);
    }
    drawing_clean(8, drawn, "1234567");
    assert_string_equal(drawn, "1234567");
    drawing_clean(8, drawn, "12345678");
    assert_string_equal(drawn, "1234…");
    drawing_clean(8, drawn, "123é567");
    assert_string_equal(drawn, "123…");
    drawing_clean(4, drawn, "12345678");
    assert_string_equal(drawn, "…");
}

static void expect_within(const char *text, double width, const char *drawn)
{
    struct sheet sheet;
    drawing_text_within(start(&sheet), &place, width, text);
    assert_int_equal(sheet.texts, drawn ? 1 : 0);
    if (drawn)
        assert_string_equal(sheet.text[0], drawn);
}

static void text_is_cut_to_its_room(void **state)
{
    (void)state;
    expect_within("factorial", 90, "factorial");
    expect_within("factorial", 89, "factori…");
    expect_within("factorial", 20, "f…");
    expect_within("factorial", 19, NULL);
    expect_within("factorial", 0, NULL);
    expect_within("factorial", -10, NULL);
    expect_within("factorial", NAN, NULL);
    expect_within("漢字漢字漢字", 40, "漢字漢…");
    expect_within("ab cd", 40, "ab…");
    expect_within("a\xff\xff\xff", 30, "a?…");
}

static void cutting_is_not_slow(void **state)
{
    char text[4096];
    struct sheet sheet;
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    drawing_text_within(start(&sheet), &place, 100, text);
    assert_int_equal(strlen(sheet.text[0]), 9 + strlen("…"));
    assert_true(sheet.extents < 20);
}

static void expect_paragraph(
    const char *text, double width, int lines, const char *const drawn[])
{
    struct sheet sheet;
    struct drawing *drawing = start(&sheet);
    int count = 0;
    while (drawn[count])
        count++;
    assert_int_equal(drawing_paragraph_lines(drawing, &place, width, lines, text), count);
    assert_int_equal(sheet.texts, 0);
    assert_int_equal(drawing_paragraph(drawing, &place, width, lines, text), count);
    assert_int_equal(sheet.texts, count);
    for (int i = 0; i < count; i++) {
        assert_string_equal(sheet.text[i], drawn[i]);
        assert_true(fabs(sheet.y[i] - 100 - i * drawing_leading(&place)) < 1e-9);
    }
}

#define EXPECT_PARAGRAPH(text, width, lines, ...)                                        \
    expect_paragraph(text, width, lines, (const char *const[]){__VA_ARGS__, NULL})

static void expect_around(const char *text, double width, const char *drawn)
{
    struct sheet sheet;
    drawing_text_around(start(&sheet), &place, width, text);
    assert_int_equal(sheet.texts, 1);
    assert_string_equal(sheet.text[0], drawn);
}

static void what_says_how_many_stays(void **state)
{
    (void)state;
    expect_around("sleep {}, 24 items", 180, "sleep {}, 24 items");
    expect_around("a long command {}, 24 items", 220, "a long comm…, 24 items");
    expect_around("a long command {}, 24 items", 100, "a long co…");
    expect_around("a thing computed 100 times", 200, "a thing c… 100 times");
    expect_around("mmmmmmmmmmmmmmmm", 100, "mmmmmmmmm…");
}

/* The narrowest lines that are no more. */
static void lines_are_about_as_long(void **state)
{
    struct sheet sheet;
    (void)state;
    struct drawing *drawing = start(&sheet);
    const char *text = "one two three four five 7.";
    assert_int_equal(drawing_paragraph_lines(drawing, &place, 240, 3, text), 2);
    double width = drawing_paragraph_narrowest(drawing, &place, 240, 3, text);
    assert_true(width >= 130 && width <= 140);
    assert_int_equal(drawing_paragraph(drawing, &place, width, 3, text), 2);
    assert_string_equal(sheet.text[0], "one two three");
    assert_string_equal(sheet.text[1], "four five 7.");
    /* What is to be cut is not cut even more; one line stays. */
    assert_true(drawing_paragraph_narrowest(drawing, &place, 100, 2, text) == 100);
    assert_true(drawing_paragraph_narrowest(drawing, &place, 500, 2, text) == 500);
    assert_true(drawing_paragraph_narrowest(drawing, &place, 500, 2, "") == 500);
}

static void letters_that_cannot_be_set_are_known(void **state)
{
    struct sheet sheet;
    (void)state;
    const struct drawing *drawing = start(&sheet);
    assert_true(drawing_has(drawing, &place, "za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87.txt"));
    assert_true(drawing_has(drawing, &place, ""));
    assert_false(drawing_has(drawing, &place, "x \xd9\x8a\xd8\xa8")); /* Arabic */
    assert_false(drawing_has(drawing, &place, "\xe0\xa4\x95"));       /* Devanagari */
    assert_false(drawing_has(drawing, &place, "\xe3\x83\x87"));       /* Katakana */
}

static void paragraph_is_broken_between_words(void **state)
{
    (void)state;
    EXPECT_PARAGRAPH("one", 30, 1, "one");
    EXPECT_PARAGRAPH("one two three", 1000, 3, "one two three");
    EXPECT_PARAGRAPH("one two three", 70, 3, "one two", "three");
    EXPECT_PARAGRAPH("one two three", 69, 3, "one", "two", "three");
    EXPECT_PARAGRAPH("  one  two ", 30, 3, "one", "two");
}

static void last_line_is_cut(void **state)
{
    (void)state;
    EXPECT_PARAGRAPH("one two three", 70, 1, "one tw…");
    EXPECT_PARAGRAPH("one two three four", 70, 2, "one two", "three…");
    EXPECT_PARAGRAPH("one two three", 70, 2, "one two", "three");
}

static void long_word_is_broken_where_it_must_be(void **state)
{
    (void)state;
    EXPECT_PARAGRAPH("/usr/bin/example", 60, 3, "/usr/b", "in/exa", "mple");
    EXPECT_PARAGRAPH("a /usr/bin/example b", 60, 4, "a", "/usr/b", "in/exa", "mple b");
    EXPECT_PARAGRAPH("漢字漢字漢字", 40, 2, "漢字漢字", "漢字");
}

/* It ends, whatever is asked. */
static void paragraph_without_room_ends(void **state)
{
    static const double widths[] = {0, -5, 9, NAN};
    char text[3000];
    struct sheet sheet;
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct drawing *drawing = start(&sheet);
        assert_int_equal(drawing_paragraph(drawing, &place, widths[i], 5, text), 5);
        assert_int_equal(sheet.texts, 0);
        assert_int_equal(drawing_paragraph(drawing, &place, widths[i], 0, "one"), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_drawn_as_it_is),
        cmocka_unit_test(bytes_that_are_no_text_are_marked),
        cmocka_unit_test(what_is_never_a_character_is_marked),
        cmocka_unit_test(nothing_is_drawn_of_nothing),
        cmocka_unit_test(extent_is_of_what_is_drawn),
        cmocka_unit_test(long_text_ends_in_an_ellipsis),
        cmocka_unit_test(text_is_cut_to_its_room),
        cmocka_unit_test(cutting_is_not_slow),
        cmocka_unit_test(what_says_how_many_stays),
        cmocka_unit_test(lines_are_about_as_long),
        cmocka_unit_test(letters_that_cannot_be_set_are_known),
        cmocka_unit_test(paragraph_is_broken_between_words),
        cmocka_unit_test(last_line_is_cut),
        cmocka_unit_test(long_word_is_broken_where_it_must_be),
        cmocka_unit_test(paragraph_without_room_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
