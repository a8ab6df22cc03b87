// SPDX-License-Identifier: MIT
#pragma once
/* The folder with the results of an item: files `stdout`, `stderr`, and `result.json`,
 * which has the line of the log. */
#include <stddef.h>

#include "base/fault.h"
#include "experiment/experiment.h"
#include "experiment/result.h"
#include "report/outlet_copy.h"

/* "DIR/7-mouse.h5": its number counted from 1, and its end, as a file can be called; of a
 * loop body "DIR/6", the index as that counts. */
void outlet_results_name(
    const char *results, const struct result_item *item, size_t size, char path[]);

/* Makes the folder of that name, and the files in it, each whole or not at all; what
 * there was is replaced.  All is synced.  Returns 0 or -errno with `fault`. */
int outlet_results_write(const char *path, const struct result_record *record,
    const struct experiment_output *output, struct outlet_copier *copier,
    struct fault *fault);
