// SPDX-License-Identifier: MIT
#pragma once
/* How many CPUs this process may use: every source that limits it, with its number. */
#include <stddef.h>

#include "base/file.h"
#include "machine/ids.h"
#include "machine/parts.h"

/* What is known before. */
struct usable_facts {
    const struct ids *online; /* the CPUs that the system schedules on */
    const char *online_where; /* what said so */
    const struct ids *cpuset; /* what a recorded tree's cpuset allows, used where the tree
                                 has no affinity mask; empty is all */
    char *const *environment; /* as environ; NULL is empty */
};

struct usable {
    struct ids allowed;           /* those online that we may run on */
    size_t limit_count;           /* at least 1: "online" */
    struct machine_limit *limits; /* in the order of struct machine_limit's `source` */
};

void usable_init(
    struct usable *usable, const struct root *root, const struct usable_facts *facts);
void usable_finish(struct usable *usable);

/* The affinity mask of the calling process (for a simulated machine the one recorded in
 * proc/self/status), added to `mask`.  Returns 0 or -errno. */
int usable_read_mask(const struct root *root, struct ids *mask);

/* The ids behind "Cpus_allowed_list:" in the text of a /proc/PID/status, added to `mask`.
 * Returns 0, -ENOENT if there is no such line, -EINVAL if it is no list. */
int usable_parse_status(const char *text, struct ids *mask);
