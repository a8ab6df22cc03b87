// SPDX-License-Identifier: MIT
#pragma once
/* What a cell of the screen stands for, so that a click there means something.  Whoever
 * draws says so (canvas_target()); keys can choose the same things. */
#include <stdint.h>

enum target_kind {
    TARGET_NONE,
    TARGET_KEY,    /* a key that is named there: number is what keys.h calls it */
    TARGET_CPU,    /* number: its id */
    TARGET_WORKER, /* number: its own */
    TARGET_TASK,   /* number: its index */
    TARGET_FIELD,  /* of a form: its place */
    TARGET_ROW,    /* of a list: its place */
};

struct target {
    enum target_kind kind;
    int64_t number;
};
