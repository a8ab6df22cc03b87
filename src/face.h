// SPDX-License-Identifier: MIT
#pragma once
/* The face of a session: the screen where a person can look at one, else plain lines. */
#include <stdbool.h>

#include "base/loop.h"
#include "experiment/experiment.h"
#include "options/options.h"
#include "ui/display.h"
#include "ui/plain.h"

struct face {
    struct display *display; /* NULL in plain lines */
    struct window *window;   /* where it is; NULL in plain lines */
    bool lent;               /* the window is somebody else's */
    struct plain plain;
};

struct face_setup {
    const struct options *options;
    struct loop *events;
    struct experiment *experiment; /* that q ends; NULL: q only leaves */
    const struct result *result;   /* for the first frame: its machine */
    bool is_typed;                 /* items come from the terminal: no screen */
    bool stays;                    /* what runs goes on when the terminal is closed */
    struct window *window;         /* to be used; NULL: a new one */
    /* As in struct display_setup. */
    void (*on_detach)(void *data);
    bool (*on_theme)(void *data, enum style_theme theme);
    int (*on_save)(void *data, const char *path, struct fault *fault);
    const char *name;
    const char *const *endings;
    struct view_offers offers;
    void *data;
};

/* Whether a person can look at the screen while the data goes where it is to go: not
 * where somebody reads it as it comes. */
bool face_wants_screen(const struct options *options, bool is_typed);

/* A window as the options want it.  Returns 0 or -errno with `fault` filled; *ret_window
 * is the caller's. */
int face_open_window(const struct options *options, struct loop *events,
    struct window **ret_window, struct fault *fault);

/* The screen, with names and empty bars at once, or plain lines; its observer, which all
 * that happens is to be told, belongs to the face, which face_close() ends. */
struct experiment_observer face_open(struct face *face, const struct face_setup *setup);

/* Gives the terminal back; does nothing again. */
void face_close(struct face *face);

/* Before and after the program is suspended. */
void face_hide(struct face *face);
void face_show(struct face *face);
