// SPDX-License-Identifier: MIT
#pragma once
/* A computation whose answer is known: the same bits on every computer, whatever the size
 * of its words.  It goes through GMP's multiplication, division, root, power and greatest
 * common divisor. */
#include <stdint.h>

/* What answer_compute() returns on a computer that computes rightly. */
#define ANSWER_RIGHT UINT64_C(0x0d931625d271b7e3)

/* Computes it, in about 2 ms of one CPU.  Runs in a worker: without memory it leaves with
 * WORKLOAD_EXIT_OUT_OF_MEMORY. */
uint64_t answer_compute(void);
