// SPDX-License-Identifier: MIT
#include "ui/verdict.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/outline.h"
#include "experiment/words_meters.h"
#include "experiment/words_outcome.h"
#include "model/labels.h"
#include "ui/digits.h"

enum { BETWEEN_NAMES = 2, NAME_SIZE = 64 };

static_assert(sizeof((struct glyphs *)NULL)->part >= WORDS_PARTS_MAX * sizeof(wchar_t),
    "each part has a glyph of its own");

static const double WORTH_NAMING = 0.005; /* of a CPU */

bool verdict_draw_digits(
    struct canvas *canvas, const struct area *area, const struct result *result)
{
    char text[32];
    if (!result->comparison.has || result->comparison.doubtful)
        return false;
    outline_format_times(result->comparison.speedup, sizeof text - 1, text);
    text_append(sizeof text, text, "x");
    int scale = digits_scale(text, area->rows, area->columns);
    if (scale == 0)
        return false;
    int row = area->row + (area->rows - scale * DIGITS_ROWS + 1) / 2;
    int column = area->column + area->columns - digits_width(text, scale);
    digits_draw(canvas, &(struct digits){row, column, scale, STYLE_STRONG}, text);
    return true;
}

int verdict_draw_sentence(
    struct canvas *canvas, struct area area, const struct result *result)
{
    char text[WORDS_OUTCOME_SIZE];
    words_outcome(result, sizeof text, text);
    canvas_rest(canvas, area.row, area.column);
    return canvas_paragraph(canvas, area, STYLE_STRONG, text);
}

/* The parts of a bar, and where each ends. */
struct bar_parts {
    size_t count;
    struct words_part parts[WORDS_PARTS_MAX];
    int ends[WORDS_PARTS_MAX];
};

/* A part below 0 takes no room. */
static void place_parts(int columns, struct bar_parts *bar)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < bar->count; i++)
        total += fmax(bar->parts[i].share, 0);
    for (size_t i = 0; i < bar->count; i++) {
        sum += fmax(bar->parts[i].share, 0);
        bar->ends[i] = total > 0 ? (int)lround(sum / total * columns) : 0;
    }
}

/* The names stand over the beginnings of their parts as far as they can, the last one
 * ends with the bar.  False where there is no room for all. */
static bool draw_names(struct canvas *canvas, const struct area *row,
    const struct bar_parts *bar, bool brief)
{
    char names[WORDS_PARTS_MAX][NAME_SIZE];
    struct label labels[WORDS_PARTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < bar->count; i++) {
        if (!words_part_label(bar->parts, i, brief, NAME_SIZE, names[count]))
            continue;
        labels[count].wish = i > 0 ? bar->ends[i - 1] : 0;
        labels[count].size = canvas_width_of(names[count]);
        count++;
    }
    if (!labels_spread(count, labels, row->columns, BETWEEN_NAMES))
        return false;
    for (size_t i = 0; i < count; i++)
        canvas_text(
            canvas, row->row, row->column + (int)labels[i].at, STYLE_TEXT, names[i]);
    return true;
}

/* As many parts as there is room to name, in brief if need be; the rest is one of them.
 */
static void choose_parts(struct canvas *canvas, const struct area *area,
    const struct account *account, struct bar_parts *ret_bar)
{
    for (size_t room = WORDS_PARTS_MAX; room >= 2; room--) {
        ret_bar->count = words_account(account, room, ret_bar->parts);
        place_parts(area->columns, ret_bar);
        if (ret_bar->count == 0 || draw_names(canvas, area, ret_bar, false) ||
            draw_names(canvas, area, ret_bar, true))
            return;
    }
}

/* No two look alike, also without colours. */
void verdict_draw_account(
    struct canvas *canvas, const struct area *area, const struct result *result)
{
    static const enum style styles[WORDS_PARTS_MAX] = {STYLE_BUSY, STYLE_SYSTEM,
        STYLE_STEAL, STYLE_IRQ, STYLE_OTHER, STYLE_SYSTEM, STYLE_STEAL, STYLE_IRQ,
        STYLE_OTHER};
    const struct account *account = words_outcome_account(result);
    struct bar_parts parts = {.count = 0};
    if (!account)
        return;
    choose_parts(canvas, area, account, &parts);
    struct area bar = {area->row + 1, area->column, 1, 0};
    for (size_t i = 0; i < parts.count; i++) {
        int begin = i > 0 ? parts.ends[i - 1] : 0;
        bar.column = area->column + begin;
        bar.columns = parts.ends[i] - begin;
        canvas_fill(canvas, bar, styles[i], canvas_glyphs(canvas)->part[i]);
    }
}

/* What the sensors said, where there is room for it. */
static void append_meters(
    const struct result_stage *stage, int columns, size_t size, char text[])
{
    char said[80];
    words_meters_stage(stage, sizeof said, said);
    if (*said && canvas_width_of(text) + 2 + canvas_width_of(said) <= columns)
        text_append(size, text, "  %s", said);
}

static void draw_stage_details(
    struct canvas *canvas, struct area line, const struct result_stage *stage)
{
    char name[48];
    double user = 0, nice = 0, system = 0, irq = 0, steal = 0;
    words_stage(stage, sizeof name, name);
    for (size_t i = 0; i < stage->cpu_count; i++) {
        if (stage->cpus[i].busy < 0)
            continue;
        user += stage->cpus[i].user;
        nice += stage->cpus[i].nice;
        system += stage->cpus[i].system;
        irq += stage->cpus[i].irq;
        steal += stage->cpus[i].steal;
    }
    const struct {
        const char *name;
        double cpus;
    } modes[] = {{"user", user}, {"nice", nice}, {"system", system}, {"interrupts", irq},
        {"stolen", steal}};
    char text[256], time[32];
    snprintf(time, sizeof time, "dt=%.3fs", (double)stage->elapsed_ns / NS_PER_S);
    snprintf(text, sizeof text, "%-20s %-11s  CPUs:", name, time);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (modes[i].cpus >= WORTH_NAMING)
            text_append(sizeof text, text, " %s %.2f", modes[i].name, modes[i].cpus);
    append_meters(stage, line.columns, sizeof text, text);
    canvas_paragraph(canvas, line, STYLE_TEXT, text);
}

static void draw_figures(
    struct canvas *canvas, struct area line, const struct result_comparison *comparison)
{
    char text[256], interval[64] = "", serial[64] = "";
    if (comparison->has_interval)
        snprintf(interval, sizeof interval, " (95 %%: %.2f to %.2f)",
            comparison->interval_low, comparison->interval_high);
    if (!isnan(comparison->karp_flatt))
        snprintf(serial, sizeof serial, "   Karp-Flatt e = %.3f", comparison->karp_flatt);
    snprintf(text, sizeof text, "S = %.2f%s of %.2f   E = %.2f%s   %d run%s each",
        comparison->speedup, interval, comparison->bound, comparison->efficiency, serial,
        comparison->pairs, comparison->pairs == 1 ? "" : "s");
    canvas_paragraph(canvas, line, STYLE_TEXT, text);
}

static int draw_energy(
    struct canvas *canvas, struct area area, const struct result *result)
{
    char text[240];
    words_meters_energy(result, sizeof text, text);
    area.rows = *text ? canvas_paragraph_rows(text, area.columns) : 0;
    return canvas_paragraph(canvas, area, STYLE_TEXT, text);
}

int verdict_draw_details(
    struct canvas *canvas, struct area area, const struct result *result)
{
    static const enum result_stage_kind kinds[] = {RESULT_SEQUENTIAL, RESULT_PARALLEL};
    int first = area.row;
    area.rows = 1;
    for (int i = 0; i < 2; i++) {
        const struct result_stage *stage = comparison_usual_stage(result, kinds[i]);
        if (stage)
            draw_stage_details(canvas, area, stage);
        area.row += stage != NULL;
    }
    if (result->comparison.has) {
        draw_figures(canvas, area, &result->comparison);
        area.row++;
    }
    area.row += draw_energy(canvas, area, result);
    return area.row - first;
}
