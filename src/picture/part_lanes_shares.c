// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "picture/part_lanes_inside.h"
#include "picture/part_steps.h"

/* Columns of a point, of all lanes. */
struct shares {
    const struct part_lanes *lanes;
    size_t columns;
    double end_x; /* of the stage */
    double *busy; /* points' worth of lane l in column c: element l * columns + c */
    int *levels;  /* of one lane */
};

/* Adds time in tasks to the columns that it covers. */
static void add_busy(struct shares *shares, const struct result_record *record)
{
    const struct part_lanes *lanes = shares->lanes;
    size_t lane = (size_t)(record->worker / lanes->size);
    double *cells = shares->busy + lane * shares->columns;
    double from = part_lanes_x(lanes, record->start_ns) - lanes->box.x;
    double end_x = fmin(part_lanes_x(lanes, record->end_ns), shares->end_x);
    double to = end_x - lanes->box.x;
    for (size_t column = (size_t)from; column < shares->columns && from < to; column++) {
        double end = fmin(to, (double)(column + 1));
        cells[column] += end - from;
        from = end;
    }
}

/* What is there at all can be seen. */
static int level_of(const struct part_lanes *lanes, double share)
{
    int level = (int)lround(fmin(share, 1) * lanes->thickness * PART_STEPS_FINE);
    return share > 0 && level < 1 ? 1 : level;
}

static void draw_lane(const struct shares *shares, int lane)
{
    const struct part_lanes *lanes = shares->lanes;
    struct drawing_box box = part_lanes_box(lanes, lane);
    const double *cells = shares->busy + (size_t)lane * shares->columns;
    int workers = part_lanes_workers(lanes, lane);
    for (size_t column = 0; column < shares->columns; column++) {
        double width = fmin(shares->end_x - box.x - (double)column, 1);
        double share = width > 0 ? cells[column] / (width * workers) : 0;
        shares->levels[column] = level_of(lanes, share);
    }
    const struct part_steps steps = {.x = box.x,
        .column_width = 1,
        .end_x = shares->end_x,
        .base_y = box.y + box.height,
        .columns = shares->columns,
        .high = shares->levels};
    part_steps_draw(lanes->page->drawing, &steps, INK_BUSY);
}

void part_lanes_draw_shares(const struct part_lanes *lanes)
{
    const struct result_stage *stage = lanes->stage;
    struct shares shares = {.lanes = lanes,
        .columns = (size_t)ceil(lanes->box.width),
        .end_x = part_lanes_x(lanes, stage->elapsed_ns)};
    size_t cells = (size_t)lanes->count * shares.columns;
    shares.busy = memory_new(cells, sizeof *shares.busy);
    shares.levels = memory_new(shares.columns, sizeof *shares.levels);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (part_lanes_has(lanes, record->worker) && !part_lanes_is_block(lanes, record))
            add_busy(&shares, record);
    }
    for (int lane = 0; lane < lanes->count; lane++)
        draw_lane(&shares, lane);
    free(shares.levels);
    free(shares.busy);
}
