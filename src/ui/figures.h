// SPDX-License-Identifier: MIT
#pragma once
/* The numbers on the screen.  They are held for half a second, while bars and pictures
 * move with every frame: a number that changes ten times a second cannot be read.  But
 * they are never of another half second of the run than its picture. */
#include "experiment/scene.h"

struct figures {
    int64_t elapsed_ns;
    int64_t left_ns; /* of the stage, estimated; -1: not known */
    int64_t done, failed;
    double busy_cpus, own_cpus; /* -1: not known */
    int online_cpus; /* now: those with data, or those of the machine while none has any
                      */
    size_t cpu_count;
    double *shares;  /* per CPU of the machine, -1: no data; NULL: nothing yet */
    int64_t held_ns; /* monotonic, when they were taken */
    int stage;       /* which they are of: they never outlive it */
    enum scene_phase phase;
};

/* Takes the scene's numbers if half a second has passed since the last time, here or in
 * the run, or if it is a new stage or phase.  `now_ns` is monotonic. */
void figures_take(struct figures *figures, const struct scene *scene, int64_t now_ns);

void figures_finish(struct figures *figures);
