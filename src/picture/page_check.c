// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "experiment/words_check.h"
#include "picture/page.h"
#include "picture/part_check_cells.h"
#include "picture/part_check_facts.h"

enum {
    VERDICT_SIZE = 40,
    VERDICT_HEIGHT = 56,
    SUMMARY_LINES = 3,
    BESIDE = 28,
    BETWEEN = 14,
    FIGURES_LEAST = 4 * 17, /* kept for them where findings are many */
    CELLS_HEAD = 20,
    CELLS_BAR = 32,
    TITLE_SIZE = 128,
    TEXT_SIZE = 512
};

/* Of the room. */
static const double CELLS_GOOD = 0.5, CELLS_LEAST = 0.42;

static void draw_title(const struct page *page, double *ret_top)
{
    const struct result_check *check = &page->result->check;
    char title[TITLE_SIZE];
    snprintf(title, sizeof title, "Check%s%s", *check->host ? " of " : "", check->host);
    *ret_top = page_draw_headline(page, title);
}

/* The word in large letters, what it comes to beside it.  Returns the y below. */
static double draw_verdict(const struct page *page, double top)
{
    const struct result_check *check = &page->result->check;
    struct drawing_text place = {.x = PAGE_MARGIN,
        .y = top + VERDICT_SIZE * 0.8,
        .size = VERDICT_SIZE,
        .bold = true,
        .ink = check->verdict == CHECK_FAIL ? INK_FAILED : INK_TEXT};
    const char *word = check_verdict_names[check->verdict];
    double width = drawing_extent(page->drawing, &place, word);
    char summary[TEXT_SIZE];
    drawing_text(page->drawing, &place, word);
    words_check_summary(page->result, sizeof summary, summary);
    if (!check->measured)
        text_append(sizeof summary, summary, " Nothing was run.");
    place = (struct drawing_text){
        .x = PAGE_MARGIN + width + BESIDE, .size = PAGE_MEDIUM, .ink = INK_TEXT};
    double room = PAGE_WIDTH - PAGE_MARGIN - place.x;
    int lines =
        drawing_paragraph_lines(page->drawing, &place, room, SUMMARY_LINES, summary);
    double above = (VERDICT_SIZE - lines * drawing_leading(&place)) / 2;
    place.y = top + fmax(above, -2) + PAGE_MEDIUM;
    drawing_paragraph(page->drawing, &place, room, SUMMARY_LINES, summary);
    return top + VERDICT_HEIGHT;
}

/* The room that cells would like to have: bars as thick as they get, or a good part. */
static double wish_for_cells(const struct page *page, double room)
{
    double count = (double)page->result->machine.cpu_count;
    return fmin(CELLS_HEAD + count * CELLS_BAR, CELLS_GOOD * room);
}

/* Texts as large as leaves the cells their room, which else is a part of all for sure. */
static double share_out(
    const struct page *page, double room, struct part_check_facts *ret_facts)
{
    static const double sizes[] = {14, PAGE_SMALL};
    const double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
    double wish = wish_for_cells(page, room), cells = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && cells < wish; i++) {
        *ret_facts = (struct part_check_facts){page, sizes[i]};
        cells = room - 2 * BETWEEN - part_check_findings_height(ret_facts, width) -
                part_check_figures_height(ret_facts, width);
    }
    return fmax(cells, fmin(wish, CELLS_LEAST * room));
}

static void draw(const struct page *page)
{
    const double end = PAGE_HEIGHT - PAGE_MARGIN;
    struct part_check_facts facts;
    double top;
    draw_title(page, &top);
    top = draw_verdict(page, top);
    double cells = share_out(page, end - top, &facts);
    struct drawing_box box = {PAGE_MARGIN, top, PAGE_WIDTH - 2 * PAGE_MARGIN, cells};
    box.y = part_check_cells_draw(page, &box) + BETWEEN;
    double findings = part_check_findings_height(&facts, box.width);
    if (findings > 0) {
        double figures =
            fmin(part_check_figures_height(&facts, box.width), FIGURES_LEAST);
        box.height = fmin(findings, end - box.y - BETWEEN - figures);
        box.y = part_check_findings_draw(&facts, &box) + BETWEEN;
    }
    box.height = end - box.y;
    part_check_figures_draw(&facts, &box);
}

const struct page_ops page_check = {.draw = draw};
