// SPDX-License-Identifier: MIT
#pragma once
/* What every CPU does: the counters of /proc/stat and the shares between two readings.
 * Format: proc_pid_stat(5), "cpuN user nice system idle iowait irq softirq steal guest
 * guest_nice", in ticks; kernels write 4 to 10 of them; only online CPUs have a line. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

enum load_field {
    LOAD_USER,
    LOAD_NICE,
    LOAD_SYSTEM,
    LOAD_IDLE,
    LOAD_IOWAIT,
    LOAD_IRQ,
    LOAD_SOFTIRQ,
    LOAD_STEAL,
    LOAD_FIELDS
};

/* One CPU's counters, in ticks.  guest is inside user already, guest_nice inside nice. */
struct load_counters {
    uint64_t ticks[LOAD_FIELDS];
    bool present; /* had a line in this reading */
};

/* One reading: element N is cpuN; ids beyond `room` are not kept. */
struct load_reading {
    int64_t time_ns; /* monotonic, when it was read */
    size_t room;
    struct load_counters *cpus;
};

/* One CPU's shares of the time between two readings, each 0…1. */
struct load_share {
    float busy; /* user + nice + system + irq; -1: no data (offline, new, or no ticks) */
    float user, nice, system, irq /* and softirq */, steal;
};

int load_reading_init(struct load_reading *reading, size_t room); /* 0 or -ENOMEM */
void load_reading_finish(struct load_reading *reading);

/* Parses the text of /proc/stat, which must be NUL-ended.  Returns how many CPUs had a
 * line, also those beyond the reading's room; -EINVAL if the text is not one of
 * /proc/stat, and then the reading is not to be used. */
int load_parse(const char *text, struct load_reading *reading);

/* The shares between two readings of one CPU.  Every field's difference is clamped at 0,
 * for iowait and steal may go back. */
struct load_share load_share_between(
    const struct load_counters *before, const struct load_counters *after);

/* The highest id of a cpuN line plus one, in the text of a /proc/stat; ids from 65536 on
 * do not count. */
size_t load_room_needed(const char *text);

/* A kept-open /proc/stat. */
struct load_file;
int load_file_open(
    const struct root *root, struct load_file **ret_file); /* 0 or -errno */
void load_file_close(struct load_file *file);

/* One pread, one parse into `reading`.  Returns how many CPUs had a line, or -errno. */
int load_file_read(struct load_file *file, struct load_reading *reading);
