// SPDX-License-Identifier: MIT
#pragma once
/* What every view has: where its columns are, the headline, the line of keys. */
#include "ui/view.h"

enum {
    FRAME_ROOMY_COLUMNS = 60,
    FRAME_NUMBERS_COLUMNS = 21,
    FRAME_KEYS_COLUMNS = 30, /* from which on there is room for more than two keys */
    FRAME_FIRST_ROW = 2,     /* below the headline and the notice, where there is room */
};

/* The columns of all views: labels, pictures, numbers; their left and right edges are the
 * same in every view, so that the eye finds them again. */
struct frame {
    struct area area;    /* all of it, without margins and without the line of keys */
    int label_columns;   /* at the left of a picture or bar */
    int numbers_columns; /* at the right of a picture */
    bool roomy;          /* FRAME_ROOMY_COLUMNS and 20 rows or more */
    bool titled;         /* there is a row for the headline */
};

struct frame frame_of(const struct canvas *canvas);

/* One line where there is no room for any view (below 20x5).  False where there is. */
bool frame_draw_too_small(struct canvas *canvas, const struct view_input *input);

/* The headline in the first row: the loop at the left; at the right `right`, which stays
 * whole, or where that is NULL as much of the machine as there is room for. */
void frame_draw_title(
    struct canvas *canvas, const struct view_input *input, const char *right);

/* The same beside a `right` that changes: room for so many columns of it is kept, so that
 * the loop's name stays as it is. */
void frame_draw_title_beside(struct canvas *canvas, const struct view_input *input,
    const char *right, int columns);

/* The columns that there are beside the shortest name of the loop. */
int frame_title_room(const struct canvas *canvas, const struct view_input *input);

/* The keys of a picture of the run, while it runs or is replayed and when it is over; and
 * those of a view that can only be frozen and read more closely.  What cannot be done now
 * is left out when they are drawn. */
const struct view_key *frame_picture_keys(
    const struct canvas *canvas, const struct view_input *input);
const struct view_key *frame_plain_keys(const struct view_input *input);

/* Whether it is a saved result: `r` plays it. */
bool frame_is_saved(const struct view_input *input);

/* The last row: the keys (ended by one without a name), as many as fit, the last always;
 * or the question that must be answered, or room for a word; and FROZEN where that is so.
 */
void frame_draw_keys(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[]);

/* The same at the right end of that row, as few as "q quit   ? help".  Returns the
 * columns that it leaves free at the left. */
int frame_draw_keys_brief(struct canvas *canvas, const struct view_input *input);

/* The one or the other, by the columns that there are. */
void frame_draw_keys_or_brief(
    struct canvas *canvas, const struct view_input *input, const struct view_key keys[]);

/* A word on what was done, over the last rows of a view, as many as it takes, up to
 * three; nothing if it is empty. */
void frame_draw_word(struct canvas *canvas, const char *word);
