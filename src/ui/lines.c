// SPDX-License-Identifier: MIT
#include "ui/lines.h"

#include <string.h>

#include "ui/more.h"

void lines_init(struct lines *lines, const struct machine *machine, int label_columns,
    const struct layout_room *room)
{
    *lines = (struct lines){.machine = machine, .label_columns = label_columns};
    cpus_init(&lines->cpus, machine);
    lines->layout = layout_for(&lines->cpus, room);
}

void lines_finish(struct lines *lines)
{
    cpus_finish(&lines->cpus);
}

static struct cpus_range range_of(const struct lines *lines,
    const struct lines_drawing *drawing, const struct layout_line *line)
{
    return (struct cpus_range){.first = line->first,
        .count = line->count,
        .ids = drawing->ids || lines->layout.form != LAYOUT_BARS};
}

/* In which the names of all lines have room. */
static enum cpus_form common_form(
    const struct lines *lines, const struct lines_drawing *drawing)
{
    struct layout_line line = {0};
    enum cpus_form form = CPUS_WORDED;
    while (form < CPUS_FIRST && layout_next_line(&lines->cpus, &lines->layout, &line)) {
        struct cpus_range range = range_of(lines, drawing, &line);
        range.form = form;
        form = cpus_form_of(
            &lines->cpus, lines->machine, &range, (size_t)lines->label_columns);
    }
    return form;
}

/* Where bars have no line of their own the first number has to do if the others do not
 * follow it. */
static void draw_label(const struct lines *lines, const struct lines_drawing *drawing,
    const struct cpus_range *range, int row)
{
    const struct layout *layout = &lines->layout;
    char name[32];
    cpus_name(&lines->cpus, lines->machine, range, (size_t)lines->label_columns, name);
    if (layout->form != LAYOUT_BARS && strncmp(name, "CPU ", 4) == 0)
        memmove(name, name + 4, strlen(name + 4) + 1);
    if (layout->form == LAYOUT_GRID)
        name[strcspn(name, "-,")] = '\0';
    if (layout->form != LAYOUT_BARS)
        name[strcspn(name, ".")] = '\0';
    canvas_format(drawing->canvas, row, drawing->area.column, STYLE_TEXT, "%.*s",
        lines->label_columns - 1, name);
}

/* The name of the group that begins with a line, cut where the area ends. */
static void draw_name(const struct lines *lines, const struct lines_drawing *drawing,
    const struct layout_line *line, int row)
{
    char name[96];
    struct area field = {row, drawing->area.column + lines->label_columns, 1,
        drawing->area.columns - lines->label_columns};
    cpus_name_group(&lines->cpus, lines->machine, line->first, lines->layout.groups,
        sizeof name, name);
    canvas_field(drawing->canvas, &field, STYLE_TEXT, name);
}

static void draw_cpu(const struct lines *lines, const struct lines_drawing *drawing,
    size_t place, struct area cell)
{
    drawing->draw[lines->layout.form](drawing->data, place, cell);
    canvas_target(drawing->canvas, cell, TARGET_CPU,
        cpus_at(&lines->cpus, lines->machine, place)->id);
}

static void draw_line(const struct lines *lines, const struct lines_drawing *drawing,
    const struct layout_line *line, enum cpus_form form, int row)
{
    const struct layout *layout = &lines->layout;
    int middle = row + (layout->thickness - 1) / 2;
    int column = drawing->area.column + lines->label_columns;
    struct cpus_range range = range_of(lines, drawing, line);
    range.form = form;
    draw_label(lines, drawing, &range, middle);
    for (size_t i = line->first; i < line->first + line->count; i++) {
        struct area cell = {row, column + layout_column(&lines->cpus, layout, line, i),
            layout->thickness, layout->cell_columns};
        draw_cpu(lines, drawing, i, cell);
    }
    if (layout->sums)
        drawing->sum(drawing->data, line, middle);
}

/* The rows between a line and the one above it: there may be a name in the last. */
static int rows_before(
    const struct lines *lines, const struct layout_line *line, bool first)
{
    const struct layout *layout = &lines->layout;
    if (first)
        return layout->named;
    return layout->gap + (line->new_group ? layout->group_gap : 0);
}

void lines_format_rest(
    const struct lines_rest *rest, bool brief, size_t size, char text[])
{
    const struct more more = {rest->above, rest->cpus - rest->above};
    more_format(&more, brief ? "" : "hidden", size, text);
}

struct lines_rest lines_draw(
    const struct lines *lines, const struct lines_drawing *drawing)
{
    const struct layout *layout = &lines->layout;
    const struct area *area = &drawing->area;
    struct layout_line line = {0};
    struct lines_rest rest = {0};
    enum cpus_form form = common_form(lines, drawing);
    int number = 0, row = area->row, first = drawing->first;
    rest.scroll = layout->lines > area->rows ? layout->lines - area->rows : 0;
    if (first > rest.scroll)
        first = rest.scroll;
    while (layout_next_line(&lines->cpus, layout, &line)) {
        bool above = number++ < first;
        if (above || row + layout->thickness > area->row + area->rows) {
            rest.cpus += line.count;
            rest.above += above ? line.count : 0;
            continue;
        }
        row += rows_before(lines, &line, rest.rows == 0);
        if (layout->named && (line.new_group || rest.rows == 0))
            draw_name(lines, drawing, &line, row - 1);
        draw_line(lines, drawing, &line, form, row);
        row += layout->thickness;
        rest.lines++;
        rest.rows = row - area->row;
    }
    return rest;
}
