// SPDX-License-Identifier: MIT
/* What stands on a task's block is what tells it from the others. */
#include "../experiment/made.h"
#include "picture/part_lanes_inside.h"

#include <string.h>

static struct result result;

/* Of letters as wide as high, without any of three bytes. */
static double find_extent(void *self, const struct drawing_text *place, const char *text)
{
    (void)self;
    return (double)strlen(text) * place->size;
}

static bool has_letters(void *self, const struct drawing_text *place, const char *text)
{
    (void)self, (void)place;
    return !strstr(text, "デ");
}

static const struct drawing_ops ops = {.extent = find_extent, .has = has_letters};

static struct result_stage *make_stage(size_t count, const char *const items[])
{
    made_result(&result, "spin", (int64_t)count, 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, NS_PER_S);
    for (size_t i = 0; i < count; i++) {
        struct result_record *record = made_record(stage, (int64_t)i, NS_PER_MS, 0);
        record->item = memory_new(1, sizeof *record->item);
        record->item->number = (int64_t)i;
        record->item->item_size = strlen(items[i]);
        record->item->item = text_duplicate(items[i]);
    }
    return stage;
}

static void expect_common(
    size_t count, const char *const items[], size_t beginning, size_t ending)
{
    struct part_lanes_common common = part_lanes_common_of(make_stage(count, items));
    assert_int_equal(common.beginning, beginning);
    assert_int_equal(common.ending, ending);
    result_finish(&result);
}

static void what_all_have_in_common_ends_with_a_word(void **state)
{
    static const char *const files[] = {"data/animal-18.csv", "data/animal-19.csv"};
    static const char *const uneven[] = {"a1.csv", "a11.csv", "a21.csv"};
    static const char *const words[] = {"alpha", "alps"};
    static const char *const umlauts[] = {"\xc3\xa4", "\xc3\xb6"};
    static const char *const same[] = {"same", "same"};
    (void)state;
    expect_common(2, files, strlen("data/animal-"), strlen(".csv"));
    expect_common(3, uneven, 1, strlen(".csv"));
    expect_common(2, words, 0, 0);
    expect_common(2, umlauts, 0, 0);
    expect_common(2, same, 4, 4);
    expect_common(1, files, 0, 0);
    expect_common(0, NULL, 0, 0);
}

static void expect_name(const struct result_stage *stage, size_t record, double room,
    const char *expected, double size)
{
    const struct drawing drawing = {.ops = &ops};
    struct part_lanes_common common = part_lanes_common_of(stage);
    struct drawing_text place = {.size = 16};
    char text[PART_LANES_NAME] = "";
    bool has = part_lanes_fit_name(
        &drawing, &stage->records[record], &common, room, &place, text);
    assert_int_equal(has, expected != NULL);
    if (!expected)
        return;
    assert_string_equal(text, expected);
    assert_true(place.size == size);
}

static void the_fullest_name_with_room_is_taken(void **state)
{
    static const char *const items[] = {"data/cat-8.csv", "data/dog-19.csv",
        "data/デ.csv", "data/elephants-of-all-seas.csv", "data/.csv"};
    (void)state;
    struct result_stage *stage = make_stage(5, items);
    expect_name(stage, 0, 14 * 16, "data/cat-8.csv", 16);
    expect_name(stage, 0, 14 * 12, "data/cat-8.csv", 12);
    expect_name(stage, 0, 14 * 12 - 1, "cat-8", 16);
    expect_name(stage, 0, 5 * 12, "cat-8", 12);
    expect_name(stage, 0, 55, "#1", 16);
    expect_name(stage, 0, 2 * 12, "#1", 12);
    expect_name(stage, 0, 2 * 12 - 1, NULL, 0);
    expect_name(stage, 2, 1000, "#3", 16);                   /* no letters for it */
    expect_name(stage, 3, 100, "elephants-of-all-seas", 12); /* to be cut */
    expect_name(stage, 4, 100, "#5", 16);                    /* nothing is left of it */
    stage->records[1].status = RESULT_FAILED;
    expect_name(stage, 1, 1000, "F data/dog-19.csv", 16);
    expect_name(stage, 1, 8 * 12, "F dog-19", 12);
    expect_name(stage, 1, 4 * 12, "F #2", 12);
    expect_name(stage, 1, 16, "F", 16);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_all_have_in_common_ends_with_a_word),
        cmocka_unit_test(the_fullest_name_with_room_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
