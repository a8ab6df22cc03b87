// SPDX-License-Identifier: MIT
#pragma once
/* From what a pool tells of a task to its record with its item. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"
#include "experiment/stage.h"
#include "workload/command.h"

/* The record, in the stage's time; its item is the caller's.  `command` is NULL where the
 * loop is none; `keep_output`: the item has what was put out, too. */
struct result_record delivery_record(const struct stage *stage,
    const struct command *command, const struct pool_delivery *delivery,
    bool keep_output);

/* The last line that was written to standard error, without control characters; "". */
void delivery_last_line(const struct pool_delivery *delivery, size_t size, char text[]);

/* Lets go of what was put out. */
void delivery_discard(const struct pool_delivery *delivery);
