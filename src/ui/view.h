// SPDX-License-Identifier: MIT
#pragma once
/* A view: one way to look at a scene.  A view is one file with one descriptor; it draws
 * what it is given, keeps nothing and calls no other view. */
#include <stdbool.h>
#include <time.h>

#include "experiment/player.h"
#include "experiment/scene.h"
#include "ui/canvas.h"
#include "ui/entry.h"
#include "ui/figures.h"
#include "ui/key_line.h"

/* What must be answered first. */
enum view_question {
    VIEW_NO_QUESTION,
    VIEW_QUESTION_END,  /* y ends the run */
    VIEW_QUESTION_STOP, /* a loop of the user's own: begin nothing more, or end it all */
    VIEW_QUESTION_SAVE, /* under which name */
};

/* What else the user can do; all but the last when it is over. */
struct view_offers {
    bool save;    /* it, in a file */
    bool repeat;  /* it, … */
    bool replays; /* … which is to play it, for it was saved */
    bool edit;    /* its loop */
    bool returns; /* q leads back to where it was chosen */
};

/* All that a view is drawn from. */
struct view_input {
    const struct scene *scene;
    const struct figures *figures;
    const struct axis *axis; /* of time, fixed from the start */
    bool details;            /* the split by mode, Linux's CPU numbers, more figures */
    bool frozen;             /* the scene stands still, the run does not */
    int scroll;              /* lines scrolled down */
    int below;               /* … and those that are left, as far as it is known yet */
    int *page;         /* a view writes here by how many a page is (more.h); or NULL */
    const char *guess; /* what has been typed as an answer so far; may be empty */
    enum view_question question;
    time_t now;                    /* the time of day */
    bool stays;                    /* the run goes on without the terminal */
    struct target subject;         /* what is looked at closely: view_about */
    const struct view_ops *behind; /* which view the help is about, … */
    bool scrolls;                  /* … and whether there is more of it to scroll to */
    const struct player_state *replay; /* a replay, how it stands; NULL: it is none */
    struct view_offers offers;
    const struct entry *name;   /* of VIEW_QUESTION_SAVE: what has been typed … */
    const char *const *endings; /* … and may be its ending, ended by NULL; or NULL */
    const char *word; /* what a key has done, said once in place of the keys; "" */
};

/* What there is to be read about a view: what is on the screen, piece by piece, and the
 * keys. */
struct view_help {
    const char *const *words;    /* ended by NULL */
    const struct view_key *keys; /* ended by one without a name */
};

struct view_ops {
    const char *name;

    /* Draws it on an empty canvas of 20x5 or more.  Returns how far it can be scrolled:
     * the lines that do not fit. */
    int (*draw)(struct canvas *canvas, const struct view_input *input);

    /* What there is to be read about it.  NULL: nothing. */
    struct view_help (*help)(const struct view_input *input);
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
extern const struct view_ops view_about;   /* one CPU, worker or task closely */
extern const struct view_ops view_help;    /* what is on the screen, and the keys */
