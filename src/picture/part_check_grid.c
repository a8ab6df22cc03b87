// SPDX-License-Identifier: MIT
#include "picture/part_check_grid.h"

#include <math.h>

enum {
    PER_LINE_LEAST = 4,
    PER_LINE_MOST = 256,
    CELL_MOST = 36, /* high, and as wide as is worth anything */
    WIDTH_MOST = 56,
    BAR_MOST = 32
};

/* How much smaller cells may be for the parts being apart, and named. */
static const double NAMED_WORTH = 1.2;
static const struct {
    enum cpus_part part;
    double worth;
} splits[] = {{CPUS_NODE, 1.2}, {CPUS_PACKAGE, 1.15}, {CPUS_KIND, 1.1}, {CPUS_PARTS, 1}};

bool part_check_grid_next(const struct cpus *cpus, const struct part_check_grid *grid,
    struct part_check_line *line)
{
    size_t first = line->first + line->count, place = first + 1;
    if (first >= cpus->count)
        return false;
    while (place < cpus->count && place - first < grid->per_line &&
           cpus->parts[place] < grid->splits)
        place++;
    line->begins = first == 0 || cpus->parts[first] >= grid->splits;
    line->first = first;
    line->count = place - first;
    return true;
}

static void count_lines(const struct cpus *cpus, struct part_check_grid *grid)
{
    struct part_check_line line = {0};
    grid->lines = grid->groups = 0;
    while (part_check_grid_next(cpus, grid, &line)) {
        grid->lines++;
        grid->groups += line.begins;
    }
}

/* Powers of two, and even parts of the machine or of its nodes, in whole cores. */
static bool is_natural(const struct cpus *cpus, size_t per_line)
{
    bool power = (per_line & (per_line - 1)) == 0;
    bool even = cpus->count % per_line == 0 ||
                (cpus->in_node > 0 && (size_t)cpus->in_node % per_line == 0);
    return (power || even) && per_line % (size_t)cpus->siblings == 0;
}

/* The height of its lines; below 0 where headings leave no room. */
static double line_height(const struct part_check_grid *grid, double height)
{
    double headings = grid->named ? (double)grid->groups * PART_CHECK_HEADING : 0;
    return (height - headings) / (double)grid->lines;
}

static double fit(struct part_check_grid *grid, double width, double height)
{
    grid->pitch = fmin(width / (double)grid->per_line, WIDTH_MOST);
    grid->height = fmin(line_height(grid, height), CELL_MOST);
    return fmin(fmin(grid->pitch, CELL_MOST), grid->height) *
           (grid->named ? NAMED_WORTH : 1);
}

struct part_check_grid part_check_grid_of(
    const struct cpus *cpus, double width, double height)
{
    struct part_check_grid best = {
        .per_line = PER_LINE_MOST, .splits = CPUS_PARTS, .lines = 1};
    count_lines(cpus, &best);
    double most = fit(&best, width, height);
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++)
        for (size_t per_line = PER_LINE_MOST; per_line >= PER_LINE_LEAST; per_line--) {
            struct part_check_grid grid = {
                .per_line = per_line, .splits = splits[i].part};
            if (!is_natural(cpus, per_line))
                continue;
            count_lines(cpus, &grid);
            for (int named = 0; named <= (grid.groups > 1); named++) {
                grid.named = named;
                double worth = fit(&grid, width, height) * splits[i].worth;
                if (worth > most + 1e-9) {
                    most = worth;
                    best = grid;
                }
            }
        }
    return best;
}

struct part_check_grid part_check_grid_bars(
    const struct cpus *cpus, double height, double least)
{
    struct part_check_grid grid = {.per_line = 1, .splits = CPUS_NODE};
    count_lines(cpus, &grid);
    grid.named = grid.groups > 1;
    if (line_height(&grid, height) < least)
        grid.named = false;
    grid.height = fmin(line_height(&grid, height), BAR_MOST);
    return grid;
}
