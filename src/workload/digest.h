// SPDX-License-Identifier: MIT
#pragma once
/* A digest over a sequence of words, each folded in with a multiplication (as in FNV-1a,
 * but by word): it depends on every bit of every word and on their order. */
#include <stddef.h>
#include <stdint.h>

#define DIGEST_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t digest_fold(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return digest ^ digest >> 32;
}
