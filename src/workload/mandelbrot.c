// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>

#include "workload/builtin.h"
#include "workload/digest.h"

/* The picture: 2.5 x 2.5 around -0.75.  What has not left the circle of radius 2 after
 * that many steps counts as inside. */
static const double SIDE = 2.5, CENTRE = -0.75;
enum { STEPS_MOST = 10000 };

/* Steps of z -> z * z + c until z leaves. */
static int steps_of(double re, double im)
{
    double x = 0, y = 0, xx = 0, yy = 0;
    int steps = 0;
    while (steps < STEPS_MOST && xx + yy <= 4) {
        y = 2 * x * y + im;
        x = xx - yy + re;
        xx = x * x;
        yy = y * y;
        steps++;
    }
    return steps;
}

/* The middle of pixel `i` of `count`, from the middle of the picture: exactly opposite
 * to that of pixel count - 1 - i. */
static double offset_of(int64_t i, int64_t count)
{
    return (double)(2 * i + 1 - count) * (SIDE / 2) / (double)count;
}

/* The picture has a row for each iteration.  While it is not known how many these are, an
 * index stands for some row of a square: what tasks cost on average is then wanted, and
 * the first rows alone would not tell. */
static double height_of(const struct workload_job *job, int64_t index)
{
    if (job->iterations > 0)
        return offset_of(index % job->iterations, job->iterations);
    int64_t rows = job->size;
    uint64_t any = workload_mix(index, 0) % (uint64_t)rows;
    return offset_of(index < rows ? (int64_t)any : index % rows, rows);
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    int64_t count = place->job->size, inside = 0;
    double im = height_of(place->job, index);
    uint64_t digest = DIGEST_START;
    for (int64_t column = 0; column < count; column++) {
        int steps = steps_of(CENTRE + offset_of(column, count), im);
        inside += steps == STEPS_MOST;
        digest = digest_fold(digest, (uint64_t)steps);
    }
    result->digest = digest;
    result->value = inside;
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "a row of %" PRId64 " points of the Mandelbrot set", job->size);
}

const struct workload_ops workload_mandelbrot = {
    .name = "mandelbrot",
    .summary = "computes a row of a picture of the Mandelbrot set",
    .brief = "a row of the Mandelbrot set",
    .verb = " computed",
    .teaches = "tasks whose length nobody can tell in advance",
    .size_name = "points in a row",
    .size_min = 1,
    .size_max = 1000000,
    .size_default = 1000,
    .value_name = "points inside",
    .describe = describe,
    .run = run,
};
