// SPDX-License-Identifier: MIT
#pragma once
/* A loop of the user's own for people: what failed, and where all of it is. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints what is projected, the first ones that failed and how, and the log's name, in
 * lines of that width, or in one each where it is 0. */
void text_items_print(FILE *out, int width, const struct result *result);
