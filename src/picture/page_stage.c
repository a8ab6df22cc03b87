// SPDX-License-Identifier: MIT
#include "picture/page.h"
#include "picture/part_remarks.h"
#include "picture/part_stage.h"

enum { BETWEEN = 10 };

static void draw(const struct page *page)
{
    double y = page_draw_headline(page, page->result->plan.title) + BETWEEN;
    double end_y = part_remarks_draw(page, PAGE_HEIGHT - PAGE_MARGIN);
    struct drawing_box box = {PAGE_MARGIN, y, PAGE_WIDTH - 2 * PAGE_MARGIN, end_y - y};
    if (page->stage)
        part_stage_draw_alone(page, &box, page->stage);
}

const struct page_ops page_stage = {.draw = draw};
