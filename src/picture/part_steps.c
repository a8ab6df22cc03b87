// SPDX-License-Identifier: MIT
#include "picture/part_steps.h"

#include <stdlib.h>

#include "base/memory.h"

static int low_at(const struct part_steps *steps, size_t column)
{
    return steps->low ? steps->low[column] : 0;
}

static struct drawing_point point_at(
    const struct part_steps *steps, size_t column, int level)
{
    double x = steps->x + (double)column * steps->column_width;
    return (struct drawing_point){x < steps->end_x ? x : steps->end_x,
        steps->base_y - level / (double)PART_STEPS_FINE};
}

/* There along the upper side, back along the lower one. */
static size_t outline(const struct part_steps *steps, size_t first, size_t end,
    struct drawing_point points[])
{
    size_t count = 0;
    for (size_t column = first; column < end; column++) {
        int level = steps->high[column];
        if (column > first && level == steps->high[column - 1])
            continue;
        if (column > first)
            points[count++] = point_at(steps, column, steps->high[column - 1]);
        points[count++] = point_at(steps, column, level);
    }
    points[count++] = point_at(steps, end, steps->high[end - 1]);
    points[count++] = point_at(steps, end, low_at(steps, end - 1));
    for (size_t column = end - 1; column > first; column--) {
        if (low_at(steps, column) == low_at(steps, column - 1))
            continue;
        points[count++] = point_at(steps, column, low_at(steps, column));
        points[count++] = point_at(steps, column, low_at(steps, column - 1));
    }
    points[count++] = point_at(steps, first, low_at(steps, first));
    return count;
}

bool part_steps_draw(
    const struct drawing *drawing, const struct part_steps *steps, enum ink ink)
{
    struct drawing_point *points = memory_new(4 * steps->columns + 4, sizeof *points);
    size_t first = 0, areas = 0;
    while (first < steps->columns) {
        size_t end = first;
        while (end < steps->columns && steps->high[end] > low_at(steps, end))
            end++;
        if (end > first)
            drawing_area(drawing, outline(steps, first, end, points), points, ink);
        areas += end > first;
        first = end > first ? end : end + 1;
    }
    free(points);
    return areas > 0;
}
