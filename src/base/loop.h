// SPDX-License-Identifier: MIT
#pragma once
/* The event loop: the one poll() in which the parent waits for timers, signals, processes
 * and terminals.  Callbacks run in the order of descriptors; each may add and remove
 * watches. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct loop;
struct watch;

/* Called when the watched descriptor has something to read or has hung up. */
typedef void loop_callback(void *data);

/* Returns 0 or -errno; *ret_loop is the caller's. */
int loop_create(struct loop **ret_loop);
void loop_destroy(struct loop *loop); /* with all its watches; NULL is fine */

/* Watches a descriptor that stays the caller's.  Returns 0 or -errno; *ret_watch lives
 * until loop_unwatch(). */
int loop_watch(struct loop *loop, int fd, loop_callback *callback, void *data,
    struct watch **ret_watch);

/* Likewise, but calls back when the descriptor has room to write or has hung up.  An
 * earlier callback may have used the room up: write without waiting.  Another watch may
 * look at the same descriptor for input. */
int loop_watch_room(struct loop *loop, int fd, loop_callback *callback, void *data,
    struct watch **ret_watch);
void loop_unwatch(struct watch *watch); /* NULL is fine */

/* Calls back every `period_ns`, first after one period.  Missed periods are not made up
 * for. */
int loop_watch_timer(struct loop *loop, int64_t period_ns, loop_callback *callback,
    void *data, struct watch **ret_watch);

/* Calls back when one of `signals` came in, with its number in *ret_signal (kept by the
 * caller for as long as the watch).  Blocks them; the mask from before returns with
 * loop_unwatch(). */
int loop_watch_signals(struct loop *loop, const sigset_t *signals,
    loop_callback *callback, void *data, int *ret_signal, struct watch **ret_watch);

/* Waits for events until *done is true.  Returns 0 or -errno. */
int loop_run(struct loop *loop, const bool *done);

/* Waits once, and calls back for what came: for those who end for one of several reasons.
 * Returns 0 or -errno. */
int loop_turn(struct loop *loop);
