// SPDX-License-Identifier: MIT
#include "ui/notice.h"

#include "base/text.h"

enum { NOTICE_ROW = 1, NOTICE_MAX = 256 };

const char *notice_phase(const struct scene *scene)
{
    if (scene->phase == SCENE_QUIET)
        return "Looking whether the machine is quiet.";
    if (scene->phase == SCENE_CALIBRATING)
        return "Measuring how long one task takes.";
    return NULL;
}

void notice_draw(
    struct canvas *canvas, const struct area *frame, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    const char *phase = notice_phase(input->scene);
    struct area area = {NOTICE_ROW, frame->column, 1, frame->columns};
    char text[NOTICE_MAX] = "";
    if (phase)
        text_copy(sizeof text, text, phase);
    else if (result->remark_count > 0)
        text_copy(sizeof text, text, result->remarks[result->remark_count - 1]);
    if (!phase && result->remark_count > 1)
        text_append(sizeof text, text, " (+%zu more)", result->remark_count - 1);
    canvas_paragraph(canvas, area, STYLE_TEXT, text);
}
