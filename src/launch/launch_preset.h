// SPDX-License-Identifier: MIT
#pragma once
/* The launcher's presets: command lines with a name. */
#include <stddef.h>

enum {
    LAUNCH_TEXT_SIZE = 4096, /* of any command line; one that is longer is not taken */
    LAUNCH_LINE_SIZE = 1024, /* of the form's own: it is refused where that is longer */
};

/* The presets, to be listed: names and what each is, ended by one without a name. */
struct launch_preset {
    const char *name;         /* "the article's loop" */
    const char *says;         /* one line */
    const char *command_line; /* "parfor run factorial -n 15" */
};
extern const struct launch_preset launch_presets[];
size_t launch_preset_count(void);

/* What a loop that is none of them is called; listed behind them once there is one. */
extern const struct launch_preset launch_preset_own;
