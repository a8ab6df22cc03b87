// SPDX-License-Identifier: MIT
#pragma once
/* The computer that does the work, which may not be the one on the screen. */
#include "base/fault.h"
#include "machine/machine.h"

/* The CPUs that workers can really have: those of `shown`, unless that is a simulated
 * machine.  Returns 0 or -errno with `fault`. */
int host_find_cpus(const struct machine *shown, double *ret_cpus, struct fault *fault);
