// SPDX-License-Identifier: MIT
#pragma once
/* The ending of a file's name, which says in what form the file is. */
#include <stdbool.h>
#include <stddef.h>

/* Gives `name` another one of a list (ended by NULL) that goes round: the one `by` places
 * behind the longest that it has.  One that has none gets the first, or the last where
 * `by` is negative; one that is begun (".s") is completed.  False, and the name is as it
 * was: the list is empty, or there is no room. */
bool ending_turn(size_t size, char name[], const char *const endings[], int by);
