// SPDX-License-Identifier: MIT
#pragma once
/* The inside of a pool, for its own three files: pool.c has its life, steer.c what is
 * asked of it meanwhile, look.c what is told of it. */
#include "pool/member.h"

struct pool {
    struct pool_setup setup;
    struct member_ground ground;
    int64_t finished_ns;
    int64_t lost;
    bool finished;
    struct member members[];
};

/* After a process has ended, or something else has changed: starts those that are due or
 * needed; without any the pool is finished. */
void pool_carry_on(struct pool *pool);

/* Sends the signal to all workers. */
void pool_signal_all(struct pool *pool, int number);
