// SPDX-License-Identifier: MIT
#pragma once
/* One worker as its parent sees it: its present process, what it was left to do, and what
 * all its processes did.  Used by the inside of a pool alone. */
#include <signal.h>

#include "pool/member_state.h"

/* Forks the worker's (next) process and gives it the leftover; `on_exit` is called with
 * the member when it has ended.  Returns 0 or -errno. */
int member_start(struct member *member, loop_callback *on_exit);

/* Reaps the process that has ended (or waits for it) and adds what it did to the totals.
 */
enum member_end member_reap(
    struct member *member, siginfo_t *ret_info, struct table_state *ret_state);

/* After an exit: what was in hand becomes the leftover, or is failed for good where it
 * has cost more workers than the setup allows.  Returns the task that was in hand, -1 for
 * none, or where nobody is to blame. */
int64_t member_judge(struct member *member, enum member_end end,
    const struct table_state *state, const siginfo_t *info);

/* Sends the signal to the process group of its task in hand.  False if there is none. */
bool member_signal_group(const struct member *member, int number);

/* It is one of those that there are to be, while anything is to be begun. */
bool member_is_wanted(const struct member *member);

/* Reports once that it could not be pinned; to be called while its slot says so. */
void member_check_pin(struct member *member);

/* Keeps the record that was left open for a process that did not come. */
void member_keep_open(struct member *member);

/* Its processes died again and again before they began a task. */
bool member_is_given_up(const struct member *member);

/* There is something to do for one more process of it. */
bool member_has_work(const struct member *member);

/* Nobody can begin a task before worker 0 has prepared the loop. */
bool member_ground_is_unprepared(const struct member_ground *ground);

/* Has no process, but needs one: for what it was left, or for tasks that no one else
 * takes. */
bool member_needs_process(const struct member *member);

/* Frees what it was left and its gaps; it must have no process. */
void member_finish(struct member *member);

/* Reports an event of this worker, now. */
void member_tell(
    const struct member *member, enum pool_event_kind kind, int status, int64_t index);
