// SPDX-License-Identifier: MIT
#pragma once
/* Where the workers' time went: one bar, the names of its parts over them. */
#include "picture/page.h"

enum { PART_ACCOUNT_HEIGHT = 40 };

/* In a box of that height; nothing where nothing is known. */
void part_account_draw(const struct page *page, const struct drawing_box *box);

/* Whether there is something to draw. */
bool part_account_has(const struct page *page);
