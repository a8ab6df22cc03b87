// SPDX-License-Identifier: MIT
#pragma once
/* What the user has chosen to see, and what each key makes of it. */
#include "ui/view.h"

enum { CHOICE_GUESS_MAX = 8 };

struct choice {
    const struct view_ops *view; /* NULL: the one that belongs to the phase */
    int scroll;                  /* lines */
    bool details, frozen;
    const char *question; /* to be answered by y or any other key; NULL: none */
    char guess[CHOICE_GUESS_MAX + 1];
};

/* Where a key meets the display. */
struct choice_situation {
    enum scene_phase phase;
    bool sweeping; /* it is a sweep */
    bool asking;   /* for a guess */
    int below;     /* lines below what is seen */
    int page;      /* lines that are seen */
};

enum choice_action {
    CHOICE_DRAW,    /* draw again: the choice may have changed */
    CHOICE_REPAINT, /* from scratch */
    CHOICE_GO_ON,   /* the guess is made */
    CHOICE_LEAVE,   /* end what runs, leave */
};

enum choice_action choice_obey(
    struct choice *choice, const struct choice_situation *situation, int key);

/* The view to draw. */
const struct view_ops *choice_view(
    const struct choice *choice, const struct choice_situation *situation);
