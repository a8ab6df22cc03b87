// SPDX-License-Identifier: MIT
#pragma once
/* The words of a check that screens and reports share. */
#include <stddef.h>

#include "experiment/result.h"

/* What a part does: "looks whether the machine is quiet", "each CPU alone". */
const char *words_check_part(enum check_part part);

/* What it will do, before it begins: "Checks 32 CPUs, and uses every one of them, for
 * about 20 s." */
void words_check_begins(const struct result *result, size_t size, char text[]);

/* "PASS", "WARN (nothing was run)": for a headline. */
void words_check_verdict(const struct result_check *check, size_t size, char text[]);

/* A number of CPUs: "2", "1.50". */
void words_check_count(double cpus, size_t size, char text[]);

/* Of at least one CPU, by rising id: "CPU 5", "CPUs 1-4, 9"; what does not fit is left
 * out: "CPUs 1-4, ...". */
void words_check_cpus(size_t count, const int ids[], size_t size, char text[]);

/* The lowest and the highest speed of CPUs alone, as a share of what is usual of their
 * kind.  False where none is known. */
bool words_check_speeds(
    const struct result_check *check, double *ret_low, double *ret_high);

/* The figures in lines, each a name and a value: "each CPU alone", "0.98 to 1.02 of the
 * usual speed"; "all at once" "30.4 times one CPU alone", "0.93 to 0.97 each";  "gain of
 * SMT"; "drift"; "throttled"; "clocks"; "heat"; "answers", "812 tasks on 32 CPUs, all
 * right".  `number` from 0; false after the last.  What is not visible says so. */
bool words_check_figure(const struct result *result, int number, size_t name_size,
    char name[], size_t value_size, char value[]);
