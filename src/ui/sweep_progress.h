// SPDX-License-Identifier: MIT
#pragma once
/* What a sweep is at: the stage that runs, and how far all of them are. */
#include "experiment/points.h"
#include "ui/frame.h"

enum { SWEEP_PROGRESS_ROWS = 3 };

struct sweep_progress {
    const struct view_input *input;
    const struct points *points;
    int row;
    bool brief; /* without what a panel below it says */
};

/* Draws it in the frame's columns; nothing before the first stage. */
void sweep_progress_draw(struct canvas *canvas, const struct frame *frame,
    const struct sweep_progress *progress);

/* "about 2 min left" of all stages; empty where nobody knows. */
void sweep_progress_left(const struct view_input *input, const struct points *points,
    size_t size, char text[]);
