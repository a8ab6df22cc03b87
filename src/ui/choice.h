// SPDX-License-Identifier: MIT
#pragma once
/* What the user has chosen to see, and what each key makes of it. */
#include "ui/choice_situation.h"

enum { CHOICE_GUESS_MAX = 8 };

struct choice {
    const struct view_ops *view;   /* NULL: the one that belongs to the phase */
    const struct view_ops *behind; /* the help: as above */
    int scroll;                    /* lines */
    bool details, frozen;
    enum view_question question; /* to be answered by the next key */
    char guess[CHOICE_GUESS_MAX + 1];
    struct entry name;             /* to be saved under; was, before; or "" */
    struct target subject;         /* of view_about */
    const struct view_ops *before; /* … and from where it was come to: as above */
    const char *word; /* why the last key did nothing, static; NULL: it did, or is none */
};

enum choice_action {
    CHOICE_DRAW,    /* draw again: the choice may have changed */
    CHOICE_REPAINT, /* from scratch */
    CHOICE_GO_ON,   /* the guess is made */
    CHOICE_LEAVE,   /* end what runs, leave */
    CHOICE_DETACH,  /* leave, what runs goes on */
    CHOICE_CLOSE,   /* begin nothing more */
    CHOICE_END,     /* end what is under way as well */
    CHOICE_MORE,    /* one worker more */
    CHOICE_FEWER,   /* one worker fewer */
    CHOICE_SAMPLE,  /* end the sequential stage after the task in hand */
    CHOICE_THEME,   /* the next set of colours */
    CHOICE_SAVE,    /* under choice->name */
    CHOICE_REPEAT,  /* run it again, or play it again */
    CHOICE_EDIT,    /* change the loop */
    CHOICE_PAUSE,   /* of a replay: stop it, or go on */
    CHOICE_STEP,    /* a sample forth */
    CHOICE_STEP_BACK,
    CHOICE_SEEK, /* a twentieth forth */
    CHOICE_SEEK_BACK,
    CHOICE_FASTER, /* by a step */
    CHOICE_SLOWER,
    CHOICE_BEGIN, /* from the beginning */
};

enum choice_action choice_obey(
    struct choice *choice, const struct choice_situation *situation, int key);

/* A click on a thing: it is looked at closely. */
void choice_look_at(struct choice *choice, const struct target *target);

/* The view to draw. */
const struct view_ops *choice_view(
    const struct choice *choice, const struct choice_situation *situation);

/* The one that is seen when the help is left. */
const struct view_ops *choice_behind(
    const struct choice *choice, const struct choice_situation *situation);
