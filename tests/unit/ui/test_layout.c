// SPDX-License-Identifier: MIT
#include "ui/layout.h"

#include "made_machine.h"

enum { CPUS_MOST = 1024, SUM_COLUMNS = 6 };

static const struct made_shape shapes[] = {
    {.siblings = 1},
    {.siblings = 1, .per_cache = 8},
    {.siblings = 2},
    {.siblings = 2, .packages = 2, .per_cache = 8},
    {.siblings = 4, .packages = 4},
    {.siblings = 1, .packages = 8, .per_cache = 4},
    {.siblings = 2, .slow_cores = 4},
    {.siblings = 2, .slow_cores = 16, .per_cache = 12},
    {.siblings = 8},
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static const struct layout_room rooms[] = {{1, 8}, {1, 14}, {2, 15}, {3, 34}, {5, 16},
    {7, 34}, {8, 34}, {10, 71}, {11, 71}, {20, 111}, {30, 50}, {45, 191}, {60, 200}};

enum { ROOMS = sizeof rooms / sizeof *rooms };

/* What is looked at. */
struct trial {
    struct machine machine;
    struct cpus cpus;
    struct layout_room room;
    struct layout layout;
    int groups, most;  /* of them, and the most CPUs on a line */
    const char *cause; /* the first thing that was wrong */
};

static void blame(struct trial *trial, const char *cause)
{
    if (!trial->cause)
        trial->cause = cause;
}

static const struct machine_cpu *cpu_at(const struct trial *trial, size_t place)
{
    return &trial->machine.cpus[trial->cpus.order[place]];
}

static bool is_cut(const struct trial *trial, size_t place)
{
    return place < trial->cpus.count &&
           cpus_share_group(cpu_at(trial, place - 1), cpu_at(trial, place));
}

/* A line is of one kind of cores, and where bars are drawn of one core; a group that
 * begins in the middle of one ends on it. */
static void check_line(struct trial *trial, const struct layout_line *line)
{
    const struct machine_cpu *head = cpu_at(trial, line->first);
    size_t end = line->first + line->count;
    bool begun = false;
    if (line->count < 1 || line->count > (size_t)trial->layout.per_line)
        blame(trial, "a line has too many CPUs, or none");
    for (size_t i = line->first + 1; i < end; i++) {
        begun = begun || !is_cut(trial, i);
        if (cpu_at(trial, i)->kind != head->kind)
            blame(trial, "a line is of two kinds");
        if (trial->layout.form == LAYOUT_BARS && !cpus_share_core(head, cpu_at(trial, i)))
            blame(trial, "a line of bars is of two cores");
    }
    if (begun && is_cut(trial, end))
        blame(trial, "a group begins in the middle of a line and does not end on it");
    if (line->new_group != (line->first > 0 && !is_cut(trial, line->first)))
        blame(trial, "a group begins elsewhere");
}

/* Every CPU is on exactly one line, in their order. */
static void check_lines(struct trial *trial)
{
    struct layout_line line = {0};
    size_t next = 0;
    int lines = 0;
    trial->groups = 1;
    trial->most = 0;
    while (layout_next_line(&trial->cpus, &trial->machine, &trial->layout, &line)) {
        if (line.first != next)
            blame(trial, "a CPU is on no line, or on two");
        check_line(trial, &line);
        next = line.first + line.count;
        trial->groups += line.new_group;
        trial->most = (int)line.count > trial->most ? (int)line.count : trial->most;
        lines++;
    }
    if (next != trial->cpus.count)
        blame(trial, "a CPU is on no line");
    if (lines != trial->layout.lines)
        blame(trial, "the lines were not counted right");
}

/* It fits into the room; the grid is the last resort, whose lines can be too many. */
static void check_room(struct trial *trial)
{
    const struct layout *layout = &trial->layout;
    int rows = layout->lines * layout->thickness + (layout->lines - 1) * layout->gap +
               (trial->groups - 1) * layout->group_gap;
    int columns = trial->most * layout->cell_columns;
    if (layout->form == LAYOUT_COLUMNS)
        columns += SUM_COLUMNS;
    if (layout->form == LAYOUT_GRID && layout->cell_columns > 1)
        columns--; /* the last one's blank */
    if (columns > trial->room.columns)
        blame(trial, "a line is wider than the room");
    if (rows > trial->room.rows && layout->form != LAYOUT_GRID)
        blame(trial, "more rows than there are");
    if (rows > trial->room.rows && (layout->gap || layout->group_gap))
        blame(trial, "rows left empty where CPUs are hidden");
    if (layout->thickness < 1 || layout->cell_columns < 1 || layout->per_line < 1)
        blame(trial, "nothing to see");
}

static void try_room(struct trial *trial, const struct layout_room *room)
{
    trial->room = *room;
    trial->layout = layout_for(&trial->cpus, &trial->machine, room);
    check_lines(trial);
    check_room(trial);
}

static void finish(struct trial *trial, const struct made_shape *shape)
{
    struct layout_room room = trial->room;
    const char *cause = trial->cause;
    cpus_finish(&trial->cpus);
    machine_finish(&trial->machine);
    if (cause)
        fail_msg("%s: %d CPUs, %d to a core, %d packages, %d slow cores, in %d rows of "
                 "%d columns",
            cause, shape->cpus, shape->siblings, shape->packages, shape->slow_cores,
            room.rows, room.columns);
}

static void start(struct trial *trial, const struct made_shape *shape)
{
    *trial = (struct trial){.cause = NULL};
    made_shaped(&trial->machine, shape);
    cpus_init(&trial->cpus, &trial->machine);
}

static void every_cpu_is_on_one_line(void **state)
{
    (void)state;
    for (int i = 0; i < SHAPES; i++)
        for (int cpus = 1; cpus <= CPUS_MOST; cpus += cpus < 70 ? 1 : 7) {
            struct made_shape shape = shapes[i];
            struct trial trial;
            shape.cpus = cpus;
            start(&trial, &shape);
            for (int room = 0; room < ROOMS && !trial.cause; room++)
                try_room(&trial, &rooms[room]);
            finish(&trial, &shape);
        }
}

static void any_room_will_do(void **state)
{
    static const int counts[] = {1, 2, 3, 8, 12, 16, 64, 256, 1024};
    (void)state;
    for (int i = 0; i < SHAPES; i++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            struct made_shape shape = shapes[i];
            struct trial trial;
            shape.cpus = counts[c];
            start(&trial, &shape);
            for (int rows = 1; rows <= 60 && !trial.cause; rows += rows < 12 ? 1 : 5)
                for (int columns = 8; columns <= 200 && !trial.cause; columns += 3)
                    try_room(&trial, &(struct layout_room){rows, columns});
            finish(&trial, &shape);
        }
}

/* No CPU is hidden where a character for each, and powers of two, would fit. */
static void nothing_is_hidden_without_need(void **state)
{
    (void)state;
    for (int cpus = 1; cpus <= CPUS_MOST; cpus++) {
        struct made_shape shape = {.cpus = cpus};
        struct trial trial;
        start(&trial, &shape);
        for (int i = 0; i < ROOMS && !trial.cause; i++) {
            int most = 8;
            while (most * 2 <= rooms[i].columns)
                most *= 2;
            try_room(&trial, &rooms[i]);
            if (cpus <= most * rooms[i].rows && trial.layout.lines > rooms[i].rows)
                blame(&trial, "CPUs are hidden where there is room");
        }
        finish(&trial, &shape);
    }
}

static struct layout lay_out(const struct made_shape *shape, int rows, int columns)
{
    struct trial trial;
    start(&trial, shape);
    try_room(&trial, &(struct layout_room){rows, columns});
    struct layout layout = trial.layout;
    finish(&trial, shape);
    return layout;
}

/* The rungs that SCREENS.md draws. */
static void the_ladder(void **state)
{
    struct layout two = lay_out(&(struct made_shape){.cpus = 2}, 10, 71);
    struct layout twelve =
        lay_out(&(struct made_shape){.cpus = 12, .siblings = 2, .slow_cores = 4}, 10, 71);
    struct layout many =
        lay_out(&(struct made_shape){.cpus = 64, .per_cache = 8}, 10, 71);
    struct layout most = lay_out(&(struct made_shape){.cpus = 256}, 10, 71);
    (void)state;
    assert_int_equal(two.form, LAYOUT_BARS);
    assert_int_equal(two.per_line, 1);
    assert_int_equal(two.thickness, 4);
    assert_int_equal(two.gap, 1);
    assert_int_equal(twelve.form, LAYOUT_BARS);
    assert_int_equal(twelve.per_line, 2);
    assert_int_equal(twelve.lines, 8);
    assert_int_equal(twelve.group_gap, 1);
    assert_int_equal(many.form, LAYOUT_COLUMNS);
    assert_int_equal(many.per_line, 8);
    assert_int_equal(many.lines, 8);
    assert_int_equal(most.form, LAYOUT_GRID);
    assert_int_equal(most.lines, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cpu_is_on_one_line),
        cmocka_unit_test(any_room_will_do),
        cmocka_unit_test(nothing_is_hidden_without_need),
        cmocka_unit_test(the_ladder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
