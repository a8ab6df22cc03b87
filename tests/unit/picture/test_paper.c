// SPDX-License-Identifier: MIT
/* What is drawn becomes the bytes of a file: the right ones, the same ones, or none. */
#include "picture/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WIDTH = 960, HEIGHT = 540, FORMS = PAPER_PDF + 1 };

struct bytes {
    char *data;
    size_t size;
};

static const struct drawing_text place = {
    .x = 480, .y = 300, .anchor = DRAWING_MIDDLE, .size = 20, .ink = INK_TEXT};

static struct paper *start(enum paper_form form, bool dark)
{
    const struct paper_setup setup = {.form = form,
        .width = WIDTH,
        .height = HEIGHT,
        .dark = dark,
        .title = "factorial"};
    struct paper *paper = NULL;
    struct fault fault;
    if (paper_create(&setup, &paper, &fault) < 0)
        fail_msg("%s", fault.text);
    return paper;
}

static struct bytes finish(struct paper *paper)
{
    struct bytes bytes;
    struct fault fault;
    if (paper_finish(paper, &bytes.data, &bytes.size, &fault) < 0)
        fail_msg("%s", fault.text);
    paper_destroy(paper);
    assert_int_equal(bytes.data[bytes.size], '\0');
    return bytes;
}

/* One of everything. */
static struct bytes draw(enum paper_form form, bool dark, const char *text)
{
    static const struct drawing_point points[] = {{10, 10}, {500.1, 20.5}, {250, 500}};
    struct paper *paper = start(form, dark);
    const struct drawing *drawing = paper_drawing(paper);
    assert_true(drawing->width == WIDTH && drawing->height == HEIGHT);
    drawing_box(drawing, &(struct drawing_box){20, 20, 400.3, 30}, INK_BUSY);
    drawing_box(drawing, &(struct drawing_box){20, 50, 400.3, 30}, INK_BUSY);
    drawing_box(drawing, &(struct drawing_box){20, 80, 400.3, 30}, INK_OTHER);
    drawing_area(drawing, 3, points, INK_SYSTEM);
    drawing_line(drawing, 3, points, 1.5, INK_RULE);
    drawing_text(drawing, &place, text);
    drawing_box(drawing, &(struct drawing_box){20, 400, 400, 30}, INK_STEAL);
    return finish(paper);
}

static bool are_same(struct bytes one, struct bytes other)
{
    return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

/* Must come first: what fonts there are is asked for once. */
static void letters_are_drawn_without_fonts(void **state)
{
    static const char nothing[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    char name[] = "/tmp/parfor-fonts-XXXXXX";
    int fd = mkstemp(name), status;
    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, nothing, strlen(nothing)), strlen(nothing));
    close(fd);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        setenv("FONTCONFIG_FILE", name, 1);
        struct paper *paper = start(PAPER_SVG, false);
        bool wide = drawing_extent(paper_drawing(paper), &place, "hello") > 20;
        struct bytes with = draw(PAPER_SVG, false, "hello 漢字");
        struct bytes without = draw(PAPER_SVG, false, "");
        _exit(wide && with.size > without.size + 500 ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    unlink(name);
    assert_int_equal(status, 0);
}

static void svg_is_whole(void **state)
{
    struct bytes bytes = draw(PAPER_SVG, false, "hello");
    (void)state;
    assert_int_equal(strlen(bytes.data), bytes.size);
    assert_ptr_equal(strstr(bytes.data, "<?xml "), bytes.data);
    assert_non_null(strstr(bytes.data, "viewBox=\"0 0 960 540\""));
    assert_string_equal(bytes.data + bytes.size - strlen("</svg>\n"), "</svg>\n");
    free(bytes.data);
}

static bool has(struct bytes bytes, const char *part)
{
    return memmem(bytes.data, bytes.size, part, strlen(part)) != NULL;
}

static void pdf_has_one_page_and_no_date(void **state)
{
    struct bytes bytes = draw(PAPER_PDF, false, "hello");
    (void)state;
    assert_memory_equal(bytes.data, "%PDF-1.", 7);
    assert_memory_equal(bytes.data + bytes.size - 6, "%%EOF\n", 6);
    assert_false(has(bytes, "CreationDate"));
    if (!has(bytes, "/ObjStm")) /* later versions of cairo compress what follows */
        assert_true(has(bytes, "/Count 1\n"));
    free(bytes.data);
}

static uint32_t read_word(const char *bytes)
{
    const unsigned char *word = (const unsigned char *)bytes;
    return (uint32_t)word[0] << 24 | (uint32_t)word[1] << 16 | (uint32_t)word[2] << 8 |
           word[3];
}

/* ISO 3309, as PNG has it. */
static uint32_t find_crc(const char *bytes, size_t size)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

/* Chunks with their lengths and sums: the header, data, the end. */
static void png_is_whole_and_has_two_pixels_a_point(void **state)
{
    struct bytes bytes = draw(PAPER_PNG, false, "hello");
    const char *at = bytes.data + 8, *last = at;
    (void)state;
    assert_memory_equal(bytes.data, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(at + 4, "IHDR", 4);
    assert_int_equal(read_word(at + 8), 2 * WIDTH);
    assert_int_equal(read_word(at + 12), 2 * HEIGHT);
    assert_memory_equal(at + 16, "\x08\x02\0\0\0", 5);
    for (; at < bytes.data + bytes.size; at += 12 + read_word(at)) {
        size_t length = read_word(at);
        assert_true(at + 12 + length <= bytes.data + bytes.size);
        assert_int_equal(read_word(at + 8 + length), find_crc(at + 4, 4 + length));
        last = at;
    }
    assert_memory_equal(last + 4, "IEND", 4);
    free(bytes.data);
}

/* Also when others have been drawn since, of which cairo keeps count. */
static void same_drawing_gives_same_bytes(void **state)
{
    struct bytes first[FORMS], again[FORMS];
    (void)state;
    for (int form = 0; form < FORMS; form++)
        first[form] = draw((enum paper_form)form, false, "hello µ 漢字");
    for (int form = FORMS - 1; form >= 0; form--)
        free(draw((enum paper_form)form, true, "another one").data);
    for (int form = 0; form < FORMS; form++) {
        again[form] = draw((enum paper_form)form, false, "hello µ 漢字");
        assert_true(are_same(first[form], again[form]));
        free(first[form].data);
        free(again[form].data);
    }
}

static void dark_paper_is_another(void **state)
{
    (void)state;
    for (int form = 0; form < FORMS; form++) {
        struct bytes light = draw((enum paper_form)form, false, "hello");
        struct bytes dark = draw((enum paper_form)form, true, "hello");
        assert_false(are_same(light, dark));
        free(light.data);
        free(dark.data);
    }
}

/* Pages are laid out once, whatever they are made into. */
static void extents_are_the_same_in_every_form(void **state)
{
    double extents[FORMS];
    (void)state;
    for (int form = 0; form < FORMS; form++) {
        struct paper *paper = start((enum paper_form)form, false);
        const struct drawing *drawing = paper_drawing(paper);
        extents[form] = drawing_extent(drawing, &place, "factorial 20 000 × 1.5 s");
        struct drawing_text twice = place;
        twice.size *= 2;
        double wide = drawing_extent(drawing, &twice, "factorial 20 000 × 1.5 s");
        assert_true(fabs(wide - 2 * extents[form]) < 0.01 * wide);
        paper_destroy(paper);
    }
    assert_true(extents[PAPER_SVG] > 100 && extents[PAPER_SVG] < 400);
    assert_true(fabs(extents[PAPER_SVG] - extents[PAPER_PNG]) < 0.01);
    assert_true(fabs(extents[PAPER_SVG] - extents[PAPER_PDF]) < 0.01);
}

enum { BOX = 1, HALF = 2, TEXT = 4, LINE = 8, AREA = 16 };

static struct bytes draw_parts(int parts)
{
    static const struct drawing_point points[] = {{10, 10}, {500, 20}, {250, 500}};
    struct paper *paper = start(PAPER_PNG, false);
    const struct drawing *drawing = paper_drawing(paper);
    if (parts & BOX)
        drawing_box(drawing, &(struct drawing_box){0, 0, WIDTH, HEIGHT}, INK_BUSY);
    if (parts & HALF)
        drawing_box(drawing, &(struct drawing_box){0, 0, WIDTH / 2, HEIGHT}, INK_OTHER);
    if (parts & TEXT)
        drawing_text(drawing, &place, "hello");
    if (parts & LINE)
        drawing_line(drawing, 3, points, 2, INK_TEXT);
    if (parts & AREA)
        drawing_area(drawing, 3, points, INK_TEXT);
    return finish(paper);
}

static void expect_other(int one, int other)
{
    struct bytes first = draw_parts(one), second = draw_parts(other);
    if (are_same(first, second))
        fail_msg("%d and %d look the same", one, other);
    free(first.data);
    free(second.data);
}

/* A box is filled as one with those of its ink that follow, but lies below all else. */
static void what_follows_a_box_lies_on_it(void **state)
{
    static const int parts[] = {HALF, TEXT, LINE, AREA};
    (void)state;
    expect_other(BOX, 0);
    expect_other(BOX, HALF);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        expect_other(BOX | parts[i], BOX);
        expect_other(BOX | parts[i], parts[i]);
    }
}

static void hostile_texts_are_drawn(void **state)
{
    static const char *const texts[] = {"\xff\xfe", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf",
        "<&>\"']]>--", "\x1b]0;\x07",
        "\xe2\x80\xae"
        "evil",
        "漢字", "e\xcc\x81"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int form = 0; form < FORMS; form++) {
            const struct paper_setup setup = {.form = (enum paper_form)form,
                .width = WIDTH,
                .height = HEIGHT,
                .title = texts[i]};
            struct paper *paper = NULL;
            struct fault fault;
            assert_int_equal(paper_create(&setup, &paper, &fault), 0);
            drawing_text(paper_drawing(paper), &place, texts[i]);
            free(finish(paper).data);
        }
}

/* Whatever is asked for, it ends and is well formed. */
static void numbers_that_are_none_do_no_harm(void **state)
{
    static const double numbers[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int form = 0; form < FORMS; form++) {
            double bad = numbers[i];
            struct paper *paper = start((enum paper_form)form, false);
            const struct drawing *drawing = paper_drawing(paper);
            const struct drawing_point points[] = {{bad, 1}, {1, bad}, {bad, bad}};
            drawing_box(drawing, &(struct drawing_box){bad, bad, 1, bad}, INK_BUSY);
            drawing_line(drawing, 3, points, 1, INK_BUSY);
            drawing_area(drawing, 3, points, INK_BUSY);
            drawing_text(drawing, &(struct drawing_text){.x = bad, .size = 12}, "hello");
            free(finish(paper).data);
        }
}

/* An error while it is drawn is told at its end. */
static void error_in_between_is_told(void **state)
{
    (void)state;
    for (int form = 0; form < FORMS; form++) {
        struct paper *paper = start((enum paper_form)form, false);
        const struct drawing *drawing = paper_drawing(paper);
        struct bytes bytes = {NULL, 7};
        struct fault fault = {0};
        drawing->ops->text(drawing->self, &place, "\xff");
        assert_int_equal(paper_finish(paper, &bytes.data, &bytes.size, &fault), -EIO);
        assert_int_equal(fault.kind, FAULT_SYSTEM);
        assert_string_equal(
            fault.text, "cairo cannot draw the picture: input string not valid UTF-8");
        assert_null(bytes.data);
        assert_int_equal(bytes.size, 7);
        paper_destroy(paper);
    }
}

static void too_large_paper_is_refused(void **state)
{
    const struct paper_setup setup = {.form = PAPER_PNG, .width = 40000, .height = 10};
    struct paper *paper = NULL;
    struct fault fault = {0};
    (void)state;
    assert_int_equal(paper_create(&setup, &paper, &fault), -EIO);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_non_null(strstr(fault.text, "cairo cannot draw the picture: "));
    assert_null(paper);
}

/* A sanitizer needs more than there is then. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

static void no_memory_is_told(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    const struct paper_setup setup = {.form = PAPER_PNG, .width = 16000, .height = 16000};
    struct rlimit space, little = {.rlim_cur = 1 << 30, .rlim_max = RLIM_INFINITY};
    struct paper *paper = NULL;
    struct fault fault = {0};
    assert_int_equal(getrlimit(RLIMIT_AS, &space), 0);
    little.rlim_max = space.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
    int error = paper_create(&setup, &paper, &fault);
    assert_int_equal(setrlimit(RLIMIT_AS, &space), 0);
    assert_int_equal(error, -ENOMEM);
    assert_string_equal(fault.text, "cairo cannot draw the picture: out of memory");
    assert_null(paper);
    (void)state;
}

static void unfinished_paper_is_thrown_away(void **state)
{
    (void)state;
    paper_destroy(NULL);
    for (int form = 0; form < FORMS; form++)
        paper_destroy(start((enum paper_form)form, false));
}

static void library_can_be_asked_for(void **state)
{
    struct fault fault;
    (void)state;
    assert_int_equal(paper_probe(&fault), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_drawn_without_fonts),
        cmocka_unit_test(svg_is_whole),
        cmocka_unit_test(pdf_has_one_page_and_no_date),
        cmocka_unit_test(png_is_whole_and_has_two_pixels_a_point),
        cmocka_unit_test(same_drawing_gives_same_bytes),
        cmocka_unit_test(dark_paper_is_another),
        cmocka_unit_test(extents_are_the_same_in_every_form),
        cmocka_unit_test(what_follows_a_box_lies_on_it),
        cmocka_unit_test(hostile_texts_are_drawn),
        cmocka_unit_test(numbers_that_are_none_do_no_harm),
        cmocka_unit_test(error_in_between_is_told),
        cmocka_unit_test(too_large_paper_is_refused),
        cmocka_unit_test(no_memory_is_told),
        cmocka_unit_test(unfinished_paper_is_thrown_away),
        cmocka_unit_test(library_can_be_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
