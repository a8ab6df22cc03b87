// SPDX-License-Identifier: MIT
#include "picture/part_room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Every text is 50 wide. */
static double find_extent(void *self, const struct drawing_text *place, const char *text)
{
    (void)self;
    (void)place;
    (void)text;
    return 50;
}

static const struct drawing_ops ops = {.extent = find_extent};
static const struct drawing drawing = {&ops, NULL, 200, 200};
static const struct part_room_offset offsets[] = {
    {10, 0, DRAWING_LEFT}, {-10, 0, DRAWING_RIGHT}};

static bool place_at(struct part_room *room, double x, struct drawing_text *ret_place)
{
    const struct part_room_search search = {
        .x = x, .y = 100, .gap = 2, .reach = 200, .count = 2, .offsets = offsets};
    *ret_place = (struct drawing_text){.size = 10};
    return part_room_place(room, &drawing, &search, "text", ret_place);
}

static void the_first_offset_is_preferred(void **state)
{
    struct part_room room = {.bounds = {0, 0, 200, 200}};
    struct drawing_text place;
    (void)state;
    assert_true(place_at(&room, 100, &place));
    assert_true(place.x == 110 && place.y == 100 && place.anchor == DRAWING_LEFT);
    assert_true(place_at(&room, 100, &place)); /* it has taken that */
    assert_true(place.x == 90 && place.y == 100 && place.anchor == DRAWING_RIGHT);
    part_room_finish(&room);
}

static void texts_stay_in_their_bounds(void **state)
{
    struct part_room room = {.bounds = {0, 0, 200, 200}};
    struct drawing_text place;
    (void)state;
    assert_true(place_at(&room, 180, &place));
    assert_int_equal(place.anchor, DRAWING_RIGHT);
    room.bounds.width = 40;
    assert_false(place_at(&room, 20, &place));
    part_room_finish(&room);
}

static void lines_are_gone_round(void **state)
{
    static const struct drawing_point line[] = {{0, 90}, {200, 110}};
    struct part_room room = {.bounds = {0, 0, 200, 200}};
    struct drawing_text place;
    (void)state;
    part_room_take_line(&room, 2, line);
    assert_int_equal(room.count, 1);
    assert_true(place_at(&room, 100, &place));
    assert_true(place.y - 8 > 110 + 2 || place.y + 2.5 < 90 - 2);
    part_room_take(&room, &(struct drawing_box){0, 0, 200, 200});
    assert_false(place_at(&room, 100, &place));
    part_room_finish(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_offset_is_preferred),
        cmocka_unit_test(texts_stay_in_their_bounds),
        cmocka_unit_test(lines_are_gone_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
