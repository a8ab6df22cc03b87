// SPDX-License-Identifier: MIT
#pragma once
/* What comes before a worker's first task: it warms up, waits behind the gate until all
 * have, and until worker 0 has prepared the loop.  Who waits sleeps in the kernel. */
#include "pool/worker.h"

/* Child side.  Returns 0, or the exit status with which to leave; *ret_own is what was
 * warmed up, if anything was. */
int gate_pass(const struct worker_setup *setup, void **ret_own);

/* Parent side: lets all go on who wait for all to be warm, now and later. */
void gate_open(struct table_gate *gate);

/* The job has something to prepare. */
bool gate_has_prepare(const struct workload_job *job);
