// SPDX-License-Identifier: MIT
#pragma once
/* The parts of a check as steps: which are done, which is under way, which are to come.
 */
#include "experiment/scene.h"
#include "ui/canvas.h"

/* The parts that the check of this scene has, in order: those that it has only where
 * something is wrong, once they have begun.  Returns how many. */
int check_steps_of(const struct scene *scene, enum check_part parts[CHECK_PARTS]);

/* "inventory done   quiet done   alone 45 %   together", cut to what fits. */
void check_steps_draw(
    struct canvas *canvas, const struct area *area, const struct scene *scene);
