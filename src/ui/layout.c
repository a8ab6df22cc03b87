// SPDX-License-Identifier: MIT
#include "ui/layout.h"

enum {
    BAR_COLUMNS_MIN = 14, /* eight for the bar, six for its percentage */
    SHORT_COLUMNS_MIN = 4,
    SHORT_PER_LINE_MIN = 4,
    THICKNESS_MAX = 8,
    LAST_PER_LINE = 8, /* which any screen has room for */
};

/* Whether the line ends before a place: bars have a core to a line; else small groups
 * stand together as long as they are whole. */
static bool ends_before(
    const struct cpus *cpus, const struct layout *layout, size_t first, size_t place)
{
    size_t room = (size_t)layout->per_line - (place - first);
    enum cpus_part part = cpus->parts[place];
    if (room == 0)
        return true;
    if (part == CPUS_SIBLING)
        return false;
    if (part >= layout->splits)
        return true;
    bool whole = part >= layout->whole || room < (size_t)cpus->siblings;
    return whole && cpus->sizes[place] > room;
}

bool layout_next_line(
    const struct cpus *cpus, const struct layout *layout, struct layout_line *line)
{
    size_t first = line->first + line->count, place = first + 1;
    if (first >= cpus->count)
        return false;
    while (place < cpus->count && !ends_before(cpus, layout, first, place))
        place++;
    line->new_group = first > 0 && cpus->parts[first] >= layout->groups;
    line->first = first;
    line->count = place - first;
    return true;
}

/* The columns between the CPU at a place and the one before it, on one line. */
static int gap_before(const struct cpus *cpus, const struct layout *layout, size_t place)
{
    enum cpus_part part = cpus->parts[place];
    return (part >= CPUS_CORE ? layout->core_gap : 0) +
           (part >= CPUS_CACHE ? layout->cache_gap : 0);
}

int layout_column(const struct cpus *cpus, const struct layout *layout,
    const struct layout_line *line, size_t place)
{
    int column = (int)(place - line->first) * layout->cell_columns;
    for (size_t i = line->first + 1; i <= place; i++)
        column += gap_before(cpus, layout, i);
    return column;
}

/* What the lines of a layout take. */
struct extent {
    int lines, columns;
    int begins[CPUS_PARTS]; /* lines with which such a part begins, but for the first */
};

static struct extent measure(const struct cpus *cpus, const struct layout *layout)
{
    struct extent extent = {0};
    struct layout_line line = {0};
    while (layout_next_line(cpus, layout, &line)) {
        size_t last = line.first + line.count - 1;
        int columns = layout_column(cpus, layout, &line, last) + layout->cell_columns;
        columns -= layout->form == LAYOUT_GRID && layout->cell_columns > 1;
        if (columns > extent.columns)
            extent.columns = columns;
        for (int part = 0; line.first > 0 && part <= (int)cpus->parts[line.first]; part++)
            extent.begins[part]++;
        extent.lines++;
    }
    return extent;
}

static int rows_of(const struct layout *layout, const struct extent *extent)
{
    int groups = layout->groups < CPUS_PARTS ? extent->begins[layout->groups] : 0;
    return extent->lines * layout->thickness + (extent->lines - 1) * layout->gap +
           groups * layout->group_gap + layout->named;
}

/* Lines are worth grouping where that makes fewer groups than lines; kinds and packages
 * also where each has one, but for bars, whose labels can tell. */
static bool can_group(
    const struct layout *layout, const struct extent *extent, enum cpus_part part)
{
    int begins = extent->begins[part];
    int greater = part < CPUS_KIND ? extent->begins[part + 1] : 0;
    bool large = part >= CPUS_PACKAGE && layout->form != LAYOUT_BARS;
    return begins > greater && (large || begins + 1 < extent->lines);
}

/* Caches have no names, and those of kinds are in the labels of bars. */
static bool can_name(const struct layout *layout, enum cpus_part part)
{
    return part > CPUS_CACHE && (part < CPUS_KIND || layout->form != LAYOUT_BARS);
}

/* Whether nothing but a gap tells where one begins. */
static bool needs_gap(enum cpus_part part)
{
    return part == CPUS_NODE || part == CPUS_PACKAGE;
}

/* The smallest groups whose names there is room for, or the smallest without a name.
 * Lines with a row between them can do without groups that have no name. */
static bool fit_groups(struct layout *layout, const struct extent *extent, int rows)
{
    bool needed = false;
    layout->group_gap = 1;
    for (int named = 1; named >= 0; named--)
        for (int part = CPUS_CACHE; part <= CPUS_KIND; part++) {
            if (!can_group(layout, extent, part))
                continue;
            needed = needed || layout->gap == 0 || needs_gap(part);
            layout->groups = part;
            layout->named = named;
            if ((!named || can_name(layout, part)) && rows_of(layout, extent) <= rows)
                return true;
        }
    layout->groups = CPUS_PARTS;
    layout->group_gap = 0;
    layout->named = false;
    return !needed && rows_of(layout, extent) <= rows;
}

/* As thick as the room allows, thin lines with an empty row between them if they can. */
static bool fit_rows(struct layout *layout, const struct extent *extent, int rows)
{
    int thickest = layout->form == LAYOUT_GRID ? 1 : THICKNESS_MAX;
    layout->lines = extent->lines;
    for (layout->thickness = thickest; layout->thickness > 0; layout->thickness--)
        for (layout->gap = layout->form != LAYOUT_GRID; layout->gap >= 0; layout->gap--)
            if ((layout->thickness == 1 || layout->gap > 0) &&
                fit_groups(layout, extent, rows))
                return true;
    layout->thickness = 1;
    layout->gap = 0;
    return rows_of(layout, extent) <= rows;
}

/* Lines without regard for parts would be too many. */
static bool is_hopeless(
    const struct cpus *cpus, const struct layout *layout, const struct layout_room *room)
{
    return (int)cpus->count > layout->per_line * room->rows;
}

static bool try_form(
    const struct cpus *cpus, const struct layout_room *room, struct layout *layout)
{
    struct extent extent = measure(cpus, layout);
    int sum = layout->sums ? LAYOUT_SUM_COLUMNS : 0;
    return extent.columns + sum <= room->columns && fit_rows(layout, &extent, room->rows);
}

static bool try_bars(
    const struct cpus *cpus, const struct layout_room *room, struct layout *ret_layout)
{
    struct layout layout = {.form = LAYOUT_BARS,
        .splits = CPUS_CORE,
        .whole = CPUS_CORE,
        .per_line = cpus->siblings,
        .cell_columns = room->columns / cpus->siblings};
    if (layout.cell_columns < BAR_COLUMNS_MIN || is_hopeless(cpus, &layout, room) ||
        !try_form(cpus, room, &layout))
        return false;
    *ret_layout = layout;
    return true;
}

/* How strictly parts of the machine are kept apart: those that always begin a line, and
 * those of which a line has all or none. */
static const enum cpus_part rules[][2] = {
    {CPUS_NODE, CPUS_CACHE},
    {CPUS_PACKAGE, CPUS_CACHE},
    {CPUS_PACKAGE, CPUS_NODE},
    {CPUS_KIND, CPUS_PACKAGE},
};

enum { RULES = sizeof rules / sizeof *rules };

/* Siblings a blank apart, cores two. */
static int short_columns(const struct cpus *cpus, int columns, int per_line, int core_gap)
{
    int cores = (per_line + cpus->siblings - 1) / cpus->siblings;
    return (columns - LAYOUT_SUM_COLUMNS - (cores - 1) * core_gap) / per_line;
}

/* As many to a line as share a cache, if that is a number to draw; else powers of two. */
static bool try_columns_by(const struct cpus *cpus, const struct layout_room *room,
    const enum cpus_part rule[2], struct layout *ret_layout)
{
    const int per_line[] = {cpus->shared, 8, 16, 32};
    for (size_t i = 0; i < sizeof per_line / sizeof *per_line; i++) {
        struct layout layout = {.form = LAYOUT_COLUMNS,
            .per_line = per_line[i],
            .sums = true,
            .core_gap = cpus->siblings > 1,
            .splits = rule[0],
            .whole = rule[1]};
        if (per_line[i] < SHORT_PER_LINE_MIN || is_hopeless(cpus, &layout, room))
            continue;
        for (; layout.core_gap >= 0; layout.core_gap--) {
            layout.cell_columns =
                short_columns(cpus, room->columns, per_line[i], layout.core_gap);
            if (layout.cell_columns < SHORT_COLUMNS_MIN || !try_form(cpus, room, &layout))
                continue;
            *ret_layout = layout;
            return true;
        }
    }
    return false;
}

static bool try_columns(
    const struct cpus *cpus, const struct layout_room *room, struct layout *ret_layout)
{
    for (int i = 0; i < RULES; i++)
        if (try_columns_by(cpus, room, rules[i], ret_layout))
            return true;
    return false;
}

/* Powers of two, and as many caches as make up an even part of a node. */
static bool is_natural(const struct cpus *cpus, int per_line)
{
    bool power = (per_line & (per_line - 1)) == 0;
    return power || (cpus->shared > 0 && per_line % cpus->shared == 0 &&
                        cpus->in_node % per_line == 0 && cpus->in_node > 0);
}

/* How far apart the CPUs of a line are, and whether there is a sum. */
struct spacing {
    int cell_columns, cache_gap;
    bool sums;
};

static bool try_grid_with(const struct cpus *cpus, const struct layout_room *room,
    const struct spacing *spacing, struct layout *ret_layout)
{
    for (int i = 0; i < RULES; i++)
        for (int per_line = LAST_PER_LINE; per_line <= room->columns; per_line++) {
            struct layout layout = {.form = LAYOUT_GRID,
                .per_line = per_line,
                .cell_columns = spacing->cell_columns,
                .cache_gap = spacing->cache_gap,
                .sums = spacing->sums,
                .splits = rules[i][0],
                .whole = rules[i][1]};
            if (!is_natural(cpus, per_line) || is_hopeless(cpus, &layout, room) ||
                !try_form(cpus, room, &layout))
                continue;
            *ret_layout = layout;
            return true;
        }
    return false;
}

/* As many as there is room for, which is not for all. */
static void lay_out_rest(
    const struct cpus *cpus, const struct layout_room *room, struct layout *ret_layout)
{
    struct layout layout = {.form = LAYOUT_GRID,
        .per_line = LAST_PER_LINE,
        .cell_columns = 1,
        .cache_gap = 1,
        .sums = true,
        .splits = CPUS_KIND,
        .whole = CPUS_PACKAGE,
        .thickness = 1,
        .groups = CPUS_PARTS};
    while (layout.per_line * 2 <= room->columns)
        layout.per_line *= 2;
    struct extent extent = measure(cpus, &layout);
    if (extent.columns + LAYOUT_SUM_COLUMNS > room->columns) {
        layout.cache_gap = 0;
        extent = measure(cpus, &layout);
    }
    layout.sums = extent.columns + LAYOUT_SUM_COLUMNS <= room->columns;
    layout.lines = extent.lines;
    *ret_layout = layout;
}

/* CPUs that stand apart are easier to count than sums to read. */
static void lay_out_grid(
    const struct cpus *cpus, const struct layout_room *room, struct layout *ret_layout)
{
    static const struct spacing spacings[] = {{2, 1, true}, {2, 0, true}, {2, 1, false},
        {2, 0, false}, {1, 1, true}, {1, 0, true}, {1, 1, false}, {1, 0, false}};
    for (size_t i = 0; i < sizeof spacings / sizeof *spacings; i++)
        if (try_grid_with(cpus, room, &spacings[i], ret_layout))
            return;
    lay_out_rest(cpus, room, ret_layout);
}

struct layout layout_for(const struct cpus *cpus, const struct layout_room *room)
{
    struct layout layout;
    if (!try_bars(cpus, room, &layout) && !try_columns(cpus, room, &layout))
        lay_out_grid(cpus, room, &layout);
    return layout;
}
