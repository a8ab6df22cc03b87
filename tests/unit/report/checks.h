// SPDX-License-Identifier: MIT
#pragma once
/* Checks made up for the texts of the report. */
#include "../experiment/made.h"

/* A healthy machine of so many CPUs, two to a core, of two kinds where they are 12. */
void checks_make(struct result *result, int cpus);

/* What makes it fail: a CPU with wrong answers, a slow one, a quota. */
void checks_spoil(struct result *result, int wrong, int slow);
