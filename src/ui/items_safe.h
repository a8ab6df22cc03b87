// SPDX-License-Identifier: MIT
#pragma once
/* Where all that has been done of a loop of the user's own is safe. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/scene.h"

/* "All of it is safe in ~/night.jsonl. This terminal may close: the run goes on.": the
 * second as long as more is begun and the run `stays` without the terminal.  The file's
 * name loses its beginning where the first would not fit in so many columns, so that both
 * take two lines of 60 columns or more at most.  "" for nothing. */
void items_safe_say(
    const struct scene_items *items, bool stays, int columns, size_t size, char text[]);
