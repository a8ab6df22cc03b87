// SPDX-License-Identifier: MIT
#include "ui/gallery.h"

#include "../experiment/made.h"
#include "ui/keys.h"

enum { MANY = 4096, PAGE = 10 };

/* Results that are never looked at: only their number counts. */
static struct gallery gallery_of(size_t count)
{
    struct gallery gallery;
    gallery_init(&gallery, count, NULL, NULL);
    return gallery;
}

static void press(struct gallery *gallery, int key)
{
    assert_int_equal(gallery_obey(gallery, key, PAGE), GALLERY_DRAW);
}

static void keys_move(void **state)
{
    struct gallery gallery = gallery_of(MANY);
    (void)state;
    press(&gallery, KEYS_UP);
    assert_int_equal(gallery.selected, 0);
    press(&gallery, KEYS_DOWN);
    press(&gallery, 'j');
    assert_int_equal(gallery.selected, 2);
    press(&gallery, 'k');
    press(&gallery, KEYS_PAGE_DOWN);
    assert_int_equal(gallery.selected, 1 + PAGE);
    press(&gallery, KEYS_END);
    assert_int_equal(gallery.selected, MANY - 1);
    press(&gallery, KEYS_WHEEL_DOWN);
    assert_int_equal(gallery.selected, MANY - 1);
    press(&gallery, KEYS_WHEEL_UP);
    assert_true(gallery.selected < MANY - 1);
    press(&gallery, KEYS_HOME);
    press(&gallery, KEYS_PAGE_UP);
    assert_int_equal(gallery.selected, 0);
}

/* A window that is hardly there has pages, too. */
static void pages_move_at_least_by_one(void **state)
{
    struct gallery gallery = gallery_of(3);
    (void)state;
    assert_int_equal(gallery_obey(&gallery, KEYS_PAGE_DOWN, -2), GALLERY_DRAW);
    assert_int_equal(gallery.selected, 1);
    assert_int_equal(gallery_obey(&gallery, KEYS_PAGE_UP, 0), GALLERY_DRAW);
    assert_int_equal(gallery.selected, 0);
}

static void nothing_to_choose_from(void **state)
{
    static const int keys[] = {
        KEYS_UP, KEYS_DOWN, KEYS_END, KEYS_ENTER, 'm', 'b', KEYS_PAGE_UP};
    struct gallery gallery = gallery_of(0);
    size_t pair[2];
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(gallery_obey(&gallery, keys[i], PAGE), GALLERY_OTHER);
    assert_int_equal(gallery.selected, 0);
    assert_false(gallery_pair(&gallery, pair));
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_ROW, 0}), GALLERY_OTHER);
}

static void other_keys_are_not_taken(void **state)
{
    struct gallery gallery = gallery_of(2);
    (void)state;
    assert_int_equal(gallery_obey(&gallery, 'q', PAGE), GALLERY_OTHER);
    assert_int_equal(gallery_obey(&gallery, '?', PAGE), GALLERY_OTHER);
    assert_int_equal(gallery_obey(&gallery, KEYS_ENTER, PAGE), GALLERY_OPEN);
}

static void assert_pair(const struct gallery *gallery, size_t one, size_t other)
{
    size_t pair[2];
    assert_true(gallery_pair(gallery, pair));
    assert_int_equal(pair[0], one);
    assert_int_equal(pair[1], other);
}

static void without_marks_it_is_the_one_before(void **state)
{
    struct gallery gallery = gallery_of(5);
    (void)state;
    assert_pair(&gallery, 0, 1);
    gallery.selected = 3;
    assert_pair(&gallery, 2, 3);
    assert_int_equal(gallery_obey(&gallery, 'b', PAGE), GALLERY_BESIDE);
    gallery = gallery_of(1);
    assert_int_equal(gallery_obey(&gallery, 'b', PAGE), GALLERY_DRAW);
}

static void marks(void **state)
{
    struct gallery gallery = gallery_of(5);
    (void)state;
    gallery.selected = 4;
    press(&gallery, 'm');
    assert_pair(&gallery, 3, 4); /* marked and selected are one */
    gallery.selected = 1;
    assert_pair(&gallery, 4, 1);
    press(&gallery, 'm');
    gallery.selected = 0;
    assert_pair(&gallery, 4, 1);
    press(&gallery, 'm'); /* the third takes the place of the oldest */
    assert_pair(&gallery, 1, 0);
    press(&gallery, 'm');
    gallery.selected = 2;
    assert_pair(&gallery, 1, 2);
    gallery.selected = 1;
    press(&gallery, 'm');
    assert_int_equal(gallery.marked[0], -1);
    assert_int_equal(gallery.marked[1], -1);
    assert_pair(&gallery, 0, 1);
}

/* The list may have become shorter than what is kept of it. */
static void marks_beyond_the_end(void **state)
{
    struct gallery gallery = gallery_of(3);
    (void)state;
    gallery.marked[0] = 7;
    gallery.marked[1] = 0;
    gallery.selected = 2;
    assert_pair(&gallery, 0, 2);
    gallery.selected = 9;
    gallery.marked[1] = -1;
    assert_pair(&gallery, 1, 2);
}

static void clicks(void **state)
{
    struct gallery gallery = gallery_of(3);
    (void)state;
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_ROW, 2}), GALLERY_DRAW);
    assert_int_equal(gallery.selected, 2);
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_ROW, 2}), GALLERY_OPEN);
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_ROW, 3}), GALLERY_OTHER);
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_ROW, -1}), GALLERY_OTHER);
    assert_int_equal(
        gallery_click(&gallery, &(struct target){TARGET_CPU, 1}), GALLERY_OTHER);
    assert_int_equal(gallery.selected, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_move),
        cmocka_unit_test(pages_move_at_least_by_one),
        cmocka_unit_test(nothing_to_choose_from),
        cmocka_unit_test(other_keys_are_not_taken),
        cmocka_unit_test(without_marks_it_is_the_one_before),
        cmocka_unit_test(marks),
        cmocka_unit_test(marks_beyond_the_end),
        cmocka_unit_test(clicks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
