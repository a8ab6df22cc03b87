// SPDX-License-Identifier: MIT
#pragma once
/* How the lines of the inventory are made: for inventory_*.c alone, each of which adds a
 * group of them. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/ids.h"
#include "machine/inventory.h"

/* What is looked at, and what has been found so far. */
struct inventory_look {
    const struct root *root;
    const struct machine *machine;
    char *const *environment; /* NULL: not visible */
    struct inventory *inventory;
    enum inventory_group group;              /* of the lines that are added */
    int possible, present, cpuset;           /* numbers of CPUs; -1: not visible */
    char cpuset_where[INVENTORY_WHERE_SIZE]; /* what said the last of them */
};

/* A new line, not visible; `where` is what is asked: a path, from the root or below it.
 * Borrowed until the next one. */
struct inventory_line *inventory_add(
    struct inventory_look *look, const char *topic, const char *where);

/* Says its value, or more of it: it is visible. */
__attribute__((format(printf, 2, 3))) void inventory_say(
    struct inventory_line *line, const char *format, ...);

/* Puts what says so in the place of what inventory_add() was told. */
void inventory_cite(struct inventory_line *line, const char *where);

/* Gives it a concern, as a sentence without a full stop; `next` has its own. */
__attribute__((format(printf, 3, 4))) void inventory_worry(
    struct inventory_line *line, const char *next, const char *format, ...);

/* A new source of a number of CPUs. */
struct inventory_count *inventory_add_count(
    struct inventory_look *look, const char *source, double cpus, const char *where);

/* The limit of that source; NULL: there is none. */
const struct machine_limit *inventory_limit(
    const struct inventory_look *look, const char *source);

/* Writes the ids as the kernel does, and their number: "0-2,5 (4)", "0-1,4,... (512)",
 * "none". */
void inventory_list(const struct ids *ids, size_t size, char text[]);

/* Writes a number of CPUs: "2", "1.50". */
void inventory_number(double cpus, size_t size, char text[]);

/* Reads one of the kernel's lists of ids; false where it is not to be had. */
bool inventory_read_list(const struct root *root, const char *path, struct ids *ret_ids);

/* Reads the file that holds one number; false where it does not. */
bool inventory_read_number(
    const struct root *root, const char *path, int64_t *ret_number);

/* Finds what is behind `key` at the start of a line, up to its end, without blanks around
 * it; false: no line begins so. */
bool inventory_find_value(
    const char *text, const char *key, size_t size, char ret_value[]);

/* Each adds its group of lines. */
void inventory_cpus_add(struct inventory_look *look);
void inventory_fences_add(struct inventory_look *look); /* "cpuset" is known then */
void inventory_processes_add(struct inventory_look *look);
void inventory_cores_add(struct inventory_look *look);
void inventory_memory_add(struct inventory_look *look);
void inventory_host_add(struct inventory_look *look);
void inventory_clocks_add(struct inventory_look *look);
void inventory_power_add(struct inventory_look *look);

/* Adds the sources of a number of CPUs, when all lines are there. */
void inventory_counts_add(struct inventory_look *look);
