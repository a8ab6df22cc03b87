// SPDX-License-Identifier: MIT
#include "machine/spread.h"

#include "fixture.h"

/* What there is of each in the one above; CPUs are numbered through, or siblings last as
 * on most x86 machines. */
struct shape {
    int packages, nodes, caches, cores, siblings;
    bool siblings_last;
};

static int cpus_of(const struct shape *shape)
{
    return shape->packages * shape->nodes * shape->caches * shape->cores *
           shape->siblings;
}

/* A machine of that shape, all of its CPUs allowed. */
static struct machine make(const struct shape *shape)
{
    struct machine machine = {.cpu_count = (size_t)cpus_of(shape)};
    int cores = cpus_of(shape) / shape->siblings;
    machine.cpus = calloc(machine.cpu_count, sizeof *machine.cpus);
    assert_non_null(machine.cpus);
    for (int i = 0; i < cpus_of(shape); i++) {
        int core = shape->siblings_last ? i % cores : i / shape->siblings;
        int cache = core / shape->cores, node = cache / shape->caches;
        machine.cpus[i] = (struct machine_cpu){.id = i,
            .core = core,
            .package = node / shape->nodes,
            .node = node,
            .l3 = cache,
            .kind = -1,
            .online = true,
            .allowed = true};
    }
    return machine;
}

enum part { PACKAGE, NODE, CACHE, CORE, PARTS };

static int part_of(const struct machine_cpu *cpu, enum part part)
{
    const int numbers[] = {cpu->package, cpu->node, cpu->l3, cpu->core};
    return numbers[part];
}

/* Of the first `count` CPUs of a list, no part has two more than another one has, of the
 * `parts` that there are. */
static void check_even(const struct machine *machine, size_t count, const int ids[],
    enum part part, int parts)
{
    int most = 0, least = INT32_MAX;
    for (int number = 0; number < parts; number++) {
        int held = 0;
        for (size_t i = 0; i < count; i++)
            held += part_of(&machine->cpus[ids[i]], part) == number;
        most = held > most ? held : most;
        least = held < least ? held : least;
    }
    if (most - least > 1)
        fail_msg("of the first %zu CPUs one part of kind %d has %d, another %d", count,
            (int)part, most, least);
}

static void any_number_from_the_front_is_spread(void **state)
{
    static const struct shape shapes[] = {{1, 1, 1, 2, 1, false}, {1, 1, 1, 4, 2, true},
        {2, 1, 1, 4, 2, false}, {2, 2, 2, 4, 2, true}, {4, 2, 4, 2, 1, false},
        {3, 1, 2, 3, 4, true}};
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        const struct shape *shape = &shapes[k];
        struct machine machine = make(shape);
        int *ids, parts[PARTS] = {shape->packages};
        parts[NODE] = parts[PACKAGE] * shape->nodes;
        parts[CACHE] = parts[NODE] * shape->caches;
        parts[CORE] = parts[CACHE] * shape->cores;
        assert_int_equal(spread_cpus(&machine, &ids), machine.cpu_count);
        for (size_t count = 1; count <= machine.cpu_count; count++)
            for (enum part part = PACKAGE; part < PARTS; part++)
                check_even(&machine, count, ids, part, parts[part]);
        free(ids);
        free(machine.cpus);
    }
    (void)state;
}

static void every_allowed_cpu_comes_once(void **state)
{
    struct machine machine = make(&(struct shape){2, 1, 2, 4, 2, true});
    int *ids, seen[64] = {0};
    for (size_t i = 0; i < machine.cpu_count; i += 3)
        machine.cpus[i].allowed = false;
    size_t count = spread_cpus(&machine, &ids);
    for (size_t i = 0; i < count; i++)
        seen[ids[i]]++;
    for (size_t i = 0; i < machine.cpu_count; i++)
        assert_int_equal(seen[i], machine.cpus[i].allowed);
    free(ids);
    free(machine.cpus);
    (void)state;
}

/* 2 fast cores of two siblings each (CPUs 0 to 3), 2 slow ones (4, 5). */
static void fast_cores_come_first_and_siblings_last(void **state)
{
    struct machine machine = make(&(struct shape){1, 1, 1, 6, 1, false});
    static const int cores[] = {0, 0, 1, 1, 2, 3}, expected[] = {0, 2, 4, 5, 1, 3};
    int *ids;
    for (size_t i = 0; i < machine.cpu_count; i++) {
        machine.cpus[i].core = cores[i];
        machine.cpus[i].kind = cores[i] < 2;
    }
    assert_int_equal(spread_cpus(&machine, &ids), 6);
    assert_memory_equal(ids, expected, sizeof expected);
    free(ids);
    free(machine.cpus);
    (void)state;
}

static void an_unknown_topology_leaves_them_as_numbered(void **state)
{
    struct machine machine = make(&(struct shape){1, 1, 1, 5, 1, false});
    int *ids;
    for (size_t i = 0; i < machine.cpu_count; i++) {
        struct machine_cpu *cpu = &machine.cpus[i];
        cpu->core = cpu->package = cpu->node = cpu->l3 = cpu->kind = -1;
    }
    assert_int_equal(spread_cpus(&machine, &ids), 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(ids[i], i);
    free(ids);
    free(machine.cpus);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_from_the_front_is_spread),
        cmocka_unit_test(every_allowed_cpu_comes_once),
        cmocka_unit_test(fast_cores_come_first_and_siblings_last),
        cmocka_unit_test(an_unknown_topology_leaves_them_as_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
