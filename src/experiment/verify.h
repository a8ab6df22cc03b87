// SPDX-License-Identifier: MIT
#pragma once
/* Whether the machine computed rightly. */
#include "experiment/result.h"

/* Compares what the tasks computed, within each stage and between them; says what differs
 * in remarks.  False if something does. */
bool verify_result(struct result *result);
