// SPDX-License-Identifier: MIT
#pragma once
/* A terminal with a program in it: a real pseudo-terminal, whose other end libvterm
 * reads. All waiting reads what the program writes, so that it is never held up;
 * deadlines are there to end a test that hangs, not to measure.  Functions that `expect`
 * fail the cmocka test, with the screen, after TERMINAL_PATIENCE_MS. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include <termios.h>

#include "stream.h"

enum {
    TERMINAL_PATIENCE_MS = 20000,
    TERMINAL_QUIET_MS = 200,
    TERMINAL_DEFAULT = -1,   /* a colour: the terminal's own */
    TERMINAL_RGB = 0x1000000 /* a colour: this + 0xRRGGBB; else it is 0…255 */
};

enum terminal_key {
    TERMINAL_UP,
    TERMINAL_DOWN,
    TERMINAL_LEFT,
    TERMINAL_RIGHT,
    TERMINAL_PAGE_UP,
    TERMINAL_PAGE_DOWN,
    TERMINAL_HOME,
    TERMINAL_END,
    TERMINAL_INSERT,
    TERMINAL_DELETE,
    TERMINAL_ENTER,
    TERMINAL_TAB,
    TERMINAL_BACK_TAB,
    TERMINAL_BACKSPACE,
    TERMINAL_ESCAPE,
    TERMINAL_KEYS
};

/* How a program is started.  All borrowed; 0 or NULL is what the comment says first. */
struct terminal_setup {
    const char *const *argv;        /* ended by NULL; argv[0] is looked for in PATH */
    int rows, columns;              /* 24, 80 */
    const char *term;               /* "xterm-256color": TERM */
    const char *locale;             /* "C.UTF-8": LC_ALL */
    const char *const *environment; /* none; else "NAME=value" to add and "NAME" to take
                                       away, ended by NULL.  COLUMNS, LINES, NO_COLOR,
                                       COLORTERM and PARFOR_PLAIN are always taken away */
    int stdin_fd, stdout_fd, stderr_fd; /* the terminal; else in its place */
    bool in_shell; /* no; else an interactive shell (bash, or sh) is in the terminal,
                      which shows TERMINAL_PROMPT, and the program is typed to it */
};

#define TERMINAL_PROMPT "bench$"

struct terminal_cell {
    char text[32];              /* in UTF-8; empty: nothing there, or see width */
    int width;                  /* 1 or 2; 0: the right half of a wide one */
    int foreground, background; /* see TERMINAL_DEFAULT, TERMINAL_RGB */
    bool bold, underline, italic, blink, reverse; /* dimness libvterm does not know */
};

struct terminal_state {
    int rows, columns;
    int cursor_row, cursor_column; /* from 0 */
    bool cursor_visible;
    bool alternate; /* the alternate screen is on */
    bool mouse;     /* the program wants clicks */
    int bells;
};

struct terminal;

/* Starts the program in a session of its own with the terminal as its controlling one.
 * With `in_shell` the prompt is waited for first. */
struct terminal *terminal_start(const struct terminal_setup *setup);

/* Kills what is left, closes the terminal.  NULL is fine. */
void terminal_destroy(struct terminal *terminal);

/* Typing.  Keys come as the modes that the program set ask for. */
void terminal_type(struct terminal *terminal, const char *text);
void terminal_press(struct terminal *terminal, enum terminal_key key);
void terminal_control(struct terminal *terminal, char letter); /* 'C' is Ctrl-C */

/* To the shell at its prompt: a command with its arguments quoted, and Enter.  Returns
 * when the shell has seen it, so that the next prompt is another one. */
void terminal_command(struct terminal *terminal, const char *const argv[]);

/* Another size; the kernel sends SIGWINCH to the foreground group. */
void terminal_resize(struct terminal *terminal, int rows, int columns);

/* Waiting.  True: it came true; false: deadline, and nothing is said about it.  A
 * terminal settles when all that was typed has been read and nothing was written for so
 * long. */
bool terminal_wait_for(struct terminal *terminal, const char *text, int deadline_ms);
bool terminal_wait_gone(struct terminal *terminal, const char *text, int deadline_ms);
bool terminal_wait_read(struct terminal *terminal, int deadline_ms); /* all typed */
bool terminal_settle(struct terminal *terminal, int quiet_ms, int deadline_ms);
bool terminal_wait_frames(struct terminal *terminal, int frames, int deadline_ms);
bool terminal_wait_prompt(struct terminal *terminal, int deadline_ms);  /* of the shell */
bool terminal_wait_program(struct terminal *terminal, int deadline_ms); /* it started */
bool terminal_wait_until(struct terminal *terminal,
    bool (*holds)(struct terminal *terminal, void *data), void *data, int deadline_ms);

/* Reads what comes for so long, whatever it is: to let a program run on. */
void terminal_read_for(struct terminal *terminal, int duration_ms);

/* The end of the started process (the shell, with `in_shell`), everything it wrote read.
 * *ret_status is as of waitpid(). */
bool terminal_wait_end(struct terminal *terminal, int deadline_ms, int *ret_status);

/* The same with patience, or the test fails with the screen and its cause. */
void terminal_expect(struct terminal *terminal, const char *text);
void terminal_expect_gone(struct terminal *terminal, const char *text);
void terminal_expect_quiet(struct terminal *terminal);
void terminal_expect_prompt(struct terminal *terminal);
pid_t terminal_expect_program(struct terminal *terminal); /* its process group */
void terminal_expect_exit(struct terminal *terminal, int exit_status);
void terminal_expect_signal(struct terminal *terminal, int signal);

/* Shows the screen and where things stand, for people. */
void terminal_show(const struct terminal *terminal, FILE *file);

/* Fails the test with the screen, everything that ran in it killed. */
__attribute__((format(printf, 2, 3), noreturn)) void terminal_fail(
    struct terminal *terminal, const char *format, ...);

/* The screen, as far as it was read by waiting.  Texts are UTF-8; the caller frees. */
struct terminal_state terminal_state(const struct terminal *terminal);
struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column);
char *terminal_row(const struct terminal *terminal, int row); /* trailing blanks off */
char *terminal_full_row(const struct terminal *terminal, int row);
char *terminal_text(const struct terminal *terminal);    /* such rows, newline-ended */
char *terminal_picture(const struct terminal *terminal); /* whole rows, as |…| lines */
bool terminal_shows(const struct terminal *terminal, const char *text);
bool terminal_shows_prompt(const struct terminal *terminal); /* and the shell reads */
bool terminal_find(
    const struct terminal *terminal, const char *text, int *ret_row, int *ret_column);

/* What was written, escape sequences and all; borrowed until the next wait. */
const char *terminal_bytes(const struct terminal *terminal, size_t *ret_size);
bool terminal_wrote(const struct terminal *terminal, const char *bytes);
struct stream_counts terminal_counts(const struct terminal *terminal);

/* How often something came after nothing was there to read: one burst may be read as two
 * on a busy machine, so compare it with frames only loosely. */
int terminal_bursts(const struct terminal *terminal);

/* The terminal's own side. */
struct termios terminal_modes(const struct terminal *terminal);
pid_t terminal_pid(const struct terminal *terminal);        /* the started process */
pid_t terminal_foreground(const struct terminal *terminal); /* the group; 0: none */
void terminal_signal(const struct terminal *terminal, int signal); /* to the process */

/* Closes the terminal; waiting for the end goes on working.  A program that reads may see
 * the end of its input before SIGHUP. */
void terminal_hang_up(struct terminal *terminal);

/* The living processes that came from the start, wherever they went: they have its mark
 * in their environment.  Fills up to `room`, returns how many there are. */
size_t terminal_processes(const struct terminal *terminal, size_t room, pid_t pids[]);

/* Kills all of these. */
void terminal_kill(struct terminal *terminal);

/* Waits until at most `count` of them live. */
bool terminal_wait_alone(struct terminal *terminal, size_t count, int deadline_ms);
