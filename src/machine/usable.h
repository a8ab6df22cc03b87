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

/* Where there is no affinity mask, as in a recorded tree, takes what the topology says of
 * the cpuset in its place; empty is all. */
void usable_narrow(struct usable *usable, const struct ids *cpuset);

/* The affinity mask of the calling process (for a simulated machine the one recorded in
 * proc/self/status), added to `mask`.  Returns 0 or -errno. */
int usable_read_mask(const struct root *root, struct ids *mask);

/* The ids behind "Cpus_allowed_list:" in the text of a /proc/PID/status, added to `mask`.
 * Returns 0, -ENOENT if there is no such line, -EINVAL if it is no list. */
int usable_parse_status(const char *text, struct ids *mask);
