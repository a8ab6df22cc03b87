// SPDX-License-Identifier: MIT
#pragma once
/* Starting a program: by vfork, in a session of its own, so that it has no terminal to
 * wait for, and so that all that it starts can be ended together; it ends with whoever
 * has started it. */
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/fault.h"

struct spawn_setup {
    const char *path; /* of the program, as execve() takes it */
    char *const *argv;
    char *const *envp;
    const char *folder;       /* to start in; NULL: this one */
    int fds[3];               /* to become its standard input, output and error */
    int nice;                 /* to be added to its niceness */
    const sigset_t *changed;  /* what spawn_list_changed() says; NULL: it is asked */
    _Atomic pid_t *ret_group; /* where its process group (its pid) is noted before it is
                                 more than a copy of this process; NULL: nowhere */
};

/* Starts it.  Signals are as they are by default in the program, and none is blocked; of
 * descriptors it has those three (the others must be close-on-exec).  A file without a
 * "#!" line is given to /bin/sh, as execvp() does.  Returns 0 or -errno (of the exec or
 * of the change of folder too: nothing is left then, and *ret_group is 0). */
int spawn_start(const struct spawn_setup *setup, pid_t *ret_pid);

/* The signals that this process does not take as they are by default: for who starts many
 * programs and changes no more of them meanwhile. */
void spawn_list_changed(sigset_t *ret_changed);

/* The file that a program's name means, by PATH if it has no slash, below `folder` if it
 * is relative (NULL: this one).  Returns 0, and the caller frees *ret_path; or -EINVAL
 * with `fault` saying that there is no such program, or that it cannot be executed. */
int spawn_find(
    const char *name, const char *folder, char **ret_path, struct fault *fault);
