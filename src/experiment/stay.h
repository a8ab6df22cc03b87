// SPDX-License-Identifier: MIT
#pragma once
/* Going to a CPU, and whether that is where one is then. */

/* Pins this process to the CPU.  Returns 0 or the errno of the system's refusal; ENOSYS
 * where it only seems to do it.  Who is moved away again by somebody (taskset -p) has not
 * been refused: that is 0, and the process elsewhere. */
int stay_on(int cpu);
