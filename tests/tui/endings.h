// SPDX-License-Identifier: MIT
#pragma once
/* Shells in terminals in which parfor is started and comes to all kinds of ends, and what
 * each end must leave behind: nothing. */
#include "terminal.h"

struct ending_shell {
    struct terminal *terminal;
    struct termios at_prompt; /* the modes there, before anything was run */
    char *in_command;         /* … and those of a command, as a checksum of stty -g */
    int commands;             /* typed so far */
};

/* Starts "bash" or "dash" (sh, where there is none), with an entry of `environment` added
 * ("NAME=value", or "NAME" to take it away; NULL: none). */
void ending_begin(struct ending_shell *shell, const char *name, const char *environment);
void ending_finish(struct ending_shell *shell);

/* Types parfor with these arguments.  Returns its process once that is in the foreground:
 * it may not have got to its own code yet. */
pid_t ending_start(struct ending_shell *shell, const char *const arguments[]);

/* Types a line of code for the shell, and waits for the prompt. */
void ending_do(struct ending_shell *shell, const char *code);

/* At the prompt, or soon there: no process but the shell, the normal screen, the cursor
 * shown, the modes as before, and a command works, which tells the status of the one
 * before (-1: any).  Enter is pressed if there is no prompt, for the shell may have drawn
 * it before the screen was left. */
void ending_expect_whole(struct ending_shell *shell, int status);

/* The same but for other processes. */
void ending_expect_usable(struct ending_shell *shell, int status);

/* The normal screen, the cursor shown, the mouse the terminal's own. */
void ending_expect_screen_left(struct ending_shell *shell);

/* A file of its own in a folder that goes away with the program, and its text, which the
 * caller frees; fails if there is none. */
const char *ending_path(const char *name);
char *ending_text(const char *path);

/* Fails if the file is not JSON from end to end. */
void ending_expect_json(const char *path);

/* The CPU time of a process so far; -1: it is gone. */
int ending_cpu_ms(pid_t pid);
