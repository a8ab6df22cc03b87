// SPDX-License-Identifier: MIT
#pragma once
/* What the tests of this layer share: cmocka, the trees below tests/data/machine, and
 * trees written on the spot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

static inline void fixture_open_path(const char *path, struct root *ret_root)
{
    struct fault fault = {0};
    if (root_open(path, ret_root, &fault) < 0)
        fail_msg("%s", fault.text);
}

/* Opens tests/data/machine/NAME. */
static inline void fixture_open(const char *name, struct root *ret_root)
{
    const char *data = getenv("PARFOR_TEST_DATA");
    assert_non_null(data);
    char *path = text_format("%s/machine/%s", data, name);
    fixture_open_path(path, ret_root);
    free(path);
}

/* A fresh folder; fixture_remove() takes it away and frees the name.  In memory where
 * there is no other wish: a recorded machine is thousands of files.  Not inline, or gcc
 * 12 takes the sanitizer's checks for a path on which the name is NULL. */
__attribute__((noinline, unused)) static char *fixture_make_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    if (!temporary)
        temporary = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    char *path = text_format("%s/parfor-test.XXXXXX", temporary);
    if (!mkdtemp(path))
        abort();
    return path;
}

static inline int fixture_remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static inline void fixture_remove(char *folder)
{
    nftw(folder, fixture_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

/* Writes FOLDER/NAME in place, with the folders on the way. */
static inline void fixture_write(const char *folder, const char *name, const char *text)
{
    char *path = text_format("%s/%s", folder, name);
    for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    if (!file)
        abort();
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

#define FIXTURE_SYS_CPU "sys/devices/system/cpu"

/* Writes one file of cpuN's topology. */
static inline void fixture_write_cpu(
    const char *folder, int id, const char *name, const char *text)
{
    char *path = text_format(FIXTURE_SYS_CPU "/cpu%d/%s", id, name);
    fixture_write(folder, path, text);
    free(path);
}

/* One package of `cores` cores with `threads` CPUs each, siblings numbered next to each
 * other; the CPUs of the last core reach half the clock if `hybrid`. */
__attribute__((noinline, unused)) static char *fixture_make_machine(
    int cores, int threads, bool hybrid)
{
    char *folder = fixture_make_folder(), text[64];
    int count = cores * threads;
    snprintf(text, sizeof text, "0-%d\n", count - 1);
    fixture_write(folder, FIXTURE_SYS_CPU "/online", text);
    fixture_write(folder, FIXTURE_SYS_CPU "/possible", text);
    fixture_write(folder, FIXTURE_SYS_CPU "/present", text);
    for (int id = 0; id < count; id++) {
        int core = id / threads;
        bool slow = hybrid && core == cores - 1;
        fixture_write_cpu(folder, id, "topology/physical_package_id", "0\n");
        snprintf(text, sizeof text, "%d\n", core);
        fixture_write_cpu(folder, id, "topology/core_id", text);
        snprintf(
            text, sizeof text, "%llx\n", ((1ULL << threads) - 1) << (core * threads));
        fixture_write_cpu(folder, id, "topology/thread_siblings", text);
        fixture_write_cpu(folder, id, "topology/core_cpus", text);
        snprintf(text, sizeof text, "%llx\n", (1ULL << count) - 1);
        fixture_write_cpu(folder, id, "topology/core_siblings", text);
        fixture_write_cpu(folder, id, "topology/package_cpus", text);
        fixture_write_cpu(
            folder, id, "cpufreq/cpuinfo_max_freq", slow ? "2000000\n" : "4000000\n");
        fixture_write_cpu(
            folder, id, "cpufreq/base_frequency", slow ? "1000000\n" : "2000000\n");
    }
    fixture_write(folder, "proc/stat", "cpu  1 1 1 1\ncpu0 1 1 1 1\n");
    fixture_write(folder, "proc/cpuinfo", "processor\t: 0\nmodel name\t: Toy\n");
    return folder;
}
