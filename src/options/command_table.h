// SPDX-License-Identifier: MIT
#pragma once
/* The table of commands: `parfor run`, `parfor map` and so on. */
#include "options/options.h"

struct command {
    const char *name, *usage, *summary;
    unsigned bit; /* in a set of commands (option_table.h) */
    enum options_action action;
    enum plan_command plan; /* of OPTIONS_RUN */
};

/* In the order of the help; the last has no name. */
extern const struct command command_table[];

/* The command of that name; NULL: there is none. */
const struct command *command_table_find(const char *name);
