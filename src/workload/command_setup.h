// SPDX-License-Identifier: MIT
#pragma once
/* What is asked of a command that runs for each item. */
#include <stdbool.h>
#include <stdint.h>

#include "workload/template.h"

struct command_setup {
    struct template_setup template;
    const char *folder; /* --chdir; NULL: this one */
    int nice;
    const char *init;    /* a command line for $SHELL -c, once per worker before its
                            first task; NULL: none */
    int64_t delay_ns;    /* at least so long between two starts, in all workers */
    double load_most;    /* no start while the load average is above; 0: any */
    int64_t memory_free; /* no start while less is available, in bytes; 0: any */
    int retries; /* how often one that was ended by a signal is begun again, … */
    bool retry_statuses; /* … and one with a status other than 0, or out of time, too */
    int inner_threads;   /* for OMP_NUM_THREADS and its like, which are not set where
                            the person has; 0: they are left alone */
    bool keep_input;     /* its standard input is ours, not /dev/null */
};
