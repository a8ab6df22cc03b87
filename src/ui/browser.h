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
    bool (*on_theme)(void *data, enum style_theme theme); /* or NULL */

    /* Saves in a file the selected result, or those at two places of the gallery (`pair`
     * is not NULL) together, under the name that on_name() proposes unless another is
     * typed.  NULL, both callbacks: they cannot be saved. */
    int (*on_save)(void *data, const size_t *pair, const char *path, struct fault *fault);
    const char *(*on_name)(void *data, bool both); /* borrowed until the next call */
    const char *const *endings; /* that a name may have, as of the last on_name(), ended
                                   by NULL, borrowed; or NULL */
    void *data;
    const bool *ended; /* a signal wants the end; or NULL */
};

/* Until the user has chosen.  A terminal that is gone is left. */
enum browser_action browser_run(const struct browser_setup *setup);
