// SPDX-License-Identifier: MIT
#include "ui/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/more.h"
#include "ui/name_line.h"
#include "ui/replay_line.h"
#include "workload/workload.h"

enum {
    ROOMY_ROWS = 20,
    TITLED_ROWS = 8,
    LABELS = 7,
    LABELS_NARROW = 6,
    HELP_FROM_COLUMNS = 34,
    ROWS_MIN = 5,
    WORD_ROWS_MAX = 3,
    KEYS_MAX = 16,
    KEYS_LEAST_COLUMNS = 16, /* beside a replay's line */
    COLUMNS_MIN = 20,
};

struct frame frame_of(const struct canvas *canvas)
{
    struct area area = canvas_area(canvas);
    bool wide = area.columns >= FRAME_ROOMY_COLUMNS;
    bool roomy = wide && area.rows >= ROOMY_ROWS, titled = area.rows >= TITLED_ROWS;
    if (wide) {
        area.column = 1;
        area.columns -= 2;
    }
    area.rows--;
    return (struct frame){.area = area,
        .label_columns = area.column ? LABELS : LABELS_NARROW,
        .numbers_columns = FRAME_NUMBERS_COLUMNS,
        .roomy = roomy,
        .titled = titled};
}

static bool is_over(const struct view_input *input)
{
    return input->scene->phase == SCENE_ENDED;
}

/* What is over may be run again, changed, kept. */
static bool can_go_on(const struct view_input *input)
{
    return input->offers.repeat || input->offers.edit || input->offers.save;
}

const struct view_key *frame_picture_keys(
    const struct canvas *canvas, const struct view_input *input)
{
    static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"},
        {"t", "tasks"}, {"w", "workers"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key ended[] = {{"q", "quit"}, {"t", "tasks"},
        {"w", "workers"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key over[] = {{"r", "run again"}, {"e", "edit"},
        {"s", "save"}, {"t", "tasks"}, {"d", "details"}, {"q", "quit"}, {"w", "workers"},
        {"?", "help"}, {NULL, NULL}};
    static const struct view_key over_narrow[] = {{"r", "run again"}, {"t", "tasks"},
        {"d", "details"}, {"?", "help"}, {"s", "save"}, {"e", "edit"}, {"q", "quit"},
        {NULL, NULL}};
    static const struct view_key over_least[] = {
        {"q", "quit"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key replayed[] = {{"Space", "freeze"}, {"q", "quit"},
        {", .", "step"}, {"[ ]", "seek"}, {"< >", "speed"}, {"t", "tasks"},
        {"w", "workers"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key replayed_over[] = {{"r", "run again"}, {"q", "quit"},
        {"e", "edit"}, {"s", "save"}, {"t", "tasks"}, {"d", "details"}, {"w", "workers"},
        {"?", "help"}, {NULL, NULL}};
    if (!is_over(input))
        return input->replay ? replayed : keys;
    if (!can_go_on(input))
        return ended;
    if (input->replay)
        return replayed_over;
    int columns = canvas_area(canvas).columns;
    if (columns < FRAME_KEYS_COLUMNS)
        return over_least;
    return columns < FRAME_ROOMY_COLUMNS ? over_narrow : over;
}

const struct view_key *frame_plain_keys(const struct view_input *input)
{
    static const struct view_key keys[] = {{"q", "quit"}, {"Space", "freeze"},
        {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key ended[] = {
        {"q", "quit"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key over[] = {{"r", "run again"}, {"e", "edit"},
        {"s", "save"}, {"d", "details"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key replayed[] = {{"Space", "freeze"}, {"q", "quit"},
        {", .", "step"}, {"[ ]", "seek"}, {"< >", "speed"}, {"d", "details"},
        {"?", "help"}, {NULL, NULL}};
    static const struct view_key replayed_over[] = {{"r", "run again"}, {"q", "quit"},
        {"e", "edit"}, {"s", "save"}, {"d", "details"}, {"?", "help"}, {NULL, NULL}};
    if (!is_over(input))
        return input->replay ? replayed : keys;
    if (!can_go_on(input))
        return ended;
    return input->replay ? replayed_over : over;
}

/* Nothing more is begun: ending what is under way is all that is left to choose. */
static bool is_closed(const struct view_input *input)
{
    const struct scene_items *items = input->scene->items;
    return items && items->closing != WORKLOAD_OPEN;
}

static void format_stop(const struct view_input *input, size_t size, char text[])
{
    const struct scene_items *items = input->scene->items;
    int64_t running = items ? items->running : 0;
    if (is_closed(input))
        snprintf(text, size, "e: end the %" PRId64 " under way now; any other key: go on",
            running);
    else
        snprintf(text, size,
            "s: begin nothing more, wait for %" PRId64
            " under way; e: end them now; else: go on",
            running);
}

/* The question in so many columns, or the shortest that there is. */
static void format_question(
    const struct view_input *input, int columns, size_t size, char text[])
{
    static const char *const shorter[][2] = {
        [VIEW_QUESTION_END] = {"End the run? y/n", "end? y/n"},
        [VIEW_QUESTION_STOP] = {"s: no more   e: end all   else: on", "s stop, e end"},
        [VIEW_QUESTION_SAVE] = {"Save as:", "name?"},
    };
    static const char *const check[] = {"End the check? y/n", "end? y/n"};
    static const char *const closed[] = {"e: end all   else: on", "e end all"};
    bool ends_only = input->question == VIEW_QUESTION_STOP && is_closed(input);
    bool is_check = input->scene->result->plan.command == PLAN_CHECK &&
                    input->question == VIEW_QUESTION_END;
    const char *const *choice = ends_only  ? closed
                                : is_check ? check
                                           : shorter[input->question];
    if (input->question == VIEW_QUESTION_STOP)
        format_stop(input, size, text);
    else if (input->question == VIEW_QUESTION_SAVE)
        text_copy(size, text, "Save as:");
    else
        snprintf(text, size, "End the %s now? y ends it, any other key goes on",
            is_check ? "check" : "run");
    for (int i = 0; i < 2 && canvas_width_of(text) > columns; i++)
        text_copy(size, text, choice[i]);
}

static void draw_name(
    struct canvas *canvas, const struct view_input *input, struct area area)
{
    const struct name_line line = {.asked = "Save as:",
        .does = "save",
        .name = input->name,
        .endings = input->endings};
    if (input->name)
        name_line_draw(canvas, area, &line);
}

void frame_draw_word(struct canvas *canvas, const char *word)
{
    struct area all = canvas_area(canvas), area = frame_of(canvas).area;
    area.rows = canvas_paragraph_rows(word, area.columns);
    if (area.rows > WORD_ROWS_MAX)
        area.rows = WORD_ROWS_MAX;
    if (area.rows == 0)
        return;
    all.row = area.row = all.rows - area.rows;
    all.rows = area.rows;
    canvas_fill(canvas, all, STYLE_TEXT, L' ');
    canvas_paragraph(canvas, area, STYLE_STRONG, word);
    canvas_rest(canvas, area.row, area.column);
}

/* What takes the place of keys: a question, or room for a word on what a key has done.
 * True if there is one. */
static bool draw_question(
    struct canvas *canvas, const struct view_input *input, int row, int column)
{
    struct area area = {row, column, 1, canvas_area(canvas).columns - 2 * column};
    char text[96];
    if (input->question == VIEW_QUESTION_SAVE) {
        draw_name(canvas, input, area);
        return true;
    }
    if (input->question != VIEW_NO_QUESTION) {
        format_question(input, area.columns + column, sizeof text, text);
        canvas_text(canvas, row, column, STYLE_MARK, text);
        canvas_rest(canvas, row, column);
        return true;
    }
    return input->word && *input->word;
}

bool frame_draw_too_small(struct canvas *canvas, const struct view_input *input)
{
    static const char *const needs[] = {"parfor needs 20x5", "needs 20x5", "20x5"};
    struct area area = canvas_area(canvas);
    char text[96];
    int i = 0;
    if (area.rows >= ROWS_MIN && area.columns >= COLUMNS_MIN)
        return false;
    while (i < 2 && canvas_width_of(needs[i]) > area.columns)
        i++;
    text_copy(sizeof text, text, needs[i]);
    if (input->question != VIEW_NO_QUESTION) /* as short as it can be */
        format_question(input, 0, sizeof text, text);
    canvas_text(canvas, 0, 0, STYLE_TEXT, text);
    return true;
}

static const char FROZEN[] = " FROZEN ", PAUSED[] = " PAUSED ";

/* Whether it can be done now. */
static bool does_something(const struct view_input *input, const struct view_key *key)
{
    if (strcmp(key->does, "run again") == 0)
        return input->offers.repeat;
    if (strcmp(key->does, "edit") == 0)
        return input->offers.edit;
    return input->offers.save || strcmp(key->does, "save") != 0;
}

bool frame_is_saved(const struct view_input *input)
{
    return input->replay || input->offers.replays;
}

/* "quit" ends what is measured, "leave" lets a loop of the user's own go on, "back" leads
 * to where it was chosen. */
static const char *quit_word(const struct view_input *input)
{
    const struct plan *plan = &input->scene->result->plan;
    bool gets_done = plan->tells && plan->command == PLAN_MAP && !input->replay &&
                     input->scene->phase != SCENE_ENDED;
    if (gets_done)
        return "leave";
    return input->offers.returns ? "back" : "quit";
}

/* Quitting may be another thing, and what else goes back, too; details go as they came; a
 * replay stands still where a run is frozen; what was saved is played again. */
static struct view_key as_meant(
    const struct view_input *input, int columns, const struct view_key *key)
{
    struct view_key meant = *key;
    if (strcmp(key->does, "quit") == 0)
        meant.does = quit_word(input);
    if (input->offers.returns && strcmp(key->does, "back") == 0)
        meant.does = "close"; /* it is q that leads back */
    if (input->details && strcmp(key->does, "details") == 0)
        meant.does = "less";
    if (input->replay && strcmp(key->does, "freeze") == 0)
        meant.does = input->replay->paused ? "play" : "pause";
    if (strcmp(key->does, "run again") == 0 && frame_is_saved(input))
        meant.does = "replay";
    else if (strcmp(key->does, "run again") == 0 && columns < FRAME_ROOMY_COLUMNS)
        meant.does = "again";
    return meant;
}

void frame_draw_keys(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[])
{
    struct area area = canvas_area(canvas);
    int row = area.rows - 1, column = frame_of(canvas).area.column, end = area.columns;
    if (draw_question(canvas, input, row, column))
        return;
    if (input->frozen) {
        end -= (int)sizeof FROZEN;
        canvas_right(canvas, row, area.columns - column, STYLE_MARK, FROZEN);
    }
    if (input->replay) {
        int room = end - column - KEYS_LEAST_COLUMNS;
        int width = replay_line_draw(canvas,
            (struct area){row, column + KEYS_LEAST_COLUMNS, 1, room - column},
            input->replay);
        end -= width > 0 ? width + 1 + column : 0; /* a blank, and its margin */
    }
    struct view_key meant[KEYS_MAX + 2] = {0}, more; /* the last has no name */
    for (int i = 0, count = 0; keys[i].key && count < KEYS_MAX; i++) {
        if (does_something(input, &keys[i]))
            meant[count++] = as_meant(input, area.columns, &keys[i]);
        if (count == 1 && more_key(input, &more))
            meant[count++] = more;
    }
    key_line_draw(canvas, row, column, end, meant);
}

int frame_draw_keys_brief(struct canvas *canvas, const struct view_input *input)
{
    static const struct view_key quit = {"q", "quit"}, help = {"?", "help"};
    struct area area = canvas_area(canvas);
    int row = area.rows - 1, column = area.columns;
    if (draw_question(canvas, input, row, 0))
        return 0;
    if (input->frozen) {
        canvas_right(canvas, row, column, STYLE_MARK, FROZEN);
        return column - (int)sizeof FROZEN;
    }
    if (input->replay && input->replay->paused &&
        input->replay->t_ns < input->replay->end_ns) {
        canvas_right(canvas, row, column, STYLE_MARK, PAUSED);
        return column - (int)sizeof PAUSED;
    }
    if (area.columns >= HELP_FROM_COLUMNS) {
        column -= key_line_width_of(&help);
        key_line_draw_key(canvas, row, column, &help);
        column -= 2;
    }
    struct view_key meant = as_meant(input, area.columns, &quit);
    column -= key_line_width_of(&meant);
    key_line_draw_key(canvas, row, column, &meant);
    return column - 2;
}

void frame_draw_keys_or_brief(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[])
{
    if (canvas_area(canvas).columns < FRAME_KEYS_COLUMNS)
        frame_draw_keys_brief(canvas, input);
    else
        frame_draw_keys(canvas, input, keys);
}
