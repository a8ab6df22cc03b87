// SPDX-License-Identifier: MIT
#pragma once
/* How a check stands with one CPU: what its cell shows. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/scene.h"

/* What is wrong with it; the heavier the later. */
enum check_mark {
    CHECK_UNMARKED,
    CHECK_WAITED,  /* the task there had to wait for others */
    CHECK_SLOW,    /* twice in a row */
    CHECK_REFUSED, /* by the system */
    CHECK_DIED,
    CHECK_WRONG, /* an answer */
    CHECK_MARKS
};

/* "", "waited", "slow", "refused", "died", "wrong"; and a character for a cell. */
extern const char *const check_mark_words[CHECK_MARKS];
extern const char check_mark_letters[CHECK_MARKS];

struct check_stand {
    const struct machine_cpu *about;
    const struct check_cpu *found; /* NULL: not one that may be used, or not known yet */
    enum check_mark mark;
    bool tested;   /* alone, at least once */
    bool filling;  /* it is in the part under way, which runs something … */
    double filled; /* … and is so far there, 0…1 */
    double speed;  /* check_stand_speed() */
    double ratio;  /* of the speeds with all at once and alone; 0: not known */
};

/* Its speed alone, in the better of both where it was tried again, over the usual one of
 * its kind; 0: not known. */
double check_stand_speed(const struct check_cpu *cpu);

/* Of the CPU at that index of machine.cpus. */
struct check_stand check_stand_of(const struct scene *scene, size_t index);

/* Whether the part under way runs something on CPUs. */
bool check_stand_is_run(const struct scene *scene);

/* Why there is nothing to test on a CPU: "offline", "not for us"; NULL: there is. */
const char *check_stand_absence(const struct check_stand *stand);

/* How many CPUs of the machine are like that. */
struct check_tally {
    int marks[CHECK_MARKS];
    int offline, forbidden;
};
struct check_tally check_stand_tally(const struct scene *scene);

/* CPUs that may be used, also before anything is known of them. */
int check_stand_count(const struct result *result);
