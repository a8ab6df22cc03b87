// SPDX-License-Identifier: MIT
#pragma once
/* Which CPU the first worker is best put on, which the second …: all over the machine
 * before two of them share anything. */
#include <stddef.h>

#include "machine/machine.h"

/* The ids of the CPUs that we may use, in an order such that any number of them from the
 * front is spread: one of each core before its SMT siblings, among those the faster kinds
 * of core first, and in turn from every package, NUMA node and last-level cache.  Where
 * the topology is not visible they come as numbered.  Returns their number; *ret_ids is
 * the caller's, to be freed. */
size_t spread_cpus(const struct machine *machine, int **ret_ids);
