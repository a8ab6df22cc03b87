// SPDX-License-Identifier: MIT
#include "picture/part_history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/cpus_rows.h"
#include "experiment/history.h"
#include "picture/part_steps.h"

enum {
    ROW_MIN = 3,      /* points: less cannot be told apart */
    LABEL_MIN = 15,   /* the same of what has a name */
    LABEL_LARGE = 22, /* more than that and names are larger */
    LABEL_GAP = 8,    /* between a name and its rows */
    NAME_SIZE = 14,
    LABEL_SIZE = NAME_SIZE + 4,
    FINE = 4, /* columns to a point where samples are few */
    STRIPE = 4,
    BAR_HEIGHT = 8, /* of what is but a length, … */
    NOTE_DOWN = 24, /* … and down to why it is */
};

static const double KERNEL_FROM = 0.05, STEAL_FROM = 0.01; /* as in the screens' bars */
static const double LIFTED = 0.75;                         /* points */
static const double SNAP = 0.5; /* a pixel: what ends on one is sharp */

/* Where the rows are: blocks have names, and are of one row or several. */
struct rows {
    struct cpus_rows blocks, rows;
    double block_height, block_gap, pitch, gap;
};

static double snap(double length)
{
    return floor(length / SNAP) * SNAP;
}

static void lay_out(struct rows *rows, const struct machine *machine, double height)
{
    size_t most = (size_t)fmax(height / LABEL_MIN, 1);
    cpus_rows_init(&rows->blocks, machine, most);
    struct cpus_rows *blocks = &rows->blocks;
    size_t siblings = (size_t)blocks->cpus.siblings;
    if (blocks->size < siblings) { /* a core's CPUs have its name together */
        blocks->size = siblings;
        blocks->count = (blocks->cpus.count + siblings - 1) / siblings;
    }
    cpus_rows_fit(blocks, machine, false, NAME_SIZE);
    double block = height / fmax((double)blocks->count, 1);
    size_t in_block = (size_t)fmax(block / ROW_MIN, 1);
    rows->rows = *blocks;
    rows->rows.size =
        blocks->size <= in_block ? 1 : cpus_rows_divide(blocks->size, in_block);
    rows->rows.count = (blocks->cpus.count + rows->rows.size - 1) / rows->rows.size;
    in_block = (blocks->size + rows->rows.size - 1) / rows->rows.size;
    rows->block_height = snap(block);
    rows->block_gap = block >= 40 ? 4 : block >= 20 ? 3 : 2;
    rows->pitch = snap((rows->block_height - rows->block_gap) / (double)in_block);
    rows->gap = in_block == 1 ? 0 : rows->pitch >= 8 ? 1 : SNAP;
    rows->block_gap = rows->block_height - rows->pitch * (double)in_block;
}

static struct drawing_box row_box(
    const struct rows *rows, const struct drawing_box *box, size_t row)
{
    size_t in_block = (rows->blocks.size + rows->rows.size - 1) / rows->rows.size;
    double y = box->y + (double)(row / in_block) * rows->block_height +
               (double)(row % in_block) * rows->pitch;
    return (struct drawing_box){box->x, y, box->width, rows->pitch - rows->gap};
}

/* A block's name; if `worded`, numbers say what they count. */
static void write_label(const struct page *page, const struct rows *rows, size_t block,
    bool worded, char text[LABEL_SIZE])
{
    char name[NAME_SIZE];
    cpus_rows_name(&rows->blocks, &page->result->machine, block, sizeof name, name);
    bool numbers = name[strspn(name, "0123456789-,")] == '\0';
    snprintf(text, LABEL_SIZE, "%s%s", worded && numbers ? "CPU " : "", name);
}

/* Whether there is room for words before the last one's numbers, the longest. */
static bool has_room(const struct page *page, const struct rows *rows, double size)
{
    const struct drawing_text place = {.size = size};
    char text[LABEL_SIZE] = "";
    if (rows->blocks.count > 0)
        write_label(page, rows, rows->blocks.count - 1, true, text);
    return drawing_extent(page->drawing, &place, text) <= PAGE_LABELS - LABEL_GAP;
}

static void draw_labels(
    const struct page *page, const struct part_history *history, const struct rows *rows)
{
    bool large = rows->block_height >= LABEL_LARGE && has_room(page, rows, PAGE_NOTE);
    bool worded = large || has_room(page, rows, PAGE_SMALL);
    double size = large ? PAGE_NOTE : PAGE_SMALL;
    for (size_t i = 0; i < rows->blocks.count; i++) {
        char text[LABEL_SIZE];
        double middle =
            history->box.y + ((double)i + 0.5) * rows->block_height - rows->block_gap / 2;
        write_label(page, rows, i, worded, text);
        drawing_text(page->drawing,
            &(struct drawing_text){.x = history->box.x - LABEL_GAP,
                .y = middle + 0.36 * size,
                .anchor = DRAWING_RIGHT,
                .size = size,
                .ink = INK_NOTE},
            text);
    }
}

/* What was measured, by columns of all rows. */
struct shares {
    size_t columns;
    double width;                       /* of a column; the last one may be cut */
    float *busy, *system, *irq, *steal; /* NULL: none anywhere */
};

static float *shares_of(
    const struct result_stage *stage, struct history_setup setup, enum result_mode mode)
{
    setup.modes = 1U << mode;
    return stage->samples.modes[mode] ? history_shares(&setup) : NULL;
}

/* Of samples that end before the stage does, or have nothing of a CPU in the
 * last one, what was before goes on, if that is less than a sample. */
static void extend(float shares[], size_t columns, size_t most)
{
    size_t known = columns;
    while (known > 0 && shares[known - 1] < 0)
        known--;
    if (known == 0 || columns - known >= most)
        return;
    for (size_t i = known; i < columns; i++)
        shares[i] = shares[known - 1];
}

static void extend_rows(const struct shares *shares, size_t rows, size_t most)
{
    float *const all[] = {shares->busy, shares->system, shares->irq, shares->steal};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t row = 0; all[i] && row < rows; row++)
            extend(all[i] + row * shares->columns, shares->columns, most);
}

/* Columns as fine as a quarter of a pixel show where few samples begin. */
static void take_shares(struct shares *shares, const struct page *page,
    const struct part_history *history, const struct rows *rows)
{
    const struct result_stage *stage = history->stage;
    double width = history->box.width;
    bool few = (double)stage->samples.count * 8 < width;
    int64_t until_ns = result_measured_ns(stage);
    int64_t column_ns =
        (int64_t)((double)history->axis.end_ns / width / (few ? FINE : 1));
    if (column_ns < 1)
        column_ns = 1;
    if (until_ns > stage->elapsed_ns)
        until_ns = stage->elapsed_ns;
    if (until_ns > history->axis.end_ns)
        until_ns = history->axis.end_ns;
    if (until_ns < 0)
        until_ns = 0;
    int *row_of = cpus_rows_of(&rows->rows, &page->result->machine, stage);
    struct history_setup setup = {.stage = stage,
        .until_ns = until_ns,
        .column_ns = column_ns,
        .columns = (size_t)((until_ns + column_ns - 1) / column_ns),
        .groups = rows->rows.count,
        .group_of = row_of};
    *shares = (struct shares){setup.columns,
        width * (double)column_ns / (double)history->axis.end_ns, history_shares(&setup),
        shares_of(stage, setup, RESULT_SYSTEM), shares_of(stage, setup, RESULT_IRQ),
        shares_of(stage, setup, RESULT_STEAL)};
    free(row_of);
    /* One more: the last sample may be cut within a column. */
    extend_rows(shares, setup.groups, (size_t)(stage->samples.period_ns / column_ns) + 1);
}

static void shares_finish(struct shares *shares)
{
    free(shares->busy);
    free(shares->system);
    free(shares->irq);
    free(shares->steal);
}

/* One CPU shows, among however many; next to nothing does not. */
static int level_of(double share, double height, size_t cpus)
{
    double least = fmin(share * (double)cpus, 1) * LIFTED;
    double points = fmax(share * height, least);
    return points < SNAP ? 0 : (int)lround(points * PART_STEPS_FINE);
}

static double at(const float shares[], size_t i)
{
    return shares ? fmax((double)shares[i], 0) : 0;
}

/* One row's steps, to be drawn mode by mode. */
struct row_steps {
    const struct drawing *drawing;
    const struct shares *shares;
    struct part_steps steps;
    size_t first; /* element of the shares */
    double height;
    size_t cpus;
    int *low, *high;
};

/* Returns whether anything is. */
static bool draw_known(const struct row_steps *row)
{
    bool known = false;
    for (size_t i = 0; i < row->steps.columns; i++) {
        bool has = row->shares->busy[row->first + i] >= 0;
        row->high[i] = has ? (int)lround(row->height * PART_STEPS_FINE) : 0;
        known = known || has;
    }
    part_steps_draw(row->drawing, &row->steps, INK_EMPTY);
    return known;
}

static void draw_busy(const struct row_steps *row)
{
    for (size_t i = 0; i < row->steps.columns; i++)
        row->high[i] =
            level_of(at(row->shares->busy, row->first + i), row->height, row->cpus);
    part_steps_draw(row->drawing, &row->steps, INK_BUSY);
}

/* The kernel's part is the upper one of what is busy, and of that the interrupts'. */
static bool draw_kernel(const struct row_steps *row, bool irq)
{
    for (size_t i = 0; i < row->steps.columns; i++) {
        double busy = at(row->shares->busy, row->first + i);
        double interrupts = at(row->shares->irq, row->first + i);
        double kernel = at(row->shares->system, row->first + i) + interrupts;
        bool counts = kernel >= KERNEL_FROM;
        row->high[i] = level_of(busy, row->height, row->cpus);
        row->low[i] = row->high[i];
        if (counts)
            row->low[i] =
                level_of(fmax(busy - (irq ? interrupts : kernel), 0), row->height, 0);
    }
    return part_steps_draw(row->drawing, &row->steps, irq ? INK_IRQ : INK_SYSTEM);
}

/* What the host took stands on what was had. */
static bool draw_steal(const struct row_steps *row)
{
    for (size_t i = 0; i < row->steps.columns; i++) {
        double busy = at(row->shares->busy, row->first + i);
        double steal = at(row->shares->steal, row->first + i);
        row->low[i] = level_of(busy, row->height, row->cpus);
        row->high[i] = row->low[i];
        if (steal >= STEAL_FROM)
            row->high[i] = level_of(fmin(busy + steal, 1), row->height, 0);
    }
    return part_steps_draw(row->drawing, &row->steps, INK_STEAL);
}

/* What a row was on the mean goes on to the stage's end, in stripes. */
static void draw_projected(const struct row_steps *row, double end_x)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < row->steps.columns; i++) {
        known += row->shares->busy[row->first + i] >= 0;
        sum += at(row->shares->busy, row->first + i);
    }
    double share = known > 0 ? sum / known : 0, x = row->steps.end_x;
    double height = (double)level_of(share, row->height, row->cpus) / PART_STEPS_FINE;
    struct drawing_box rest = {
        x, row->steps.base_y - row->height, end_x - x, row->height};
    drawing_box(row->drawing, &rest, INK_EMPTY);
    if (height < LIFTED)
        return;
    for (x += STRIPE / 2.0; x < end_x; x += STRIPE) {
        struct drawing_box stripe = {
            x, row->steps.base_y - height, fmin(STRIPE / 2.0, end_x - x), height};
        drawing_box(row->drawing, &stripe, INK_BUSY);
    }
}

/* Returns 1 << INK_... of what is drawn apart. */
static unsigned draw_row(const struct row_steps *row, double end_x)
{
    struct row_steps upper = *row;
    unsigned inks = 0;
    bool known = draw_known(row);
    draw_busy(row);
    upper.steps.low = row->low;
    if (row->shares->system || row->shares->irq)
        inks |= (unsigned)draw_kernel(&upper, false) << INK_SYSTEM;
    if (row->shares->irq)
        inks |= (unsigned)draw_kernel(&upper, true) << INK_IRQ;
    if (row->shares->steal)
        inks |= (unsigned)draw_steal(&upper) << INK_STEAL;
    if (known && end_x > row->steps.end_x)
        draw_projected(row, end_x);
    return inks;
}

static double x_of(const struct part_history *history, int64_t t_ns)
{
    int64_t until_ns = t_ns < history->axis.end_ns ? t_ns : history->axis.end_ns;
    return page_x(&history->box, &history->axis, until_ns);
}

/* Of what nothing is known, the length. */
static void draw_length(const struct page *page, const struct part_history *history)
{
    struct drawing_box bar = history->box;
    bar.width = x_of(history, history->stage->elapsed_ns) - bar.x;
    bar.y += (bar.height - BAR_HEIGHT) / 2;
    bar.height = BAR_HEIGHT;
    drawing_box(page->drawing, &bar, INK_BUSY);
    drawing_text(page->drawing,
        &(struct drawing_text){
            .x = bar.x, .y = bar.y + NOTE_DOWN, .size = PAGE_SMALL, .ink = INK_NOTE},
        "no samples of the CPUs");
}

static unsigned draw_rows(const struct page *page, const struct part_history *history,
    const struct rows *rows, const struct shares *shares)
{
    double end_x = x_of(history, history->stage->elapsed_ns);
    double measured_x = x_of(history, result_measured_ns(history->stage));
    unsigned inks = 0;
    int *low = memory_new(shares->columns, sizeof *low);
    int *high = memory_new(shares->columns, sizeof *high);
    for (size_t i = 0; i < rows->rows.count; i++) {
        struct drawing_box box = row_box(rows, &history->box, i);
        struct part_steps steps = {box.x, shares->width, fmin(measured_x, end_x),
            box.y + box.height, shares->columns, NULL, high};
        struct row_steps row = {page->drawing, shares, steps, i * shares->columns,
            box.height, rows->rows.size, low, high};
        inks |= draw_row(&row, end_x);
    }
    free(low);
    free(high);
    return inks;
}

static bool is_known(const struct shares *shares, const struct rows *rows)
{
    for (size_t i = 0; i < rows->rows.count * shares->columns; i++)
        if (shares->busy[i] >= 0)
            return true;
    return false;
}

unsigned part_history_draw(const struct page *page, const struct part_history *history)
{
    struct rows rows;
    struct shares shares;
    unsigned inks = 0;
    lay_out(&rows, &page->result->machine, history->box.height);
    take_shares(&shares, page, history, &rows);
    if (is_known(&shares, &rows)) {
        draw_labels(page, history, &rows);
        inks = draw_rows(page, history, &rows, &shares);
    } else {
        draw_length(page, history);
    }
    shares_finish(&shares);
    cpus_rows_finish(&rows.blocks);
    return inks;
}
