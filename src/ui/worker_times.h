// SPDX-License-Identifier: MIT
#pragma once
/* Where each worker's time went, as lines and columns: of a stage that is over. */
#include "experiment/result.h"
#include "ui/frame.h"

struct worker_times {
    struct area area; /* a line of heads, the workers, what all took */
    const struct result_stage *stage;
    int first; /* workers scrolled away above */
};

/* Draws it; what is not seen is counted below the last line.  Returns how far it can be
 * scrolled. */
int worker_times_draw(struct canvas *canvas, const struct worker_times *times);

/* What the numbers are in: "ms", "seconds", "minutes", where only shares fit "percent".
 */
const char *worker_times_unit(const struct worker_times *times);

/* A screen of its own: of the stage that ran last, or counts; it must be over. */
int worker_times_draw_page(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct view_key keys[]);
