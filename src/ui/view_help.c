// SPDX-License-Identifier: MIT
#include <string.h>

#include "ui/frame.h"

static const struct view_key all[] = {{"q", "quit; asks if work would be lost"},
    {"Space", "freeze the screen, not the run; again: go on"},
    {"t", "tasks: workers down, time across"},
    {"w", "workers: process, CPU, task, how many done, share of a CPU"},
    {"d", "details: time by mode, CPU numbers, where each worker's time went"},
    {"PageDown", "scroll, or the next view; PageUp: back"},
    {"Enter, Esc", "back to the picture; in a question: go on"},
    {"Ctrl-L", "draw everything again"},
    {"Ctrl-Z", "stop it all for a while; fg goes on"},
    {"Ctrl-C", "end it now, with what was measured"}, {NULL, NULL}};

/* Of a loop of the user's own that gets done (`map`). */
static const struct view_key working[] = {
    {"q", "leave the screen; the run goes on in plain lines"},
    {"x", "stop: begin nothing more, or end what is under way; asks"},
    {"f", "failed: what has failed, and its last line"},
    {"+ -", "one worker more, one fewer"},
    {"Space", "freeze the screen, not the run; again: go on"},
    {"t", "tasks: workers down, time across"},
    {"w", "workers: process, CPU, item in hand, how many done"},
    {"d", "details: time by mode, CPU numbers"},
    {"PageDown", "scroll, or the next view; PageUp: back"},
    {"Enter, Esc", "back to the picture"}, {"Ctrl-L", "draw everything again"},
    {"Ctrl-Z", "stop it all for a while; fg goes on"},
    {"Ctrl-C", "begin nothing more; again: end what is under way"}, {NULL, NULL}};

/* The same that is measured (`run`, `sweep`). */
static const struct view_key measured[] = {{"q", "quit; asks if work would be lost"},
    {"n", "the first run: end it after the task in hand, project the rest"},
    {"f", "failed: what has failed, and its last line"},
    {"Space", "freeze the screen, not the run; again: go on"},
    {"t", "tasks: workers down, time across"},
    {"w", "workers: process, CPU, item in hand, how many done"},
    {"d", "details: time by mode, CPU numbers, where each worker's time went"},
    {"PageDown", "scroll, or the next view; PageUp: back"},
    {"Enter, Esc", "back to the picture; in a question: go on"},
    {"Ctrl-L", "draw everything again"},
    {"Ctrl-Z", "stop it all for a while; fg goes on"},
    {"Ctrl-C", "end it now, with what was measured"}, {NULL, NULL}};

/* Where there is no loop: whole programs, or the machine alone. */
static const struct view_key watched[] = {{"q", "quit; asks if work would be lost"},
    {"Space", "freeze the screen, not what runs; again: go on"},
    {"d", "details: time by mode, CPU numbers"}, {"PageDown", "scroll; PageUp: back"},
    {"Enter, Esc", "back to the picture"}, {"Ctrl-L", "draw everything again"},
    {"Ctrl-Z", "stop it all for a while; fg goes on"},
    {"Ctrl-C", "end it now, with what was measured"}, {NULL, NULL}};

/* The machine is checked. */
static const struct view_key checked[] = {{"q", "quit; asks while it checks"},
    {"Space", "freeze the screen, not the check; again: go on"},
    {"d", "details: CPU numbers, median and least time of a task"},
    {"PageDown", "scroll; PageUp: back"}, {"Enter, Esc", "back to the picture"},
    {"Ctrl-L", "draw everything again"},
    {"Ctrl-Z", "stop it for a while; speeds are not judged then"},
    {"Ctrl-C", "end it now, with what was found"}, {NULL, NULL}};

static const char *const words_checked[] = {
    "A bar fills as its CPU is tested. Then it is as long as the CPU is fast,",
    "alone, beside the usual one of its kind; its light end is lost when all",
    "compute at once. The numbers are these two: 1.00 is as fast as usual, and as",
    "fast as alone. One character per CPU: a tens digit, a block when tested;",
    "! wrong, d died, r refused, s slow, w waited, x offline, - not for us.",
    NULL,
};

static const char *const words[] = {
    "Length is time, height is CPUs busy: the same scale for both runs.",
    "In a sweep dots are what is possible, a bar through a point is its spread.",
    "With d, a bar is split by what its CPU does: u user, n nice, s system,",
    "i interrupts, t taken by the host.",
    "One character per CPU: a block from 95 %, else the tens digit; x offline.",
    NULL,
};

static const struct view_key keys_working[] = {
    {"?", "back"}, {"q", "leave it running"}, {NULL, NULL}};
static const struct view_key keys[] = {{"?", "back"}, {"q", "quit"}, {NULL, NULL}};

enum { KEY_COLUMNS = 12 };

/* What is there to be read: keys, an empty line, words. */
struct text {
    const struct view_key *keys;
    const char *const *words;
    int keys_count, count;
};

static struct text text_for(const struct plan *plan)
{
    struct text text = {.keys = all, .words = words};
    if (plan->tells)
        text.keys = plan->command == PLAN_MAP ? working : measured;
    else if (plan->command == PLAN_VERSUS || plan->command == PLAN_WATCH)
        text.keys = watched;
    else if (plan->command == PLAN_CHECK) {
        text.keys = checked;
        text.words = words_checked;
    }
    while (text.keys[text.keys_count].key)
        text.keys_count++;
    text.count = text.keys_count + 1;
    while (text.words[text.count - text.keys_count - 1])
        text.count++;
    return text;
}

static int rows_of(const struct text *text, int number, int columns)
{
    if (number < text->keys_count)
        return canvas_paragraph_rows(text->keys[number].does, columns - KEY_COLUMNS);
    if (number == text->keys_count)
        return 1;
    return canvas_paragraph_rows(text->words[number - text->keys_count - 1], columns);
}

/* One entry from a row on: a key with what it does, or words alone.  Returns its rows. */
static int draw_entry(
    struct canvas *canvas, struct area area, const struct text *text, int number)
{
    if (number < text->keys_count) {
        canvas_text(canvas, area.row, area.column, STYLE_KEY, text->keys[number].key);
        area.column += KEY_COLUMNS;
        area.columns -= KEY_COLUMNS;
        return canvas_paragraph(canvas, area, STYLE_TEXT, text->keys[number].does);
    }
    if (number == text->keys_count)
        return 1;
    return canvas_paragraph(
        canvas, area, STYLE_TEXT, text->words[number - text->keys_count - 1]);
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct text text = text_for(&input->scene->result->plan);
    struct area area = frame_of(canvas).area;
    int first = input->scroll < text.count ? input->scroll : text.count - 1;
    int number = first, end = area.rows, first_row = area.row;
    while (number < text.count && area.row < end) {
        area.rows = end - area.row;
        if (area.row > first_row && rows_of(&text, number, area.columns) > area.rows)
            break; /* whole entries only */
        area.row += draw_entry(canvas, area, &text, number++);
    }
    frame_draw_keys(canvas, input, text.keys == working ? keys_working : keys);
    return first + text.count - number;
}

const struct view_ops view_help = {.name = "help", .draw = draw};
