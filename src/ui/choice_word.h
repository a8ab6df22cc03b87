// SPDX-License-Identifier: MIT
#pragma once
/* Why a key does nothing now, in a few words. */
#include "ui/choice_situation.h"

/* Whether there are tasks and workers to be seen more closely. */
bool choice_has_tasks(const struct choice_situation *situation);

/* What to say of a key that others know, but that can do nothing here and now;
 * `guessing`: the guess is on the screen.  Static; NULL: it does something, or is no key
 * at all. */
const char *choice_word(const struct choice_situation *situation, bool guessing, int key);
