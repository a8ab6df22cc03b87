// SPDX-License-Identifier: MIT
#pragma once
/* What about.c is made of: what is said of each kind of thing, and words for all. */
#include "ui/shown.h"

struct about;

#define ABOUT_NOT_VISIBLE "not visible here"
#define ABOUT_SIMULATED "not shown: a simulated machine"

void about_cpu(struct about *about, const struct view_input *input);
void about_worker(struct about *about, const struct view_input *input);
void about_task(struct about *about, const struct view_input *input);

/* Adds a line; what has no room is left out.  The name is a constant. */
__attribute__((format(printf, 3, 4))) void about_say(
    struct about *about, const char *name, const char *format, ...);

/* A time with its unit, and its share of another time: "3.60 s, 74 %". */
void about_format_part(int64_t ns, int64_t of_ns, size_t size, char text[]);

/* A worker as it stands in a stage, or did at its end.  False if it has none. */
bool about_find_worker(const struct scene *scene, const struct shown *shown, int number,
    struct scene_worker *ret_worker);

/* What tells a task from others: its place in the list of items, else its index. */
int64_t about_task_number(const struct result_record *record);

/* How long a task took on the mean, of those that have ended and did not fail; on one CPU
 * or, for -1, on all.  *ret_count says how many these are. */
double about_mean_ns(const struct shown *shown, int cpu, int64_t *ret_count);
