// SPDX-License-Identifier: MIT
#pragma once
/* The log of a run: a file with a JSON object in each line, one for every item that has
 * ended, appended as they end and synced, so that another run can go on where this one
 * was cut off.  First comes a line about the run ("schema": "parfor-log/1"), and one more
 * when it has ended; a file that is gone on with has several of both. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/fault.h"
#include "experiment/experiment.h"
#include "experiment/result.h"
#include "report/log_start.h"

/* What earlier runs have done, by a log. */
struct log_past;

/* Reads a log: what ended well in it.  The last line may be cut off.  Returns 0, or
 * -errno with `fault` naming the line; *ret_past is the caller's. */
int log_past_read(const char *path, struct log_past **ret_past, struct fault *fault);
void log_past_destroy(struct log_past *past); /* NULL is fine */

/* Whether that command has ended well once more than it was asked about before: each
 * occurrence counts once. */
bool log_past_take(struct log_past *past, char *const argv[]);

/* The folder with the results of the occurrence taken last ("results/7-mouse.h5"), as the
 * log has it; NULL: none. */
const char *log_past_results(const struct log_past *past);

/* How many ended well in all. */
int64_t log_past_count(const struct log_past *past);

struct log;

/* The file's name where none was asked for: below $XDG_STATE_HOME/parfor/runs (or
 * ~/.local/state), of the time; its folders are made.  Returns 0 or -errno with `fault`.
 */
int log_choose_path(size_t size, char path[], struct fault *fault);

/* Opens it for appending, locked against a second writer; what a cut-off last line has
 * left is taken away.  Writes the line about the run.  Returns 0 or -errno with `fault`;
 * *ret_log is the caller's. */
int log_open(const char *path, const struct log_run *run, struct log **ret_log,
    struct fault *fault);

/* The command line of the first run in a log, and the folder that it was run in: what the
 * caller frees, each word of the line too.  Returns 0 or -errno with `fault` (it has
 * none). */
int log_read_run(
    const char *path, char ***ret_arguments, char **ret_folder, struct fault *fault);

/* Appends an item's line.  `key` is the argv by which it is found again (command_expand()
 * with worker -1), which is only written where it is not the item's argv; or NULL.
 * `results` is its folder of --results, or NULL.  Synced at once where the last time was
 * a second ago, else by the next log_sync(). */
int log_append(struct log *log, const struct result_record *record, char *const key[],
    const char *results, struct fault *fault);

/* Syncs what was not yet, if the last time was a second ago: to be called now and then.
 */
int log_sync(struct log *log, struct fault *fault);

/* The last line, synced; `log` is gone after it.  NULL is fine. */
int log_close(struct log *log, const struct result *result, struct fault *fault);
const char *log_path(const struct log *log);

/* Whether the file looks like a log, by its beginning. */
bool log_is_one(const char *path);

/* Tells of a log on `out` in plain sentences: what was run, what is done, what failed; if
 * it is still being written, goes on until it is ended or *stop is true.  Returns 0 or
 * -errno with `fault`; *ret_failed is how many items failed. */
int log_follow(const char *path, FILE *out, const bool *stop, int64_t *ret_failed,
    struct fault *fault);
