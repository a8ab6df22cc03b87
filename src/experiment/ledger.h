// SPDX-License-Identifier: MIT
#pragma once
/* The ledger of a stage of a loop of the user's own: what has become of its tasks, as
 * they are told one by one, and what of that a screen shows. */
#include <stdbool.h>
#include <stdint.h>

#include "experiment/result.h"
#include "experiment/scene.h"
#include "experiment/stage.h"
#include "workload/items.h"

struct ledger;

/* `store` holds the items, NULL without; borrowed. */
struct ledger *ledger_create(const struct items *store);
void ledger_destroy(struct ledger *ledger); /* NULL is fine */

/* Whether the task is told for the first time; the next time it is not. */
bool ledger_is_new(struct ledger *ledger, int64_t index);

/* What ended: its record, in the stage's time, and the last line that it wrote to its
 * standard error. */
void ledger_take(
    struct ledger *ledger, const struct result_record *record, const char *last_line);

/* Keeps record.item for the result, in what room there is; else frees it. */
void ledger_keep(struct ledger *ledger, const struct result_record *record);

/* Gives the items that are kept to the records of their tasks.  Without `to_keep` the
 * records borrow them; with it they own them. */
void ledger_attach(struct ledger *ledger, struct result_stage *stage, bool to_keep);

/* What the median of those that ended well is, 0 while fewer than three have. */
int64_t ledger_median_ns(struct ledger *ledger);

/* What all tasks took together, and their CPU time, which several threads used. */
int64_t ledger_tasks_ns(const struct ledger *ledger);
int64_t ledger_cpu_ns(const struct ledger *ledger);
int64_t ledger_user_ns(const struct ledger *ledger);
int64_t ledger_system_ns(const struct ledger *ledger);
int64_t ledger_failed(const struct ledger *ledger);
int64_t ledger_ended(const struct ledger *ledger);

/* Looks at what is under way. */
void ledger_look(struct ledger *ledger, const struct stage *stage);

/* For the scene; what the ledger does not know (whole, total, before, closing, workers,
 * log, warning, sampled) is for the caller to fill in. */
struct scene_items *ledger_items(struct ledger *ledger);
