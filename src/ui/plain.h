// SPDX-License-Identifier: MIT
#pragma once
/* Plain sentences while an experiment runs: its start, quarters or every 30 s, its end
 * (of a sweep each point); or while the machine is watched: what it is, every 30 s how
 * busy it is; of a loop of the user's own also what has failed, and what the end waits
 * for; of a check its parts and what fails. No glyphs, no escape sequences. */
#include <stdio.h>

#include "experiment/experiment.h"
#include "ui/plain_check.h"
#include "ui/plain_items.h"

struct plain {
    FILE *out;
    int quarters;    /* of the stage, said so far */
    int64_t said_ns; /* stage time of the last sentence */
    struct plain_items items;
    struct plain_check check;
    char stage_name[48];
};

/* An observer that says what happens on `out`; both belong to the caller, for as long as
 * the observer is used. */
struct experiment_observer plain_observer(struct plain *plain, FILE *out);

/* The same from the middle of a stage on, for one who has seen how it stands. */
struct experiment_observer plain_observer_from(
    struct plain *plain, FILE *out, const struct scene *scene);
