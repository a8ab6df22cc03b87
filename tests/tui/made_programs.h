// SPDX-License-Identifier: MIT
#pragma once
/* The processes of a whole program at one moment, made by hand: a recorded result has
 * none of them. */
#include "experiment/scene.h"

enum { MADE_PROCESSES_MAX = 300 };

struct made_programs {
    struct family family;
    struct family_process processes[MADE_PROCESSES_MAX];
    struct family_spot spots[MADE_PROCESSES_MAX];
};

/* Gives a scene of a recorded run as many processes as it had; those that compute are on
 * the CPUs that are busy.  Borrowed from `made`. */
void made_programs_scene(struct scene *scene, struct made_programs *made);
