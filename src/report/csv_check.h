// SPDX-License-Identifier: MIT
#pragma once
/* The CPUs of a check as CSV. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a row of names and one for each CPU. */
void csv_check_print(FILE *out, const struct result *result);
