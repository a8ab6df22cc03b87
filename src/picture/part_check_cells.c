// SPDX-License-Identifier: MIT
#include "picture/part_check_cells.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/words_check.h"
#include "picture/part_check_inside.h"

enum {
    BARS_MOST = 16,   /* CPUs */
    ROW_LEAST = 14,   /* of lines with a text each */
    HEAD_HEIGHT = 20, /* above all */
    NOTES_WIDTH = 136,
    BEFORE = 10, /* a text beside cells */
    LETTER_SIZE = 11,
    LABEL_WIDTH = PAGE_LABELS - 4,
    NAME_SIZE = 16,
    TEXT_SIZE = 160,
    ALL = -1 /* in place of a mark */
};

/* Of the pitch of cells: the gap before a sibling, another core, another cache. */
static const double GAPS[] = {[CPUS_SIBLING] = 0.06, [CPUS_CORE] = 0.14, 0.24};

/* What takes the CPU's place of which there is nothing to show. */
static void draw_absent(
    const struct part_check_sheet *sheet, const struct drawing_box *cell, bool online)
{
    double x = cell->x + cell->width / 2, y = cell->y + cell->height / 2;
    double half = fmin(cell->width, cell->height) / 4;
    struct drawing_point dash[] = {{x - half, y}, {x + half, y}};
    struct drawing_point falling[] = {{x - half, y - half}, {x + half, y + half}};
    struct drawing_point rising[] = {{x - half, y + half}, {x + half, y - half}};
    if (online)
        drawing_line(sheet->page->drawing, 2, dash, 1.5, INK_NOTE);
    else {
        drawing_line(sheet->page->drawing, 2, falling, 1.5, INK_NOTE);
        drawing_line(sheet->page->drawing, 2, rising, 1.5, INK_NOTE);
    }
}

static void draw_letter(const struct part_check_sheet *sheet,
    const struct drawing_box *cell, enum check_mark mark)
{
    if (cell->width < LETTER_SIZE - 2 || cell->height < LETTER_SIZE - 1)
        return;
    double size = fmax(LETTER_SIZE, fmin(cell->width, cell->height) / 2);
    struct drawing_text place = {.x = cell->x + cell->width / 2,
        .y = cell->y + cell->height / 2 + 0.3 * size,
        .anchor = DRAWING_MIDDLE,
        .size = size,
        .bold = true,
        .ink = INK_PAPER};
    drawing_format(sheet->page->drawing, &place, "%c", check_mark_letters[mark]);
}

/* `next` is what begins beside it. */
static void draw_cell(const struct part_check_sheet *sheet, size_t place,
    enum cpus_part next, struct drawing_box cell)
{
    const struct drawing *drawing = sheet->page->drawing;
    const struct check_stand *stand = &sheet->stands[place];
    cell.width -= sheet->grid.pitch * GAPS[next < CPUS_CACHE ? next : CPUS_CACHE];
    cell.height -= fmin(2, cell.height * 0.15);
    if (check_stand_absence(stand)) {
        draw_absent(sheet, &cell, stand->about->online);
        return;
    }
    if (stand->mark != CHECK_UNMARKED) {
        drawing_box(drawing, &cell, INK_FAILED);
        draw_letter(sheet, &cell, stand->mark);
        return;
    }
    part_check_draw_empty(sheet, &cell, part_check_fullness(stand) <= 0);
    double full = part_check_fullness(stand) * cell.height;
    cell.y += cell.height - full;
    cell.height = full;
    drawing_box(drawing, &cell, INK_BUSY);
}

static void draw_line(
    const struct part_check_sheet *sheet, const struct part_check_line *line, double y)
{
    const struct part_check_grid *grid = &sheet->grid;
    for (size_t i = 0; i < line->count; i++) {
        size_t place = line->first + i;
        draw_cell(sheet, place,
            i + 1 < line->count ? sheet->cpus.parts[place + 1] : CPUS_CORE,
            (struct drawing_box){
                sheet->box.x + (double)i * grid->pitch, y, grid->pitch, grid->height});
    }
}

/* How many parts of the machine begin there. */
static size_t count_groups(
    const struct part_check_sheet *sheet, const struct cpus_range *range)
{
    const enum cpus_part *parts = &sheet->cpus.parts[range->first];
    size_t groups = 0;
    for (size_t i = 0; i < range->count; i++)
        groups += parts[i] >= sheet->grid.splits;
    return groups;
}

/* Whether a part of the machine begins there with the first, and no other one; or none
 * does, and it goes on. */
static bool is_of_one_group(
    const struct part_check_sheet *sheet, const struct cpus_range *range)
{
    size_t groups = count_groups(sheet, range);
    return groups == 0 ||
           (groups == 1 && sheet->cpus.parts[range->first] >= sheet->grid.splits);
}

/* Its name, as far as there is room for it: "package 1, node 3", "node 3"; "" where it
 * has none. */
static void name_group(const struct part_check_sheet *sheet,
    const struct cpus_range *range, size_t size, char name[])
{
    const struct drawing_text text = {.size = PAGE_SMALL};
    cpus_name_group(&sheet->cpus, &sheet->page->result->machine, range->first,
        sheet->grid.splits, size, name);
    const char *last = strrchr(name, ',');
    if (last && drawing_extent(sheet->page->drawing, &text, name) > LABEL_WIDTH)
        memmove(name, last + 2, strlen(last + 2) + 1);
}

/* Of some CPUs those with a mark, or all: "517, 519". */
static void list_cpus(const struct part_check_sheet *sheet,
    const struct cpus_range *range, int mark, char names[TEXT_SIZE])
{
    int *ids = memory_new(range->count, sizeof *ids);
    size_t count = 0;
    names[0] = '\0';
    for (size_t i = range->first; i < range->first + range->count; i++)
        if (mark == ALL || (int)sheet->stands[i].mark == mark)
            ids[count++] = sheet->stands[i].about->id;
    if (count > 0) {
        words_check_cpus(count, ids, TEXT_SIZE, names);
        memmove(names, strchr(names, ' ') + 1, strlen(strchr(names, ' ')));
    }
    free(ids);
}

/* By their numbers, even those that are no range. */
static void name_cpus(const struct part_check_sheet *sheet,
    const struct cpus_range *range, char name[TEXT_SIZE])
{
    cpus_name(&sheet->cpus, &sheet->page->result->machine, range, NAME_SIZE, name);
    if (strstr(name, "..."))
        list_cpus(sheet, range, ALL, name);
}

/* What is said left of them; all of them need no name, nor does what goes on. */
static void draw_label(const struct part_check_sheet *sheet,
    const struct cpus_range *range, double y, double height, bool by_groups)
{
    char name[TEXT_SIZE] = "";
    if (range->count == sheet->cpus.count ||
        (by_groups && count_groups(sheet, range) == 0))
        return;
    if (by_groups)
        name_group(sheet, range, sizeof name, name);
    if (!*name)
        name_cpus(sheet, range, name);
    struct drawing_text place =
        part_check_text(PAGE_MARGIN, part_check_text_y(y, height), INK_NOTE);
    drawing_text_within(sheet->page->drawing, &place, LABEL_WIDTH, name);
}

/* Which of some CPUs have a mark: "s 517, 519". */
static void append_marked(const struct part_check_sheet *sheet,
    const struct cpus_range *range, enum check_mark mark, char text[TEXT_SIZE])
{
    char names[TEXT_SIZE];
    list_cpus(sheet, range, (int)mark, names);
    if (*names)
        text_append(TEXT_SIZE, text, "%s%c %s", *text ? "; " : "",
            check_mark_letters[mark], names);
}

/* The least speed of some CPUs, and what is wrong with which. */
static void draw_notes(const struct part_check_sheet *sheet,
    const struct cpus_range *range, double y, double height)
{
    char marked[TEXT_SIZE] = "";
    double least = INFINITY;
    for (size_t i = range->first; i < range->first + range->count; i++)
        if (sheet->stands[i].speed > 0)
            least = fmin(least, sheet->stands[i].speed);
    for (int mark = CHECK_MARKS - 1; mark > 0; mark--)
        append_marked(sheet, range, (enum check_mark)mark, marked);
    double x = sheet->box.x + sheet->box.width + BEFORE;
    struct drawing_text place =
        part_check_text(x, part_check_text_y(y, height), INK_NOTE);
    if (isfinite(least))
        drawing_format(sheet->page->drawing, &place, "%.2f", least);
    place.x += PAGE_SMALL * 2.6;
    place.ink = INK_FAILED;
    place.bold = true;
    drawing_text_within(
        sheet->page->drawing, &place, PAGE_WIDTH - PAGE_MARGIN - place.x, marked);
}

/* Some lines that have their texts together: one, where it is high enough for them. */
struct block {
    struct cpus_range range;
    double y, height;
};

/* How all blocks are named: by the groups where there are several and each block is of
 * one only. */
struct labels {
    bool drawn; /* else they are looked at */
    bool by_groups;
    size_t groups;
};

static void end_block(
    const struct part_check_sheet *sheet, struct labels *labels, struct block *block)
{
    if (block->range.count > 0 && labels->drawn) {
        draw_label(sheet, &block->range, block->y, block->height, labels->by_groups);
        draw_notes(sheet, &block->range, block->y, block->height);
    } else if (block->range.count > 0) {
        labels->by_groups = labels->by_groups && is_of_one_group(sheet, &block->range);
        labels->groups += count_groups(sheet, &block->range);
    }
    block->range.count = 0;
}

/* Whether a line has texts of its own: those before it have room for theirs, and so have
 * it and all that follow up to the next heading. */
static bool ends_block(const struct part_check_sheet *sheet, const struct block *block,
    const struct part_check_line *line)
{
    const struct part_check_grid *grid = &sheet->grid;
    struct part_check_line next = *line;
    double left = grid->height;
    if (line->begins && grid->named)
        return true;
    while (left < ROW_LEAST && part_check_grid_next(&sheet->cpus, grid, &next) &&
           !(next.begins && grid->named))
        left += grid->height;
    return block->height >= ROW_LEAST && left >= ROW_LEAST;
}

/* Returns the y below. */
static double go_through(const struct part_check_sheet *sheet, struct labels *labels)
{
    const struct part_check_grid *grid = &sheet->grid;
    struct part_check_line line = {0};
    struct block block = {.height = 0};
    double y = sheet->box.y;
    while (part_check_grid_next(&sheet->cpus, grid, &line)) {
        if (ends_block(sheet, &block, &line))
            end_block(sheet, labels, &block);
        if (line.begins && grid->named)
            y = labels->drawn ? part_check_draw_heading(sheet, line.first, y)
                              : y + PART_CHECK_HEADING;
        if (block.range.count == 0)
            block = (struct block){.range = {.first = line.first, .ids = true}, .y = y};
        if (labels->drawn)
            draw_line(sheet, &line, y);
        y += grid->height;
        block.range.count += line.count;
        block.height += grid->height;
    }
    end_block(sheet, labels, &block);
    return y;
}

static double draw_grid(const struct part_check_sheet *sheet)
{
    struct labels labels = {
        .by_groups = !sheet->grid.named && sheet->grid.splits < CPUS_PARTS};
    go_through(sheet, &labels);
    labels.by_groups = labels.by_groups && labels.groups > 1;
    labels.drawn = true;
    return go_through(sheet, &labels);
}

/* Of any CPU one is known. */
static bool has_speeds(const struct part_check_sheet *sheet)
{
    for (size_t i = 0; i < sheet->cpus.count; i++)
        if (sheet->stands[i].speed > 0)
            return true;
    return false;
}

/* "64 CPUs, a cell each, as full as it is fast alone: s 2 slow, x 1 offline". */
static void say_head(
    const struct part_check_sheet *sheet, bool bars, size_t size, char text[])
{
    const struct check_tally tally = check_stand_tally(sheet->scene);
    bool measured = sheet->page->result->check.measured, any = false;
    snprintf(text, size, "%zu CPU%s, a %s each%s", sheet->cpus.count,
        sheet->cpus.count == 1 ? "" : "s", bars ? "bar" : "cell",
        !measured            ? ""
        : !has_speeds(sheet) ? bars ? "" : "; their speed is not known"
        : bars ? ", as long as it is fast alone; pale: lost with all at once"
               : ", as full as it is fast alone");
    for (int i = CHECK_MARKS - 1; i > 0 && !bars; i--) {
        if (tally.marks[i] > 0)
            text_append(size, text, "%s %c %d %s", any ? "," : ":", check_mark_letters[i],
                tally.marks[i], check_mark_words[i]);
        any = any || tally.marks[i] > 0;
    }
    if (tally.offline > 0)
        text_append(size, text, ", %s%d offline", bars ? "" : "x ", tally.offline);
    if (tally.forbidden > 0)
        text_append(size, text, ", %s%d not for us", bars ? "" : "- ", tally.forbidden);
}

static void draw_head(const struct part_check_sheet *sheet, double y, bool bars)
{
    char text[TEXT_SIZE];
    bool measured = has_speeds(sheet);
    struct drawing_text place = part_check_text(PAGE_MARGIN, y, INK_NOTE);
    say_head(sheet, bars, sizeof text, text);
    drawing_text_within(sheet->page->drawing, &place,
        sheet->box.x + sheet->box.width - PAGE_MARGIN, text);
    if (bars && measured)
        part_check_bars_draw_heads(sheet, y);
    place.x = sheet->box.x + sheet->box.width + BEFORE;
    if (!bars && measured)
        drawing_text(sheet->page->drawing, &place, "least");
}

/* Bars where there is room for a text beside each. */
static bool choose_bars(struct part_check_sheet *sheet)
{
    if (sheet->cpus.count > BARS_MOST)
        return false;
    sheet->grid = part_check_grid_bars(&sheet->cpus, sheet->box.height, ROW_LEAST);
    return sheet->grid.height >= ROW_LEAST;
}

static void init(struct part_check_sheet *sheet)
{
    cpus_init(&sheet->cpus, &sheet->page->result->machine);
    sheet->stands = memory_new(sheet->cpus.count + 1, sizeof *sheet->stands);
    for (size_t i = 0; i < sheet->cpus.count; i++)
        sheet->stands[i] = check_stand_of(sheet->scene, sheet->cpus.order[i]);
}

double part_check_cells_draw(const struct page *page, const struct drawing_box *box)
{
    const struct scene scene = {
        .result = page->result, .phase = SCENE_ENDED, .stage = -1};
    struct part_check_sheet sheet = {.page = page, .scene = &scene, .box = *box};
    double end = box->y;
    init(&sheet);
    sheet.box.x += PAGE_LABELS;
    sheet.box.y += HEAD_HEIGHT;
    sheet.box.height -= HEAD_HEIGHT;
    bool bars = choose_bars(&sheet);
    sheet.box.width -= PAGE_LABELS + (bars ? PAGE_NUMBERS + BEFORE : NOTES_WIDTH);
    if (!bars && sheet.cpus.count > 0)
        sheet.grid = part_check_grid_of(&sheet.cpus, sheet.box.width, sheet.box.height);
    if (sheet.cpus.count > 0) {
        draw_head(&sheet, box->y + PAGE_SMALL, bars);
        end = bars ? part_check_bars_draw(&sheet) : draw_grid(&sheet);
    }
    free(sheet.stands);
    cpus_finish(&sheet.cpus);
    return end;
}
