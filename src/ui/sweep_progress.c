// SPDX-License-Identifier: MIT
#include "ui/sweep_progress.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "ui/panel.h"
#include "ui/shown.h"

enum { BETWEEN_TEXTS = 2 };

/* By time, or by how many where nobody knows how long they take. */
static double share_over(const struct view_input *input, const struct points *points)
{
    const struct scene *scene = input->scene;
    const struct result *result = scene->result;
    int64_t coming_ns = points_coming_ns(points, scene);
    int64_t left_ns = input->figures->left_ns;
    double over_ns = (double)scene->elapsed_ns;
    for (int i = 0; i < scene->stage; i++)
        over_ns += (double)result->stages[i].elapsed_ns;
    if (coming_ns >= 0 && left_ns >= 0)
        return over_ns / fmax(over_ns + (double)coming_ns + (double)left_ns, 1);
    return (double)points_runs_done(points) / fmax(points_runs(points, &result->plan), 1);
}

void sweep_progress_left(
    const struct view_input *input, const struct points *points, size_t size, char text[])
{
    int64_t coming_ns = points_coming_ns(points, input->scene);
    int64_t left_ns = input->figures->left_ns;
    bool known = coming_ns >= 0 && left_ns >= 0;
    shown_format_left(known ? coming_ns + left_ns : -1, size, text);
}

static void draw_all(struct canvas *canvas, const struct frame *frame,
    const struct sweep_progress *progress, int row)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    char text[64];
    int column = frame->area.column + frame->label_columns;
    int end = frame->area.column + frame->area.columns;
    sweep_progress_left(progress->input, progress->points, sizeof text, text);
    int numbers = canvas_width_of(text) + 1; /* "about 4 h 15 min left" */
    if (numbers < frame->numbers_columns)
        numbers = frame->numbers_columns;
    struct area bar = {row, column, 1, end - column - numbers};
    canvas_text(canvas, row, frame->area.column, STYLE_TEXT, "all");
    canvas_fill(canvas, bar, STYLE_TEXT, glyphs->track);
    bar.columns = (int)(share_over(progress->input, progress->points) * bar.columns);
    canvas_fill(canvas, bar, STYLE_BUSY, glyphs->shade[0]);
    canvas_right(canvas, row, end, STYLE_TEXT, text);
}

/* How busy and how far, as much of it as fits. */
static void say_busy(
    const struct sweep_progress *progress, int columns, size_t size, char text[])
{
    const struct figures *figures = progress->input->figures;
    char done[96];
    shown_done(progress->input, sizeof done, done);
    if (progress->brief) {
        text_copy(size, text, done);
        return;
    }
    for (int brief = 0; brief < 2; brief++) {
        panel_format_busy(figures, brief, size, text);
        text_append(size, text, ", %s", done);
        if (canvas_width_of(text) <= columns)
            return;
    }
    panel_format_busy(figures, true, size, text);
}

/* How busy, how far, how much longer. */
static void draw_stage(struct canvas *canvas, const struct frame *frame,
    const struct sweep_progress *progress, bool running)
{
    const struct view_input *input = progress->input;
    char text[256], left[64] = "";
    int column = frame->area.column + frame->label_columns, row = progress->row + 1;
    int end = frame->area.column + frame->area.columns;
    if (running)
        shown_left(input, sizeof left, left);
    canvas_right(canvas, row, end, STYLE_TEXT, left);
    say_busy(progress, end - column - canvas_width_of(left) - BETWEEN_TEXTS, sizeof text,
        text);
    canvas_text(canvas, row, column, STYLE_TEXT, text);
}

void sweep_progress_draw(struct canvas *canvas, const struct frame *frame,
    const struct sweep_progress *progress)
{
    const struct view_input *input = progress->input;
    struct shown shown = shown_latest(input->scene);
    char text[96];
    int row = progress->row, end = frame->area.column + frame->area.columns;
    if (!shown.stage)
        return;
    canvas_text(
        canvas, row, frame->area.column, STYLE_TEXT, progress->brief ? "this" : "now");
    shown_name(input->scene, &shown, false, sizeof text, text);
    canvas_text(
        canvas, row, frame->area.column + frame->label_columns, STYLE_STRONG, text);
    shown_time(&shown, input, frame->numbers_columns, sizeof text, text);
    canvas_right(canvas, row, end, STYLE_STRONG, text);
    draw_stage(canvas, frame, progress, shown.running);
    draw_all(canvas, frame, progress, row + SWEEP_PROGRESS_ROWS - 1);
}
