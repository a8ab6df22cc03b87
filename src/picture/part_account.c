// SPDX-License-Identifier: MIT
#include "picture/part_account.h"

#include <math.h>

#include "experiment/words_outcome.h"
#include "model/labels.h"

enum { BAR_HEIGHT = 10, BETWEEN_NAMES = 16, NAME_SIZE = 64 };

static const double GAP = 1.5; /* between two parts */

struct bar {
    size_t count;
    struct words_part parts[WORDS_PARTS_MAX];
    double ends[WORDS_PARTS_MAX]; /* points from the bar's left end */
};

/* A part below 0 takes no room. */
static void place_parts(struct bar *bar, double width)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < bar->count; i++)
        total += fmax(bar->parts[i].share, 0);
    for (size_t i = 0; i < bar->count; i++) {
        sum += fmax(bar->parts[i].share, 0);
        bar->ends[i] = total > 0 ? sum / total * width : 0;
    }
}

/* False where there is no room for all. */
static bool draw_names(const struct page *page, const struct drawing_box *box,
    const struct bar *bar, bool brief)
{
    char names[WORDS_PARTS_MAX][NAME_SIZE];
    struct label labels[WORDS_PARTS_MAX];
    struct drawing_text place = {
        .y = box->y + PAGE_SMALL, .size = PAGE_SMALL, .ink = INK_TEXT};
    size_t count = 0;
    for (size_t i = 0; i < bar->count; i++) {
        if (!words_part_label(bar->parts, i, brief, NAME_SIZE, names[count]))
            continue;
        labels[count].wish = i > 0 ? bar->ends[i - 1] : 0;
        labels[count].size = drawing_extent(page->drawing, &place, names[count]);
        count++;
    }
    if (!labels_spread(count, labels, box->width, BETWEEN_NAMES))
        return false;
    for (size_t i = 0; i < count; i++) {
        place.x = box->x + labels[i].at;
        drawing_text(page->drawing, &place, names[i]);
    }
    return true;
}

/* As many parts as there is room to name, in brief if need be; the rest is one of them.
 */
static void choose_parts(const struct page *page, const struct drawing_box *box,
    const struct account *account, struct bar *ret_bar)
{
    for (size_t room = WORDS_PARTS_MAX; room >= 2; room--) {
        ret_bar->count = words_account(account, room, ret_bar->parts);
        place_parts(ret_bar, box->width);
        if (draw_names(page, box, ret_bar, false) || draw_names(page, box, ret_bar, true))
            return;
    }
}

bool part_account_has(const struct page *page)
{
    return words_outcome_account(page->result) != NULL;
}

/* Work has the colour of what counts, and neighbours among the rest are told apart. */
void part_account_draw(const struct page *page, const struct drawing_box *box)
{
    static const enum ink others[] = {INK_RULE, INK_IDEAL};
    const struct account *account = words_outcome_account(page->result);
    struct bar bar = {.count = 0};
    if (!account)
        return;
    choose_parts(page, box, account, &bar);
    struct drawing_box part = {
        .y = box->y + PART_ACCOUNT_HEIGHT - BAR_HEIGHT, .height = BAR_HEIGHT};
    for (size_t i = 0; i < bar.count; i++) {
        double begin = i > 0 ? bar.ends[i - 1] : 0;
        double gap = i + 1 < bar.count ? fmin(GAP, (bar.ends[i] - begin) / 2) : 0;
        part.x = box->x + begin;
        part.width = bar.ends[i] - begin - gap;
        drawing_box(page->drawing, &part, i == 0 ? INK_BUSY : others[i % 2]);
    }
}
