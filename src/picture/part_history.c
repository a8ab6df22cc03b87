// SPDX-License-Identifier: MIT
#include "picture/part_history.h"

void part_history_draw(const struct page *page, const struct part_history *history)
{
    (void)page;
    (void)history;
}
