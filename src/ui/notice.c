// SPDX-License-Identifier: MIT
#include "ui/notice.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/expect.h"
#include "ui/shown.h"

enum { NOTICE_ROW = 1, NOTICE_MAX = 256 };

const char *notice_phase(const struct scene *scene)
{
    if (scene->phase == SCENE_READING)
        return "Reading the items.";
    if (scene->phase == SCENE_QUIET)
        return "Looking whether the machine is quiet.";
    if (scene->phase == SCENE_CALIBRATING && scene->result->programs.count > 0)
        return "Preparing the first run.";
    if (scene->phase == SCENE_CALIBRATING)
        return "Measuring how long one task takes.";
    return NULL;
}

/* What the loop takes one after the other, once that can be told: it need not be waited
 * for. */
static void say_sequential(const struct view_input *input, size_t size, char text[])
{
    const struct scene held = shown_held(input);
    const struct result_stage *stage = scene_stage(&held);
    char whole[32];
    text[0] = '\0';
    if (held.phase != SCENE_RUNNING || !held.items || !stage ||
        stage->kind != RESULT_SEQUENTIAL)
        return;
    if (held.items->sampled)
        text_copy(size, text, "It ends after the task in hand; the rest is projected.");
    else if (held.done + held.failed > 0) {
        number_format_estimate(expect_whole_ns(&held), sizeof whole, whole);
        snprintf(text, size,
            "One after the other takes about %s. n: enough, project the rest", whole);
    }
}

void notice_draw(
    struct canvas *canvas, const struct area *frame, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    const char *phase = notice_phase(input->scene);
    struct area area = {NOTICE_ROW, frame->column, 1, frame->columns};
    char text[NOTICE_MAX] = "";
    say_sequential(input, sizeof text, text);
    bool more = !phase && !*text && result->remark_count > 1;
    if (phase)
        text_copy(sizeof text, text, phase);
    else if (!*text && result->remark_count > 0)
        text_copy(sizeof text, text, result->remarks[result->remark_count - 1]);
    if (more)
        text_append(sizeof text, text, " (+%zu more)", result->remark_count - 1);
    canvas_paragraph(canvas, area, STYLE_TEXT, text);
}
