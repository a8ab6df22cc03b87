// SPDX-License-Identifier: MIT
#pragma once
/* The words that screens and reports share. */
#include <stddef.h>

#include "experiment/result.h"

/* "one after the other", "2 at a time", "the machine alone". */
void words_stage(const struct result_stage *stage, size_t size, char text[]);

/* "AMD EPYC, 2 CPUs, all usable", "…, 4 CPUs, 1.50 of them usable (cpu.max of /app)". */
void words_machine(const struct machine *machine, size_t size, char text[]);

/* Mean CPUs busy over a whole stage; -1 where nothing is known. */
double words_busy_cpus(const struct result_stage *stage);

/* The same of those CPUs only that we may use; *ret_cpus is how many these are. */
double words_busy_allowed(
    const struct machine *machine, const struct result_stage *stage, int *ret_cpus);
