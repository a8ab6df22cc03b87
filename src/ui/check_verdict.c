// SPDX-License-Identifier: MIT
#include "ui/check_verdict.h"

#include <string.h>

#include "experiment/words_check.h"
#include "ui/digits.h"

enum {
    SENTENCE_ROWS_MAX = 4,
    SENTENCE_COLUMNS_MIN = 28, /* beside the letters */
    ROWS_MIN = 21,             /* with them: on a lower screen the CPUs need the room */
    GAP = 4,
    PART = 5, /* of the rows: what the letters take, if that is enough for them */
    TEXT_SIZE = 512,
};

static enum style style_of(const struct result_check *check)
{
    return check->verdict == CHECK_FAIL ? STYLE_FAILED : STYLE_STRONG;
}

static int draw(struct canvas *canvas, struct area area, const struct result_check *check,
    const char *sentence)
{
    char text[TEXT_SIZE];
    struct area field = {area.row, area.column, 1, area.columns};
    words_check_verdict(check, sizeof text, text);
    canvas_field(canvas, &field, style_of(check), text);
    canvas_rest(canvas, field.row, field.column);
    area.row++;
    area.rows--;
    return area.row + canvas_paragraph(canvas, area, STYLE_STRONG, sentence);
}

int check_verdict_draw(
    struct canvas *canvas, struct area area, const struct result *result)
{
    char sentence[TEXT_SIZE];
    words_check_summary(result, sizeof sentence, sentence);
    if (area.rows > 1 + SENTENCE_ROWS_MAX)
        area.rows = 1 + SENTENCE_ROWS_MAX;
    return draw(canvas, area, &result->check, sentence);
}

/* The largest that leaves room for the sentence beside it; 0: none does. */
static int scale_of(const struct area *area, const char *word, const char *sentence)
{
    int rows = area->rows / PART, room = area->columns - GAP;
    if (rows < DIGITS_ROWS)
        rows = DIGITS_ROWS;
    int scale = digits_scale(word, rows, room - SENTENCE_COLUMNS_MIN);
    int beside = room - digits_width(word, scale);
    bool fits = canvas_paragraph_rows(sentence, beside) <= scale * DIGITS_ROWS;
    return fits && area->rows >= ROWS_MIN ? scale : 0;
}

int check_verdict_draw_large(
    struct canvas *canvas, struct area area, const struct result *result)
{
    const struct result_check *check = &result->check;
    const char *word = check_verdict_names[check->verdict];
    char sentence[TEXT_SIZE];
    words_check_summary(result, sizeof sentence, sentence);
    int scale = scale_of(&area, word, sentence), width = digits_width(word, scale);
    if (scale == 0)
        return check_verdict_draw(canvas, area, result);
    const struct digits letters = {/* with an empty row above */
        area.row + 1, area.column + area.columns - width, scale, style_of(check)};
    digits_draw(canvas, &letters, word);
    area.rows = 1 + scale * DIGITS_ROWS;
    area.columns -= width + GAP;
    draw(canvas, area, check, sentence);
    return area.row + area.rows;
}

int check_verdict_draw_alone(
    struct canvas *canvas, struct area area, const struct result *result)
{
    const struct result_check *check = &result->check;
    const char *name = check_verdict_names[check->verdict], *sentence = check->sentence;
    size_t length = strlen(name);
    if (strncmp(sentence, name, length) == 0 && sentence[length] == ':')
        sentence += length + 1;
    return draw(canvas, area, check, sentence + strspn(sentence, " "));
}
