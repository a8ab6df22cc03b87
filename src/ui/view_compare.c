// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "experiment/outline.h"
#include "experiment/words_outcome.h"
#include "ui/digits.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/shown.h"
#include "ui/stages.h"
#include "ui/verdict.h"
#include "ui/view_help.h"
#include "ui/worker_times.h"

enum { SENTENCE_ROWS = 2, DETAIL_ROWS = 4 };

/* What was expected, under the time that it was asked after. */
static void draw_guess(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    char text[48];
    if (!*input->guess)
        return;
    snprintf(text, sizeof text, "your guess: %s", input->guess);
    canvas_right(canvas, FRAME_FIRST_ROW + 1, frame->area.column + frame->area.columns,
        STYLE_TEXT, text);
}

/* The picture of live, taller, with the number where the saved time was; the verdict is
 * where the CPUs were. */
static int draw_roomy(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    struct stages stages = {.area = frame->area,
        .label_columns = frame->label_columns,
        .numbers_columns = frame->numbers_columns};
    int rows = frame->area.rows - 11;
    struct area saved, area = frame->area;
    stages.area.row = FRAME_FIRST_ROW;
    stages.rows = rows / 2; /* also those that the CPUs do not fill: for the digits */
    frame_draw_title(canvas, input, NULL);
    stages_draw(canvas, &stages, input, &saved);
    draw_guess(canvas, frame, input);
    verdict_draw_digits(canvas, &saved, result);
    area.row = FRAME_FIRST_ROW + stages_rows(&stages) + 1;
    area.rows = SENTENCE_ROWS;
    area.row += verdict_draw_sentence(canvas, area, result) + 1;
    area.column += frame->label_columns;
    area.columns -= frame->label_columns;
    area.rows = 2;
    if (area.row + area.rows <= frame->area.rows)
        verdict_draw_account(canvas, &area, result);
    frame_draw_keys(canvas, input, frame_picture_keys(canvas, input));
    return 0;
}

/* With the details the pictures are two bars, and below the verdict is where each
 * worker's time went. */
static int draw_details(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    struct shown shown = shown_latest(input->scene);
    struct area area = frame->area;
    frame_draw_title(canvas, input, NULL);
    area.row = FRAME_FIRST_ROW;
    stages_draw_brief(canvas, area, input);
    area.row += stages_rows_brief(input) + 1;
    area.rows = SENTENCE_ROWS;
    area.row += verdict_draw_sentence(canvas, area, result) + 1;
    area.rows = DETAIL_ROWS;
    area.row += verdict_draw_details(canvas, area, result) + 1;
    struct worker_times times = {
        .area = area, .stage = shown.stage, .first = input->scroll};
    times.area.row++;
    times.area.rows = frame->area.rows - 1 - times.area.row;
    frame_draw_keys(canvas, input, frame_picture_keys(canvas, input));
    if (!shown.stage || shown.stage->worker_count == 0)
        return 0;
    canvas_format(canvas, area.row, area.column, STYLE_TEXT,
        "where each worker's time went, in %s", worker_times_unit(&times));
    int most = worker_times_draw(canvas, &times);
    more_set_page(input, (int)shown.stage->worker_count - most);
    return most;
}

/* The number with its words beside it, where the sentence still fits below. */
static int draw_number(
    struct canvas *canvas, struct area area, const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    char text[32], sentence[WORDS_OUTCOME_SIZE];
    words_outcome(result, sizeof sentence, sentence);
    if (!comparison->has || comparison->doubtful ||
        area.rows < DIGITS_ROWS + canvas_paragraph_rows(sentence, area.columns))
        return 0;
    outline_format_times(comparison->speedup, sizeof text, text);
    int width = digits_width(text, 1);
    digits_draw(canvas, &(struct digits){area.row, area.column, 1, STYLE_STRONG}, text);
    canvas_text(
        canvas, area.row + 2, area.column + width + 2, STYLE_STRONG, "times as fast");
    canvas_format(canvas, area.row + 4, area.column + width + 2, STYLE_TEXT,
        "of %.2f possible", comparison->bound);
    return DIGITS_ROWS;
}

static struct area below(struct area area, int rows)
{
    area.row += rows;
    area.rows -= rows;
    return area;
}

/* What of the sentence has no room is scrolled to; a line at a time where the longer key
 * has none. */
static int draw_brief_sentence(
    struct canvas *canvas, struct area area, const struct view_input *input)
{
    static const struct view_key down[] = {{"q", "quit"}, {"Down", "more"}, {NULL, NULL}};
    static const struct view_key up[] = {{"q", "quit"}, {"Up", "more"}, {NULL, NULL}};
    const struct view_key *keys = frame_picture_keys(canvas, input);
    int hidden =
        verdict_scroll_sentence(canvas, area, input->scene->result, input->scroll);
    if (hidden > 0 && area.columns < FRAME_KEYS_COLUMNS)
        keys = input->scroll < hidden ? down : up;
    frame_draw_keys(canvas, input, keys);
    more_set_page(input, area.rows);
    return hidden;
}

/* The figures in place of the number, as many as the sentence leaves room for; in place
 * of the sentence where it leaves none. */
static int draw_brief_details(struct canvas *canvas, const struct frame *frame,
    struct area area, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    area.rows = frame->area.rows - area.row;
    if (area.columns < FRAME_KEYS_COLUMNS && result->comparison.has)
        verdict_draw_figures(canvas, area, result);
    else {
        area.row += verdict_draw_sentence(canvas, area, result);
        area.rows = frame->area.rows - area.row;
        verdict_draw_details(canvas, area, result);
    }
    frame_draw_keys(canvas, input, frame_picture_keys(canvas, input));
    return 0;
}

/* The two times and the verdict never go. */
static int draw_brief(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    bool airy = area.rows >= 11;
    if (frame->titled)
        frame_draw_title(canvas, input, NULL);
    area.row = frame->titled;
    stages_draw_brief(canvas, area, input);
    area.row += stages_rows_brief(input);
    area.rows = frame->area.rows - area.row;
    if (input->details)
        return draw_brief_details(canvas, frame, area, input);
    int number_rows = draw_number(canvas, below(area, airy), input->scene->result);
    bool tight = number_rows == 0 && airy; /* the empty row goes first */
    if (tight)
        number_rows = draw_number(canvas, area, input->scene->result);
    if (!tight || number_rows == 0)
        area.row += airy;
    area.row += number_rows;
    area.rows = frame->area.rows - area.row;
    return draw_brief_sentence(canvas, area, input);
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    if (frame.roomy && input->details)
        return draw_details(canvas, &frame, input);
    return frame.roomy ? draw_roomy(canvas, &frame, input)
                       : draw_brief(canvas, &frame, input);
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {VIEW_HELP_TOP,
        "Both runs on one scale of time: length is time, a row is a CPU or a few. The "
        "emptiness beside the second is the time that was saved.",
        "At the right: how long each took. The large number: how many times as fast.",
        "The sentence: what came of it, of how much possible, and what held it back.",
        "The bar below: where the workers' time went; its parts are named above it.",
        NULL};
    static const struct view_key more[] = {
        {"d", "details: times by mode, efficiency, where each worker's time went"},
        {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_compare = {.name = "compare", .draw = draw, .help = help};
