// SPDX-License-Identifier: MIT
#pragma once
/* What will make a reader doubt the result, or what goes on before there is one. */
#include "ui/view.h"

/* What happens before there is a stage to draw; NULL once there is one. */
const char *notice_phase(const struct scene *scene);

/* In one line, in the row below the headline. */
void notice_draw(
    struct canvas *canvas, const struct area *frame, const struct view_input *input);
