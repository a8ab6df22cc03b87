// SPDX-License-Identifier: MIT
#pragma once
/* The stage that the tasks and the workers are shown of, and its line of heading. */
#include "ui/frame.h"

struct shown {
    const struct result_stage *stage; /* NULL: none has begun */
    bool running;
    int64_t until_ns; /* what has happened so far */
};

/* A stage that may be NULL, as it stands in the scene. */
struct shown shown_of(const struct scene *scene, const struct result_stage *stage);

/* The one to look at: that which runs or ran last, after the end the usual parallel one.
 */
struct shown shown_find(const struct scene *scene);

/* "2 at a time  (run 2 of 5)". */
void shown_name(const struct scene *scene, const struct result_stage *stage, size_t size,
    char text[]);

/* "12.3 s", "5.1 s so far", "2.1 s, stopped"; more than the time only if that fits into
 * the columns; empty without a stage. */
void shown_time(const struct shown *shown, const struct view_input *input, int columns,
    size_t size, char text[]);

/* Says in one line why there is nothing to see yet. */
void shown_draw_nothing(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input);
