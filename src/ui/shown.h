// SPDX-License-Identifier: MIT
#pragma once
/* A stage as it is shown: which one, how far it is, what is said of it. */
#include "ui/frame.h"

struct shown {
    enum result_stage_kind kind;
    const struct result_stage *stage; /* NULL: none of that kind has begun */
    bool running;
    int64_t until_ns; /* what has happened so far */
};

/* Until when it was measured: the rest is projected from that. */
int64_t shown_measured_ns(const struct shown *shown);

/* Of a kind the one that runs or was last run; after the end the usual one. */
struct shown shown_find(const struct scene *scene, enum result_stage_kind kind);

/* Of all the one that runs or ran last; after the end the usual parallel one, of a sweep
 * the advised one. */
struct shown shown_latest(const struct scene *scene);

/* "2 at a time  (run 2 of 5)", also of one to come; `brief`: "one by one". */
void shown_name(const struct scene *scene, const struct shown *shown, bool brief,
    size_t size, char text[]);

/* "12.3 s", "5.1 s so far", "2.1 s, stopped", "99 h, projected from 6 of 300"; more than
 * the time only if that fits into the columns; with as many figures as all times on the
 * same axis; empty without a stage.
 */
void shown_time(const struct shown *shown, const struct view_input *input, int columns,
    size_t size, char text[]);

/* The scene with the numbers that are held: for whole sentences of it. */
struct scene shown_held(const struct view_input *input);

/* The name of the item that a worker has in hand; NULL: none, or it is not known.
 * Borrowed. */
const char *shown_item(
    const struct scene_items *items, const struct scene_worker *worker);

/* How many workers a stage is to have, also when it is only about to start. */
int shown_workers_asked(const struct result_stage *stage);

/* "about 7 s left"; empty for less than 0: not known. */
void shown_format_left(int64_t left_ns, size_t size, char text[]);

/* Of the stage that runs: "about 7 s left", "46 of 110 done", "46 of 110, 1 failed";
 * empty where it is not known. */
void shown_left(const struct view_input *input, size_t size, char text[]);
void shown_done(const struct view_input *input, size_t size, char text[]);

/* Says in one line why there is nothing to see yet. */
void shown_draw_nothing(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input);
