// SPDX-License-Identifier: MIT
#include "machine/batch.h"

#include <stdint.h>
#include <string.h>

#include "base/number.h"

static const char *const variables[BATCH_GRANTS_MAX] = {
    "SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE", "NSLOTS", "PBS_NUM_PPN", "NCPUS"};

static const char *find_value(char *const environment[], const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; environment && environment[i]; i++)
        if (strncmp(environment[i], name, length) == 0 && environment[i][length] == '=')
            return environment[i] + length + 1;
    return NULL;
}

size_t batch_find(
    char *const environment[], struct batch_grant ret_grants[BATCH_GRANTS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < BATCH_GRANTS_MAX; i++) {
        const char *value = find_value(environment, variables[i]);
        int64_t cpus;
        if (value && number_parse(value, &cpus) == 0 && cpus > 0 && cpus <= INT32_MAX)
            ret_grants[count++] = (struct batch_grant){variables[i], (int)cpus};
    }
    return count;
}
