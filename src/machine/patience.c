// SPDX-License-Identifier: MIT
#include "machine/patience.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"

enum { SLOW_NS = 2000000 };

/* /proc/PID/schedstat: "time on a CPU, time waiting for one, time slices", in ns; 0 where
 * the kernel does not count it. */
static int64_t read_delay_ns(void)
{
    char *text, *rest;
    if (file_read("/proc/thread-self/schedstat", 1 << 10, &text) < 0)
        return 0;
    strtoll(text, &rest, 10);
    int64_t delay_ns = strtoll(rest, NULL, 10);
    free(text);
    return delay_ns;
}

struct patience patience_begin(int64_t budget_ns)
{
    return (struct patience){clock_now_ns() + budget_ns, read_delay_ns()};
}

bool patience_is_over(const struct patience *patience)
{
    return clock_now_ns() >= patience->end_ns;
}

bool patience_was_tried(struct patience *patience, int64_t began_ns)
{
    int64_t took_ns = clock_now_ns() - began_ns;
    if (took_ns <= SLOW_NS)
        return false;
    int64_t delay_ns = read_delay_ns();
    took_ns -= delay_ns - patience->delay_ns;
    patience->delay_ns = delay_ns;
    return took_ns > SLOW_NS;
}
