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

static const char *const words[] = {
    "Length is time, height is CPUs busy: the same scale for both runs.",
    "In a sweep dots are what is possible, a bar through a point is its spread.",
    "With d, a bar is split by what its CPU does: u user, n nice, s system,",
    "i interrupts, t taken by the host.",
    "One character per CPU: a block from 95 %, else the tens digit; x offline.",
};

static const struct view_key keys[] = {{"?", "back"}, {"q", "quit"}, {NULL, NULL}};

enum { KEY_COLUMNS = 12 };

static int rows_of(int number, int columns)
{
    int count = (int)(sizeof all / sizeof *all) - 1;
    if (number < count)
        return canvas_paragraph_rows(all[number].does, columns - KEY_COLUMNS);
    return number == count ? 1
                           : canvas_paragraph_rows(words[number - count - 1], columns);
}

/* One entry from a row on: a key with what it does, or words alone.  Returns its rows. */
static int draw_entry(struct canvas *canvas, struct area area, int number)
{
    int count = (int)(sizeof all / sizeof *all) - 1;
    if (number < count) {
        canvas_text(canvas, area.row, area.column, STYLE_KEY, all[number].key);
        area.column += KEY_COLUMNS;
        area.columns -= KEY_COLUMNS;
        return canvas_paragraph(canvas, area, STYLE_TEXT, all[number].does);
    }
    if (number == count)
        return 1;
    return canvas_paragraph(canvas, area, STYLE_TEXT, words[number - count - 1]);
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct area area = frame_of(canvas).area;
    int count = (int)(sizeof all / sizeof *all + sizeof words / sizeof *words);
    int number = input->scroll < count ? input->scroll : count - 1, end = area.rows;
    int first_row = area.row;
    while (number < count && area.row < end) {
        area.rows = end - area.row;
        if (area.row > first_row && rows_of(number, area.columns) > area.rows)
            break; /* whole entries only */
        area.row += draw_entry(canvas, area, number++);
    }
    frame_draw_keys(canvas, input, keys);
    int first = input->scroll < count ? input->scroll : count - 1;
    return first + count - number;
}

const struct view_ops view_help = {.name = "help", .draw = draw};
