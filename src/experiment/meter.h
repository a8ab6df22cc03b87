// SPDX-License-Identifier: MIT
#pragma once
/* The meter: clocks, heat and energy while something runs, for whoever looks at the
 * machine all the time.  Clocks and heat are read once a second, on large machines a part
 * of them at a time; energy once a second and at a stage's ends.  What is slow is given
 * up, what shows nothing is not asked again. */
#include "base/file.h"
#include "experiment/result.h"
#include "experiment/scene.h"
#include "machine/machine.h"

struct meter;

/* Finds what there is.  The root stays open, and the machine as it is, for as long. */
struct meter *meter_create(const struct root *root, const struct machine *machine);
void meter_destroy(struct meter *meter); /* NULL is fine */

/* What is read from here on is of a new stage. */
void meter_begin(struct meter *meter);

/* To be called ten times a second or so: reads what is due, as a part of the stage, or
 * (meter_look) to be shown alone. */
void meter_tick(struct meter *meter);
void meter_look(struct meter *meter);

/* Counts what has been used until now, whatever is due: the stage ends, or pauses. */
void meter_count(struct meter *meter);

/* What was used since the last meter_begin(), meter_tick() or meter_count() is none of
 * the stage's. */
void meter_skip(struct meter *meter);

/* The mean of what the stage used so far, in W, of the time that counts; NAN: not known,
 * or too short to tell. */
double meter_power(const struct meter *meter);

/* Writes what was read in the stage into its result. */
void meter_end(const struct meter *meter, struct result_stage *stage);

/* What they say now; NULL: nothing was read yet.  Borrowed until the next call. */
const struct scene_meters *meter_show(const struct meter *meter);
