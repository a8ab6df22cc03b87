// SPDX-License-Identifier: MIT
#pragma once
/* How a replay stands, at the right end of the line of keys: its speed, how far it is,
 * and whether it stands still.  It keeps its place and its width. */
#include "experiment/player.h"
#include "ui/canvas.h"

/* Draws it at the right end of a row, in the longest form that there is room for. Returns
 * the columns used; 0 where none fits. */
int replay_line_draw(
    struct canvas *canvas, struct area area, const struct player_state *state);
