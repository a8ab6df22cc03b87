// SPDX-License-Identifier: MIT
#include "ui/stage_picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/cpus_rows.h"
#include "experiment/history.h"
#include "ui/heights.h"

enum { TOTAL_BELOW_ROWS = 3, NAME_SIZE = 32 };

/* How the CPUs are shared out to the rows of the screen. */
struct groups {
    struct cpus_rows all;
    int rows; /* of each */
};

/* A full row means the same everywhere, and holds whole cores if possible; of very few
 * rows all are one. */
static void groups_init(struct groups *groups, const struct machine *machine, int room)
{
    bool fits = machine->cpu_count <= (size_t)room;
    size_t most = fits || room >= TOTAL_BELOW_ROWS ? (size_t)room : 1;
    cpus_rows_init(&groups->all, machine, most);
    groups->rows = groups->all.count > 0 ? room / (int)groups->all.count : 1;
}

static void draw_label(struct canvas *canvas, const struct stage_picture *picture,
    const struct groups *groups, size_t group)
{
    char name[NAME_SIZE];
    bool is_all = groups->all.count == 1 && groups->all.size > 1;
    int row = picture->area.row + (int)group * groups->rows + (groups->rows - 1) / 2;
    if (is_all)
        row = picture->area.row + groups->rows - 1;
    cpus_rows_name(
        &groups->all, picture->machine, group, (size_t)picture->label_columns, name);
    canvas_format(canvas, row, picture->area.column, STYLE_TEXT, "%.*s",
        picture->label_columns - 1, name);
}

/* Half a CPU shows, among however many. */
static void lift(const struct groups *groups, size_t columns, float shares[])
{
    float least = heights_least(groups->rows);
    for (size_t column = 0; column < columns; column++)
        if (shares[column] * (float)groups->all.size >= 0.5F && shares[column] < least)
            shares[column] = least;
}

int stage_picture_column(const struct axis *axis, int columns, int64_t t_ns)
{
    return (int)lround((double)t_ns / (double)axis->end_ns * columns);
}

/* How many columns are at least half over at a time; what has begun shows at least one.
 */
static int columns_until(const struct stage_picture *picture, int64_t t_ns)
{
    int room = picture->area.columns - picture->label_columns;
    int columns = stage_picture_column(&picture->axis, room, t_ns);
    if (columns > room)
        columns = room;
    return columns > 0 ? columns : 1;
}

/* What goes on as it was measured, at its mean height: every second column of what is
 * low, filled with what stands for nothing measured where there is room for that. */
static void draw_projected(struct canvas *canvas, const struct groups *groups,
    struct area area, size_t count, const float shares[])
{
    double sum = 0;
    for (size_t column = 0; column < count; column++)
        sum += fmaxf(shares[column], 0);
    float mean = (float)(sum / (double)count), least = heights_least(groups->rows);
    if (mean * (float)groups->all.size < 0.5F)
        return;
    int rows = (int)lroundf(mean * (float)area.rows);
    if (rows > 0) {
        struct area filled = area;
        filled.row += area.rows - rows;
        filled.rows = rows;
        canvas_fill(canvas, filled, STYLE_BUSY, canvas_glyphs(canvas)->projected);
        return;
    }
    float height = mean > least ? mean : least;
    struct area cell = area;
    for (cell.columns = 1; cell.column < area.column + area.columns; cell.column += 2)
        heights_draw(canvas, &cell, &height);
}

static void draw_group(struct canvas *canvas, const struct stage_picture *picture,
    const struct groups *groups, struct area area, float shares[])
{
    size_t columns = (size_t)area.columns;
    int projected = columns_until(picture, picture->until_ns) - area.columns;
    lift(groups, columns, shares);
    heights_draw(canvas, &area, shares);
    if (projected <= 0 || picture->measured_ns >= picture->until_ns)
        return;
    area.column += area.columns;
    area.columns = projected;
    draw_projected(canvas, groups, area, columns, shares);
}

static void draw_history(struct canvas *canvas, const struct stage_picture *picture,
    const struct groups *groups)
{
    struct area area = picture->area;
    int room = area.columns - picture->label_columns;
    area.column += picture->label_columns;
    area.columns = columns_until(picture, picture->measured_ns);
    struct history_setup setup = {.stage = picture->stage,
        .until_ns = picture->measured_ns,
        .column_ns = picture->axis.end_ns / room > 0 ? picture->axis.end_ns / room : 1,
        .columns = (size_t)area.columns,
        .groups = groups->all.count};
    int *group_of = cpus_rows_of(&groups->all, picture->machine, picture->stage);
    setup.group_of = group_of;
    float *shares = history_shares(&setup);
    area.rows = groups->rows;
    for (size_t group = 0; group < groups->all.count; group++) {
        area.row = picture->area.row + (int)group * groups->rows;
        draw_group(canvas, picture, groups, area, shares + group * setup.columns);
    }
    free(shares);
    free(group_of);
}

int stage_picture_rows(const struct machine *machine, int rows)
{
    struct groups groups;
    if (rows < 1)
        return rows;
    groups_init(&groups, machine, rows);
    int used = (int)groups.all.count * groups.rows;
    cpus_rows_finish(&groups.all);
    return used > 0 ? used : rows;
}

void stage_picture_draw(struct canvas *canvas, const struct stage_picture *picture)
{
    struct groups groups;
    if (picture->area.rows < 1 || picture->area.columns <= picture->label_columns)
        return;
    groups_init(&groups, picture->machine, picture->area.rows);
    cpus_rows_fit(
        &groups.all, picture->machine, picture->ids, (size_t)picture->label_columns);
    for (size_t group = 0; group < groups.all.count; group++)
        draw_label(canvas, picture, &groups, group);
    if (picture->stage && picture->until_ns > 0)
        draw_history(canvas, picture, &groups);
    cpus_rows_finish(&groups.all);
}

void stage_picture_draw_axis(
    struct canvas *canvas, const struct stage_picture *picture, int row)
{
    const struct axis *axis = &picture->axis;
    struct area all = canvas_area(canvas);
    int left = picture->area.column + picture->label_columns, free_from = 0;
    int room = picture->area.columns - picture->label_columns;
    for (int64_t t_ns = 0; t_ns <= axis->end_ns; t_ns += axis->step_ns) {
        char label[32];
        int column = stage_picture_column(axis, room, t_ns);
        axis_format(axis, t_ns, sizeof label, label);
        int width = canvas_width_of(label);
        if (column < free_from || left + column + width > all.columns)
            continue; /* a number that is cut would be another one */
        canvas_text(canvas, row, picture->area.column + picture->label_columns + column,
            STYLE_TEXT, label);
        free_from = column + canvas_width_of(label) + 1;
    }
}
