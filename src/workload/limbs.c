// SPDX-License-Identifier: MIT
#include "workload/limbs.h"

#include <stdlib.h>
#include <unistd.h>

#include "workload/digest.h"
#include "workload/workload.h"

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (!memory)
        _exit(WORKLOAD_EXIT_OUT_OF_MEMORY);
    return memory;
}

static void *reallocate(void *memory, size_t size_before, size_t size)
{
    (void)size_before;
    void *grown = realloc(memory, size);
    if (!grown)
        _exit(WORKLOAD_EXIT_OUT_OF_MEMORY);
    return grown;
}

static void release(void *memory, size_t size)
{
    (void)size;
    free(memory);
}

void limbs_use_own_memory(void)
{
    mp_set_memory_functions(allocate, reallocate, release);
}

uint64_t limbs_digest(const mpz_t number)
{
    uint64_t digest = DIGEST_START;
    const mp_limb_t *limbs = mpz_limbs_read(number);
    size_t count = mpz_size(number);
    for (size_t i = 0; i < count; i++)
        digest = digest_fold(digest, limbs[i]);
    return digest;
}
