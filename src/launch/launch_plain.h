// SPDX-License-Identifier: MIT
#pragma once
/* The launcher in plain lines, for screen readers: questions and answers. */
#include <stdio.h>

#include "launch/launch_form.h"

/* Asks on `out` until there is a loop that can be run; answers come from `in`.  An empty
 * answer takes what is proposed, "q" or the end of input leaves.  Returns 1 with the form
 * filled, 0 where the user leaves. */
int launch_plain_ask(struct launch_form *form, FILE *in, FILE *out);
