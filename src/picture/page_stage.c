// SPDX-License-Identifier: MIT
#include "picture/page.h"
#include "picture/part_stage.h"

enum { BETWEEN = 10 };

static void draw(const struct page *page)
{
    double y = page_draw_headline(page, page->result->plan.title) + BETWEEN;
    struct drawing_box box = {
        PAGE_MARGIN, y, PAGE_WIDTH - 2 * PAGE_MARGIN, PAGE_HEIGHT - PAGE_MARGIN - y};
    if (page->stage)
        part_stage_draw_alone(page, &box, page->stage);
}

const struct page_ops page_stage = {.draw = draw};
