// SPDX-License-Identifier: MIT
#pragma once
/* The words that screens and reports share. */
#include <stddef.h>

#include "experiment/result.h"

/* "one after the other", "2 at a time", "the machine alone". */
void words_stage(const struct result_stage *stage, size_t size, char text[]);

/* "AMD EPYC, 2 CPUs, all usable", "…, 4 CPUs, 1.50 of them usable (cpu.max of /app)". */
void words_machine(const struct machine *machine, size_t size, char text[]);

/* The same for a screen's headline, without what limits them: "AMD EPYC, 2 CPUs", "Core
 * i5-12450H: 4 P + 4 E cores, 12 CPUs", "AMD EPYC, 1.50 of 4 CPUs usable", "EPYC 7763
 * (simulated), 64 CPUs". */
void words_machine_short(const struct machine *machine, size_t size, char text[]);

/* The same with as little as there is room for: "sim. EPYC 7763, 64 CPUs", in place of
 * the name (`named` is false) the kinds of its cores "4 P + 4 E, 12 CPUs", "1.50 of 4
 * CPUs". */
void words_machine_brief(
    const struct machine *machine, bool named, size_t size, char text[]);

/* How many of its CPUs may be used, and why not more: "All 2 CPUs may be used.", "1.50 of
 * 4 CPUs may be used: cgroup quota (cpu.max of /app)." */
void words_usable(const struct machine *machine, size_t size, char text[]);

/* A stage that is over, in a sentence: "One after the other: 24.2 s, 1.0 of 2 CPUs
 * busy.", "2 at a time: 3.50 s, stopped after 5 of 16 tasks, 2.0 of 2 CPUs busy.",
 * "Watched for 41.0 s: 1.0 of 8 CPUs busy." */
void words_stage_ended(const struct result *result, const struct result_stage *stage,
    size_t size, char text[]);

/* A named part of the workers' time; "work" is the tasks' own CPU time, less than that of
 * the same tasks alone where they were faster. */
struct words_part {
    const char *name; /* a constant: "work", "slower than alone", "all else" … */
    double share;     /* 0…1 */
    double faster;    /* of "work": by so much than alone, 0.06; 0: by nothing */
};

enum { WORDS_PARTS_MAX = 9 };

/* The parts of an account, `room` >= 2 of them at most: "work" first, each other that
 * counts in the order of the account, then the rest together, however small.  The shares
 * add up to 1.  Returns their number, 0 for an account of no time. */
size_t words_account(
    const struct account *account, size_t room, struct words_part parts[]);

/* A part's name where there is little room: "slower", "waiting", "idle"; a constant. */
const char *words_account_brief(const char *name);

/* Mean CPUs busy over a whole stage; -1 where nothing is known. */
double words_busy_cpus(const struct result_stage *stage);

/* The same of those CPUs only that we may use; *ret_cpus is how many these are. */
double words_busy_allowed(
    const struct machine *machine, const struct result_stage *stage, int *ret_cpus);
