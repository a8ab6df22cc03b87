// SPDX-License-Identifier: MIT
#pragma once
/* The feed: brings items from where they come from to the store that workers read, as
 * they are needed, and leaves out what an earlier run has done. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "experiment/setup.h"

struct feed;

struct feed_setup {
    const struct experiment_items *items;
    const struct command *command; /* its words say whether a task was done before; only
                                      for items->is_done */
    const struct experiment_observer *observer; /* told of those left out */
    struct loop *events;
    void (*on_batch)(void *data); /* some more were read, or the end, or nothing more can
                                     be; from the event loop alone */
    void *data;
};

/* Borrows all of the setup. */
struct feed *feed_create(const struct feed_setup *setup);
void feed_destroy(struct feed *feed); /* NULL is fine */

/* Reads on while the store has fewer tasks than so many: items that are given at once,
 * others from the event loop, never waiting for them. */
void feed_want(struct feed *feed, int64_t tasks);

/* Reads nothing more. */
void feed_stop(struct feed *feed);

/* No more will come: all is read, or reading has failed or was stopped. */
bool feed_is_over(const struct feed *feed);

/* Nothing more can be had now without waiting for it. */
bool feed_is_dry(const struct feed *feed);

/* What ended it before its time: 0 or -errno with `fault` filled. */
int feed_error(const struct feed *feed, struct fault *fault);

int64_t feed_tasks(const struct feed *feed);   /* in the store so far */
int64_t feed_skipped(const struct feed *feed); /* left out so far */

/* The first items that were read are names of files that there are. */
bool feed_has_files(const struct feed *feed);
