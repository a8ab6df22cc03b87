// SPDX-License-Identifier: MIT
#pragma once
/* The inside of a check, shared by the files that run it: check.c (from its beginning to
 * its end), check_parts.c (the order of events), check_budget.c (how long they take),
 * check_quiet.c, check_probe.c, check_collect.c (what was counted), check_show.c. */
#include "experiment/check_setup.h"
#include "experiment/sampler.h"
#include "experiment/show.h"
#include "experiment/timeline.h"
#include "machine/sensors.h"

/* How long the parts take. */
struct check_budget {
    int64_t expected_ns; /* all of them */
    int64_t quiet_ns;
    int64_t alone_ns; /* of each CPU alone, all together */
};

/* What all rounds are like. */
struct check_rounds {
    int64_t units;    /* computations in one */
    int64_t count;    /* on each CPU, alone */
    int64_t round_ns; /* what one takes, with what is not timed of it */
};

struct check {
    const struct check_setup *setup;
    struct result *result;
    const bool *done;
    struct fault *fault;
    struct result_stage *stage; /* NULL: the counters of a simulated machine are not there
                                 */
    struct sampler *sampler;    /* NULL likewise */
    struct show show;
    struct timeline timeline;
    struct scene_check scene;
    struct scene_check_cpu *cells; /* in the order of machine.cpus */
    size_t *cell_of;               /* of each of result->check.cpus */
    struct sensors *sensors;       /* NULL: not opened */
    struct throttle throttle;      /* before anything was run */
    struct check_budget budget;
    struct check_rounds rounds;
    int64_t begun_ns;       /* the check's time when this part began … */
    int64_t part_ns;        /* … and what it is to take */
    bool part_over;         /* of a part without a probe */
    int64_t rounds_due;     /* of this part on each of its CPUs; 0: it goes by the time */
    struct probe *probe;    /* that runs, or ran and is to be asked; NULL: none */
    struct probe_setup now; /* what it is, or the next one is to be … */
    int *ids;               /* … on these CPUs, … */
    struct check_cpu **under_way;  /* … which are these */
    struct check_sensed *to_sense; /* once half of this part is over; NULL: nothing */
};

/* The check's own time. */
int64_t check_now(const struct check *check);

/* It was told to end. */
bool check_is_stopped(const struct check *check);

/* How it stands, for the scene (check_show.c). */
void check_show(struct check *check);
void check_show_part(struct check *check, enum check_part part, int64_t lasts_ns);

/* How long the parts of this plan take on so many CPUs, and what the rounds are to be
 * once it is known how long a computation takes (check_budget.c). */
struct check_budget check_budget_of(const struct plan *plan, int cpus);
struct check_rounds check_rounds_of(
    const struct check_budget *budget, int cpus, int64_t unit_ns, bool quiet);

/* Where speed is not judged it is to take no longer than it must, from now on. */
void check_shorten(struct check_budget *budget, int cpus, int64_t now_ns);

/* How long one CPU of each core, and then all CPUs, compute at once, where so much time
 * is left: long enough to judge their speed, even if with all at once it is only half. */
int64_t check_cores_ns(const struct check_rounds *rounds, int64_t left_ns);
int64_t check_together_ns(const struct check_rounds *rounds, int64_t left_ns);

/* All parts that take time, until it is stopped; what they find is in result->check.
 * Returns 0 or -errno with `fault` filled where nothing can be waited for
 * (check_parts.c). */
int check_run_parts(struct check *check);

/* Looks whether the machine is quiet, and how warm it is then (check_quiet.c). */
int check_look_quiet(struct check *check);

/* Waits until the part is over. */
int check_wait(struct check *check);

/* Reads clocks and heat. */
void check_sense(struct check *check, struct check_sensed *ret_sensed);

/* A probe that is no more than `together` or not, on no CPU yet; one more that it is to
 * have (check_probe.c). */
void check_prepare_probe(struct check *check, bool together);
void check_add_cpu(struct check *check, struct check_cpu *cpu);

/* Runs that probe to its end, to be asked until it is closed.  Where it cannot be started
 * that is a remark, check->probe is NULL, and the check is not complete. */
int check_run_probe(struct check *check);
void check_close_probe(struct check *check);

/* From what the probe has counted to what the check says of its CPUs: their times in this
 * part; what they did in all, or, of CPUs that ended a worker or could not be run on, how
 * (check_collect.c). */
void check_collect_part(struct check *check);
void check_collect_fates(struct check *check);
