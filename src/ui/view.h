// SPDX-License-Identifier: MIT
#pragma once
/* A view: one way to look at a scene.  A view is one file with one descriptor; it draws
 * what it is given, keeps nothing and calls no other view. */
#include <stdbool.h>
#include <time.h>

#include "experiment/scene.h"
#include "ui/canvas.h"
#include "ui/figures.h"

/* What must be answered first. */
enum view_question {
    VIEW_NO_QUESTION,
    VIEW_QUESTION_END,  /* y ends the run */
    VIEW_QUESTION_STOP, /* a loop of the user's own: begin nothing more, or end it all */
};

/* All that a view is drawn from. */
struct view_input {
    const struct scene *scene;
    const struct figures *figures;
    const struct axis *axis; /* of time, fixed from the start */
    bool details;            /* the split by mode, Linux's CPU numbers, more figures */
    bool frozen;             /* the scene stands still, the run does not */
    int scroll;              /* lines scrolled down */
    const char *guess;       /* what has been typed as an answer so far; may be empty */
    enum view_question question;
    time_t now; /* the time of day */
    bool stays; /* the run goes on without the terminal */
};

/* A key and what it does. */
struct view_key {
    const char *key, *does;
};

struct view_ops {
    const char *name;

    /* Draws it on an empty canvas of 20x5 or more.  Returns how far it can be scrolled:
     * the lines that do not fit. */
    int (*draw)(struct canvas *canvas, const struct view_input *input);
};

extern const struct view_ops view_live;    /* both stages so far, and every CPU now */
extern const struct view_ops view_items;   /* a loop of the user's own that gets done */
extern const struct view_ops view_failed;  /* the items of it that have failed */
extern const struct view_ops view_compare; /* both stages, and what came of it */
extern const struct view_ops view_versus;  /* whole programs, and what came of it */
extern const struct view_ops view_check;   /* a check of the machine */
extern const struct view_ops view_sweep;   /* the speed-up against the workers */
extern const struct view_ops view_ask;     /* the empty second stage: how many times? */
extern const struct view_ops view_tasks;   /* workers down, time across */
extern const struct view_ops view_workers; /* what each worker does */
extern const struct view_ops view_help;    /* the keys */
