// SPDX-License-Identifier: MIT
#pragma once
/* A check of a recorded result's machine, made up: in one of its parts, or over. */
#include "experiment/scene.h"

enum { MADE_CHECK_CPUS_MAX = 2048 };

struct made_check {
    struct scene_check check;
    struct scene_check_cpu cpus[MADE_CHECK_CPUS_MAX];
    struct load_share loads[MADE_CHECK_CPUS_MAX];
};

/* Turns a result into that of a check, as a word says: "start", "quiet", "alone",
 * "again", "together", and over: "pass", "slow", "wrong" (with all that can be found),
 * "quota", "busy", "looked" (nothing was run), "fenced" (two CPUs cannot be used). */
void made_check_result(struct result *result, const char *word);

/* The scene of it. */
void made_check_scene(struct scene *scene, struct made_check *made, const char *word);
