// SPDX-License-Identifier: MIT
/* Every number of CPUs that somebody may go by, as availableCores(which = "all") of R's
 * parallelly lists them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "machine/inventory_inside.h"
#include "machine/load.h"

#define SYS_CPU "sys/devices/system/cpu"

enum { STAT_MAX = 1 << 24 };

/* The mask is within the cpuset; if it is not, that cpuset is not ours. */
static void add_limits(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    for (size_t i = 0; i < machine->limit_count; i++) {
        const struct machine_limit *limit = &machine->limits[i];
        inventory_add_count(look, limit->source, limit->cpus, limit->where)->limits =
            true;
        if (strcmp(limit->source, "affinity") == 0 && look->cpuset >= limit->cpus)
            inventory_add_count(look, "cpuset", look->cpuset, look->cpuset_where)
                ->limits = true;
    }
}

/* The smallest of those that limit; the first of equals. */
static void mark_smallest(struct inventory *inventory)
{
    struct inventory_count *smallest = NULL;
    for (size_t i = 0; i < inventory->count_count; i++) {
        struct inventory_count *count = &inventory->counts[i];
        if (count->limits && (!smallest || count->cpus < smallest->cpus))
            smallest = count;
    }
    if (smallest)
        smallest->smallest = true;
}

static int count_in_stat(const struct root *root)
{
    char *text;
    struct load_reading reading;
    if (root_read(root, "proc/stat", STAT_MAX, &text) < 0)
        return -1;
    int count = -1;
    if (load_reading_init(&reading, 1) == 0) {
        count = load_parse(text, &reading);
        load_reading_finish(&reading);
    }
    free(text);
    return count;
}

static void add_number(
    struct inventory_look *look, const char *source, long cpus, const char *where)
{
    if (cpus > 0)
        inventory_add_count(look, source, (double)cpus, where);
}

static void add_variable(
    struct inventory_look *look, const char *name, const char *variable)
{
    size_t length = strlen(name);
    char number[32];
    int64_t cpus;
    if (strncmp(variable, name, length) != 0 || variable[length] != '=')
        return;
    text_copy(sizeof number, number, variable + length + 1);
    number[strcspn(number, ", ")] = '\0'; /* OpenMP has one for each level of nesting */
    if (number_parse(number, &cpus) == 0 && cpus > 0)
        inventory_add_count(look, name, (double)cpus, variable);
}

/* What libraries and languages take for the number of their threads, and batch systems
 * for what they gave to a job on all of its machines. */
static void add_variables(struct inventory_look *look)
{
    static const char *const names[] = {"OMP_NUM_THREADS", "OMP_THREAD_LIMIT",
        "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS",
        "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS",
        "LOKY_MAX_CPU_COUNT", "PYTHON_CPU_COUNT", "GOMAXPROCS", "RAYON_NUM_THREADS",
        "JULIA_NUM_THREADS", "MC_CORES", "NUMBER_OF_PROCESSORS",
        "SLURM_JOB_CPUS_PER_NODE", "SLURM_NTASKS", "LSB_DJOB_NUMPROC", "PBS_NP",
        "PJM_VNODE_CORE"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (size_t j = 0; look->environment && look->environment[j]; j++)
            add_variable(look, names[i], look->environment[j]);
}

void inventory_counts_add(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    add_limits(look);
    mark_smallest(look->inventory);
    add_number(look, "possible", look->possible, "/" SYS_CPU "/possible");
    add_number(look, "present", look->present, "/" SYS_CPU "/present");
    add_number(look, "/proc/stat", count_in_stat(look->root), "/proc/stat");
    if (!look->root->simulated) {
        add_number(look, "nproc --all", sysconf(_SC_NPROCESSORS_CONF),
            "sysconf(_SC_NPROCESSORS_CONF)");
        add_number(look, "getconf _NPROCESSORS_ONLN", sysconf(_SC_NPROCESSORS_ONLN),
            "sysconf(_SC_NPROCESSORS_ONLN)");
    }
    if (machine->topology_known)
        add_number(look, "cores", machine->cores, "hwloc, by /" SYS_CPU "/cpu*/topology");
    add_variables(look);
}
