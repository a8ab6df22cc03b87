// SPDX-License-Identifier: MIT
#pragma once
/* Copying output from a file into a stream, as it is or line by line. */
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/spool.h"

enum { OUTLET_BLOCK_SIZE = 65536 };

/* Room for what is under way. */
struct outlet_copier {
    int fd; /* where it goes */
    size_t used;
    char in[OUTLET_BLOCK_SIZE], out[OUTLET_BLOCK_SIZE];
};

/* Copies a range of `from`; with a tag each line begins with that and a tab, and the last
 * one ends.  Waits where the stream takes nothing more at the moment.  Returns 0 or
 * -errno. */
int outlet_copy(
    struct outlet_copier *copier, int from, struct spool_range range, const char *tag);

/* Writes all of it, likewise. */
int outlet_write(int fd, size_t size, const char data[]);
