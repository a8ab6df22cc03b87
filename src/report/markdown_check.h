// SPDX-License-Identifier: MIT
#pragma once
/* A check of the machine in Markdown. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints the verdict, and tables of what was found, of the figures, the CPUs, every
 * source of a number of CPUs and the inventory. */
void markdown_check_print(FILE *out, const struct result *result);
