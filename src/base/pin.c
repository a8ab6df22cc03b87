// SPDX-License-Identifier: MIT
#include "base/pin.h"

#include <errno.h>
#include <sched.h>

/* A set of the usual size ends at CPU 1023. */
int pin_to(int cpu)
{
    size_t size = CPU_ALLOC_SIZE(cpu + 1);
    cpu_set_t *set = CPU_ALLOC(cpu + 1);
    if (!set)
        return -ENOMEM;
    CPU_ZERO_S(size, set);
    CPU_SET_S(cpu, size, set);
    int error = sched_setaffinity(0, size, set) < 0 ? -errno : 0;
    CPU_FREE(set);
    return error;
}
