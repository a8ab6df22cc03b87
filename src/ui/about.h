// SPDX-License-Identifier: MIT
#pragma once
/* What is known of one CPU, worker or task, in lines of a name and a value. */
#include "ui/view.h"

enum { ABOUT_LINES_MAX = 64, ABOUT_VALUE_SIZE = 160 };

struct about {
    char title[96]; /* "CPU 3", "worker 0", "task 17" */
    size_t count;
    struct about_line {
        const char *name;
        char value[ABOUT_VALUE_SIZE];
    } lines[ABOUT_LINES_MAX];
};

/* Of input->subject; a title that says so where there is no such thing. */
void about_fill(struct about *about, const struct view_input *input);

/* The one after a CPU, worker or task, or before it; round again at the end.  The first
 * where its number is -1; TARGET_NONE where there are none. */
struct target about_next(const struct result *result, const struct target *from, int by);
