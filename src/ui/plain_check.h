// SPDX-License-Identifier: MIT
#pragma once
/* Plain sentences of a check: what it is about to do and for how long, then each part as
 * it begins, how far it is every 30 s, and each failure that is found before the end. */
#include <stdio.h>

#include "experiment/scene.h"

enum { PLAIN_CHECK_SAID_MAX = 16 };

struct plain_check {
    int part;        /* the last that was named, -1: none */
    int64_t said_ns; /* when something was said of how far it is */
    int said_count;  /* failures that were said */
    struct plain_check_said {
        char topic[24];
        int cpu;
    } said[PLAIN_CHECK_SAID_MAX];
};

void plain_check_begin(struct plain_check *plain, FILE *out, const struct result *result);
void plain_check_say(struct plain_check *plain, FILE *out, const struct scene *scene);
