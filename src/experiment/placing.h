// SPDX-License-Identifier: MIT
#pragma once
/* Where tasks and workers are placed: which task comes first, which worker runs where. */
#include <stddef.h>

#include "experiment/result.h"
#include "pool/order.h"

/* The order that --order longest asks for, by the times of a sequential stage; caller
 * destroys it.  Tasks whose times were summed count as equal. */
struct order *placing_longest_first(const struct result_stage *sequential, int64_t tasks);

/* The CPUs that --pin asks for, by their ids; none on a simulated machine, where no
 * worker is.  Remarks what is other than a CPU for each of the workers.  Returns their
 * number; caller frees *ret_pins. */
size_t placing_pins(struct result *result, int **ret_pins);
