// SPDX-License-Identifier: MIT
#include "launch/launch_preset.h"

const struct launch_preset launch_presets[] = {
    {"the article's loop", "1000000! computed 15 times",
        "parfor run factorial -s 1000000 -n 15"},
    {"scaled to this machine", "as many as take 20 s", "parfor run factorial"},
    {"uneven work", "one worker gets all long tasks",
        "parfor run triangle --seconds 10s --schedule static"},
    {"memory-bound", "one way to memory for all cores", "parfor run memory"},
    {"too small tasks", "starting costs more than working",
        "parfor run spin -s 100 --seconds 5s --fork-per-task"},
    {"my own command...", "a program for each item",
        "parfor run -- sleep ::: 1 1 1 1 1 1 1 1"},
    {"check this machine", "each CPU: there, fast and right", "parfor check"},
    {0},
};

const struct launch_preset launch_preset_own = {
    "my own loop", "what the other fields say", ""};

size_t launch_preset_count(void)
{
    return sizeof launch_presets / sizeof *launch_presets - 1;
}
