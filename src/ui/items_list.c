// SPDX-License-Identifier: MIT
#include "ui/items_list.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/words_items.h"

enum {
    WIDE_COLUMNS = 60,
    INDENT_WIDE = 2,
    INDENT_NARROW = 1,
    WHAT_COLUMNS = 11, /* "38 min", "exit 1": more pushes the name aside */
    NAME_COLUMNS = 24, /* and a fourth of what there is beyond 80 */
    MEDIAN_COLUMN = 21,
    BETWEEN = 2,
};

/* Where the three columns of a line are. */
struct line {
    struct canvas *canvas;
    struct area area; /* of the line */
    int indent, name_columns;
};

static struct line line_in(struct canvas *canvas, struct area area)
{
    bool wide = area.columns >= WIDE_COLUMNS;
    struct line line = {.canvas = canvas,
        .area = area,
        .indent = wide ? INDENT_WIDE : INDENT_NARROW,
        .name_columns = NAME_COLUMNS};
    if (area.columns > 80)
        line.name_columns += (area.columns - 80) / 4;
    if (!wide) /* then there is nothing behind it */
        line.name_columns = area.columns;
    return line;
}

void items_list_name(const struct scene_item *item, size_t size, char text[])
{
    if (item->name[0])
        text_copy(size, text, item->name);
    else
        snprintf(text, size, "task %" PRId64, item->number);
}

static void draw_line(struct line line, enum style style, const char *what,
    const struct scene_item *item, const char *more)
{
    char name[sizeof item->name];
    int end = line.area.column + line.area.columns;
    int column = line.area.column + line.indent, width = canvas_width_of(what);
    struct area field = {line.area.row, column, 1, end - column};
    struct area whole = {line.area.row, line.area.column, 1, line.area.columns};
    canvas_target(line.canvas, whole, TARGET_TASK, item->number);
    items_list_name(item, sizeof name, name);
    canvas_field(line.canvas, &field, style, what);
    column += (width > WHAT_COLUMNS - BETWEEN ? width : WHAT_COLUMNS - BETWEEN) + BETWEEN;
    field = (struct area){line.area.row, column, 1, line.name_columns - BETWEEN};
    if (field.columns > end - column || !*more)
        field.columns = end - column;
    canvas_field(line.canvas, &field, STYLE_TEXT, name);
    column += line.name_columns;
    field = (struct area){line.area.row, column, 1, end - column};
    if (field.columns > 0)
        canvas_field(line.canvas, &field, STYLE_TEXT, more);
}

static void name_worker(
    const struct scene *scene, const struct scene_item *item, size_t size, char text[])
{
    snprintf(text, size, "worker %d", item->worker);
    for (size_t i = 0; i < scene->worker_count; i++) {
        const struct scene_worker *worker = &scene->workers[i];
        if (worker->worker == item->worker && worker->pid > 0 && worker->cpu >= 0)
            text_append(size, text, " on CPU %d", worker->cpu);
    }
}

/* Without the seconds once it is minutes: nobody reads them, and they would flicker. */
static void format_ran(int64_t ran_ns, size_t size, char text[])
{
    int64_t minute_ns = 60 * NS_PER_S;
    if (ran_ns >= 2 * minute_ns && ran_ns < 60 * minute_ns)
        snprintf(text, size, "%" PRId64 " min", ran_ns / minute_ns);
    else
        number_format_estimate(ran_ns, size, text);
}

static void draw_longest_head(
    struct canvas *canvas, struct area area, const struct scene_items *items)
{
    char median[96], text[100];
    words_items_median(items, sizeof median, median);
    canvas_text(canvas, area.row, area.column, STYLE_STRONG, "running longest");
    if (!*median)
        return;
    snprintf(text, sizeof text, "(%s)", median);
    if (MEDIAN_COLUMN + canvas_width_of(text) <= area.columns)
        canvas_text(canvas, area.row, area.column + MEDIAN_COLUMN, STYLE_TEXT, text);
}

int items_list_draw_longest(
    struct canvas *canvas, struct area area, const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    struct line line = line_in(canvas, area);
    int count = (int)items->longest_count;
    if (count == 0 || area.rows < 2)
        return 0;
    if (count > area.rows - 1)
        count = area.rows - 1;
    draw_longest_head(canvas, area, items);
    for (int i = 0; i < count; i++) {
        char ran[32], worker[48];
        format_ran(items->longest[i].ran_ns, sizeof ran, ran);
        name_worker(scene, &items->longest[i], sizeof worker, worker);
        line.area.row++;
        draw_line(line, STYLE_TEXT, ran, &items->longest[i], worker);
    }
    return 1 + count;
}

int items_list_draw_failures(
    struct canvas *canvas, struct area area, const struct scene_items *items, int first)
{
    struct line line = line_in(canvas, area);
    int count = (int)items->failure_count - first;
    for (int i = 0; i < count && i < area.rows; i++) {
        const struct scene_item *item = &items->failures[first + i];
        char failure[96];
        words_item_failure(item, sizeof failure, failure);
        draw_line(line, STYLE_FAILED, failure, item, item->last_line);
        line.area.row++;
    }
    return count > area.rows ? count - area.rows : 0;
}

int items_list_draw_failed(
    struct canvas *canvas, struct area area, const struct scene *scene)
{
    int count = (int)scene->items->failure_count;
    if (count == 0 || area.rows < 2)
        return 0;
    if (count > area.rows - 1)
        count = area.rows - 1;
    canvas_text(canvas, area.row, area.column, STYLE_STRONG, "failed");
    if (scene->failed > count && count == 1)
        canvas_format(canvas, area.row, area.column + MEDIAN_COLUMN, STYLE_TEXT,
            "(the last of %" PRId64 ")", scene->failed);
    else if (scene->failed > count)
        canvas_format(canvas, area.row, area.column + MEDIAN_COLUMN, STYLE_TEXT,
            "(the last %d of %" PRId64 ")", count, scene->failed);
    area.row++;
    area.rows = count;
    items_list_draw_failures(canvas, area, scene->items, 0);
    return 1 + count;
}
