// SPDX-License-Identifier: MIT
#pragma once
/* What was saved, to be looked at: on the screen, or as a replay in plain lines. */
#include "collection.h"
#include "options/options.h"
#include "present.h"

/* Shows the results until the user leaves, where there is a screen; else plays what is to
 * be played.  Returns 0 or -errno with `fault` filled; *ret_after is what the user has
 * seen, *ret_signal the signal to end with, or 0. */
int saved_look(const struct options *options, const struct collection *saved,
    enum present_after *ret_after, int *ret_signal, struct fault *fault);
