// SPDX-License-Identifier: MIT
#pragma once
/* The words for a loop of the user's own: how many items, how far they are, what became
 * of them.  Screens, plain sentences and reports share them. */
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "experiment/result.h"
#include "experiment/scene.h"

/* "300 files", "1 file", "15 tasks". */
void words_items_count(const struct plan *plan, int64_t count, size_t size, char text[]);

/* The loop for a headline: "python3 prep.py {}, 300 files"; without their number while
 * that is not known. */
void words_items_title(const struct plan *plan, size_t size, char text[]);

/* An item by its place in the list, where it has no name: "number 5" for 4, as {#}
 * counts.
 */
void words_item_number(int64_t number, size_t size, char text[]);

/* One task by its item; one of a loop body by its index, as that counts: "task 4". */
void words_record_name(const struct result_record *record, size_t size, char text[]);

/* How an item failed: "exit 1", "SIGSEGV", "not started: No such file or directory",
 * "timed out after 5.00 s", "no room for its output", "failed". */
void words_item_failure(const struct scene_item *item, size_t size, char text[]);
void words_record_failure(const struct result_record *record, size_t size, char text[]);

/* How far: "171 of 300 done, 1 failed"; while their number is not known "171 done of 1000
 * read so far"; with what an earlier run has done: "191 of 300 done, 20 of them before".
 */
void words_items_progress(const struct scene *scene, size_t size, char text[]);

/* "56 min so far, about 39 min left: done at about 01:35"; as much of it as is known,
 * and how long so far once nothing more is begun.  `now` is the time of day. */
void words_items_time(const struct scene *scene, time_t now, size_t size, char text[]);

/* What the clock on the wall shows `left_ns` after `now`: "01:35"; "Tue 01:35" where that
 * is another day and more than six hours away; "3 Dec 01:35" from six days on. */
void words_items_clock(time_t now, int64_t left_ns, size_t size, char text[]);

/* "half of them take less than 20 min"; "" while fewer than three have ended well. */
void words_items_median(const struct scene_items *items, size_t size, char text[]);

/* Once nothing more is begun: "Nothing more is begun. Waiting for 2 files: mouse-114.h5,
 * mouse-098.h5"; "Ending 2 files: …"; "" before, and where nothing is under way. */
void words_items_closing(const struct scene *scene, size_t size, char text[]);

/* "All of it is safe in run.jsonl."; "" without a log. */
void words_items_safe(const char *log, size_t size, char text[]);

/* "1 thread each" where inner threads are limited; "" else. */
void words_items_threads(const struct plan *plan, size_t size, char text[]);

/* Copies what may be any bytes for a line of a screen: control characters and what is not
 * UTF-8 as question marks, a tab as a blank, cut between characters where it does not
 * fit. */
void words_clean(size_t length, const char source[], size_t size, char text[]);

/* What a run of `map` came to: "300 files in 1 h 35 min, about 99 h one after the other.
 * 1 failed: mouse-017.h5. Try: parfor map --resume run.jsonl"; one that was ended early:
 * "171 of 300 files in 56 min …".  Where nothing was run: "There are no items: nothing to
 * do.", "All 300 files were done before: nothing to do."; "Ended before anything was
 * begun." */
void words_items_ended(const struct result *result, size_t size, char text[]);
