// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload/builtin.h"
#include "workload/digest.h"

/* Beyond it the segments begin again, so that the primes up to a million are all that is
 * ever needed to sieve with. */
static const int64_t NUMBERS_MOST = INT64_C(1000000000000);

enum {
    BLOCK_WORDS = 4096, /* of 64 bits, one for each odd number: a first-level cache */
    BLOCK_BITS = BLOCK_WORDS * 64,
};

/* The odd numbers of a segment, a block at a time: bit k is first + 2 k, set where that
 * is composite. */
struct sieve {
    int64_t first;    /* odd */
    int64_t bits;     /* how many odd numbers */
    int64_t count;    /* of the primes to sieve with */
    uint32_t *primes; /* … from 3 on */
    int64_t *next;    /* for each, the bit of its next multiple, from the block's start */
    uint64_t block[BLOCK_WORDS];
};

static int64_t root_of(int64_t number)
{
    int64_t root = (int64_t)sqrt((double)number);
    while (root * root > number)
        root--;
    while ((root + 1) * (root + 1) <= number)
        root++;
    return root;
}

/* Marks the odd composites up to `most`: byte k is for 2 k + 1. */
static void mark_small(int64_t most, unsigned char composite[])
{
    composite[0] = 1;
    for (int64_t odd = 3; odd * odd <= most; odd += 2) {
        if (composite[odd / 2])
            continue;
        for (int64_t multiple = odd * odd; multiple <= most; multiple += 2 * odd)
            composite[multiple / 2] = 1;
    }
}

/* All odd primes up to `most`, and where each of them has to begin: at its square, or at
 * the first odd multiple in the segment. */
static int find_small(struct sieve *sieve, int64_t most)
{
    size_t odds = (size_t)(most + 1) / 2;
    unsigned char *composite = calloc(odds + 1, 1);
    sieve->primes = malloc((odds + 1) * sizeof *sieve->primes);
    sieve->next = malloc((odds + 1) * sizeof *sieve->next);
    if (!composite || !sieve->primes || !sieve->next) {
        free(composite);
        return -ENOMEM;
    }
    mark_small(most, composite);
    for (size_t k = 1; k < odds; k++) {
        if (composite[k])
            continue;
        int64_t prime = 2 * (int64_t)k + 1, from = prime * prime;
        if (from < sieve->first) {
            from = (sieve->first + prime - 1) / prime * prime;
            from += from % 2 == 0 ? prime : 0;
        }
        sieve->primes[sieve->count] = (uint32_t)prime;
        sieve->next[sieve->count++] = (from - sieve->first) / 2;
    }
    free(composite);
    return 0;
}

static void mark_block(struct sieve *sieve, int64_t bits)
{
    for (int64_t i = 0; i < sieve->count; i++) {
        int64_t prime = sieve->primes[i], bit = sieve->next[i];
        for (; bit < bits; bit += prime)
            sieve->block[bit / 64] |= UINT64_C(1) << (bit % 64);
        sieve->next[i] = bit - bits;
    }
}

/* Sieves one block of `bits` and adds what is prime in it to the result. */
static void sieve_block(struct sieve *sieve, int64_t bits, struct workload_result *result)
{
    int64_t words = (bits + 63) / 64;
    memset(sieve->block, 0, (size_t)words * sizeof *sieve->block);
    if (sieve->first == 1)
        sieve->block[0] = 1;
    mark_block(sieve, bits);
    if (bits % 64 != 0)
        sieve->block[words - 1] |= ~UINT64_C(0) << (bits % 64);
    for (int64_t i = 0; i < words; i++) {
        result->value += __builtin_popcountll(~sieve->block[i]);
        result->digest = digest_fold(result->digest, sieve->block[i]);
    }
    sieve->first += 2 * bits;
    sieve->bits -= bits;
}

/* The primes from `begin` to before `end`. */
static int count_primes(
    struct sieve *sieve, int64_t begin, int64_t end, struct workload_result *result)
{
    sieve->first = begin | 1;
    sieve->bits = (end - sieve->first + 1) / 2;
    result->digest = digest_fold(DIGEST_START, (uint64_t)begin);
    result->value = begin <= 2 && 2 < end;
    int error = find_small(sieve, root_of(end - 1));
    while (error == 0 && sieve->bits > 0)
        sieve_block(sieve, sieve->bits < BLOCK_BITS ? sieve->bits : BLOCK_BITS, result);
    free(sieve->primes);
    free(sieve->next);
    return error;
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    int64_t size = place->job->size, begin = index % (NUMBERS_MOST / size) * size;
    struct sieve *sieve = calloc(1, sizeof *sieve);
    int error = sieve ? count_primes(sieve, begin, begin + size, result) : -ENOMEM;
    free(sieve);
    return error;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "primes among %" PRId64 " numbers", job->size);
}

const struct workload_ops workload_primes = {
    .name = "primes",
    .summary = "counts the primes in a segment of numbers, by a sieve",
    .brief = "counts primes, by a sieve",
    .verb = " counted",
    .teaches = "a range shared out in segments, nearly equal tasks",
    .size_name = "numbers in a segment",
    .size_min = 1,
    .size_max = 1000000000,
    .size_default = 100000000,
    .value_name = "primes",
    .describe = describe,
    .run = run,
};
