// SPDX-License-Identifier: MIT
#include "options/command_table.h"

#include <string.h>

#include "options/option_table.h"

const struct command command_table[] = {
    {"run", "parfor run LOOP [options]", "one after the other, in parallel, side by side",
        OPTION_RUN, OPTIONS_RUN, PLAN_RUN},
    {"map", "parfor map LOOP [options]", "in parallel only: get the work done",
        OPTION_MAP, OPTIONS_RUN, PLAN_MAP},
    {"sweep", "parfor sweep LOOP [options]",
        "with 1, 2, 4 workers and more: the speed-up curve", OPTION_SWEEP, OPTIONS_RUN,
        PLAN_SWEEP},
    {"versus", "parfor versus [options] PROGRAM...",
        "whole programs, each one quoted word, side by side", OPTION_VERSUS, OPTIONS_RUN,
        PLAN_VERSUS},
    {"watch", "parfor watch [options] [-- COMMAND]",
        "every CPU, live, until q, or for as long as the command runs", OPTION_WATCH,
        OPTIONS_RUN, PLAN_WATCH},
    {"check", "parfor check [options]",
        "is every CPU of this machine there, at speed, and right?", OPTION_CHECK,
        OPTIONS_RUN, PLAN_CHECK},
    {"show", "parfor show [options] FILE...",
        "saved results again: screens, replay, side by side; a log", OPTION_SHOW,
        OPTIONS_SHOW, PLAN_RUN},
    {"list", "parfor list", "the built-in loops and their parameters", OPTION_LIST,
        OPTIONS_LIST, PLAN_RUN},
    {0},
};

const struct command *command_table_find(const char *name)
{
    for (const struct command *command = command_table; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
