// SPDX-License-Identifier: MIT
#pragma once
/* The display: shows an experiment on the screen while it runs, and obeys the keys.  It
 * is an observer; what it knows of the run it knows from scenes. */
#include <stdbool.h>

#include "base/loop.h"
#include "experiment/experiment.h"

struct display;

struct display_setup {
    struct loop *events;
    bool ascii, no_color;
    bool ask;   /* for a guess before the first parallel stage */
    bool stays; /* what runs goes on when the terminal is closed: the screen says so */

    /* The terminal was given back, and what runs goes on in plain lines; or NULL. */
    void (*on_detach)(void *data);
    void *data;
};

/* Takes the terminal, which must be possible (screen.h).  Returns 0 or -errno with
 * `fault` filled; *ret_display is the caller's. */
int display_create(
    const struct display_setup *setup, struct display **ret_display, struct fault *fault);

/* Gives the terminal back; NULL is fine. */
void display_destroy(struct display *display);

/* The first frame: names and empty bars.  The result is borrowed for as long as the
 * display lives; it may grow meanwhile. */
void display_show_machine(struct display *display, const struct result *result);

/* What q ends, and whose records the task time line shows; NULL: q only leaves. */
void display_attach(struct display *display, struct experiment *experiment);

struct experiment_observer display_observer(struct display *display);

/* Shows the end of it and waits for the user to leave. */
void display_wait(struct display *display, const struct scene *scene);

/* True once the user wants to leave; for loop_run() and monitor_run(). */
const bool *display_is_left(const struct display *display);

/* Leaves, because of a signal. */
void display_leave(struct display *display);

/* Gives the terminal back for good, as `q` does in `map` of a loop of the user's own:
 * what runs goes on, in plain lines on standard error.  Does nothing again. */
void display_detach(struct display *display);
bool display_is_detached(const struct display *display);

/* Before and after the program is suspended. */
void display_hide(struct display *display);
void display_show(struct display *display);
