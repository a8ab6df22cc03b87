// SPDX-License-Identifier: MIT
#pragma once
/* The machine's CPUs shared out to the rows of a picture, in the order of cpus.h. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/cpus.h"
#include "experiment/result.h"

struct cpus_rows {
    struct cpus cpus;
    size_t count;
    size_t size; /* CPUs in each, but for the last */

    /* How they are named, all alike. */
    bool ids; /* by Linux's numbers */
    enum cpus_form form;
};

/* The parts of `count` that there are `rows` for: as many in each, if that does not need
 * half as many rows only.  Returns their size. */
size_t cpus_rows_divide(size_t count, size_t rows);

/* `rows` of them at most (1 at least): as many CPUs in each, and whole cores where a core
 * has several CPUs; a row for every CPU where there is room for that. */
void cpus_rows_init(struct cpus_rows *rows, const struct machine *machine, size_t most);
void cpus_rows_finish(struct cpus_rows *rows);

/* Chooses the fullest form in which the name of every row has room in `size` bytes; by
 * the CPUs' numbers if `ids`. */
void cpus_rows_fit(
    struct cpus_rows *rows, const struct machine *machine, bool ids, size_t size);

/* Writes the name of a row in that form: that of its CPUs as in cpus.h; of one that is
 * all of them "64 CPUs", "all 64", "all". */
void cpus_rows_name(const struct cpus_rows *rows, const struct machine *machine,
    size_t row, size_t size, char text[]);

/* Of each of a stage's CPUs the row, -1 where the machine does not have it: a stage's
 * list need not be the machine's.  Caller frees. */
int *cpus_rows_of(const struct cpus_rows *rows, const struct machine *machine,
    const struct result_stage *stage);
