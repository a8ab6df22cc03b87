// SPDX-License-Identifier: MIT
#pragma once
/* The columns of a line that says what a worker does. */
#include <stdbool.h>
#include <stdint.h>

/* A width of 0: not shown. */
struct worker_fields {
    int number, pid, cpu, task, done, bar, percent; /* each with the blanks before it */
};

/* As many as leave a bar of some length in so many columns, for numbers up to `tasks`;
 * `task`: of the task in hand, too, with names in place of its number. */
struct worker_fields worker_fields_in(int columns, int64_t tasks, bool task, bool names);
