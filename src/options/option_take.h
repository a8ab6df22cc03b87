// SPDX-License-Identifier: MIT
#pragma once
/* What the options' values mean: each function takes one from its text into the options,
 * or refuses it.  Returns 0 or -EINVAL with `fault` filled. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "options/options.h"

/* A whole number of a range; `what` it is in words, for the refusal. */
int option_parse_in_range(const char *what, const char *text, const int64_t range[2],
    int64_t *ret_value, struct fault *fault);
int option_parse_int(const char *what, const char *text, const int64_t range[2],
    int *ret_value, struct fault *fault);

typedef int option_take(struct options *options, const char *text, struct fault *fault);

/* Of any loop (option_take.c). */
extern option_take option_take_iterations, option_take_size, option_take_workers,
    option_take_schedule, option_take_order, option_take_max_tasks, option_take_repeats,
    option_take_seconds, option_take_retries, option_take_interval, option_take_seed,
    option_take_output, option_take_format;

/* Of whole programs. */
extern option_take option_take_warmups, option_take_prepare;

/* Of what is seen (option_take_show.c). */
extern option_take option_take_theme, option_take_replay;

/* Whether an argument of its own is the speed of a replay that has none yet ("x8", and
 * there is no file of that name); it is taken then. */
bool option_is_speed(const char *text, struct options *options);

/* Of a check (option_take_check.c). */
extern option_take option_take_expected, option_take_long, option_take_check_nice;

/* Of a loop of the user's own (option_take_own.c). */
extern option_take option_take_max_args, option_take_timeout, option_take_halt,
    option_take_ending, option_take_delay, option_take_nice, option_take_memory,
    option_take_load, option_take_threads, option_take_hangup, option_take_sample,
    option_take_setting;
