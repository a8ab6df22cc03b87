// SPDX-License-Identifier: MIT
#include "ui/heights.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { EIGHTHS = 8 };

void heights_draw(struct canvas *canvas, const struct area *area, const float shares[])
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    struct area line = {area->row, area->column, 1, area->columns};
    /* One more, for ncurses looks at the character behind the last as well. */
    wchar_t *cells = memory_new((size_t)area->columns + 1, sizeof *cells);
    for (int below = (area->rows - 1) * EIGHTHS; below >= 0; below -= EIGHTHS) {
        for (int column = 0; column < area->columns; column++) {
            float height = shares[column] * (float)(area->rows * EIGHTHS);
            int eighths = (int)lroundf(height) - below;
            if (eighths < 0)
                eighths = 0;
            cells[column] = glyphs->up[eighths < EIGHTHS ? eighths : EIGHTHS];
        }
        canvas_cells(canvas, &line, STYLE_BUSY, cells);
        line.row++;
    }
    free(cells);
}

float heights_least(int rows)
{
    return 1 / (float)(rows * EIGHTHS);
}
