// SPDX-License-Identifier: MIT
#pragma once
/* The words for whole programs. */
#include <stddef.h>

#include "experiment/result.h"

/* "python3 loop.py against python3 pool.py", "python3 loop.py": for a headline. */
void words_programs_title(const struct plan *plan, size_t size, char text[]);

/* What a program is called: its text without the folders in it, where that tells it from
 * the others. */
void words_program_label(
    const struct result *result, int program, size_t size, char text[]);

/* "6 processes, 9 threads", "1 process". */
void words_program_size(int processes, int threads, size_t size, char text[]);

/* What is known of one: "python3 pool.py: 0.302 s, 1.40 times as fast (95 % interval 1.30
 * to 1.52), 0.002 s of CPU time, 1 process, the largest 2.4 MiB." */
void words_program_figures(
    const struct result *result, size_t program, size_t size, char text[]);

/* "1.4 GiB", "12 MiB". */
void words_program_memory(int64_t bytes, size_t size, char text[]);

/* The sentence of what they came to, from all that is in result->programs and the stages:
 * "python3 pool.py is 3.04 times as fast as python3 loop.py: …", or of one that was
 * watched "1.0 of 8 CPUs was busy for 41 s: this program computes on one core. …". */
void words_programs_sentence(const struct result *result, size_t size, char text[]);

/* Whether they cannot be compared, because of what others did meanwhile. */
bool words_programs_are_doubtful(const struct result *result);
