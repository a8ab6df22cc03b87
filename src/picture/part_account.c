// SPDX-License-Identifier: MIT
#include "picture/part_account.h"

#include <math.h>
#include <string.h>

#include "experiment/words_outcome.h"
#include "model/labels.h"

enum {
    BAR_HEIGHT = 10,
    BETWEEN_NAMES = 16,
    NAME_SIZE = 64,
    BELOW_NAME = 4, /* from its baseline to where a line from it begins */
    LEAST = 2       /* points: what is named is seen */
};

static const double GAP = 1.5;    /* between two parts */
static const double LINE_GAP = 1; /* from a line's end to the part */

/* A term has its colour in every picture. */
static enum ink ink_of(const char *name)
{
    static const struct {
        const char *name;
        enum ink ink;
    } terms[] = {
        {"work", INK_BUSY},
        {"slower than alone", INK_OTHER}, /* the CPU is at work here, too */
        {"waiting for a CPU", INK_WAITING},
        {"blocked or stolen", INK_BLOCKED},
        {"waiting, blocked or stolen", INK_BLOCKED},
        {"starting", INK_STARTING},
        {"preparing, alone", INK_PREPARING},
        {"handing out", INK_TEXT},
        {"idle at the end", INK_ENDED},
    };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (strcmp(terms[i].name, name) == 0)
            return terms[i].ink;
    return INK_EMPTY;
}

/* A named part: where it is, and where its name. */
struct piece {
    char name[NAME_SIZE];
    double share;
    double begin, end; /* points from the bar's left end */
    enum ink ink;
};

struct bar {
    double size; /* of the names */
    size_t count;
    struct piece pieces[WORDS_PARTS_MAX];
    struct label labels[WORDS_PARTS_MAX];
};

static void add_piece(const struct page *page, const struct words_part *part,
    const char *name, struct bar *bar)
{
    const struct drawing_text place = {.size = bar->size};
    struct piece *piece = &bar->pieces[bar->count];
    memcpy(piece->name, name, NAME_SIZE);
    piece->ink = ink_of(part->name);
    piece->share = part->share;
    bar->labels[bar->count].size = drawing_extent(page->drawing, &place, name);
    bar->count++;
}

/* What is next to nothing has no name, and then no part either. */
static void take_pieces(const struct page *page, size_t count,
    const struct words_part parts[], bool brief, struct bar *bar)
{
    char name[NAME_SIZE];
    bar->count = 0;
    for (size_t i = 0; i < count; i++)
        if (words_part_label(parts, i, brief, NAME_SIZE, name))
            add_piece(page, &parts[i], name, bar);
}

/* In points, if so many are the whole. */
static double length_of(const struct piece *piece, double unit)
{
    return fmax(piece->share * unit, LEAST);
}

static void place_pieces(struct bar *bar, double width)
{
    double shares = 0, lengths = 0, end = 0;
    for (size_t i = 0; i < bar->count; i++)
        shares += bar->pieces[i].share;
    double unit = shares > 0 ? width / shares : 0;
    for (size_t i = 0; i < bar->count; i++)
        lengths += length_of(&bar->pieces[i], unit);
    for (size_t i = 0; i < bar->count; i++) {
        struct piece *piece = &bar->pieces[i];
        piece->begin = end;
        if (lengths > 0)
            end += length_of(piece, unit) / lengths * width;
        piece->end = end;
        bar->labels[i].wish = piece->begin;
    }
}

/* As many parts as there is room to name, smaller and in brief if need be; the rest is
 * one of them. */
static void choose_pieces(const struct page *page, const struct drawing_box *box,
    const struct account *account, struct bar *ret_bar)
{
    for (size_t room = WORDS_PARTS_MAX; room >= 2; room--) {
        struct words_part parts[WORDS_PARTS_MAX];
        size_t count = words_account(account, room, parts);
        for (int i = 0; i < 4; i++) {
            ret_bar->size = i < 2 ? PAGE_NOTE : PAGE_SMALL;
            take_pieces(page, count, parts, i % 2 == 1, ret_bar);
            place_pieces(ret_bar, box->width);
            if (labels_spread(ret_bar->count, ret_bar->labels, box->width, BETWEEN_NAMES))
                return;
        }
    }
    ret_bar->count = 0;
}

/* Whether a name is over its part, and over no other one. */
static bool stands_over(const struct label *label, const struct piece *piece)
{
    return label->at >= piece->begin - LEAST &&
           label->at + label->size <= piece->end + LEAST;
}

/* From the nearest place below the name to the middle of its part. */
static void draw_leader(const struct page *page, const struct drawing_box *box,
    const struct label *label, const struct piece *piece)
{
    double middle = (piece->begin + piece->end) / 2;
    double from = fmin(fmax(middle, label->at), label->at + label->size);
    double end_y = box->y + PART_ACCOUNT_HEIGHT - BAR_HEIGHT - LINE_GAP;
    struct drawing_point line[] = {
        {box->x + from, box->y + PAGE_NOTE + BELOW_NAME}, {box->x + middle, end_y}};
    drawing_line(page->drawing, 2, line, 1, INK_IDEAL);
}

static void draw_piece(const struct page *page, const struct drawing_box *box,
    const struct label *label, const struct piece *piece, double size)
{
    struct drawing_text place = {
        .x = box->x + label->at, .y = box->y + PAGE_NOTE, .size = size, .ink = INK_TEXT};
    drawing_text(page->drawing, &place, piece->name);
    if (!stands_over(label, piece))
        draw_leader(page, box, label, piece);
    bool last = piece->end >= box->width - LEAST / 2.0;
    double gap = last ? 0 : fmin(GAP, (piece->end - piece->begin) / 2);
    struct drawing_box part = {box->x + piece->begin,
        box->y + PART_ACCOUNT_HEIGHT - BAR_HEIGHT, piece->end - piece->begin - gap,
        BAR_HEIGHT};
    drawing_box(page->drawing, &part, piece->ink);
}

bool part_account_has(const struct page *page)
{
    return words_outcome_account(page->result) != NULL;
}

void part_account_draw(const struct page *page, const struct drawing_box *box)
{
    const struct account *account = words_outcome_account(page->result);
    struct bar bar = {.count = 0};
    if (!account)
        return;
    choose_pieces(page, box, account, &bar);
    for (size_t i = 0; i < bar.count; i++)
        draw_piece(page, box, &bar.labels[i], &bar.pieces[i], bar.size);
}
