// SPDX-License-Identifier: MIT
#pragma once
/* The inside of the judge, shared by the files that it is made of: judge.c (the order),
 * judge_scene.c (what is looked up), judge_figures.c (numbers), judge_counts.c (what the
 * machine says of itself), judge_speed.c, judge_load.c and judge_answer.c (what was
 * measured), judge_say.c (the sentence). */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"

/* A check with what is looked up again and again; arrays by the place of a CPU in
 * check->cpus. */
struct judge_scene {
    struct result *result;
    struct result_check *check;
    bool over;      /* no part is to come */
    int *kinds;     /* of its core: index into machine.kinds; -1: all are alike */
    int *cores;     /* -1: not visible */
    int *siblings;  /* CPUs of its core in the check, itself among them */
    double *ratios; /* the median ratio of its peers: CPUs of its kind whose cores have as
                       many siblings; 0: fewer than three have one */
};

void judge_scene_init(struct judge_scene *scene, struct result *result);
void judge_scene_finish(struct judge_scene *scene);

/* Whether times were taken in peace: what they say of speed counts. */
bool judge_is_quiet(const struct judge_scene *scene);

/* Whether a quota of less than that many CPUs has kept processes back meanwhile. */
bool judge_is_fenced(const struct judge_scene *scene, double cpus);

/* A new finding, of no CPU. */
struct check_finding *judge_add(
    struct judge_scene *scene, enum check_verdict level, const char *topic);

/* CPUs that the same is to be said of. */
struct judge_cpus {
    size_t count; /* at least 1 */
    const struct check_cpu **list;
    char name[96]; /* "CPU 5", "CPUs 1-4, 9" */
};

/* Something that CPUs can have: each gets a finding, or many share one. */
struct judge_topic {
    const char *name;
    size_t apart; /* up to so many have one each */

    bool (*applies)(const struct judge_scene *scene, const struct check_cpu *cpu);

    /* Fills the finding, which has the topic, of these CPUs: of a single one, or of more
     * than `apart`. */
    void (*say)(const struct judge_scene *scene, const struct judge_cpus *cpus,
        struct check_finding *finding);
};

/* Adds the findings of a topic. */
void judge_find(struct judge_scene *scene, const struct judge_topic *topic);

/* Fills in the sums, ratios, gains and medians of the check. */
void judge_figures(struct judge_scene *scene);

/* Each adds the findings of its field. */
void judge_counts(struct judge_scene *scene);  /* expected, the inventory's */
void judge_ending(struct judge_scene *scene);  /* stopped, suspended, unmeasured */
void judge_answers(struct judge_scene *scene); /* answer, died, refused */
void judge_speeds(struct judge_scene *scene);  /* quiet, slow, shared, rounds, together */
void judge_load(struct judge_scene *scene);    /* throttled, heat, drift */

/* Says the verdict in a sentence or two. */
void judge_say(struct judge_scene *scene);
