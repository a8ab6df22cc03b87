// SPDX-License-Identifier: MIT
#pragma once
/* A loop of the user's own for people: what it came to, what failed, and where all of it
 * is. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints how many were done in which time, in lines of that width, or in one where it is
 * 0; the same for what follows. */
void text_items_print_end(FILE *out, int width, const struct result *result);

/* Prints what is projected, the first ones that failed and how, and the log's name. */
void text_items_print(FILE *out, int width, const struct result *result);
