// SPDX-License-Identifier: MIT
#pragma once
/* A simulated machine for --sysroot, as small as it can be: a folder with proc/stat. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void write_machine(const char *folder, int cpus)
{
    char path[256];
    snprintf(path, sizeof path, "%s/proc", folder);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/proc/stat", folder);
    FILE *file = fopen(path, "w");
    if (!file)
        exit(EXIT_FAILURE);
    fprintf(file, "cpu  1 2 3 4 5 6 7 8 0 0\n");
    for (int i = 0; i < cpus; i++)
        fprintf(file, "cpu%d %d 4466 115601 799372494 26425 3245242 27089 0 0 0\n", i,
            188923 + i);
    fprintf(file, "intr 1\nctxt 2\n");
    fclose(file);
}

static inline void remove_machine(const char *folder)
{
    char path[256];
    snprintf(path, sizeof path, "%s/proc/stat", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/proc", folder);
    rmdir(path);
    rmdir(folder);
}
