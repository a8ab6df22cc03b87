// SPDX-License-Identifier: MIT
/* The items that have failed, the newest first. */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "ui/frame.h"
#include "ui/items_list.h"
#include "ui/more.h"

static const struct view_key keys[] = {
    {"f", "back"}, {"w", "workers"}, {"t", "tasks"}, {"?", "help"}, {NULL, NULL}};

static void draw_head(struct canvas *canvas, struct area area, const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    size_t kept = items ? items->failure_count : 0;
    char text[400] = "Nothing has failed.";
    if (scene->failed > 0)
        snprintf(
            text, sizeof text, "%" PRId64 " failed, the newest first", scene->failed);
    if (scene->failed == 1 || canvas_width_of(text) > area.columns)
        snprintf(text, sizeof text, "%" PRId64 " failed", scene->failed);
    if (items && scene->failed > (int64_t)kept)
        text_append(sizeof text, text, "; %" PRId64 " more%s%s",
            scene->failed - (int64_t)kept, items->log ? " are in " : "",
            items->log ? items->log : "");
    area.rows = 1;
    canvas_paragraph(canvas, area, STYLE_STRONG, text);
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    const struct scene *scene = input->scene;
    struct area area = frame.area;
    if (frame.titled)
        frame_draw_title(canvas, input, NULL);
    area.row = frame.roomy ? FRAME_FIRST_ROW : frame.titled;
    draw_head(canvas, area, scene);
    area.row += 1 + frame.roomy;
    area.rows = frame.area.rows - area.row - frame.roomy;
    frame_draw_keys(canvas, input, keys);
    if (!scene->items)
        return 0;
    int most = (int)scene->items->failure_count - area.rows;
    if (most < 0)
        most = 0;
    more_set_page(input, area.rows);
    items_list_draw_failures(
        canvas, area, scene->items, input->scroll < most ? input->scroll : most);
    return most;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {
        "A line for each item that has failed, the newest first: how it ended (exit 1 is "
        "its exit status, SIGSEGV a signal), which one it is, and the last line that it "
        "wrote to its standard error.",
        "The heading says how many there are, and which file has those that are not "
        "here.",
        NULL};
    static const struct view_key more[] = {{"f", "back to the picture"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_failed = {.name = "failed", .draw = draw, .help = help};
