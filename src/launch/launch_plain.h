// SPDX-License-Identifier: MIT
#pragma once
/* The launcher in plain lines, for screen readers: questions and answers. */
#include <stdbool.h>
#include <stdio.h>

#include "launch/launch_form.h"
#include "launch/launch_wish.h"

struct launch_plain_setup {
    struct launch_form *form;
    FILE *in, *out;
    bool again; /* the presets are known by now */

    /* The results are the owner's: how many there are at any time, and what is wanted of
     * them, which the owner does and answers on `out`. */
    const size_t *results;
    void (*on_wish)(void *data, const struct launch_wish *wish);
    void *data;
};

/* Asks until there is a loop that can be run.  An empty answer takes what is proposed,
 * "q" or the end of input leaves.  Returns 1 with the form filled, 0 where the user
 * leaves. */
int launch_plain_ask(const struct launch_plain_setup *setup);

/* Writes a line, without what a terminal would obey. */
void launch_plain_say(FILE *out, const char *text);
