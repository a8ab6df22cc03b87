// SPDX-License-Identifier: MIT
#pragma once
/* A vigil: a small process that waits for the end of this one and then does its duty,
 * whatever that end was.  It is a child in a process group of its own: whoever waits for
 * just any child would meet it. */

struct vigil;

struct vigil_setup {
    const char *name;         /* of the process */
    int kept_fd;              /* the one descriptor that it does not close; -1: none */
    void (*duty)(void *data); /* runs in that process, with all signals blocked */
    void *data;               /* memory that is shared with it, or never changes */
};

/* To be called by the main thread, before any other is there: it is whose end is waited
 * for.  Returns 0 or -errno; *ret_vigil is the caller's. */
int vigil_create(const struct vigil_setup *setup, struct vigil **ret_vigil);

/* Ends it without its duty; it is gone on return.  Only for the thread that created it;
 * NULL is fine. */
void vigil_destroy(struct vigil *vigil);
