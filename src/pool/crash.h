// SPDX-License-Identifier: MIT
#pragma once
/* Gives the terminal back when the program itself crashes (SIGSEGV, SIGBUS, SIGFPE,
 * SIGILL, SIGABRT), before anyone learns of it, then lets the signal do what it did
 * before.  A forked child that crashes never touches the terminal. */
#include "base/fault.h"
#include "pool/guardian.h"

struct crash;

/* Installs the handlers and an alternate signal stack for the calling thread, which is to
 * be the main thread.  A crash of another is left to `guardian`, which is borrowed until
 * crash_destroy().  Returns 0 or -errno with `fault` filled; *ret_crash is the caller's.
 */
int crash_create(
    struct guardian *guardian, struct crash **ret_crash, struct fault *fault);

/* Puts back what was there before; same thread.  NULL is fine. */
void crash_destroy(struct crash *crash);
