// SPDX-License-Identifier: MIT
#pragma once
/* The times of a worker's processes, added up. */
#include "pool/member_state.h"

/* Adds those of the present process, which has ended but is still there to be asked. */
void reckoning_add(struct member *member, const struct table_state *state);
