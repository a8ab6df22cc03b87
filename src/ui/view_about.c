// SPDX-License-Identifier: MIT
#include "ui/about.h"
#include "ui/about_list.h"
#include "ui/frame.h"
#include "ui/more.h"

enum { NAME_COLUMNS = 14 };

static const struct view_key keys[] = {{"i", "back"}, {"h", "previous"}, {"l", "next"},
    {"q", "quit"}, {"Space", "freeze"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key keys_ended[] = {{"i", "back"}, {"h", "previous"},
    {"l", "next"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    struct about about;
    struct about_list_row rows[ABOUT_LINES_MAX];
    about_fill(&about, input);
    for (size_t i = 0; i < about.count; i++)
        rows[i] = (struct about_list_row){
            about.lines[i].name[0] || about.count > 1 ? about.lines[i].name : NULL,
            about.lines[i].value};
    struct about_list list = {.area = frame.area,
        .name_columns = NAME_COLUMNS,
        .name_style = STYLE_TEXT,
        .first = input->scroll,
        .count = about.count,
        .rows = rows};
    if (frame.roomy)
        frame_draw_title(canvas, input, NULL);
    list.area.row = frame.roomy ? FRAME_FIRST_ROW : 0;
    canvas_text(canvas, list.area.row, frame.area.column, STYLE_STRONG, about.title);
    list.area.row += 1 + frame.roomy;
    list.area.rows = frame.area.rows - list.area.row;
    int most = about_list_draw(canvas, &list);
    more_set_page(input, about_list_page(&list));
    frame_draw_keys_or_brief(
        canvas, input, input->scene->phase == SCENE_ENDED ? keys_ended : keys);
    return most;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {
        "All that is known of one CPU, one worker or one task, a line for each thing. "
        "What "
        "this machine does not tell is \"not visible here\".",
        "Numbers count from 0, as Linux does. Times are from the start of the run.",
        NULL};
    static const struct view_key more[] = {{"i", "back"},
        {"h l", "the one before, the next one; so do Left and Right"},
        {"Up Down", "scroll"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_about = {.name = "about", .draw = draw, .help = help};
