// SPDX-License-Identifier: MIT
#pragma once
/* What is to be seen in a stage's tasks, in sentences: what failed, which worker died,
 * how long tasks took, who had nothing to do at the end. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"

/* A stage as far as it is, and its tasks that are over and did not fail. */
struct words_facts {
    const struct result_stage *stage; /* borrowed */
    const struct plan *plan; /* names what its tasks are; borrowed, NULL: tasks */
    bool running;
    int64_t until_ns;                               /* what has happened so far */
    const struct result_record *shortest, *longest; /* NULL: most have no own record */
    double sum_ns;
    int64_t count;
};

enum words_fact {
    WORDS_FACT_FAILED, /* "1 task failed (marked F)." */
    WORDS_FACT_DEATHS, /* "Worker 1 died at 1.20 s." */
    WORDS_FACT_RANGE,  /* "Tasks took 0.21 to 0.24 s." */
    WORDS_FACT_MEAN,   /* "The mean is 0.22 s, the longest was task 7." */
    WORDS_FACT_IDLE,   /* "Worker 1 had nothing to do for the last 0.40 s." */
    WORDS_FACTS
};

struct words_facts words_facts_of(
    const struct result_stage *stage, bool running, int64_t until_ns);

/* What a pool's lanes show, so many workers in each, behind its name: ": which worker had
 * which task when" if tasks can be told apart there. */
void words_facts_lanes(int workers, bool told_apart, size_t size, char text[]);

/* "" where there is nothing to say of it. */
void words_fact(
    const struct words_facts *facts, enum words_fact fact, size_t size, char text[]);
