// SPDX-License-Identifier: MIT
#include "model/axis.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/clock.h"

#define NS_PER_MIN (60 * NS_PER_S)
#define NS_PER_H (60 * NS_PER_MIN)
#define NS_PER_DAY (24 * NS_PER_H)
#define LENGTH_MOST (50000 * NS_PER_DAY) /* one step more does not overflow either */

enum { STEPS_LEAST = 3, STEPS_MOST = 6, STEPS_BEST = 5 };

#define DECADE(unit) (unit), 2 * (unit), 5 * (unit)

static const int64_t round_steps[] = {
    DECADE(1),
    DECADE(10),
    DECADE(100),
    DECADE(NS_PER_US),
    DECADE(10 * NS_PER_US),
    DECADE(100 * NS_PER_US),
    DECADE(NS_PER_MS),
    DECADE(10 * NS_PER_MS),
    DECADE(100 * NS_PER_MS),
    DECADE(NS_PER_S),
    DECADE(10 * NS_PER_S),
    DECADE(NS_PER_MIN),
    10 * NS_PER_MIN,
    15 * NS_PER_MIN,
    20 * NS_PER_MIN,
    30 * NS_PER_MIN,
    NS_PER_H,
    2 * NS_PER_H,
    3 * NS_PER_H,
    4 * NS_PER_H,
    6 * NS_PER_H,
    12 * NS_PER_H,
    DECADE(NS_PER_DAY),
    DECADE(10 * NS_PER_DAY),
    DECADE(100 * NS_PER_DAY),
    DECADE(1000 * NS_PER_DAY),
    10000 * NS_PER_DAY,
};

struct unit {
    const char *name;
    int64_t ns;
};

static int64_t steps_to(int64_t length_ns, int64_t step_ns)
{
    int64_t steps = length_ns / step_ns + (length_ns % step_ns > 0);
    return steps > STEPS_LEAST ? steps : STEPS_LEAST;
}

/* Of two that divide the same length alike well, the one with fewer ticks. */
static bool is_better(struct axis axis, struct axis other)
{
    if (axis.end_ns != other.end_ns)
        return axis.end_ns < other.end_ns;
    int64_t steps = axis.end_ns / axis.step_ns, others = other.end_ns / other.step_ns;
    int64_t away = steps > STEPS_BEST ? steps - STEPS_BEST : STEPS_BEST - steps;
    int64_t away_other = others > STEPS_BEST ? others - STEPS_BEST : STEPS_BEST - others;
    return away < away_other || (away == away_other && steps < others);
}

struct axis axis_of(int64_t length_ns)
{
    if (length_ns <= 0)
        length_ns = NS_PER_S;
    if (length_ns > LENGTH_MOST)
        length_ns = LENGTH_MOST;
    struct axis best = {.end_ns = INT64_MAX, .step_ns = INT64_MAX};
    for (size_t i = 0; i < sizeof round_steps / sizeof round_steps[0]; i++) {
        int64_t step_ns = round_steps[i], steps = steps_to(length_ns, step_ns);
        struct axis axis = {.step_ns = step_ns};
        if (steps > STEPS_MOST)
            continue;
        axis.end_ns = steps * step_ns;
        if (is_better(axis, best))
            best = axis;
    }
    return best;
}

struct axis axis_double(struct axis axis)
{
    return axis_of(axis.end_ns > INT64_MAX / 2 ? INT64_MAX : 2 * axis.end_ns);
}

/* Up to seconds the largest that the axis is long, so that its steps may be tenths; from
 * minutes on one that its steps are whole in. */
static struct unit unit_of(const struct axis *axis)
{
    static const struct unit units[] = {{"d", NS_PER_DAY}, {"h", NS_PER_H},
        {"min", NS_PER_MIN}, {"s", NS_PER_S}, {"ms", NS_PER_MS}, {"us", NS_PER_US}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int64_t ns = units[i].ns;
        if (ns > NS_PER_S ? axis->step_ns % ns == 0 : axis->end_ns >= ns)
            return units[i];
    }
    return (struct unit){"ns", 1};
}

void axis_format(const struct axis *axis, int64_t t_ns, size_t size, char text[])
{
    assert(t_ns >= 0);
    struct unit unit = unit_of(axis);
    if (t_ns == 0) {
        snprintf(text, size, "0 %s", unit.name);
        return;
    }
    int64_t grain_ns = axis->step_ns % unit.ns == 0 ? unit.ns : unit.ns / 10;
    int64_t grains = t_ns / grain_ns + (t_ns % grain_ns > (grain_ns - 1) / 2);
    if (grain_ns < unit.ns && grains % 10 != 0)
        snprintf(text, size, "%" PRId64 ".%" PRId64, grains / 10, grains % 10);
    else
        snprintf(text, size, "%" PRId64, grain_ns < unit.ns ? grains / 10 : grains);
}
