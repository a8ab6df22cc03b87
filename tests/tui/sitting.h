// SPDX-License-Identifier: MIT
#pragma once
/* parfor alone in a terminal, with a folder of its own to remember things in, which is
 * also the home. */
#include "program.h"

#define SITTING_TITLE "parfor: see a loop go parallel"

/* Of all tests; and after each of them: nothing is remembered, nothing is saved. */
int sitting_set_up(void **state);
int sitting_tear_down(void **state);
int sitting_forget(void **state);

/* The folder, until sitting_tear_down(). */
const char *sitting_folder(void);

/* Writes what is remembered. */
void sitting_remember(const char *text);

/* Starts it; with a loop that takes no CPU time, ready to be run. */
struct terminal *sitting_start(int columns, int rows);
struct terminal *sitting_start_with_sleep(void);

/* Leaves it; with results that are in no file, of which `word` is said before. */
void sitting_leave(struct terminal *terminal);
void sitting_leave_unsaved(struct terminal *terminal, const char *word);
