// SPDX-License-Identifier: MIT
#pragma once
/* Which process uses most CPU time between two looks at /proc (proc_pid_stat(5)).  A look
 * takes about 20 us per process. */
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/file.h"

struct busiest;

/* This process, as the /proc there has it: that may be one of another namespace. */
pid_t busiest_self(const struct root *root);

/* The first look.  `but` is a process that does not count, nor do its descendants; 0: all
 * count.  Returns 0 or -errno; *ret_busiest is the caller's, who keeps the root open as
 * long. */
int busiest_create(const struct root *root, pid_t but, struct busiest **ret_busiest);
void busiest_destroy(struct busiest *busiest); /* NULL is fine */

struct busiest_process {
    pid_t pid;     /* 0: none was seen that used anything */
    char name[32]; /* printable ASCII; as the kernel has it, cut to 15 bytes */
    double cpus;   /* that it kept busy: 1 is one CPU all the time */
};

/* Looks again: what used most since busiest_create() or the last call, together with its
 * children that have ended meanwhile and been waited for.  One that has begun meanwhile
 * counts with all that it has used. */
void busiest_look(struct busiest *busiest, struct busiest_process *ret_process);
