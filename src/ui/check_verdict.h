// SPDX-License-Identifier: MIT
#pragma once
/* The verdict of a check that is over, and what it comes to.  All return the row below
 * what they have drawn. */
#include "experiment/result.h"
#include "ui/canvas.h"

/* Above its findings, which it does not repeat. */
int check_verdict_draw(
    struct canvas *canvas, struct area area, const struct result *result);

/* The same at the top of a large area, with the verdict in letters that are read from the
 * back row, where there is room for them. */
int check_verdict_draw_large(
    struct canvas *canvas, struct area area, const struct result *result);

/* Where there is no room for findings: with the heaviest of them. */
int check_verdict_draw_alone(
    struct canvas *canvas, struct area area, const struct result *result);
