// SPDX-License-Identifier: MIT
#pragma once
/* The warden: a small process that outlives the program's own SIGKILL and ends what the
 * workers have started: the process groups in their wards. */
#include <stddef.h>

#include "pool/vigil.h"
#include "workload/workload.h"

/* The wards are shared memory, and must stay until vigil_destroy().  For the rest as
 * vigil_create(), which it is. */
int warden_create(size_t count, struct workload_ward wards[], struct vigil **ret_vigil);
