// SPDX-License-Identifier: MIT
#pragma once
/* What a check is set up with. */
#include "base/file.h"
#include "base/loop.h"
#include "experiment/probe.h"
#include "experiment/setup.h"

struct check_setup {
    struct loop *events;
    const struct root *root;
    const struct experiment_observer
        *observer;                 /* `planned`, `sampled` and `stage_ended` (at
                                      the very end, SCENE_ENDED) are called */
    const struct probe_task *task; /* NULL: the standard one */
    char *const *environment;      /* as environ */
};
