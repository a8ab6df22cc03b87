// SPDX-License-Identifier: MIT
#include "picture/part_check_facts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words_check.h"

enum {
    LINES_MOST = 3, /* of a sentence */
    BEFORE_TEXT = 14,
    COLUMN_GAP = 36,
    BEFORE_VALUE = 12,
    NAME_SIZE = 80,
    VALUE_SIZE = 320,
    PAIRS_MOST = 40
};

static const double ROW = 1.42; /* of a size */

static struct drawing_text text_at(
    const struct part_check_facts *facts, double x, double y, enum ink ink)
{
    return (struct drawing_text){.x = x, .y = y, .size = facts->size, .ink = ink};
}

static double row_of(const struct part_check_facts *facts)
{
    return ROW * facts->size;
}

/* How far right of its level a finding's text begins. */
static double find_indent(const struct part_check_facts *facts)
{
    const struct result_check *check = &facts->page->result->check;
    struct drawing_text place = {.size = facts->size, .bold = true};
    double widest = 0;
    for (size_t i = 0; i < check->finding_count; i++)
        widest = fmax(widest, drawing_extent(facts->page->drawing, &place,
                                  check_verdict_names[check->findings[i].level]));
    return widest + BEFORE_TEXT;
}

/* Where a finding stands. */
struct field {
    double x, y, width, indent; /* y of its upper edge */
};

static double find_height(
    const struct part_check_facts *facts, const struct field *field, size_t number)
{
    const struct result_check *check = &facts->page->result->check;
    const struct check_finding *finding = &check->findings[number];
    struct drawing_text place = {.size = facts->size};
    double width = field->width - field->indent;
    int lines = drawing_paragraph_lines(
        facts->page->drawing, &place, width, LINES_MOST, finding->text);
    if (words_check_advises(check, number))
        lines += drawing_paragraph_lines(
            facts->page->drawing, &place, width, LINES_MOST, finding->next);
    return lines * drawing_leading(&place) + 2;
}

static void draw_finding(
    const struct part_check_facts *facts, const struct field *field, size_t number)
{
    const struct result_check *check = &facts->page->result->check;
    const struct check_finding *finding = &check->findings[number];
    bool failed = finding->level == CHECK_FAIL;
    struct drawing_text place =
        text_at(facts, field->x, field->y + facts->size, failed ? INK_FAILED : INK_TEXT);
    double width = field->width - field->indent;
    place.bold = true;
    drawing_text(facts->page->drawing, &place, check_verdict_names[finding->level]);
    place = text_at(facts, field->x + field->indent, place.y, INK_TEXT);
    int lines =
        drawing_paragraph(facts->page->drawing, &place, width, LINES_MOST, finding->text);
    place.y += lines * drawing_leading(&place);
    place.ink = INK_NOTE;
    if (words_check_advises(check, number))
        drawing_paragraph(facts->page->drawing, &place, width, LINES_MOST, finding->next);
}

double part_check_findings_height(const struct part_check_facts *facts, double width)
{
    const struct field field = {.width = width, .indent = find_indent(facts)};
    double height = 0;
    for (size_t i = 0;
         i < facts->page->result->check.finding_count && height < PAGE_HEIGHT; i++)
        height += find_height(facts, &field, i);
    return height;
}

double part_check_findings_draw(
    const struct part_check_facts *facts, const struct drawing_box *box)
{
    struct field field = {box->x, box->y, box->width, find_indent(facts)};
    size_t count = facts->page->result->check.finding_count, number = 0;
    double end = box->y + box->height;
    for (; number < count; number++) {
        double height = find_height(facts, &field, number);
        if (field.y + height + (number + 1 < count ? row_of(facts) : 0) > end + 0.5)
            break;
        draw_finding(facts, &field, number);
        field.y += height;
    }
    if (number == count)
        return field.y;
    struct drawing_text place = text_at(facts, field.x, field.y + facts->size, INK_TEXT);
    place.bold = true;
    drawing_format(
        facts->page->drawing, &place, "+%zu more, in the report", count - number);
    return field.y + row_of(facts);
}

struct pair {
    char name[NAME_SIZE], value[VALUE_SIZE];
};

static size_t list_figures(const struct result *result, struct pair pairs[])
{
    size_t count = 0;
    while (count < PAIRS_MOST && words_check_figure(result, (int)count, NAME_SIZE,
                                     pairs[count].name, VALUE_SIZE, pairs[count].value))
        count++;
    return count;
}

static bool is_short(const struct inventory_line *line)
{
    static const char *const topics[] = {"affinity", "cpuset", "quota", "smt", "kinds",
        "nodes", "virtual", "container", "governor", "boost", "profile", "temperature"};
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (strcmp(line->topic, topics[i]) == 0)
            return true;
    return false;
}

/* What of the inventory is to be seen: all of it where nothing was run. */
static size_t list_inventory(const struct result *result, struct pair pairs[])
{
    const struct inventory *inventory = &result->check.inventory;
    size_t count = 0;
    for (size_t i = 0; i < inventory->line_count && count < PAIRS_MOST; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        if (!line->visible || (result->check.measured && !is_short(line)))
            continue;
        text_copy(NAME_SIZE, pairs[count].name, line->topic);
        text_copy(VALUE_SIZE, pairs[count++].value, line->value);
    }
    return count;
}

/* Two columns: what was measured and what the machine says; or that alone. */
struct columns {
    size_t counts[2];
    struct pair pairs[2][PAIRS_MOST];
};

static void fill(struct columns *columns, const struct result *result)
{
    columns->counts[0] = list_figures(result, columns->pairs[0]);
    columns->counts[1] = list_inventory(result, columns->pairs[1]);
    if (columns->counts[0] > 0)
        return;
    size_t half = (columns->counts[1] + 1) / 2;
    memcpy(columns->pairs[0], columns->pairs[1], half * sizeof *columns->pairs[0]);
    memmove(columns->pairs[1], columns->pairs[1] + half,
        (columns->counts[1] - half) * sizeof *columns->pairs[1]);
    columns->counts[0] = half;
    columns->counts[1] -= half;
}

static double find_names_width(
    const struct part_check_facts *facts, size_t count, const struct pair pairs[])
{
    const struct drawing_text place = {.size = facts->size};
    double widest = 0;
    for (size_t i = 0; i < count; i++)
        widest =
            fmax(widest, drawing_extent(facts->page->drawing, &place, pairs[i].name));
    return widest + BEFORE_VALUE;
}

/* So that no value is cut. */
static double find_width(
    const struct part_check_facts *facts, size_t count, const struct pair pairs[])
{
    const struct drawing_text place = {.size = facts->size};
    double widest = 0;
    for (size_t i = 0; i < count; i++)
        widest =
            fmax(widest, drawing_extent(facts->page->drawing, &place, pairs[i].value));
    return find_names_width(facts, count, pairs) + widest;
}

/* How many lines a value takes beside the names. */
static int count_lines(
    const struct part_check_facts *facts, double width, const struct pair *pair)
{
    const struct drawing_text place = {.size = facts->size};
    int lines = drawing_paragraph_lines(
        facts->page->drawing, &place, width, LINES_MOST, pair->value);
    return lines > 1 ? lines : 1;
}

static double find_pair_height(
    const struct part_check_facts *facts, double width, const struct pair *pair)
{
    const struct drawing_text place = {.size = facts->size};
    return row_of(facts) +
           (count_lines(facts, width, pair) - 1) * drawing_leading(&place);
}

static double find_column_height(const struct part_check_facts *facts, double width,
    size_t count, const struct pair pairs[])
{
    double names = find_names_width(facts, count, pairs), height = 0;
    for (size_t i = 0; i < count; i++)
        height += find_pair_height(facts, width - names, &pairs[i]);
    return height;
}

/* As many lines of each value as leave room for one of all that follow. */
static void draw_column(const struct part_check_facts *facts,
    const struct drawing_box *box, size_t count, const struct pair pairs[])
{
    const struct drawing *drawing = facts->page->drawing;
    double names = find_names_width(facts, count, pairs);
    double spare = box->height + 0.5 - (double)count * row_of(facts);
    double y = box->y + facts->size, end = box->y + box->height + 0.5;
    for (size_t i = 0; i < count && y - facts->size + row_of(facts) <= end; i++) {
        struct drawing_text place = text_at(facts, box->x, y, INK_NOTE);
        double leading = drawing_leading(&place), width = box->width - names;
        int lines = count_lines(facts, width, &pairs[i]);
        while (lines > 1 && (lines - 1) * leading > spare)
            lines--;
        drawing_text(drawing, &place, pairs[i].name);
        place = text_at(facts, box->x + names, y, INK_TEXT);
        drawing_paragraph(drawing, &place, width, lines, pairs[i].value);
        spare -= (lines - 1) * leading;
        y += row_of(facts) + (lines - 1) * leading;
    }
}

/* The first has half of the width, and what the second one does not need; that begins
 * where it needs to. */
static void share_width(const struct part_check_facts *facts,
    const struct columns *columns, double width, double widths[2])
{
    double half = (width - COLUMN_GAP) / 2;
    double second = fmin(half, find_width(facts, columns->counts[1], columns->pairs[1]));
    widths[0] = fmax(half, width - COLUMN_GAP - second);
    widths[0] = fmin(
        widths[0], fmax(half, find_width(facts, columns->counts[0], columns->pairs[0])));
    widths[1] = width - COLUMN_GAP - widths[0];
}

double part_check_figures_height(const struct part_check_facts *facts, double width)
{
    struct columns columns;
    double widths[2], height = 0;
    fill(&columns, facts->page->result);
    share_width(facts, &columns, width, widths);
    for (int i = 0; i < 2; i++)
        height = fmax(height,
            find_column_height(facts, widths[i], columns.counts[i], columns.pairs[i]));
    return height;
}

void part_check_figures_draw(
    const struct part_check_facts *facts, const struct drawing_box *box)
{
    struct columns columns;
    struct drawing_box column = *box;
    double widths[2];
    fill(&columns, facts->page->result);
    share_width(facts, &columns, box->width, widths);
    for (int i = 0; i < 2; i++) {
        column.width = widths[i];
        draw_column(facts, &column, columns.counts[i], columns.pairs[i]);
        column.x += column.width + COLUMN_GAP;
    }
}
