// SPDX-License-Identifier: MIT
#include "experiment/stay.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>

#include "base/pin.h"

enum { MASK_CPUS = 1 << 16, ATTEMPTS = 20 }; /* no kernel has more CPUs */

/* Whether our mask has that CPU, and no other. */
static bool is_pinned_to(int cpu)
{
    size_t size = CPU_ALLOC_SIZE(MASK_CPUS);
    cpu_set_t *set = CPU_ALLOC(MASK_CPUS);
    bool pinned = set && sched_getaffinity(0, size, set) == 0 &&
                  CPU_COUNT_S(size, set) == 1 && CPU_ISSET_S((size_t)cpu, size, set);
    CPU_FREE(set);
    return pinned;
}

/* Again, for who is sent there by somebody else as well may not have arrived yet. */
int stay_on(int cpu)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int error = -pin_to(cpu), here = sched_getcpu();
        if (error != 0 || here < 0 || here == cpu)
            return error;
        if (!is_pinned_to(cpu))
            return 0;
    }
    return ENOSYS;
}
