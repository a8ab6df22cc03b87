// SPDX-License-Identifier: MIT
#pragma once
/* The display: shows an experiment on the screen while it runs, and obeys the keys.  It
 * is an observer; what it knows of the run it knows from scenes. */
#include <stdbool.h>

#include "base/loop.h"
#include "experiment/experiment.h"
#include "experiment/player.h"
#include "ui/view.h"
#include "ui/window.h"

struct display;

/* How the user has left. */
enum display_end {
    DISPLAY_LEFT,   /* for good */
    DISPLAY_REPEAT, /* to run it again */
    DISPLAY_EDIT,   /* to change the loop */
};

struct display_setup {
    struct loop *events;
    struct window *window; /* borrowed */
    bool ask;              /* for a guess before the first parallel stage */
    bool stays; /* what runs goes on when the terminal is closed: the screen says so */

    /* The terminal was given back, and what runs goes on in plain lines; or NULL. */
    void (*on_detach)(void *data);

    /* The colours have changed, to be remembered; or NULL. */
    bool (*on_theme)(void *data, enum style_theme theme);

    /* Saves the result in a file, under `name` unless another is typed, with one of the
     * endings (ended by NULL, borrowed) by Tab; or NULL. */
    int (*on_save)(void *data, const char *path, struct fault *fault);
    const char *name;
    const char *const *endings; /* NULL: Tab does nothing */
    struct view_offers offers;  /* of which saving needs on_save */
    void *data;
};

/* Holds the window from now on.  Caller destroys. */
struct display *display_create(const struct display_setup *setup);
void display_destroy(struct display *display); /* NULL is fine */

/* The first frame: names and empty bars.  The result is borrowed for as long as the
 * display lives; it may grow meanwhile. */
void display_show_machine(struct display *display, const struct result *result);

/* What q ends, and whose records the task time line shows; NULL: q only leaves. */
void display_attach(struct display *display, struct experiment *experiment);

/* A replay that its keys are for. */
void display_attach_player(struct display *display, struct player *player);

struct experiment_observer display_observer(struct display *display);

/* Shows the end of it and waits for the user to leave. */
void display_wait(struct display *display, const struct scene *scene);

/* True once the user wants to leave; for loop_run() and monitor_run(). */
const bool *display_is_left(const struct display *display);

/* How; DISPLAY_LEFT before. */
enum display_end display_end(const struct display *display);

/* Leaves, because of a signal. */
void display_leave(struct display *display);

/* Gives the terminal back for good, as `q` does in `map` of a loop of the user's own:
 * what runs goes on, in plain lines on standard error.  Does nothing again. */
void display_detach(struct display *display);
