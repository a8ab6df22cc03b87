// SPDX-License-Identifier: MIT
#pragma once
/* What struct machine is made of: plain data. */
#include <stdbool.h>

/* One CPU as Linux numbers it.  What is not visible is -1. */
struct machine_cpu {
    int id;       /* N of cpuN; ids may have holes */
    int core;     /* physical core, numbered 0… over the whole machine */
    int package;  /* socket, numbered 0… */
    int node;     /* NUMA node, the system's number */
    int l3;       /* last-level cache shared with others, numbered 0… */
    int kind;     /* index into machine.kinds; -1 where all cores are of one kind */
    bool online;  /* the system schedules on it */
    bool allowed; /* our affinity mask and cpuset have it, and it is online */
};

/* A kind of core on a hybrid machine, the most energy-efficient first. */
struct machine_kind {
    char name[24]; /* "E", "P", or what the system calls it */
    int cores;
};

/* One source that says how many CPUs may be used. */
struct machine_limit {
    char source[32]; /* "online", "affinity" (in a recorded tree without a mask "cpuset"),
                        "cgroup quota", "SLURM_CPUS_PER_TASK" … in this order */
    double cpus;     /* its number; a quota may be fractional */
    char where[256]; /* the file or variable that says so, for the user to look at */
};
