// SPDX-License-Identifier: MIT
#pragma once
/* A set of task indices that grows as needed. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct marks {
    size_t word_count;
    uint64_t *words; /* a bit for each index; owned */
};

/* Puts it in.  False if it was there already. */
bool marks_add(struct marks *marks, int64_t index);
void marks_finish(struct marks *marks);
