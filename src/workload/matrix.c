// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "workload/builtin.h"
#include "workload/digest.h"

/* Matrices are stored in tiles of TILE x TILE, row by row, zeros where a tile is not
 * full; three of them fit into a first-level cache. */
enum { TILE = 32, TILE_ELEMENTS = TILE * TILE };

static int64_t tiles_of(int64_t size)
{
    return (size + TILE - 1) / TILE;
}

static double *create(int64_t size)
{
    size_t tiles = (size_t)(tiles_of(size) * tiles_of(size));
    return calloc(tiles * TILE_ELEMENTS, sizeof(double));
}

static double *element(double *matrix, int64_t size, int64_t row, int64_t column)
{
    int64_t tile = row / TILE * tiles_of(size) + column / TILE;
    return matrix + tile * TILE_ELEMENTS + row % TILE * TILE + column % TILE;
}

/* Whole numbers from -8 to 7, of which nobody can see a rule: sums of their products are
 * exact, in whatever order they are added. */
static void fill(double *matrix, int64_t size, uint64_t seed)
{
    for (int64_t row = 0; row < size; row++)
        for (int64_t column = 0; column < size; column++) {
            uint64_t mixed = workload_mix(row * size + column, seed);
            *element(matrix, size, row, column) = (double)(mixed >> 60) - 8;
        }
}

/* One tile's worth: product += left * right. */
static void multiply_tiles(
    double *restrict product, const double *restrict left, const double *restrict right)
{
    for (int row = 0; row < TILE; row++)
        for (int k = 0; k < TILE; k++) {
            double factor = left[row * TILE + k];
            for (int column = 0; column < TILE; column++)
                product[row * TILE + column] += factor * right[k * TILE + column];
        }
}

static void multiply(
    int64_t size, double *product, const double *left, const double *right)
{
    int64_t tiles = tiles_of(size);
    for (int64_t row = 0; row < tiles; row++)
        for (int64_t k = 0; k < tiles; k++)
            for (int64_t column = 0; column < tiles; column++)
                multiply_tiles(product + (row * tiles + column) * TILE_ELEMENTS,
                    left + (row * tiles + k) * TILE_ELEMENTS,
                    right + (k * tiles + column) * TILE_ELEMENTS);
}

static void summarize(double *product, int64_t size, struct workload_result *result)
{
    result->digest = DIGEST_START;
    result->value = 0;
    for (int64_t row = 0; row < size; row++)
        for (int64_t column = 0; column < size; column++) {
            int64_t whole = (int64_t)*element(product, size, row, column);
            result->digest = digest_fold(result->digest, (uint64_t)whole);
            result->value += whole;
        }
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    int64_t size = place->job->size;
    double *left = create(size), *right = create(size), *product = create(size);
    int error = left && right && product ? 0 : -ENOMEM;
    (void)index;
    if (error == 0) {
        fill(left, size, 1);
        fill(right, size, 2);
        multiply(size, product, left, right);
        summarize(product, size, result);
    }
    free(left);
    free(right);
    free(product);
    return error;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "two matrices of %" PRId64 " x %" PRId64, job->size, job->size);
}

const struct workload_ops workload_matrix = {
    .name = "matrix",
    .summary = "multiplies two matrices",
    .verb = " multiplied",
    .teaches = "computing with data that fits into the caches",
    .size_name = "rows and columns",
    .size_min = 1,
    .size_max = 16384,
    .size_default = 512,
    .uniform = true,
    .value_name = "in sum",
    .describe = describe,
    .run = run,
};
