// SPDX-License-Identifier: MIT
#pragma once
/* A failure's cause in the user's words, carried beside the -errno that a function
 * returns. */

enum fault_kind {
    FAULT_NONE,
    FAULT_INPUT,  /* the command line or an input file is wrong */
    FAULT_SYSTEM, /* the system refused: memory, processes, disk */
};

struct fault {
    enum fault_kind kind;
    char text[480]; /* one line, without a full stop or a newline */
};

/* Where the next failure goes: the first of several stays, the others have nowhere to go
 * but `others`, which nobody reads. */
static inline struct fault *fault_first(struct fault *fault, struct fault *others)
{
    return fault->kind == FAULT_NONE ? fault : others;
}

/* Fills `fault` with a sentence about wrong input; returns -EINVAL for the caller to pass
 * on. */
__attribute__((format(printf, 2, 3))) int fault_input(
    struct fault *fault, const char *format, ...);

/* Fills `fault` with a sentence about what the system refused and, after a colon, the
 * words for `error` (a negative errno); returns `error` for the caller to pass on. */
__attribute__((format(printf, 3, 4))) int fault_system(
    struct fault *fault, int error, const char *format, ...);
