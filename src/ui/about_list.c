// SPDX-License-Identifier: MIT
#include "ui/about_list.h"

#include <stdbool.h>

enum { BESIDE_COLUMNS_MIN = 14, INDENT = 2, MARKED_COLUMNS_MIN = 30 };

static bool is_marked(const struct about_list *list, const struct about_list_row *row)
{
    return !row->name && *row->text && list->mark &&
           list->area.columns >= MARKED_COLUMNS_MIN;
}

/* Where the text of a row is, from the first row of all that is drawn on. */
static struct area text_area(
    const struct about_list *list, const struct about_list_row *row)
{
    struct area area = list->area;
    bool beside = area.columns - list->name_columns >= BESIDE_COLUMNS_MIN;
    if (!row->name && !is_marked(list, row))
        return area;
    int indent = row->name && beside ? list->name_columns : INDENT;
    if (row->name && !beside)
        area.row++;
    area.column += indent;
    area.columns -= indent;
    return area;
}

static int rows_of(const struct about_list *list, const struct about_list_row *row)
{
    struct area area = text_area(list, row);
    int above = area.row - list->area.row;
    int rows = canvas_paragraph_rows(row->text, area.columns);
    return above + (rows > 0 || above > 0 ? rows : 1);
}

static void draw_row(struct canvas *canvas, const struct about_list *list,
    const struct about_list_row *row, struct area place)
{
    struct area area = text_area(list, row);
    int above = area.row - list->area.row;
    place.rows -= above;
    if (row->name)
        canvas_text(canvas, place.row, place.column, list->name_style, row->name);
    else if (is_marked(list, row))
        canvas_text(canvas, place.row, place.column, STYLE_TEXT, list->mark);
    area.row = place.row + above;
    area.rows = place.rows;
    canvas_paragraph(canvas, area, STYLE_TEXT, row->text);
}

/* How many have room together from one on, up or down; all if that leads to an end. */
static int count_from(const struct about_list *list, int number, int step)
{
    int count = 0, rows = list->area.rows, all = (int)list->count;
    for (; number >= 0 && number < all; number += step, count++) {
        rows -= rows_of(list, &list->rows[number]);
        if (rows < 0)
            return count > 0 ? count : 1;
    }
    return all;
}

int about_list_page(const struct about_list *list)
{
    int down = count_from(list, list->first, 1);
    int up = count_from(list, list->first - 1, -1);
    return down < up ? down : up;
}

int about_list_draw(struct canvas *canvas, const struct about_list *list)
{
    int count = (int)list->count, end = list->area.row + list->area.rows;
    int first = list->first < count ? list->first : count - 1;
    int number = first < 0 ? 0 : first;
    struct area place = list->area;
    for (; number < count && place.row < end; number++) {
        int rows = rows_of(list, &list->rows[number]);
        place.rows = end - place.row;
        if (rows > place.rows && place.row > list->area.row)
            break; /* whole ones only */
        draw_row(canvas, list, &list->rows[number], place);
        place.row += rows;
    }
    return (first < 0 ? 0 : first) + count - number;
}
