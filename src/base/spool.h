// SPDX-License-Identifier: MIT
#pragma once
/* A spool: a file without a name in $TMPDIR (/tmp) to which bytes are appended, to be
 * read from another process and then let go, so that it takes no more room than what has
 * not been read. */
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"

/* Bytes of a spool: from `begin` to before `end`. */
struct spool_range {
    int64_t begin, end;
};

/* A descriptor (close-on-exec), or -errno with `fault` filled. */
int spool_create(struct fault *fault);

/* Appends all of it, for whoever appends alone.  *ret_range is where it is.  Returns 0 or
 * -errno; what was written before that counts for nothing. */
int spool_append(int fd, size_t size, const void *data, struct spool_range *ret_range);

/* Takes back what was appended last, before anyone has been told of it. */
void spool_take_back(int fd, struct spool_range range);

/* Reads up to `size` bytes at `offset`.  How many, 0 at the end, or -errno. */
ssize_t spool_read(int fd, int64_t offset, size_t size, void *data);

/* Gives the room of a range back to the file system, as far as it can do that. */
void spool_discard(int fd, struct spool_range range);
