// SPDX-License-Identifier: MIT
#include "experiment/result_check.h"

#include <stdlib.h>

#include "base/memory.h"

const char *const check_part_names[] = {
    [CHECK_INVENTORY] = "inventory",
    [CHECK_QUIET] = "quiet",
    [CHECK_ALONE] = "alone",
    [CHECK_AGAIN] = "again",
    [CHECK_CORES] = "cores",
    [CHECK_TOGETHER] = "together",
    [CHECK_ANSWERS] = "answers",
    [CHECK_OVER] = "over",
    [CHECK_PARTS] = NULL,
};

const char *const check_verdict_names[] = {
    [CHECK_PASS] = "PASS",
    [CHECK_WARN] = "WARN",
    [CHECK_INCONCLUSIVE] = "INCONCLUSIVE",
    [CHECK_FAIL] = "FAIL",
    [CHECK_VERDICTS] = NULL,
};

void result_check_finish(struct result_check *check)
{
    inventory_finish(&check->inventory);
    throttle_finish(&check->throttle);
    free(check->cpus);
    free(check->findings);
    *check = (struct result_check){0};
}

struct check_finding *result_check_add(struct result_check *check)
{
    void *findings = check->findings;
    struct check_finding *finding =
        memory_append(&findings, check->finding_count++, sizeof *finding);
    check->findings = findings;
    finding->cpu = -1;
    return finding;
}

static int compare_ids(const void *key, const void *element)
{
    int id = *(const int *)key, other = ((const struct check_cpu *)element)->id;
    return (id > other) - (id < other);
}

struct check_cpu *result_check_cpu(const struct result_check *check, int id)
{
    if (check->cpu_count == 0)
        return NULL;
    return bsearch(
        &id, check->cpus, check->cpu_count, sizeof check->cpus[0], compare_ids);
}
