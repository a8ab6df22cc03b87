// SPDX-License-Identifier: MIT
#pragma once
/* The exit status: the same for every command. */
#include "base/fault.h"

enum status {
    STATUS_DONE = 0,
    STATUS_UNSUCCESSFUL = 1, /* a task failed, or the machine computed wrongly */
    STATUS_WRONG_INPUT = 2,
    STATUS_REFUSED = 3,      /* by the system */
    STATUS_INCONCLUSIVE = 4, /* a check of a machine that was busy */
};

/* The exit status that a fault means. */
static inline int status_of(const struct fault *fault)
{
    if (fault->kind == FAULT_NONE)
        return STATUS_DONE;
    return fault->kind == FAULT_INPUT ? STATUS_WRONG_INPUT : STATUS_REFUSED;
}
