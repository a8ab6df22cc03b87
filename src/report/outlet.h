// SPDX-License-Identifier: MIT
#pragma once
/* Where the output of items goes: whole, never mixed, in the order of the items or as
 * they end; standard output to one stream, errors to another; and into a folder for each
 * item.  What cannot go out yet is kept in a spool. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "experiment/experiment.h"
#include "experiment/result.h"

struct outlet;

struct outlet_setup {
    int out_fd, err_fd;  /* where to; -1: nowhere */
    bool unordered;      /* as they end; else in the order of their numbers */
    bool tag;            /* each line begins with the item and a tab */
    const char *results; /* a folder for the folders of the items; NULL: none */
};

/* Makes the folder for results.  Returns 0 or -errno with `fault`; *ret_outlet is the
 * caller's. */
int outlet_create(
    const struct outlet_setup *setup, struct outlet **ret_outlet, struct fault *fault);
void outlet_destroy(struct outlet *outlet); /* what is still kept is lost; NULL is fine */

/* What would go to standard output, to standard error, or to both waits in a spool until
 * outlet_release(): the screen is there.  Returns 0 or -errno with `fault`. */
int outlet_hold(struct outlet *outlet, bool out, bool err, struct fault *fault);
int outlet_release(struct outlet *outlet, struct fault *fault);

/* Takes an item's output.  Its results are synced in their folder on return.  Returns 0
 * or -errno with `fault`: -EPIPE, and no fault, once nobody reads any more. */
int outlet_take(struct outlet *outlet, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault);

/* The folder of an item's results, as it is named in the log; "" without. */
void outlet_results_of(const struct outlet *outlet, const struct result_item *item,
    size_t size, char path[]);

/* An item that was done by an earlier run, whose output is in `results` (NULL: it has
 * none): it goes out in its place again. */
int outlet_skip(struct outlet *outlet, int64_t number, const struct items_task *task,
    const char *results, struct fault *fault);

/* All that is kept goes out, what is missing is passed over. */
int outlet_finish(struct outlet *outlet, struct fault *fault);

/* Nobody reads the standard output any more. */
bool outlet_is_closed(const struct outlet *outlet);
