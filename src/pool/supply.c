// SPDX-License-Identifier: MIT
#include "pool/supply.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

void supply_announce(struct table_supply *supply)
{
    atomic_fetch_add(&supply->news, 1);
    syscall(SYS_futex, &supply->news, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void supply_await(struct table_supply *supply, uint32_t news)
{
    while (atomic_load(&supply->news) == news)
        syscall(SYS_futex, &supply->news, FUTEX_WAIT, news, NULL, NULL, 0);
}
