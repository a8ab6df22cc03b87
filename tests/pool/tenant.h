// SPDX-License-Identifier: MIT
#pragma once
/* A program that holds a terminal, as a shell's job: a real pseudo-terminal, a session
 * leader that takes it back when the program has ended, a guardian.  The test adopts what
 * outlives them, so it knows when nothing is left. */
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "pool/guardian.h"

#define TENANT_LEAVE "\033[?2026l\033[?1049l\033[?25h"

struct tenant {
    int master, slave;           /* the test's own; -1 when closed */
    struct termios before, ours; /* modes */
    pid_t program;
    int report[2]; /* pipe: what the program has to say */
    struct fault fault;
    struct guardian *guardian; /* in the program: armed */
};

void tenant_init(void); /* at the start of main() */

/* A life for the program, in which it says tenant_ready(); returning is exit status 0. */
typedef void tenant_body(struct tenant *tenant);

void tenant_ready(const struct tenant *tenant);

/* Opens a terminal, starts the program on it and waits until it is ready. */
void tenant_start(struct tenant *tenant, tenant_body *body);

void tenant_kill(struct tenant *tenant); /* by SIGKILL */

/* The wait status of the program, after whose end the "shell" has its terminal again. */
int tenant_wait(struct tenant *tenant);

/* Waits until no process is left that the program or the shell has started. */
void tenant_wait_all(void);

/* Reads until the bytes that leave the screen have come. */
void tenant_expect_leave(struct tenant *tenant);

/* There is nothing (more) to be read. */
void tenant_expect_nothing(struct tenant *tenant);

/* Fills the terminal until it takes no more. */
void tenant_fill(struct tenant *tenant);

bool tenant_has_modes(const struct tenant *tenant, const struct termios *modes);

/* A live child of `parent` with the guardian's name; 0 if there is none. */
pid_t tenant_guardian_of(pid_t parent);

void tenant_close(struct tenant *tenant);
