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
    TEXT_SIZE = 160
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
    drawing_box(drawing, &cell, INK_EMPTY);
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

/* Whether one part of the machine begins there, and no other one. */
static bool is_group(const struct part_check_sheet *sheet, const struct cpus_range *range)
{
    const enum cpus_part *parts = &sheet->cpus.parts[range->first];
    bool begins = parts[0] >= sheet->grid.splits;
    for (size_t i = 1; i < range->count; i++)
        begins = begins && parts[i] < sheet->grid.splits;
    return begins;
}

/* Its name, as far as there is room for it: "package 1, node 3", "node 3"; "" where it
 * has none. */
static void name_group(const struct part_check_sheet *sheet,
    const struct cpus_range *range, size_t size, char name[])
{
    const struct drawing_text text = {.size = PAGE_SMALL};
    enum cpus_part splits = sheet->grid.splits;
    name[0] = '\0';
    if (sheet->grid.named || splits >= CPUS_PARTS || !is_group(sheet, range))
        return;
    cpus_name_group(
        &sheet->cpus, &sheet->page->result->machine, range->first, splits, size, name);
    const char *last = strrchr(name, ',');
    if (last && drawing_extent(sheet->page->drawing, &text, name) > LABEL_WIDTH)
        memmove(name, last + 2, strlen(last + 2) + 1);
}

/* That, or the names of the CPUs; all of them need none. */
static void draw_label(const struct part_check_sheet *sheet,
    const struct cpus_range *range, double y, double height)
{
    char name[TEXT_SIZE];
    name_group(sheet, range, sizeof name, name);
    if (range->count == sheet->cpus.count)
        return;
    if (!*name)
        cpus_name_among(
            &sheet->cpus, &sheet->page->result->machine, range, NAME_SIZE, name);
    struct drawing_text place =
        part_check_text(PAGE_MARGIN, part_check_text_y(y, height), INK_NOTE);
    drawing_text_within(sheet->page->drawing, &place, LABEL_WIDTH, name);
}

/* Which of some CPUs have a mark: "s 517, 519". */
static void append_marked(const struct part_check_sheet *sheet,
    const struct cpus_range *range, enum check_mark mark, char text[TEXT_SIZE])
{
    int *ids = memory_new(range->count, sizeof *ids);
    char names[TEXT_SIZE];
    size_t count = 0;
    for (size_t i = range->first; i < range->first + range->count; i++)
        if (sheet->stands[i].mark == mark)
            ids[count++] = sheet->stands[i].about->id;
    if (count > 0) {
        words_check_cpus(count, ids, sizeof names, names);
        text_append(TEXT_SIZE, text, "%s%c%s", *text ? "; " : "",
            check_mark_letters[mark], strchr(names, ' '));
    }
    free(ids);
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

static void end_block(const struct part_check_sheet *sheet, struct block *block)
{
    if (block->range.count > 0) {
        draw_label(sheet, &block->range, block->y, block->height);
        draw_notes(sheet, &block->range, block->y, block->height);
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

static double draw_grid(const struct part_check_sheet *sheet)
{
    const struct part_check_grid *grid = &sheet->grid;
    struct part_check_line line = {0};
    struct block block = {.range = {.ids = true}};
    double y = sheet->box.y;
    while (part_check_grid_next(&sheet->cpus, grid, &line)) {
        if (ends_block(sheet, &block, &line))
            end_block(sheet, &block);
        if (line.begins && grid->named)
            y = part_check_draw_heading(sheet, line.first, y);
        if (block.range.count == 0)
            block = (struct block){{line.first, 0, true}, y, 0};
        draw_line(sheet, &line, y);
        y += grid->height;
        block.range.count += line.count;
        block.height += grid->height;
    }
    end_block(sheet, &block);
    return y;
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
