// SPDX-License-Identifier: MIT
#pragma once
/* The items of a loop: read as bytes come, and kept where workers find them. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "workload/bytes.h"

/* Cuts bytes that come in pieces into items: lines (of which the last may lack its end,
 * and which lose a carriage return before it), or what a NUL ends.  Empty lines are
 * items, too, as for GNU parallel; an item longer than ITEMS_LENGTH_MAX is refused. */
enum { ITEMS_LENGTH_MAX = 131071 }; /* MAX_ARG_STRLEN of the kernel has a NUL in it */

struct items_cutter {
    bool nul;          /* items end with a NUL, not with a newline */
    struct bytes part; /* of the item that has not ended yet */
    int64_t count;     /* items so far */
};

/* Called for every item, without its end.  Returns 0 or -errno, which ends the cutting.
 */
typedef int items_callback(void *data, const char *item, size_t size);

/* Cuts `size` more bytes.  Returns 0; what the callback returned; or -EINVAL with `fault`
 * (too long; a NUL in a line, which names the item by its number: -0 is for those). */
int items_cut(struct items_cutter *cutter, size_t size, const char data[],
    items_callback *callback, void *data_of_callback, struct fault *fault);

/* After the last byte. */
int items_cut_end(struct items_cutter *cutter, items_callback *callback,
    void *data_of_callback, struct fault *fault);
void items_cutter_finish(struct items_cutter *cutter);

/* The store: one writer, the parent; readers are all processes forked after its creation.
 * A task of it is one item, or several (--max-args). */
struct items;

/* Returns 0 or -errno with `fault`; *ret_items is the caller's. */
int items_create(struct items **ret_items, struct fault *fault);
void items_destroy(struct items *items); /* NULL is fine */

/* Adds a task of so many items; `number` is its place in the whole list, counted from 0,
 * which is not its index where others were left out.  Other processes find it after the
 * next items_flush(); this one at once.  Returns 0 or -errno with `fault` (no room in
 * $TMPDIR). */
int items_add(struct items *items, int64_t number, size_t count,
    const char *const texts[], struct fault *fault);

/* Writes what items_add() has kept back: ALWAYS to be called before other processes are
 * told of these tasks (before pool_supply(), and before a pool is made).  Does nothing
 * where nothing is kept back.  Returns 0 or -errno with `fault`. */
int items_flush(struct items *items, struct fault *fault);

/* How many tasks there are so far; for the writer. */
int64_t items_count(const struct items *items);

/* One task.  Its texts are in one allocation, which the caller frees by items_drop(). */
struct items_task {
    int64_t number;
    size_t count;
    const char **texts; /* ended by NUL each */
};

/* Reads task `index`, in any process.  Returns 0 or -errno (-ENOENT: there is none yet).
 */
int items_read(const struct items *items, int64_t index, struct items_task *ret_task);
void items_drop(struct items_task *task);

/* The task in a line for a person: its items by spaces, without control characters, cut
 * to fit. */
void items_describe(const struct items_task *task, size_t size, char text[]);
