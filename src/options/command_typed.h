// SPDX-License-Identifier: MIT
#pragma once
/* The command line that options came from, as it can be typed again. */
#include <stddef.h>

#include "options/options.h"

/* "parfor run factorial -n 15", quoted for a shell; "parfor" without a command. */
void command_typed(const struct options *options, size_t size, char text[]);
