// SPDX-License-Identifier: MIT
#pragma once
/* What is remembered from one time to the next, in $XDG_STATE_HOME/parfor/state.json
 * (else ~/.local/state): the launcher's loop and the colours.  Nothing of it is needed: a
 * file that is broken is set aside. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "ui/style.h"

struct state {
    char command_line[4096]; /* the launcher's; "" */
    bool themed;
    enum style_theme theme;
};

/* Reads it; empty where there is none.  `word`, of `size` bytes, says it if something was
 * wrong with it, and where it was put; else "". */
void state_read(struct state *ret_state, size_t size, char word[]);

/* Writes it, all or nothing.  Returns 0 or -errno with `fault` filled: nobody but the
 * launcher needs to hear of it. */
int state_write(const struct state *state, struct fault *fault);

/* The colours that are remembered, the default ones if none are.  A file that is broken
 * is left to state_read(), which says so. */
enum style_theme state_theme(void);

/* Remembers the colours, or the loop, beside the other; does nothing where that is not
 * possible, or the file is broken.  Of the colours, whether they are. */
bool state_keep_theme(enum style_theme theme);
void state_keep_line(const char *line);

/* The text of the file: what state_read() understands.  Returns 0 or -EINVAL with `fault`
 * saying where it is broken. */
int state_parse(
    const char *text, size_t size, struct state *ret_state, struct fault *fault);
