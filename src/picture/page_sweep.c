// SPDX-License-Identifier: MIT
#include "picture/page.h"

static void draw(const struct page *page)
{
    page_draw_headline(page, page->result->plan.title);
}

const struct page_ops page_sweep = {.draw = draw};
