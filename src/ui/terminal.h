// SPDX-License-Identifier: MIT
#pragma once
/* The controlling terminal as a descriptor: its modes, its size, and a queue of what it
 * has not taken yet, for one that does not read must not keep the program waiting. */
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/fault.h"
#include "base/loop.h"

struct terminal;

/* Opens /dev/tty and keeps its modes.  Returns 0 or -errno with `fault` filled;
 * *ret_terminal is the caller's. */
int terminal_open(
    struct loop *events, struct terminal **ret_terminal, struct fault *fault);

/* Closes it; NULL is fine. */
void terminal_close(struct terminal *terminal);

/* Our own opening of it, non-blocking: nobody else shares that. */
int terminal_descriptor(const struct terminal *terminal);

/* Whether our process group is in its foreground. */
bool terminal_is_foreground(const struct terminal *terminal);

/* Whether it has hung up or was taken away. */
bool terminal_is_gone(const struct terminal *terminal);

void terminal_size(const struct terminal *terminal, int *ret_rows, int *ret_columns);

/* Writes what it takes now and queues the rest. */
void terminal_write(struct terminal *terminal, size_t size, const char bytes[]);

/* Whether something is queued. */
bool terminal_is_waiting(const struct terminal *terminal);

/* Waits until it has taken what is queued, some seconds at most: for the bytes that give
 * the screen back. */
void terminal_drain(struct terminal *terminal);

/* Its modes: those from before us, and those that it has now. */
const struct termios *terminal_modes_before(const struct terminal *terminal);
struct termios terminal_modes(const struct terminal *terminal);

/* What cbreak(), noecho(), nonl() and newterm() of ncurses make of the modes there were.
 */
struct termios terminal_modes_of_screen(const struct termios *before);

/* Sets its modes at once, unless we are in the background. */
void terminal_set_modes(struct terminal *terminal, const struct termios *modes);
