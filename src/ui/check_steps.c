// SPDX-License-Identifier: MIT
#include "ui/check_steps.h"

#include <stdio.h>

#include "base/text.h"

enum { BETWEEN = 3 };

static bool was_tried_again(const struct result_check *check)
{
    for (size_t i = 0; i < check->cpu_count; i++)
        if (check->cpus[i].again.rounds > 0)
            return true;
    return false;
}

static bool is_step(const struct scene *scene, enum check_part part)
{
    bool now = scene->check && scene->check->part == part;
    switch (part) {
    case CHECK_AGAIN:
        return now || was_tried_again(&scene->result->check);
    case CHECK_CORES:
        return now || machine_has_siblings(&scene->result->machine);
    case CHECK_ANSWERS:
        return now;
    default:
        return part != CHECK_OVER;
    }
}

int check_steps_of(const struct scene *scene, enum check_part parts[CHECK_PARTS])
{
    int count = 0;
    for (int part = 0; part < CHECK_PARTS; part++)
        if (is_step(scene, part))
            parts[count++] = part;
    return count;
}

void check_steps_draw(
    struct canvas *canvas, const struct area *area, const struct scene *scene)
{
    enum check_part parts[CHECK_PARTS];
    int count = check_steps_of(scene, parts), column = area->column;
    for (int i = 0; i < count; i++) {
        bool now = scene->check && scene->check->part == parts[i];
        char text[48];
        text_copy(sizeof text, text, check_part_names[parts[i]]);
        if (now)
            text_append(sizeof text, text, " %.0f %%", 100 * scene->check->share);
        else if (scene->check && parts[i] < scene->check->part)
            text_append(sizeof text, text, " done");
        if (column + canvas_width_of(text) > area->column + area->columns)
            return;
        canvas_text(canvas, area->row, column, now ? STYLE_STRONG : STYLE_TEXT, text);
        column += canvas_width_of(text) + BETWEEN;
    }
}
