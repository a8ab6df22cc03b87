// SPDX-License-Identifier: MIT
#include "ui/verdict.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/outline.h"
#include "experiment/words_meters.h"
#include "experiment/words_outcome.h"
#include "model/labels.h"
#include "ui/digits.h"
#include "ui/frame.h"

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

int verdict_scroll_sentence(
    struct canvas *canvas, struct area area, const struct result *result, int first)
{
    char sentence[WORDS_OUTCOME_SIZE], *text = sentence;
    words_outcome(result, sizeof sentence, sentence);
    int hidden = canvas_paragraph_rows(sentence, area.columns) - area.rows;
    if (hidden <= 0) {
        verdict_draw_sentence(canvas, area, result);
        return 0;
    }
    canvas_rest(canvas, area.row, area.column);
    for (int line = 0; *text && line - first < area.rows; line++) {
        size_t length = canvas_words(text, area.columns);
        if (line >= first)
            canvas_format(canvas, area.row + line - first, area.column, STYLE_STRONG,
                "%.*s", (int)length, text);
        text += length;
        text += strspn(text, " ");
    }
    return hidden;
}

/* The parts of a bar, and where each ends. */
struct bar_parts {
    size_t count;
    struct words_part parts[WORDS_PARTS_MAX];
    int ends[WORDS_PARTS_MAX];
};

static void place_parts(int columns, struct bar_parts *bar)
{
    double sum = 0;
    for (size_t i = 0; i < bar->count; i++) {
        sum += bar->parts[i].share;
        bar->ends[i] = (int)lround(sum * columns);
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

/* Whether the details have room for columns of their own. */
static bool is_wide(int columns)
{
    return columns >= FRAME_ROOMY_COLUMNS - 2; /* without the margins */
}

/* Which stage, and its time; below each other where there is room for that. */
static void name_stage(
    const struct result_stage *stage, bool wide, size_t size, char text[])
{
    char name[48], time[32];
    words_stage(stage, sizeof name, name);
    if (!wide && stage->kind == RESULT_SEQUENTIAL)
        text_copy(sizeof name, name, "one by one");
    snprintf(time, sizeof time, "dt=%.3fs", (double)stage->elapsed_ns / NS_PER_S);
    snprintf(text, size, wide ? "%-20s %-11s" : "%-12s %s", name, time);
}

/* The modes that CPU time was seen in, as many as there is room for. */
static void append_modes(
    const struct result_stage *stage, int columns, size_t size, char text[])
{
    double user = 0, nice = 0, system = 0, irq = 0, steal = 0;
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
    const char *head = is_wide(columns) ? "  CPUs:" : " CPUs:";
    char mode[48];
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        snprintf(mode, sizeof mode, "%s %s %.2f", head, modes[i].name, modes[i].cpus);
        if (modes[i].cpus < WORTH_NAMING ||
            canvas_width_of(text) + canvas_width_of(mode) > columns)
            continue;
        text_append(size, text, "%s", mode);
        head = "";
    }
}

static void draw_stage_details(
    struct canvas *canvas, struct area line, const struct result_stage *stage)
{
    char text[256];
    name_stage(stage, is_wide(line.columns), sizeof text, text);
    append_modes(stage, line.columns, sizeof text, text);
    append_meters(stage, line.columns, sizeof text, text);
    canvas_text(canvas, line.row, line.column, STYLE_TEXT, text);
}

static int draw_figures(
    struct canvas *canvas, struct area area, const struct result_comparison *comparison)
{
    char text[256], interval[64] = "", serial[64] = "";
    const char *between = is_wide(area.columns) ? "   " : "  ";
    if (comparison->has_interval)
        snprintf(interval, sizeof interval, " (95 %%: %.2f to %.2f)",
            comparison->interval_low, comparison->interval_high);
    if (!isnan(comparison->karp_flatt))
        snprintf(serial, sizeof serial, "%sKarp-Flatt e = %.3f", between,
            comparison->karp_flatt);
    bool alone = !is_wide(area.columns) && area.rows == 1;
    snprintf(text, sizeof text, "S = %.2f%s of %.2f%sE = %.2f", comparison->speedup,
        interval, comparison->bound, between, comparison->efficiency);
    if (!alone)
        text_append(sizeof text, text, "%s%s%d run%s each", serial, between,
            comparison->pairs, comparison->pairs == 1 ? "" : "s");
    return canvas_paragraph(canvas, area, STYLE_TEXT, text);
}

void verdict_draw_figures(
    struct canvas *canvas, struct area area, const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    char texts[3][64];
    snprintf(texts[0], sizeof texts[0], "S = %.2f of %.2f", comparison->speedup,
        comparison->bound);
    snprintf(texts[1], sizeof texts[1], "E = %.2f", comparison->efficiency);
    if (!isnan(comparison->karp_flatt))
        text_append(sizeof texts[1], texts[1], "  e = %.3f", comparison->karp_flatt);
    snprintf(texts[2], sizeof texts[2], "%d run%s each", comparison->pairs,
        comparison->pairs == 1 ? "" : "s");
    for (int i = 0; i < 3 && i < area.rows; i++)
        canvas_text(canvas, area.row + i, area.column, STYLE_TEXT, texts[i]);
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
    bool narrow = !is_wide(area.columns);
    int first = area.row, end = area.row + area.rows;
    for (int i = 0; i < 2; i++) {
        const struct result_stage *stage = comparison_usual_stage(result, kinds[i]);
        if (stage && area.row < end)
            draw_stage_details(canvas, area, stage);
        area.row += stage != NULL;
    }
    area.rows = narrow ? end - area.row : 1;
    if (result->comparison.has && area.rows > 0)
        area.row += draw_figures(canvas, area, &result->comparison);
    if (!narrow)
        area.row += draw_energy(canvas, area, result);
    return area.row - first;
}
