// SPDX-License-Identifier: MIT
#include "workload/command_conditions.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"

enum { LOOK_MS = 100 };

static bool load_is_low(const struct command_setup *setup)
{
    double load;
    return setup->load_most <= 0 || getloadavg(&load, 1) != 1 || load <= setup->load_most;
}

/* What cannot be read does not hold anything up. */
static bool memory_is_free(const struct command_setup *setup)
{
    enum { LIMIT = 65536 };
    char *text;
    int64_t available_kib = INT64_MAX / 1024;
    if (setup->memory_free <= 0 || file_read("/proc/meminfo", LIMIT, &text) < 0)
        return true;
    const char *line = strstr(text, "MemAvailable:");
    if (line)
        sscanf(line, "MemAvailable: %" SCNd64, &available_kib);
    free(text);
    return available_kib * 1024 >= setup->memory_free;
}

static int wait_until(const struct workload_place *place, int64_t until_ns)
{
    for (;;) {
        if (!command_may_begin(place))
            return -ECANCELED;
        int64_t left_ns = until_ns - clock_now_ns();
        if (left_ns <= 0)
            return 0;
        int64_t left_ms = left_ns / NS_PER_MS + 1;
        poll(NULL, 0, left_ms < LOOK_MS ? (int)left_ms : LOOK_MS);
    }
}

/* The next time that is nobody's is taken, and waited for. */
static int wait_for_turn(int64_t delay_ns, const struct workload_place *place)
{
    struct command_stage *stage = place->shared;
    int64_t start_ns, next_ns = stage->next_start_ns;
    do {
        int64_t now_ns = clock_now_ns();
        start_ns = next_ns > now_ns ? next_ns : now_ns;
    } while (!atomic_compare_exchange_weak(
        &stage->next_start_ns, &next_ns, start_ns + delay_ns));
    return wait_until(place, start_ns);
}

int command_conditions_wait(
    const struct command *command, const struct workload_place *place)
{
    const struct command_setup *setup = &command->setup;
    while (!load_is_low(setup) || !memory_is_free(setup)) {
        int error = wait_until(place, clock_now_ns() + LOOK_MS * NS_PER_MS);
        if (error < 0)
            return error;
    }
    return setup->delay_ns > 0 ? wait_for_turn(setup->delay_ns, place) : 0;
}
