// SPDX-License-Identifier: MIT
#pragma once
/* Small allocations that end the program when they fail: nothing sensible can follow. */
#include <stddef.h>

/* `memory`, which an allocation gave; ends the program with status 3 if that is NULL. */
void *memory_need(void *memory);

/* Zeroed memory for `count` elements of `size` bytes; never NULL.  Caller frees. */
void *memory_new(size_t count, size_t size);

/* Room for one more element behind `count` elements of `size` bytes: grows `*items` in
 * powers of two, returns the new element zeroed.  `*items` starts as NULL with `count` 0.
 */
void *memory_append(void **items, size_t count, size_t size);
