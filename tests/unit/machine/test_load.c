// SPDX-License-Identifier: MIT
#include "machine/load.h"

#include <errno.h>

#include "base/clock.h"
#include "fixture.h"

enum { MANY = 1025 };

static void parse(
    const char *text, size_t room, int expected, struct load_reading *reading)
{
    assert_int_equal(load_reading_init(reading, room), 0);
    assert_int_equal(load_parse(text, reading), expected);
}

static void four_to_ten_fields_are_read(void **state)
{
    struct load_reading reading;
    parse("cpu  9 9 9 9\ncpu0 1 2 3 4\ncpu1 1 2 3 4 5\ncpu2 1 2 3 4 5 6 7\n"
          "cpu3 1 2 3 4 5 6 7 8\ncpu4 1 2 3 4 5 6 7 8 9\ncpu5 11 12 13 14 15 16 17 18 19 "
          "20\n"
          "intr 1 2 3\nctxt 4\n",
        6, 6, &reading);
    static const uint64_t expected[6][LOAD_FIELDS] = {{1, 2, 3, 4}, {1, 2, 3, 4, 5},
        {1, 2, 3, 4, 5, 6, 7}, {1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4, 5, 6, 7, 8},
        {11, 12, 13, 14, 15, 16, 17, 18}};
    for (size_t id = 0; id < 6; id++) {
        assert_true(reading.cpus[id].present);
        assert_memory_equal(reading.cpus[id].ticks, expected[id], sizeof expected[id]);
    }
    load_reading_finish(&reading);
    (void)state;
}

static void other_texts_are_refused(void **state)
{
    struct load_reading reading;
    parse("", 4, -EINVAL, &reading);
    load_reading_finish(&reading);
    parse("intr 1 2 3\n", 4, -EINVAL, &reading);
    load_reading_finish(&reading);
    parse("cpu  1 2 3 4\ncpu0 1 2 3\n", 4, -EINVAL, &reading);
    load_reading_finish(&reading);
    parse("cpu0 a b c d\n", 4, -EINVAL, &reading);
    load_reading_finish(&reading);
    parse("cpu  1 2 3 4\n", 4, 0, &reading);
    load_reading_finish(&reading);
    (void)state;
}

static void holes_stay_holes_and_large_ids_are_dropped(void **state)
{
    const char text[] = "cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu3 7 1 1 1\ncpu9 1 1 1 1\n";
    struct load_reading reading;
    parse(text, 5, 3, &reading);
    assert_true(reading.cpus[0].present && reading.cpus[3].present);
    assert_false(reading.cpus[1].present || reading.cpus[2].present);
    assert_false(reading.cpus[4].present);
    assert_int_equal(reading.cpus[3].ticks[LOAD_USER], 7);
    assert_int_equal(load_room_needed(text), 10);
    assert_int_equal(load_room_needed("cpu  1 1 1 1\ncpu99999999999 1 1 1 1\n"), 0);
    assert_int_equal(load_room_needed("intr 1"), 0);
    load_reading_finish(&reading);
    (void)state;
}

static void a_cpu_that_left_is_absent_in_the_next_reading(void **state)
{
    struct load_reading reading;
    parse("cpu 1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n", 2, 2, &reading);
    assert_int_equal(load_parse("cpu 1 1 1 1\ncpu0 1 1 1 1\n", &reading), 1);
    assert_true(reading.cpus[0].present);
    assert_false(reading.cpus[1].present);
    load_reading_finish(&reading);
    (void)state;
}

static struct load_share share_between(const uint64_t before[], const uint64_t after[])
{
    struct load_counters one = {.present = true}, other = {.present = true};
    memcpy(one.ticks, before, sizeof one.ticks);
    memcpy(other.ticks, after, sizeof other.ticks);
    return load_share_between(&one, &other);
}

static void shares_are_of_the_sum_of_the_differences(void **state)
{
    static const uint64_t before[LOAD_FIELDS] = {100, 0, 50, 1000, 10, 1, 2, 3};
    static const uint64_t after[LOAD_FIELDS] = {130, 10, 60, 1030, 15, 2, 6, 13};
    struct load_share share = share_between(before, after); /* 100 ticks */
    assert_float_equal(share.user, 0.30, 1e-6);
    assert_float_equal(share.nice, 0.10, 1e-6);
    assert_float_equal(share.system, 0.10, 1e-6);
    assert_float_equal(share.irq, 0.05, 1e-6);
    assert_float_equal(share.steal, 0.10, 1e-6);
    assert_float_equal(share.busy, 0.55, 1e-6);
    (void)state;
}

static void fields_that_go_back_count_as_nothing(void **state)
{
    static const uint64_t before[LOAD_FIELDS] = {100, 0, 0, 500, 90, 0, 0, 80};
    static const uint64_t after[LOAD_FIELDS] = {110, 0, 0, 530, 40, 0, 0, 20};
    struct load_share share = share_between(before, after);
    assert_float_equal(share.busy, 0.25, 1e-6);
    assert_float_equal(share.user, 0.25, 1e-6);
    assert_float_equal(share.steal, 0.0, 1e-6);
    (void)state;
}

static void no_data_is_minus_one(void **state)
{
    static const uint64_t same[LOAD_FIELDS] = {100, 0, 0, 500};
    static const uint64_t back[LOAD_FIELDS] = {90, 0, 0, 400};
    assert_float_equal(share_between(same, same).busy, -1.0, 0.0);
    assert_float_equal(share_between(same, back).busy, -1.0, 0.0);
    struct load_counters here = {.ticks = {100}, .present = true}, gone = {.ticks = {0}};
    assert_float_equal(load_share_between(&gone, &here).busy, -1.0, 0.0);
    assert_float_equal(load_share_between(&here, &gone).busy, -1.0, 0.0);
    assert_float_equal(load_share_between(&gone, &here).user, 0.0, 0.0);
    (void)state;
}

/* A /proc/stat of MANY CPUs with ids from 0, and a line of interrupts longer than all of
 * them; CPU N has been `user` + N ticks in user mode. */
static char *make_large_stat(int user)
{
    size_t room = MANY * 80 + 400000;
    char *text = calloc(room, 1), *end = text;
    assert_non_null(text);
    end += sprintf(end, "cpu  123456789 0 123456789 123456789 0 0 0 0 0 0\n");
    for (int id = 0; id < MANY; id++)
        end += sprintf(end, "cpu%d %d 4466 115601 799372494 26425 3245242 27089 12 0 0\n",
            id, user + id);
    end += sprintf(end, "intr 1499999999");
    for (int irq = 0; irq < 150000; irq++)
        end += sprintf(end, " 0");
    sprintf(end, "\nctxt 5\nbtime 6\n");
    return text;
}

static void a_kept_open_file_follows_a_large_machine(void **state)
{
    char *folder = fixture_make_folder(), *text = make_large_stat(1000);
    fixture_write(folder, "proc/stat", text);
    assert_int_equal(load_room_needed(text), MANY);
    free(text);
    struct root root;
    struct load_file *file;
    struct load_reading reading;
    fixture_open_path(folder, &root);
    assert_int_equal(load_file_open(&root, &file), 0);
    assert_int_equal(load_reading_init(&reading, MANY), 0);
    assert_int_equal(load_file_read(file, &reading), MANY);
    assert_true(reading.time_ns > 0);
    assert_int_equal(reading.cpus[MANY - 1].ticks[LOAD_USER], 1000 + MANY - 1);
    assert_int_equal(reading.cpus[MANY - 1].ticks[LOAD_STEAL], 12);
    text = make_large_stat(2000); /* written in place: the descriptor must see it */
    fixture_write(folder, "proc/stat", text);
    free(text);
    assert_int_equal(load_file_read(file, &reading), MANY);
    assert_int_equal(reading.cpus[0].ticks[LOAD_USER], 2000);
    fixture_write(folder, "proc/stat", "cpu  1 2 3 4\ncpu7 1 2 3 4\nintr 0\n");
    assert_int_equal(load_file_read(file, &reading), 1);
    assert_false(reading.cpus[0].present);
    assert_true(reading.cpus[7].present);
    fixture_write(folder, "proc/stat", "");
    assert_int_equal(load_file_read(file, &reading), -EINVAL);
    load_reading_finish(&reading);
    load_file_close(file);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void this_machine_is_read(void **state)
{
    struct root root;
    struct load_file *file;
    struct load_reading reading;
    fixture_open_path(NULL, &root);
    assert_int_equal(load_file_open(&root, &file), 0);
    assert_int_equal(load_reading_init(&reading, 65536), 0);
    assert_int_equal(load_file_read(file, &reading), sysconf(_SC_NPROCESSORS_ONLN));
    load_reading_finish(&reading);
    load_file_close(file);
    load_file_close(NULL);
    root_close(&root);
    fixture_open("nothing", &root);
    assert_int_equal(load_file_open(&root, &file), -ENOENT);
    root_close(&root);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_to_ten_fields_are_read),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(holes_stay_holes_and_large_ids_are_dropped),
        cmocka_unit_test(a_cpu_that_left_is_absent_in_the_next_reading),
        cmocka_unit_test(shares_are_of_the_sum_of_the_differences),
        cmocka_unit_test(fields_that_go_back_count_as_nothing),
        cmocka_unit_test(no_data_is_minus_one),
        cmocka_unit_test(a_kept_open_file_follows_a_large_machine),
        cmocka_unit_test(this_machine_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
