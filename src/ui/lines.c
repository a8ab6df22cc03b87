// SPDX-License-Identifier: MIT
#include "ui/lines.h"

#include <string.h>

void lines_init(struct lines *lines, const struct machine *machine, int label_columns,
    const struct layout_room *room)
{
    *lines = (struct lines){.machine = machine, .label_columns = label_columns};
    cpus_init(&lines->cpus, machine);
    lines->layout = layout_for(&lines->cpus, machine, room);
}

void lines_finish(struct lines *lines)
{
    cpus_finish(&lines->cpus);
}

static void draw_label(const struct lines *lines, const struct lines_drawing *drawing,
    const struct layout_line *line, int row)
{
    const struct layout *layout = &lines->layout;
    char name[32];
    struct cpus_range range = {
        line->first, line->count, drawing->ids || layout->form != LAYOUT_BARS};
    cpus_name(&lines->cpus, lines->machine, &range, (size_t)lines->label_columns, name);
    if (layout->form != LAYOUT_BARS && strncmp(name, "CPU ", 4) == 0)
        memmove(name, name + 4, strlen(name + 4) + 1);
    if (layout->form == LAYOUT_GRID)
        name[strcspn(name, "-,.")] = '\0';
    canvas_format(drawing->canvas, row, drawing->area.column, STYLE_TEXT, "%.*s",
        lines->label_columns - 1, name);
}

static void draw_line(const struct lines *lines, const struct lines_drawing *drawing,
    const struct layout_line *line, int row)
{
    const struct layout *layout = &lines->layout;
    int middle = row + (layout->thickness - 1) / 2;
    int column = drawing->area.column + lines->label_columns;
    draw_label(lines, drawing, line, middle);
    for (size_t i = 0; i < line->count; i++) {
        struct area cell = {row, column + (int)i * layout->cell_columns,
            layout->thickness, layout->cell_columns};
        drawing->draw[layout->form](drawing->data, line->first + i, cell);
    }
    if (layout->form == LAYOUT_COLUMNS)
        drawing->sum(drawing->data, line, middle);
}

struct lines_rest lines_draw(
    const struct lines *lines, const struct lines_drawing *drawing)
{
    const struct layout *layout = &lines->layout;
    const struct area *area = &drawing->area;
    struct layout_line line = {0};
    struct lines_rest rest = {0};
    int number = 0, row = area->row, first = drawing->first;
    rest.scroll = layout->lines > area->rows ? layout->lines - area->rows : 0;
    if (first > rest.scroll)
        first = rest.scroll;
    while (layout_next_line(&lines->cpus, lines->machine, layout, &line)) {
        if (number++ < first || row + layout->thickness > area->row + area->rows) {
            rest.cpus += line.count;
            continue;
        }
        row += line.new_group && row > area->row ? layout->group_gap : 0;
        draw_line(lines, drawing, &line, row);
        row += layout->thickness + layout->gap;
        rest.rows = row - layout->gap - area->row;
    }
    return rest;
}
