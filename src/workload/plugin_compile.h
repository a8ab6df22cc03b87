// SPDX-License-Identifier: MIT
#pragma once
/* Compiles a C file to a shared object in a private folder. */
#include <limits.h>
#include <signal.h>

#include "base/fault.h"

/* Between the two calls the signals that would end the program wait, so that the folder
 * is removed whatever happens. */
struct plugin_compile {
    sigset_t blocked_before;
    char folder[PATH_MAX - 32]; /* empty: there is none */
    char object[PATH_MAX];      /* the shared object in it */
};

/* Runs `cc -O2` with the words of `flags` (NULL: none) behind it; the compiler's messages
 * go to standard error.  Returns 0 or -errno with `fault`; plugin_compile_end() is to
 * follow in both cases. */
int plugin_compile_begin(struct plugin_compile *compile, const char *path,
    const char *flags, struct fault *fault);
void plugin_compile_end(struct plugin_compile *compile);
