// SPDX-License-Identifier: MIT
#pragma once
/* What is to be seen in a stage's tasks, in sentences: what failed, which worker died,
 * how long tasks took, who had nothing to do at the end. */
#include "ui/shown.h"

/* Draws as many of them as there is room for, none in parts. */
void facts_draw(struct canvas *canvas, struct area area, const struct plan *plan,
    const struct shown *shown);
