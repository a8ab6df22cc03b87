// SPDX-License-Identifier: MIT
#pragma once
/* The output of items whose turn has not come: in a spool, so that it takes no memory but
 * 16 bytes for each. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/spool.h"
#include "report/outlet_copy.h"

/* One item's output: ranges of two files, or the files of a folder. */
struct outlet_piece {
    int64_t turn; /* the lowest goes first */
    char *tag;    /* NULL: without */
    char *folder; /* of an earlier run; NULL: the ranges */
    int out_fd, err_fd;
    struct spool_range out, err;
    struct spool_range whole; /* of a taken piece, in the spool */
};

struct outlet_kept;

/* Returns 0 or -errno with `fault`; *ret_kept is the caller's. */
int outlet_kept_create(struct outlet_kept **ret_kept, struct fault *fault);
void outlet_kept_destroy(struct outlet_kept *kept); /* NULL is fine */

/* Keeps a copy.  Returns 0 or -errno with `fault`. */
int outlet_kept_put(struct outlet_kept *kept, const struct outlet_piece *piece,
    struct outlet_copier *copier, struct fault *fault);

/* The lowest turn that is kept; INT64_MAX: nothing is. */
int64_t outlet_kept_turn(const struct outlet_kept *kept);

/* Takes that one out, to be dropped; there must be one.  Returns 0 or -errno with
 * `fault`. */
int outlet_kept_take(
    struct outlet_kept *kept, struct outlet_piece *ret_piece, struct fault *fault);
void outlet_kept_drop(struct outlet_kept *kept, struct outlet_piece *piece);
