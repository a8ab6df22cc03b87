// SPDX-License-Identifier: MIT
#include "ui/outline_row.h"

#include "base/text.h"

struct outline_layout outline_row_layout(size_t count,
    const struct result *const results[], const char *const names[], int width)
{
    struct outline_layout layout = {0};
    for (size_t i = 0; i < count; i++) {
        struct outline outline;
        outline_init(&outline, results[i], names ? names[i] : NULL);
        outline_widen(&layout, &outline);
    }
    outline_fit(&layout, width);
    return layout;
}

static const char CUT[] = ".."; /* half a number would be another one */

static bool is_outcome(int column)
{
    return column == OUTLINE_SEQUENTIAL || column == OUTLINE_PARALLEL ||
           column == OUTLINE_OUTCOME;
}

void outline_row_draw(struct canvas *canvas, struct area row,
    const struct outline_layout *layout, const struct outline *outline)
{
    int end = row.column + row.columns;
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        struct area field = {row.row, row.column, 1, layout->widths[i]};
        if (field.columns == 0)
            continue;
        if (field.column + field.columns > end)
            field.columns = end - field.column;
        char text[OUTLINE_CELL_SIZE];
        if (outline)
            outline_write(outline, layout, (enum outline_column)i, CUT, text);
        else
            text_copy(sizeof text, text, outline_heading(layout, (enum outline_column)i));
        int width = canvas_width_of(text);
        row.column += field.columns + layout->gap;
        if (outline_is_right((enum outline_column)i) && width < field.columns) {
            field.column += field.columns - width;
            field.columns = width;
        }
        enum style style = outline && is_outcome(i) ? STYLE_STRONG : STYLE_TEXT;
        canvas_field(canvas, &field, style, text);
    }
}
