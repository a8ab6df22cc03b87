// SPDX-License-Identifier: MIT
#pragma once
/* The life of a worker's process around its work. */
#include "pool/worker.h"

/* The life of a forked worker: detaches from the terminal and from the parent's signals,
 * ends with `parent`, gets ready, works, and _exits. */
_Noreturn void process_main(const struct worker_setup *setup, pid_t parent, int null_fd);
