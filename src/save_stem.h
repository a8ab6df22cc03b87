// SPDX-License-Identifier: MIT
#pragma once
/* What files of a result are called by themselves. */
#include "experiment/result.h"

enum { SAVE_STEM_SIZE = 64 };

/* What was run, of letters that any file's name can have: "factorial", of a loop of
 * commands its program ("gzip"), of a stage of its own (or NULL) its program with its
 * arguments; never empty. */
void save_stem(const struct result *result, const struct result_stage *stage,
    char ret_stem[SAVE_STEM_SIZE]);
