// SPDX-License-Identifier: MIT
#include "host.h"

#include <unistd.h>

#include "base/file.h"

int host_find_cpus(const struct machine *shown, double *ret_cpus, struct fault *fault)
{
    struct root root;
    struct machine machine;
    *ret_cpus = shown->usable_cpus;
    if (!shown->simulated)
        return 0;
    int error = root_open(NULL, &root, fault);
    if (error < 0)
        return error;
    error = machine_init(&machine, &root, environ, fault);
    root_close(&root);
    if (error < 0)
        return error;
    *ret_cpus = machine.usable_cpus;
    machine_finish(&machine);
    return 0;
}
