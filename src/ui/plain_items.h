// SPDX-License-Identifier: MIT
#pragma once
/* Plain sentences of a loop of the user's own: what has failed, as it fails, what the end
 * waits for, and how far the work is. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "experiment/scene.h"

/* A stage that is over sooner is not interrupted by its quarters; in a long one 30 s
 * pass. */
enum { PLAIN_QUARTERS_FROM_S = 10, PLAIN_EVERY_S = 30, PLAIN_FAILURES_MAX = 10 };

struct plain_items {
    FILE *out;
    int quarters;     /* of the stage, said so far */
    int64_t said_ns;  /* stage time of the last sentence */
    int64_t failures; /* of the stage, said so far */
    int closing;      /* the WORKLOAD_… of workload.h that was said */
};

/* Whether it is such a loop, and it is to get done (`map`). */
bool plain_items_are_told(const struct scene *scene);

/* A stage begins, or is gone on with by one who has seen how it stands. */
void plain_items_begin(struct plain_items *plain, const struct scene *scene);

/* Failures that were not said yet, PLAIN_FAILURES_MAX of them at most, and that nothing
 * more is begun; nothing for a built-in loop. */
void plain_items_say_news(struct plain_items *plain, const struct scene *scene);

/* At quarters or every 30 s. */
void plain_items_say_progress(struct plain_items *plain, const struct scene *scene);
