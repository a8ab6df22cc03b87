// SPDX-License-Identifier: MIT
#pragma once
/* A stage's history: length is time, height is CPUs busy, so its area is the work.  A row
 * for every CPU as long as they can be told apart, else one for several. */
#include "picture/page.h"

struct part_history {
    struct drawing_box box;           /* of the picture; labels stand left of it */
    const struct result_stage *stage; /* drawn up to its end */
    struct axis axis;                 /* as wide as the box */
};

/* What goes on as it was measured is striped; where there are no data the paper shows.
 * Returns 1 << INK_... of what is drawn apart from INK_BUSY, for it to be named. */
unsigned part_history_draw(const struct page *page, const struct part_history *history);
