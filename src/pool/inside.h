// SPDX-License-Identifier: MIT
#pragma once
/* The inside of a pool, for its own two files: pool.c has its life, look.c what is told
 * of it. */
#include "pool/member.h"

struct pool {
    struct pool_setup setup;
    struct member_ground ground;
    int64_t finished_ns;
    int64_t lost;
    bool finished;
    struct member members[];
};
