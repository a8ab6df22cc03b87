// SPDX-License-Identifier: MIT
#pragma once
/* Follows the workers of a running stage: what each does, on which CPU it is, and how
 * much CPU time it gets. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"
#include "experiment/scene.h"
#include "pool/pool.h"
#include "workload/items.h"

struct follow;

/* Without `cpus_shown` no CPU is named: the machine on the screen is not the one that the
 * workers run on. */
struct follow *follow_create(int workers, bool cpus_shown);

/* From now on a long task is named by its item in the store, which is borrowed. */
void follow_name_items(struct follow *follow, const struct items *store);
void follow_destroy(struct follow *follow); /* NULL is fine */

/* Looks at the workers of the pool, at the stage's time `t_ns`; adds to the stage's
 * moves. The CPU clocks of many workers are read in parts, one part every 100 ms. */
void follow_look(
    struct follow *follow, struct pool *pool, int64_t t_ns, struct result_stage *stage);

/* Adds CPU time of processes that one worker has started and seen the end of; while they
 * run they are looked at by themselves. */
void follow_add_cpu(struct follow *follow, int worker, int64_t cpu_ns);

/* All of them, as they were last seen.  Borrowed, changed by the next look. */
const struct scene_worker *follow_workers(const struct follow *follow);

/* CPUs busy with our workers over about the last 500 ms of the stage's time; -1: not
 * known, or not shown. */
double follow_own_cpus(const struct follow *follow);
