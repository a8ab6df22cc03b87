// SPDX-License-Identifier: MIT
#pragma once
/* What a batch system gave this job, by the variables it leaves in the environment:
 * Slurm, Grid Engine (NSLOTS), PBS. */
#include <stddef.h>

struct batch_grant {
    const char *variable; /* its name; a constant */
    int cpus;             /* at least 1 */
};

enum { BATCH_GRANTS_MAX = 5 };

/* Finds the variables that hold a positive number in `environment` (as environ; NULL is
 * empty). Returns how many were put into ret_grants. */
size_t batch_find(
    char *const environment[], struct batch_grant ret_grants[BATCH_GRANTS_MAX]);
