// SPDX-License-Identifier: MIT
#pragma once
/* What workloads with GMP's long numbers have in common. */
#include <gmp.h>
#include <stdint.h>

/* Makes GMP leave with WORKLOAD_EXIT_OUT_OF_MEMORY where it has no memory: it has no way
 * back, and would print and abort.  For workers, at the start of a task. */
void limbs_use_own_memory(void);

/* A digest of the absolute value of `number`. */
uint64_t limbs_digest(const mpz_t number);
