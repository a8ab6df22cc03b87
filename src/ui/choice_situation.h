// SPDX-License-Identifier: MIT
#pragma once
#include "ui/view.h"

/* Where a key meets the display. */
struct choice_situation {
    enum scene_phase phase;
    bool sweeping; /* it is a sweep */
    bool checking; /* the machine is checked */
    bool programs; /* whole ones, in place of a loop */
    bool own;      /* the loop is the user's own … */
    bool working;  /* … and is to get done: `map` */
    bool alone;    /* it is in the sequential stage */
    bool asking;   /* for a guess */
    bool replaying;
    struct view_offers offers;   /* now */
    const char *name;            /* to propose for saving, … */
    const char *const *endings;  /* … and those of names, ended by NULL; or NULL */
    const struct result *result; /* whose CPUs, workers and tasks can be looked at */
    int below;                   /* lines below what is seen */
    int page;                    /* lines that are seen */
};
