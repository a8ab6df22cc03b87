// SPDX-License-Identifier: MIT
#include "ui/layout.h"

enum {
    BAR_COLUMNS_MIN = 14, /* eight for the bar, six for its percentage */
    SHORT_COLUMNS_MIN = 4,
    SUM_COLUMNS = 6, /* for the sum of a line of short bars */
    THICKNESS_MAX = 8,
    GRID_PER_LINE_MAX = 512,
    LAST_PER_LINE = 8, /* which any screen has room for */
};

/* How many CPUs the group has that begins at a place. */
static size_t group_size(
    const struct cpus *cpus, const struct machine *machine, size_t place)
{
    const struct machine_cpu *head = cpus_at(cpus, machine, place);
    size_t end = place + 1;
    while (end < cpus->count && cpus_share_group(head, cpus_at(cpus, machine, end)))
        end++;
    return end - place;
}

/* Whether the line ends before a place: bars have a core to a line; else small groups
 * stand together as long as they are whole, but never two kinds of cores. */
static bool ends_before(const struct cpus *cpus, const struct machine *machine,
    const struct layout *layout, size_t first, size_t place)
{
    const struct machine_cpu *before = cpus_at(cpus, machine, place - 1);
    const struct machine_cpu *next = cpus_at(cpus, machine, place);
    size_t room = (size_t)layout->per_line - (place - first);
    if (room == 0)
        return true;
    if (layout->form == LAYOUT_BARS)
        return !cpus_share_core(before, next);
    if (cpus_share_group(before, next))
        return false;
    return before->kind != next->kind || group_size(cpus, machine, place) > room;
}

bool layout_next_line(const struct cpus *cpus, const struct machine *machine,
    const struct layout *layout, struct layout_line *line)
{
    size_t first = line->first + line->count, place = first + 1;
    if (first >= cpus->count)
        return false;
    while (place < cpus->count && !ends_before(cpus, machine, layout, first, place))
        place++;
    line->new_group = first > 0 && !cpus_share_group(cpus_at(cpus, machine, first - 1),
                                       cpus_at(cpus, machine, first));
    line->first = first;
    line->count = place - first;
    return true;
}

struct height {
    int lines, groups;
};

static struct height measure(
    const struct cpus *cpus, const struct machine *machine, const struct layout *layout)
{
    struct height height = {.groups = 1};
    struct layout_line line = {0};
    while (layout_next_line(cpus, machine, layout, &line)) {
        height.lines++;
        height.groups += line.new_group;
    }
    return height;
}

static int rows_of(const struct layout *layout, const struct height *height)
{
    return height->lines * layout->thickness + (height->lines - 1) * layout->gap +
           (height->groups - 1) * layout->group_gap;
}

/* As thick as the room allows, thin lines with an empty row between them if they can. */
static bool fit_rows(struct layout *layout, const struct height *height, int rows)
{
    int thickest = layout->form == LAYOUT_GRID ? 1 : THICKNESS_MAX;
    layout->lines = height->lines;
    for (layout->thickness = thickest; layout->thickness > 0; layout->thickness--) {
        for (layout->gap = layout->form != LAYOUT_GRID; layout->gap >= 0; layout->gap--) {
            layout->group_gap = layout->gap == 0 && height->groups > 1;
            if (layout->thickness > 1 && layout->gap == 0)
                continue;
            if (rows_of(layout, height) <= rows)
                return true;
        }
    }
    *layout = (struct layout){.form = layout->form,
        .per_line = layout->per_line,
        .cell_columns = layout->cell_columns,
        .thickness = 1,
        .lines = height->lines};
    return rows_of(layout, height) <= rows;
}

static bool try_form(const struct cpus *cpus, const struct machine *machine, int rows,
    struct layout *layout)
{
    struct height height = measure(cpus, machine, layout);
    return fit_rows(layout, &height, rows);
}

static bool try_bars(const struct cpus *cpus, const struct machine *machine,
    const struct layout_room *room, struct layout *ret_layout)
{
    struct layout layout = {.form = LAYOUT_BARS,
        .per_line = cpus->siblings,
        .cell_columns = room->columns / (cpus->siblings > 0 ? cpus->siblings : 1)};
    if (layout.cell_columns < BAR_COLUMNS_MIN ||
        !try_form(cpus, machine, room->rows, &layout))
        return false;
    *ret_layout = layout;
    return true;
}

/* As many to a line as share a cache, if that is a number to draw; else powers of two. */
static bool try_columns(const struct cpus *cpus, const struct machine *machine,
    const struct layout_room *room, struct layout *ret_layout)
{
    const int per_line[] = {cpus->shared, 8, 16, 32};
    for (size_t i = 0; i < sizeof per_line / sizeof *per_line; i++) {
        if (per_line[i] < 4)
            continue;
        struct layout layout = {.form = LAYOUT_COLUMNS,
            .per_line = per_line[i],
            .cell_columns = (room->columns - SUM_COLUMNS) / per_line[i]};
        if (layout.cell_columns < SHORT_COLUMNS_MIN ||
            !try_form(cpus, machine, room->rows, &layout))
            continue;
        *ret_layout = layout;
        return true;
    }
    return false;
}

/* A blank behind each where that is possible; the widest is the last resort. */
static bool try_grid(const struct cpus *cpus, const struct machine *machine,
    const struct layout_room *room, struct layout *ret_layout)
{
    for (int cell = 2; cell >= 1; cell--) {
        for (int per_line = LAST_PER_LINE; per_line <= GRID_PER_LINE_MAX; per_line *= 2) {
            struct layout layout = {
                .form = LAYOUT_GRID, .per_line = per_line, .cell_columns = cell};
            int needed = per_line * cell - (cell > 1); /* no blank behind the last */
            if (needed > room->columns && (cell > 1 || per_line > LAST_PER_LINE))
                break;
            bool fits = try_form(cpus, machine, room->rows, &layout);
            *ret_layout = layout;
            if (fits)
                return true;
        }
    }
    return false;
}

struct layout layout_for(const struct cpus *cpus, const struct machine *machine,
    const struct layout_room *room)
{
    struct layout layout;
    if (!try_bars(cpus, machine, room, &layout) &&
        !try_columns(cpus, machine, room, &layout))
        try_grid(cpus, machine, room, &layout);
    return layout;
}
