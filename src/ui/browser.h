// SPDX-License-Identifier: MIT
#pragma once
/* The browser: a gallery that fills the window, and two of its results side by side. */
#include "base/loop.h"
#include "ui/gallery.h"
#include "ui/window.h"

enum browser_action {
    BROWSER_LEAVE,
    BROWSER_OPEN, /* the selected result */
};

struct browser_setup {
    struct loop *events;
    struct window *window;   /* held while it runs */
    struct gallery *gallery; /* what is selected and marked stays in it */
    bool beside;             /* begins with the two side by side, and then leaves */
    void (*on_theme)(void *data, enum style_theme theme); /* or NULL */

    /* Saves the selected result in a file, under the name that on_name() proposes unless
     * another is typed.  NULL, both: it cannot be saved. */
    int (*on_save)(void *data, const char *path, struct fault *fault);
    const char *(*on_name)(void *data); /* borrowed until the next call */
    const char *const *endings; /* that a name may have, as of the last on_name(), ended
                                   by NULL, borrowed; or NULL */
    void *data;
    const bool *ended; /* a signal wants the end; or NULL */
};

/* Until the user has chosen.  A terminal that is gone is left. */
enum browser_action browser_run(const struct browser_setup *setup);
