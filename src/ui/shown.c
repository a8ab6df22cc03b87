// SPDX-License-Identifier: MIT
#include "ui/shown.h"

#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/words.h"
#include "ui/stages.h"

struct shown shown_of(const struct scene *scene, const struct result_stage *stage)
{
    struct shown shown = {.stage = stage};
    shown.running = stage && scene->phase == SCENE_RUNNING && stage == scene_stage(scene);
    if (stage)
        shown.until_ns = shown.running ? scene->elapsed_ns : stage->elapsed_ns;
    return shown;
}

struct shown shown_find(const struct scene *scene)
{
    const struct result_stage *stage = scene_stage(scene);
    if (scene->phase == SCENE_ENDED && stages_find(scene, RESULT_PARALLEL))
        stage = stages_find(scene, RESULT_PARALLEL);
    return shown_of(scene, stage);
}

void shown_name(
    const struct scene *scene, const struct result_stage *stage, size_t size, char text[])
{
    const struct plan *plan = &scene->result->plan;
    words_stage(stage, size, text);
    if (plan->repeats > 1 && stage->repeat >= 0)
        text_append(size, text, "  (run %d of %d)", stage->repeat + 1, plan->repeats);
}

void shown_time(const struct shown *shown, const struct view_input *input, int columns,
    size_t size, char text[])
{
    text[0] = '\0';
    if (!shown->stage)
        return;
    number_format_duration(
        shown->running ? input->figures->elapsed_ns : shown->until_ns, size, text);
    const char *more = shown->running           ? " so far"
                       : shown->stage->complete ? ""
                                                : ", stopped";
    if (canvas_width_of(text) + canvas_width_of(more) <= columns)
        text_append(size, text, "%s", more);
}

void shown_draw_nothing(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    bool watching = input->scene->result->plan.command == PLAN_WATCH;
    if (area.rows >= 3) {
        area.row += 2;
        area.rows -= 2;
    }
    canvas_paragraph(canvas, area, STYLE_TEXT,
        watching ? "Nothing is run: the machine is looked at, there are no tasks."
                 : "No task has begun yet.");
}
