// SPDX-License-Identifier: MIT
#include "experiment/meter.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "machine/energy.h"
#include "machine/sensors.h"

enum {
    EVERY_MS = 1000, /* between two rounds through the sensors, two readings of energy */
    PART_EVERY_MS = 90,  /* between two parts of a round */
    PART_US = 1000,      /* that such a part may take */
    WATTS_OVER_MS = 500, /* at least */
    POWER_OVER_MS = 100, /* likewise, of a quiet moment: counters move every few ms */
    MHZ_ROOM = 10000     /* clocks are counted below that */
};

struct meter {
    const struct machine *machine; /* borrowed */
    struct sensors *sensors;       /* NULL: they show nothing … */
    struct energy *energy;         /* … and so it does */
    int64_t sense_at_ns;           /* monotonic: not before */
    int64_t energy_at_ns;
    bool has_shown;
    struct scene_meters shown;
    double watts_from_j; /* energy so far, at a second's beginning, … */
    int64_t watts_from_ns;
    double counted_to_j;   /* … when the stage's was counted last; NAN: not known */
    int64_t counted_to_ns; /* and when that was */
    double stage_j;        /* NAN: not known … */
    int64_t stage_ns;      /* … of so much time */
    int64_t *clocks;       /* of the stage: how often each MHz was read; NULL: none was */
    int64_t clock_count;
    double hottest; /* NAN: not visible */
};

struct meter *meter_create(const struct root *root, const struct machine *machine)
{
    struct meter *meter = memory_new(1, sizeof *meter);
    meter->machine = machine;
    meter->shown = (struct scene_meters){.celsius = NAN, .watts = NAN};
    meter->watts_from_j = meter->stage_j = meter->hottest = NAN;
    if (sensors_open(root, machine, &meter->sensors) < 0)
        meter->sensors = NULL;
    if (energy_open(root, &meter->energy) < 0)
        meter->energy = NULL;
    return meter;
}

void meter_destroy(struct meter *meter)
{
    if (!meter)
        return;
    sensors_close(meter->sensors);
    energy_close(meter->energy);
    free(meter->clocks);
    free(meter);
}

static void note_clocks(struct meter *meter, const int mhz[])
{
    if (!meter->clocks)
        meter->clocks = memory_new(MHZ_ROOM, sizeof *meter->clocks);
    for (size_t i = 0; i < meter->machine->cpu_count; i++) {
        if (mhz[i] <= 0)
            continue;
        meter->clocks[mhz[i] < MHZ_ROOM ? mhz[i] : MHZ_ROOM - 1]++;
        meter->clock_count++;
    }
}

static bool is_any(const int mhz[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mhz[i] > 0)
            return true;
    return false;
}

/* The sensors have been asked once more. */
static void take_round(struct meter *meter, bool counts)
{
    const int *mhz = sensors_mhz(meter->sensors);
    double celsius = sensors_celsius(meter->sensors);
    bool has_clocks = is_any(mhz, meter->machine->cpu_count);
    meter->shown.mhz = has_clocks ? mhz : NULL;
    meter->shown.celsius = celsius;
    meter->has_shown = true;
    if (counts && has_clocks)
        note_clocks(meter, mhz);
    if (counts)
        meter->hottest = fmax(meter->hottest, celsius);
    if (sensors_are_silent(meter->sensors)) {
        meter->shown.mhz = NULL;
        sensors_close(meter->sensors);
        meter->sensors = NULL;
    }
}

static void sense(struct meter *meter, int64_t now_ns, bool counts)
{
    if (!meter->sensors || now_ns < meter->sense_at_ns)
        return;
    bool is_over = sensors_read_on(meter->sensors, PART_US * NS_PER_US);
    int wait_ms = is_over ? EVERY_MS : PART_EVERY_MS;
    meter->sense_at_ns = now_ns + wait_ms * NS_PER_MS;
    if (is_over)
        take_round(meter, counts);
}

/* A span that is much shorter than a second tells nothing of the watts. */
static void show_watts(struct meter *meter, double joules, int64_t now_ns)
{
    int64_t span_ns = now_ns - meter->watts_from_ns;
    bool is_known = !isnan(joules) && !isnan(meter->watts_from_j);
    if (is_known && span_ns < WATTS_OVER_MS * NS_PER_MS)
        return;
    meter->shown.watts = NAN;
    if (is_known)
        meter->shown.watts = (joules - meter->watts_from_j) * NS_PER_S / (double)span_ns;
    meter->watts_from_j = joules;
    meter->watts_from_ns = now_ns;
}

/* Joules since the meter was made; NAN: not known. */
static double read_energy(struct meter *meter, int64_t now_ns)
{
    double joules = NAN;
    if (!meter->energy || !energy_read(meter->energy, &joules))
        joules = NAN;
    show_watts(meter, joules, now_ns);
    return joules;
}

/* What is not known now may be the next time: the counters go on. */
static void count_to(struct meter *meter, double joules, int64_t now_ns)
{
    if (isnan(joules))
        return;
    meter->stage_j += joules - meter->counted_to_j;
    meter->stage_ns += now_ns - meter->counted_to_ns;
    meter->counted_to_j = joules;
    meter->counted_to_ns = now_ns;
}

/* What was used up to now does not count. */
static void count_from(struct meter *meter, int64_t now_ns)
{
    meter->counted_to_j = read_energy(meter, now_ns);
    meter->counted_to_ns = now_ns;
}

static void look(struct meter *meter, bool counts)
{
    int64_t now_ns = clock_now_ns();
    sense(meter, now_ns, counts);
    if (!meter->energy || now_ns < meter->energy_at_ns)
        return;
    meter->energy_at_ns = now_ns + EVERY_MS * NS_PER_MS;
    double joules = read_energy(meter, now_ns);
    if (counts)
        count_to(meter, joules, now_ns);
}

void meter_tick(struct meter *meter)
{
    look(meter, true);
}

void meter_look(struct meter *meter)
{
    look(meter, false);
}

/* Clocks are read from when it has begun to run, and not what was read before that. */
static void start_over(struct meter *meter, int64_t now_ns)
{
    meter->sense_at_ns = now_ns + PART_EVERY_MS * NS_PER_MS;
    if (meter->sensors)
        sensors_start_over(meter->sensors);
}

void meter_begin(struct meter *meter)
{
    int64_t now_ns = clock_now_ns();
    meter->stage_j = 0;
    meter->stage_ns = 0;
    meter->hottest = NAN;
    meter->clock_count = 0;
    if (meter->clocks)
        memset(meter->clocks, 0, MHZ_ROOM * sizeof *meter->clocks);
    start_over(meter, now_ns);
    count_from(meter, now_ns);
}

void meter_count(struct meter *meter)
{
    int64_t now_ns = clock_now_ns();
    double joules = read_energy(meter, now_ns);
    count_to(meter, joules, now_ns);
    if (isnan(joules))
        meter->stage_j = NAN;
}

void meter_skip(struct meter *meter)
{
    int64_t now_ns = clock_now_ns();
    start_over(meter, now_ns);
    count_from(meter, now_ns);
}

double meter_power(const struct meter *meter)
{
    if (meter->stage_ns < POWER_OVER_MS * NS_PER_MS)
        return NAN;
    return meter->stage_j * NS_PER_S / (double)meter->stage_ns;
}

/* The clock below which `share` of all that were read are. */
static int find_clock(const struct meter *meter, double share)
{
    int64_t rank = (int64_t)(share * (double)(meter->clock_count - 1)), below = 0;
    int mhz = 0;
    while (mhz < MHZ_ROOM - 1 && (below += meter->clocks[mhz]) <= rank)
        mhz++;
    return mhz;
}

void meter_end(const struct meter *meter, struct result_stage *stage)
{
    stage->energy_j = isnan(meter->stage_j) ? 0 : meter->stage_j;
    stage->celsius = isnan(meter->hottest) ? 0 : meter->hottest;
    stage->clocks = (struct result_clocks){.has = meter->clock_count > 0};
    if (meter->clock_count == 0)
        return;
    stage->clocks.low_mhz = find_clock(meter, 0);
    stage->clocks.median_mhz = find_clock(meter, 0.5);
    stage->clocks.high_mhz = find_clock(meter, 1);
}

const struct scene_meters *meter_show(const struct meter *meter)
{
    bool is_silent = !meter->sensors && !meter->energy;
    return meter->has_shown || is_silent ? &meter->shown : NULL;
}
