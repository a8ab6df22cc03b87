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

/* Whether a finding is to say what to look at next: of several with the same advice the
 * last gives it. */
bool words_check_advises(const struct result_check *check, size_t finding);

/* A number of CPUs: "2", "1.50". */
void words_check_count(double cpus, size_t size, char text[]);

/* Of at least one CPU, by rising id: "CPU 5", "CPUs 1-4, 9"; what does not fit is left
 * out: "CPUs 1-4, ...". */
void words_check_cpus(size_t count, const int ids[], size_t size, char text[]);

/* check_stand_speed() of the slowest and the fastest CPU: "0.98 to 1.02", "1.00" where
 * all are alike.  False where none is known. */
bool words_check_speeds(const struct result_check *check, size_t size, char text[]);

/* CPU time of a unit on the usual CPU alone, by which machines are compared (their tasks
 * have different sizes); 0: not known. */
double words_check_unit_ns(const struct result_check *check);

/* Whether ratios to the speed alone rest on enough rounds there. */
bool words_check_has_ratios(const struct result_check *check);

/* What is sure whatever else was found: "32 CPUs usable"; "812 tasks, every answer right
 * (a smoke test)", "" where that is not so. */
void words_check_usable(const struct result *result, size_t size, char text[]);
void words_check_answers(const struct result *result, size_t size, char text[]);

/* What the verdict comes to, to stand between it and the findings, which it does not
 * repeat: "32 CPUs usable, each at 0.98 to 1.02 of the usual speed, …"; "3 findings. 2
 * CPUs usable; 51 tasks, every answer right (a smoke test)." */
void words_check_summary(const struct result *result, size_t size, char text[]);

/* The figures in lines, each a name and a value: "each CPU alone", "0.98 to 1.02 of the
 * usual speed"; "all at once", "30.4 times one CPU alone, 0.93 to 0.97 each"; "gain of
 * SMT"; "answers", "812 tasks on 32 CPUs, all right"; "drift"; "throttled"; "clocks";
 * "heat" …  `number` from 0; false after the last, and where nothing was run.  What is
 * not visible says so, and what cannot be relied on. */
bool words_check_figure(const struct result *result, int number, size_t name_size,
    char name[], size_t value_size, char value[]);
