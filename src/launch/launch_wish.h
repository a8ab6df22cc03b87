// SPDX-License-Identifier: MIT
#pragma once
/* What is wanted of the results, as it is typed in plain lines: "l", "s 2 night.json". */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "ui/entry.h"

enum launch_wish_action {
    LAUNCH_WISH_LIST,
    LAUNCH_WISH_SAVE,   /* numbers[0], in the file of that name */
    LAUNCH_WISH_OPEN,   /* the file of that name */
    LAUNCH_WISH_BESIDE, /* both */
};

struct launch_wish {
    enum launch_wish_action action;
    size_t numbers[2];     /* of results that are there, from 1 */
    char name[ENTRY_SIZE]; /* "" where one is to be saved: any */
};

/* It begins with the letter of a wish, alone. */
bool launch_wish_is_one(const char *text);

/* Reads it; `results` is how many there are.  Returns 0, or -EINVAL with `fault`. */
int launch_wish_parse(
    const char *text, size_t results, struct launch_wish *ret_wish, struct fault *fault);
