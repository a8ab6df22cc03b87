// SPDX-License-Identifier: MIT
#pragma once
/* A task that has cost too many workers to be tried again. */
#include "pool/member_state.h"

/* It was ended, with its worker, because it has taken too long. */
bool failure_is_overdue(const struct member *member, int64_t index);

/* It leaves a record, as the others do, and is told where they are: its last worker ended
 * as `info` says. */
void failure_note(
    struct member *member, const struct leftover_verdict *verdict, const siginfo_t *info);
