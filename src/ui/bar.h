// SPDX-License-Identifier: MIT
#pragma once
/* A CPU's bar: its length is the busy share, parts that deviate are told apart. */
#include <stdbool.h>

#include "machine/load.h"
#include "ui/canvas.h"

struct bar {
    struct area area; /* as thick as that has rows; 100 % is its whole width */
    const struct load_share *load; /* busy below 0: no data, nothing is drawn */
    bool modes; /* every mode by itself, with its letter from 5 % of the area on */
};

/* Kernel time shows from 5 %, stolen time from 1 %, without `modes` too. */
void bar_draw(struct canvas *canvas, const struct bar *bar);
