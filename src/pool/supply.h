// SPDX-License-Identifier: MIT
#pragma once
/* Waiting for more tasks: who waits sleeps in the kernel until there is news. */
#include "pool/table.h"

/* Parent side: there is something new for all who wait. */
void supply_announce(struct table_supply *supply);

/* Child side: sleeps until there is other news than that. */
void supply_await(struct table_supply *supply, uint32_t news);
