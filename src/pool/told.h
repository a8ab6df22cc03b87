// SPDX-License-Identifier: MIT
#pragma once
/* Tasks of which each is told to the parent (ops->tells): running one, and the pipe that
 * what became of it goes through.  A message is written whole or not at all, and a pipe
 * that is full lets its writers wait. */
#include <stdbool.h>
#include <stdint.h>

#include "pool/setup.h"

struct batch;
struct worker;
struct worker_setup;

/* Makes the pipe: fds[0] is read by the parent, and never waits; fds[1] is for all
 * workers.  Returns 0 or -errno. */
int told_open(int ret_fds[2]);

/* Child side: where its tasks run; without what it has warmed up, and the outcome. */
struct workload_place told_place(const struct worker_setup *setup);

/* Child side: a batch of one task, after which it is told.  Nothing of it is done, and
 * its end is its begin, where the worker is to leave instead. */
void told_run(struct worker *worker, struct batch *batch);
void told_tell(const struct worker *worker, const struct batch *batch);

/* Child side: the next task begins now, and all the time since the last is hand-out. */
void told_stamp_pause(struct worker *worker);

/* Parent side: how many messages there are now. */
int told_count(int fd);

/* Parent side: the next message; false if there is none now. */
bool told_receive(int fd, struct pool_delivery *ret_delivery);
