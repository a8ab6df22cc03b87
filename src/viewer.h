// SPDX-License-Identifier: MIT
#pragma once
/* The viewer: a result that is over, on the screen, and its replay. */
#include "base/loop.h"
#include "experiment/result.h"
#include "ui/display.h"

struct viewer_setup {
    struct loop *events;
    struct window *window; /* held while it runs */
    const struct result *result;
    bool replay;       /* begins with it, where there is something to play, … */
    double speed;      /* … so many times as fast as it was; 0: as it was */
    bool can_edit;     /* there is a form for its loop */
    bool returns;      /* to where it was chosen */
    const bool *ended; /* a signal wants the end; or NULL */

    /* As in struct display_setup. */
    bool (*on_theme)(void *data, enum style_theme theme);
    int (*on_save)(void *data, const char *path, struct fault *fault);
    const char *name;
    const char *const *endings;
    void *data;
};

/* Until the user leaves: a replay that was asked for in the picture leads back there.
 * DISPLAY_EDIT to change its loop. */
enum display_end viewer_run(const struct viewer_setup *setup);
