// SPDX-License-Identifier: MIT
#pragma once
/* A process and all its descendants as they are now, from /proc (proc_pid_stat(5),
 * proc_tid_children(5)).  One whose parent has ended belongs to it no longer. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/file.h"

struct family_process {
    pid_t pid, parent;
    char name[32]; /* as the kernel has it, cut to 15 bytes; not text in any code */
    char state;    /* 'R': it runs, or would like to */
    int cpu;       /* that its first thread was last on */
    int threads;
    int64_t cpu_ns; /* of all its threads, and of those descendants that have ended and
                       been waited for */
    int64_t own_cpu_ns; /* without those descendants */
    int64_t started;    /* in ticks since the computer's start: tells it from another one
                           that had this pid */
    int64_t rss_bytes;
};

/* A thread that runs, or would like to. */
struct family_spot {
    int cpu;        /* that it is on, or was last */
    size_t process; /* in `processes` */
};

enum { FAMILY_PROCESSES_MAX = 4096, FAMILY_SPOTS_MAX = 4096 };

/* Starts as 0. */
struct family {
    size_t count;
    struct family_process *processes; /* parents before their children; owned */
    size_t spot_count;
    struct family_spot *spots; /* owned */
    int threads;               /* of all of them */
    int64_t cpu_ns, rss_bytes; /* likewise */
    bool scans;                /* this kernel does not list children */
};

/* Looks at all of them anew.  Returns 0, or -errno (-ENOENT: `pid` is gone), and then
 * there are none. */
int family_look(struct family *family, const struct root *root, pid_t pid);
void family_finish(struct family *family);

/* What the text of a /proc/PID/stat says.  Returns 0 or -EINVAL. */
int family_parse_stat(const char *text, struct family_process *ret_process);
