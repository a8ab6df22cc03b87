// SPDX-License-Identifier: MIT
#pragma once
/* A set of CPU ids, and the lists of them that the kernel writes: "0-3,8,10-11"
 * (cpuset(7), "List format"). */
#include <stdbool.h>
#include <stddef.h>

enum { IDS_MAX = 65536 }; /* no id this high or higher is kept */

/* Element N of `has` says whether id N is in the set.  {0} is the empty set. */
struct ids {
    size_t room;
    bool *has;
};

void ids_finish(struct ids *ids);
void ids_add(struct ids *ids, size_t id);
void ids_add_all(struct ids *ids, const struct ids *others);
bool ids_has(const struct ids *ids, size_t id);
size_t ids_count(const struct ids *ids);

/* Adds the ids of a list; text behind it on a new line does not matter.  Returns 0, or
 * -EINVAL with what came before the mistake added. */
int ids_parse(const char *text, struct ids *ids);
