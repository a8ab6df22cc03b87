// SPDX-License-Identifier: MIT
#include "machine/batch.h"

#include "fixture.h"

static char per_task[] = "SLURM_CPUS_PER_TASK=4", on_node[] = "SLURM_CPUS_ON_NODE=16",
            slots[] = "NSLOTS=8", ppn[] = "PBS_NUM_PPN=2", ncpus[] = "NCPUS=3",
            path[] = "PATH=/bin", longer[] = "NCPUS_X=9", zero[] = "NCPUS=0",
            negative[] = "NSLOTS=-4", word[] = "SLURM_CPUS_PER_TASK=all",
            empty[] = "PBS_NUM_PPN=", huge[] = "SLURM_CPUS_ON_NODE=99999999999",
            several[] = "SLURM_CPUS_ON_NODE=8(x2),4";

static void every_variable_is_found(void **state)
{
    char *environment[] = {path, ncpus, per_task, ppn, slots, on_node, NULL};
    struct batch_grant grants[BATCH_GRANTS_MAX];
    assert_int_equal(batch_find(environment, grants), 5);
    assert_string_equal(grants[0].variable, "SLURM_CPUS_PER_TASK");
    assert_int_equal(grants[0].cpus, 4);
    assert_string_equal(grants[1].variable, "SLURM_CPUS_ON_NODE");
    assert_int_equal(grants[1].cpus, 16);
    assert_string_equal(grants[2].variable, "NSLOTS");
    assert_int_equal(grants[2].cpus, 8);
    assert_string_equal(grants[3].variable, "PBS_NUM_PPN");
    assert_int_equal(grants[3].cpus, 2);
    assert_string_equal(grants[4].variable, "NCPUS");
    assert_int_equal(grants[4].cpus, 3);
    (void)state;
}

static void what_is_no_positive_number_is_ignored(void **state)
{
    char *environment[] = {longer, zero, negative, word, empty, huge, NULL};
    struct batch_grant grants[BATCH_GRANTS_MAX];
    assert_int_equal(batch_find(environment, grants), 0);
    char *listed[] = {several, NULL};
    assert_int_equal(batch_find(listed, grants), 0);
    (void)state;
}

static void no_environment_has_none(void **state)
{
    struct batch_grant grants[BATCH_GRANTS_MAX];
    char *nothing[] = {NULL};
    assert_int_equal(batch_find(NULL, grants), 0);
    assert_int_equal(batch_find(nothing, grants), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variable_is_found),
        cmocka_unit_test(what_is_no_positive_number_is_ignored),
        cmocka_unit_test(no_environment_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
