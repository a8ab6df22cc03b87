// SPDX-License-Identifier: MIT
#pragma once
/* A collection of results, each with a name: those of this sitting, those of files. */
#include <stddef.h>

#include "base/fault.h"
#include "experiment/result.h"

/* The lists are in step, and stay where they are until the next one is added. */
struct collection {
    size_t count;
    const struct result **results; /* owned */
    const char **names;            /* owned */
};

/* Takes over what the result owns.  The new one is the last. */
void collection_add(
    struct collection *collection, struct result *result, const char *name);

/* Adds the result in a file.  Returns 0 or -EINVAL with `fault` filled. */
int collection_load(struct collection *collection, const char *path, struct fault *fault);

/* One of them, which may be changed; borrowed. */
struct result *collection_result(const struct collection *collection, size_t place);

void collection_finish(struct collection *collection);
