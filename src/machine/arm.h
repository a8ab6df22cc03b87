// SPDX-License-Identifier: MIT
#pragma once
/* Names of ARM cores, which tell only two numbers of themselves: MIDR_EL1, "CPU
 * implementer" and "CPU part" in /proc/cpuinfo. */

/* The name of a core; NULL if it is not known.  A constant. */
const char *arm_core_name(unsigned implementer, unsigned part);
