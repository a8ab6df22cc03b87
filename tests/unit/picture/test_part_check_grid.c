// SPDX-License-Identifier: MIT
#include "picture/part_check_grid.h"

#include "../experiment/made_machine.h"

enum { WIDTH = 700, HEIGHT = 200 };

static void every_cpu_is_in_one_line(void **state)
{
    static const struct made_shape shapes[] = {{.cpus = 1}, {.cpus = 7},
        {.cpus = 24, .packages = 2, .siblings = 2},
        {.cpus = 20, .siblings = 2, .slow_cores = 8},
        {.cpus = 1024, .packages = 4, .nodes = 4}, {.cpus = 8192, .packages = 100}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct machine machine;
        struct cpus cpus;
        made_shaped(&machine, &shapes[i]);
        cpus_init(&cpus, &machine);
        struct part_check_grid grid = part_check_grid_of(&cpus, WIDTH, HEIGHT);
        struct part_check_line line = {0};
        size_t next = 0, lines = 0;
        while (part_check_grid_next(&cpus, &grid, &line)) {
            assert_int_equal(line.first, next);
            assert_true((double)line.count * grid.pitch <= WIDTH + 1e-6);
            next += line.count;
            lines++;
        }
        assert_int_equal(next, cpus.count);
        double headings = grid.named ? (double)grid.groups * PART_CHECK_HEADING : 0;
        assert_true((double)lines * grid.height + headings <= HEIGHT + 1e-6);
        assert_true(grid.pitch > 2 && grid.height > 1);
        cpus_finish(&cpus);
        machine_finish(&machine);
    }
}

static void nodes_begin_a_line(void **state)
{
    struct machine machine;
    struct cpus cpus;
    struct part_check_line line = {0};
    (void)state;
    made_shaped(&machine, &(struct made_shape){.cpus = 96, .packages = 2, .nodes = 2});
    cpus_init(&cpus, &machine);
    struct part_check_grid grid = part_check_grid_of(&cpus, WIDTH, HEIGHT);
    assert_int_equal(grid.splits, CPUS_NODE);
    assert_int_equal(grid.groups, 4);
    while (part_check_grid_next(&cpus, &grid, &line))
        if (line.first > 0)
            assert_int_equal(line.begins, line.first % 24 == 0);
    cpus_finish(&cpus);
    machine_finish(&machine);
}

static void bars_have_headings_where_there_is_room(void **state)
{
    struct machine machine;
    struct cpus cpus;
    (void)state;
    made_shaped(&machine, &(struct made_shape){.cpus = 8, .packages = 2});
    cpus_init(&cpus, &machine);
    struct part_check_grid high = part_check_grid_bars(&cpus, HEIGHT, 14);
    struct part_check_grid low = part_check_grid_bars(&cpus, 8 * 15, 14);
    assert_true(high.named && high.lines == 8 && high.height >= 14);
    assert_true(!low.named && low.height >= 14);
    cpus_finish(&cpus);
    machine_finish(&machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cpu_is_in_one_line),
        cmocka_unit_test(nodes_begin_a_line),
        cmocka_unit_test(bars_have_headings_where_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
