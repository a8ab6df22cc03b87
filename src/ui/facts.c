// SPDX-License-Identifier: MIT
#include "ui/facts.h"

#include "experiment/words_facts.h"

enum { TEXT_MAX = 128 };

void facts_draw(struct canvas *canvas, struct area area, const struct plan *plan,
    const struct shown *shown)
{
    struct words_facts facts =
        words_facts_of(shown->stage, shown->running, shown->until_ns);
    facts.plan = plan;
    int row = 0, column = 0;
    for (int fact = 0; fact < WORDS_FACTS; fact++) {
        char text[TEXT_MAX];
        words_fact(&facts, fact, sizeof text, text);
        int width = canvas_width_of(text);
        if (column > 0 && column + width > area.columns) {
            row++;
            column = 0;
        }
        if (width == 0 || width > area.columns || row >= area.rows)
            continue;
        canvas_text(canvas, area.row + row, area.column + column,
            fact == WORDS_FACT_FAILED ? STYLE_FAILED : STYLE_TEXT, text);
        column += width + 1;
    }
}
