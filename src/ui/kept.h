// SPDX-License-Identifier: MIT
#pragma once
/* The last scene, kept with all that it points to, so that it can be drawn again at any
 * time; with its numbers and the axis of time. */
#include <time.h>

#include "model/axis.h"
#include "ui/figures.h"

struct kept {
    struct scene scene; /* its result NULL: none yet */
    struct figures figures;
    struct axis axis; /* end_ns 0: not known yet */
    bool axis_is_guess;
    time_t now; /* the time of day when the numbers were taken */
    struct load_share *loads;
    struct scene_meters meters;
    int *mhz; /* theirs */
    struct scene_worker *workers;
    struct family family;      /* its processes and spots are copies */
    struct scene_items *items; /* they change with the numbers, or when told to */
    struct plan plan;          /* more of it is settled as items are read */
    struct result_programs programs;
    struct result_program *program_list;
    struct result_sweep sweep;
    struct result_point *points;
    struct scene_check check;           /* its numbers change with the others … */
    struct scene_check_cpu *check_cpus; /* … its cells do not wait */
    struct result_check found; /* without inventory and throttling, which no running check
                                  shows */
    struct check_cpu *found_cpus;
    struct check_finding *findings;
};

/* Keeps a scene; `now_ns` is monotonic.  The axis is fixed from the start by what the
 * first stage is expected to take, or where nobody knows that by what it has taken; it
 * becomes twice as long if that was wrong, never slides.  Where a scene is of an earlier
 * time than the last one, axis and numbers are as if there had been none before it. */
void kept_take(struct kept *kept, const struct scene *scene, int64_t now_ns);

/* The result as it was then: what a run that goes on adds to it is left out, so that a
 * frozen display stays as it is.  A copy that owns nothing, until the next scene is kept.
 */
struct result kept_result(const struct kept *kept);

void kept_finish(struct kept *kept);
