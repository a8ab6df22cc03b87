// SPDX-License-Identifier: MIT
#pragma once
/* A loop body of the user's own, in the C ABI of parfor/workload.h: a shared object, or a
 * C file that is compiled first. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "workload/workload.h"

struct plugin;

/* The file's name is that of a loop body: it ends in .so or .c. */
bool plugin_is_one(const char *path);

/* Loads it, or compiles it by `cc -O2` with the words of `flags` (NULL: none) in a
 * private folder that is gone on return, and loads that; the compiler's messages go to
 * standard error as they are.  Returns 0 or -EINVAL with `fault`: no such file, messages
 * of the compiler, no loop body in it, another version of the ABI.  *ret_plugin is the
 * caller's. */
int plugin_open(
    const char *path, const char *flags, struct plugin **ret_plugin, struct fault *fault);
void plugin_close(struct plugin *plugin); /* NULL is fine */

/* Sets a parameter by "NAME=VALUE", before plugin_job(); the size too.  Returns 0 or
 * -EINVAL with `fault`. */
int plugin_set(struct plugin *plugin, const char *setting, struct fault *fault);

/* What the body calls itself, or the file's name without its ending. */
const char *plugin_name(const struct plugin *plugin);

/* A job of it with that size (0: the one that is set, or its usual one), checked against
 * its range; it borrows the plug-in.  Returns 0 or -EINVAL with `fault`. */
int plugin_job(struct plugin *plugin, int64_t size, struct workload_job *ret_job,
    struct fault *fault);

/* A body to start from, in C. */
const char *plugin_template(void);
