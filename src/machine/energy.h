// SPDX-License-Identifier: MIT
#pragma once
/* Energy that the CPUs' packages use, where the machine counts it: powercap's RAPL zones
 * (power/powercap/powercap.rst; AMD's processors have them under the same names), in
 * sys/class/powercap/intel-rapl:N/{name,energy_uj,max_energy_range_uj}.  Only zones named
 * package-… count: cores are a part of them, psys has them in itself.  Since Linux 5.10
 * root alone may read energy_uj. */
#include <stdbool.h>

#include "base/file.h"

struct energy;

/* Finds the packages and reads each once; *ret_energy is the caller's, who keeps the root
 * open for as long.  Returns 0 or -ENOENT: the energy of one at least is not visible. */
int energy_open(const struct root *root, struct energy **ret_energy);
void energy_close(struct energy *energy); /* NULL is fine */

/* The joules that all of them have used since energy_open(); a counter that comes to its
 * end begins anew.  False where one does not say it: now, for it is tried again; or for
 * good, for it was set back or was slow several times in a row. */
bool energy_read(struct energy *energy, double *ret_joules);
