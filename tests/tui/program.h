// SPDX-License-Identifier: MIT
#pragma once
/* parfor itself in a terminal of the bench, at work on something that takes no CPU time,
 * and what shows which of its views is there (in 80 columns or more). */
#include "terminal.h"

#define PROGRAM_LIVE "Space freeze   t tasks"
#define PROGRAM_COMPARE "s save   t tasks"
#define PROGRAM_SWEEP "times as fast"
#define PROGRAM_ASK "your guess:"
#define PROGRAM_TASKS "t back"
#define PROGRAM_WORKERS "w back"
#define PROGRAM_HELP "? back"
#define PROGRAM_QUESTION "End the run now?"
#define PROGRAM_FROZEN "FROZEN"

/* Loops: of ten seconds and more one after the other, of a second, of several points, of
 * no time. */
#define PROGRAM_LONG "sleep", "-s", "20000", "-n", "600", "-j", "2"
#define PROGRAM_SHORT "sleep", "-s", "20000", "-n", "50", "-j", "2"
#define PROGRAM_POINTS "sleep", "-s", "20000", "-n", "300", "-j", "1,2,4"
#define PROGRAM_NO_TIME "empty", "-n", "4", "-j", "2"

/* Starts it with these arguments, ended by NULL. */
struct terminal *program_start(int columns, int rows, const char *const arguments[]);

/* Types, then expects a text on the screen. */
void program_type(struct terminal *terminal, const char *keys, const char *expected);
void program_press(
    struct terminal *terminal, enum terminal_key key, const char *expected);

/* Types a NUL, which no text has. */
void program_type_nul(struct terminal *terminal);

/* Ends it with a status; then the normal screen must be there with `text` on it, the
 * cursor shown, the mouse free, the modes as before, and no process left.  Destroys the
 * terminal. */
void program_expect_end(struct terminal *terminal, int status, const char *text);

/* How many tasks the screen says are done; -1: it does not say it. */
int program_done(const struct terminal *terminal);

/* Writes a machine of so many CPUs that do nothing, into a folder that goes away with
 * the test, and returns its path. */
const char *program_machine(int cpus);
