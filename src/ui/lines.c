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

void lines_draw_label(const struct lines *lines, const struct layout_line *line,
    struct canvas *canvas, const struct area *label, bool ids)
{
    const struct layout *layout = &lines->layout;
    char name[32];
    struct cpus_range range = {
        line->first, line->count, ids || layout->form != LAYOUT_BARS};
    cpus_name(&lines->cpus, lines->machine, &range, (size_t)lines->label_columns, name);
    if (layout->form != LAYOUT_BARS && strncmp(name, "CPU ", 4) == 0)
        memmove(name, name + 4, strlen(name + 4) + 1);
    if (layout->form == LAYOUT_GRID)
        name[strcspn(name, "-,.")] = '\0';
    canvas_format(canvas, label->row, label->column, STYLE_TEXT, "%.*s",
        lines->label_columns - 1, name);
}

struct lines_rest lines_draw(const struct lines *lines, const struct area *area,
    int first, lines_draw_line *draw, void *data)
{
    const struct layout *layout = &lines->layout;
    struct layout_line line = {0};
    struct lines_rest rest = {0};
    int number = 0, row = area->row;
    rest.scroll = layout->lines > area->rows ? layout->lines - area->rows : 0;
    if (first > rest.scroll)
        first = rest.scroll;
    while (layout_next_line(&lines->cpus, lines->machine, layout, &line)) {
        if (number++ < first || row + layout->thickness > area->row + area->rows) {
            rest.cpus += line.count;
            continue;
        }
        row += line.new_group && row > area->row ? layout->group_gap : 0;
        draw(data, &line, row);
        row += layout->thickness + layout->gap;
        rest.rows = row - layout->gap - area->row;
    }
    return rest;
}
