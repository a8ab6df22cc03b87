// SPDX-License-Identifier: MIT
#include "ui/layout.h"

#include "../experiment/made_machine.h"

enum { CPUS_MOST = 1024 };

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
    {.siblings = 2, .packages = 4, .nodes = 4, .per_cache = 4},
    {.siblings = 1, .packages = 2, .nodes = 3, .per_cache = 6},
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
    int groups, widest; /* of them, and the columns of the widest line */
    const char *cause;  /* the first thing that was wrong */
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

/* Whether two CPUs are of one package and kind, or of one node of these, or share a core.
 */
static bool share(
    const struct machine_cpu *one, const struct machine_cpu *other, enum cpus_part part)
{
    return one->kind == other->kind && one->package == other->package &&
           (part > CPUS_NODE || one->node == other->node) &&
           (part > CPUS_CACHE || one->l3 == other->l3) &&
           (part > CPUS_CORE || (one->core >= 0 && one->core == other->core));
}

static bool is_cut(const struct trial *trial, size_t place, enum cpus_part part)
{
    return place < trial->cpus.count &&
           share(cpu_at(trial, place - 1), cpu_at(trial, place), part);
}

/* A group that begins in the middle of a line ends on it. */
static void check_whole(
    struct trial *trial, const struct layout_line *line, enum cpus_part part)
{
    size_t end = line->first + line->count;
    bool begun = false;
    for (size_t i = line->first + 1; i < end; i++)
        begun = begun || !is_cut(trial, i, part);
    if (begun && is_cut(trial, end, part))
        blame(trial, "a group begins in the middle of a line and does not end on it");
}

/* A line is of one kind of cores, and where bars are drawn of one core. */
static void check_line(struct trial *trial, const struct layout_line *line)
{
    const struct layout *layout = &trial->layout;
    const struct machine_cpu *head = cpu_at(trial, line->first);
    size_t end = line->first + line->count;
    if (line->count < 1 || line->count > (size_t)layout->per_line)
        blame(trial, "a line has too many CPUs, or none");
    for (size_t i = line->first + 1; i < end; i++) {
        if (cpu_at(trial, i)->kind != head->kind)
            blame(trial, "a line is of two kinds");
        if (layout->form == LAYOUT_BARS && !share(head, cpu_at(trial, i), CPUS_CORE))
            blame(trial, "a line of bars is of two cores");
        if (trial->cpus.parts[i] >= layout->splits)
            blame(trial, "a line is of two parts that are to be apart");
    }
    if (is_cut(trial, end, CPUS_CORE))
        blame(trial, "a core is on two lines");
    check_whole(trial, line, CPUS_PACKAGE);
    if (layout->form != LAYOUT_BARS)
        check_whole(trial, line, layout->whole);
    if (line->new_group !=
        (line->first > 0 && trial->cpus.parts[line->first] >= layout->groups))
        blame(trial, "a group begins elsewhere");
}

/* The columns of a line, without the blanks behind it. */
static int columns_of(const struct trial *trial, const struct layout_line *line)
{
    const struct layout *layout = &trial->layout;
    int columns =
        layout_column(&trial->cpus, layout, line, line->first + line->count - 1) +
        layout->cell_columns;
    return columns - (layout->form == LAYOUT_GRID && layout->cell_columns > 1);
}

/* Every CPU is on exactly one line, in their order. */
static void check_lines(struct trial *trial)
{
    struct layout_line line = {0};
    size_t next = 0;
    int lines = 0;
    trial->groups = 1;
    trial->widest = 0;
    while (layout_next_line(&trial->cpus, &trial->layout, &line)) {
        if (line.first != next)
            blame(trial, "a CPU is on no line, or on two");
        check_line(trial, &line);
        next = line.first + line.count;
        trial->groups += line.new_group;
        int columns = columns_of(trial, &line);
        trial->widest = columns > trial->widest ? columns : trial->widest;
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
               (trial->groups - 1) * layout->group_gap + layout->named;
    int columns = trial->widest + (layout->sums ? LAYOUT_SUM_COLUMNS : 0);
    if (columns > trial->room.columns)
        blame(trial, "a line is wider than the room");
    if (rows > trial->room.rows && layout->form != LAYOUT_GRID)
        blame(trial, "more rows than there are");
    if (rows > trial->room.rows && (layout->gap || layout->group_gap || layout->named))
        blame(trial, "rows left empty where CPUs are hidden");
    if (layout->thickness < 1 || layout->cell_columns < 1 || layout->per_line < 1)
        blame(trial, "nothing to see");
}

static void try_room(struct trial *trial, const struct layout_room *room)
{
    trial->room = *room;
    trial->layout = layout_for(&trial->cpus, room);
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

/* A line for each node, the packages apart; CPUs that share a cache stand together. */
static void parts_are_seen(void **state)
{
    const struct made_shape shape = {
        .cpus = 256, .siblings = 2, .packages = 2, .nodes = 4, .per_cache = 8};
    struct layout few = lay_out(&shape, 10, 71), many = lay_out(&shape, 26, 111);
    (void)state;
    assert_int_equal(few.form, LAYOUT_GRID);
    assert_int_equal(few.lines, 8);
    assert_int_equal(few.splits, CPUS_NODE);
    assert_int_equal(few.groups, CPUS_PACKAGE);
    assert_int_equal(few.group_gap, 1);
    assert_int_equal(few.cell_columns, 2);
    assert_int_equal(few.cache_gap, 1);
    assert_true(few.sums);
    assert_int_equal(many.form, LAYOUT_COLUMNS);
    assert_int_equal(many.groups, CPUS_NODE);
    assert_true(many.named);
}

/* 64 cores with two CPUs each and one with one. */
static void one_more_has_a_line_of_its_own(void **state)
{
    struct trial trial;
    struct layout_line line = {0};
    (void)state;
    start(&trial, &(struct made_shape){.cpus = 129, .siblings = 2});
    try_room(&trial, &(struct layout_room){9, 71});
    assert_null(trial.cause);
    assert_int_equal(trial.layout.lines, 9);
    for (int i = 0; i < 9; i++) {
        assert_true(layout_next_line(&trial.cpus, &trial.layout, &line));
        assert_int_equal(line.count, i < 8 ? 16 : 1);
    }
    finish(&trial, &(struct made_shape){.cpus = 129});
}

/* Where not all have room as many as can have one, with their sums where these have. */
static void what_is_hidden_can_be_scrolled_to(void **state)
{
    const struct made_shape shape = {
        .cpus = 2048, .siblings = 2, .packages = 16, .nodes = 2, .per_cache = 8};
    struct layout small = lay_out(&shape, 8, 34), hall = lay_out(&shape, 9, 71);
    (void)state;
    assert_int_equal(small.per_line, 32);
    assert_int_equal(small.lines, 64);
    assert_false(small.sums);
    assert_int_equal(hall.per_line, 64);
    assert_int_equal(hall.lines, 32);
    assert_true(hall.sums);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cpu_is_on_one_line),
        cmocka_unit_test(any_room_will_do),
        cmocka_unit_test(nothing_is_hidden_without_need),
        cmocka_unit_test(the_ladder),
        cmocka_unit_test(parts_are_seen),
        cmocka_unit_test(one_more_has_a_line_of_its_own),
        cmocka_unit_test(what_is_hidden_can_be_scrolled_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
