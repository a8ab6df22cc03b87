// SPDX-License-Identifier: MIT
#include "picture/picture.h"

#include "picture/page.h"

static const struct page_ops *choose_page(
    const struct result *result, enum picture_kind kind)
{
    if (kind == PICTURE_STAGE)
        return &page_stage;
    if (kind == PICTURE_TASKS)
        return &page_tasks;
    if (result->check.has)
        return &page_check;
    if (result->programs.count > 0)
        return &page_programs;
    return result->sweep.has ? &page_sweep : &page_compare;
}

int picture_write(const struct result *result, const struct picture_setup *setup,
    char **ret_data, size_t *ret_size, struct fault *fault)
{
    const struct paper_setup sheet = {.form = setup->form,
        .width = PAGE_WIDTH,
        .height = PAGE_HEIGHT,
        .dark = setup->dark,
        .title = result->plan.title};
    struct paper *paper;
    int error = paper_create(&sheet, &paper, fault);
    if (error < 0)
        return error;
    struct page page = {paper_drawing(paper), result, setup->stage};
    choose_page(result, setup->kind)->draw(&page);
    error = paper_finish(paper, ret_data, ret_size, fault);
    paper_destroy(paper);
    return error;
}
