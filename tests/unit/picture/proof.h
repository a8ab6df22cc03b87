// SPDX-License-Identifier: MIT
#pragma once
/* A page as it was drawn, on SVG paper.  The test that draws it fails where a reader
 * would be let down: a text that leaves the page, runs over another one or over a line,
 * lies under something, is too small, or cannot be told from what is below it; a headline
 * without its end; a box that leaves the page, or one to be filled that hardly stands out
 * from it; a number that is none; an empty page. */
#include "picture/page.h"

enum proof_what { PROOF_BOX, PROOF_LINE, PROOF_AREA, PROOF_TEXT };

/* One thing on the page. */
struct proof_mark {
    enum proof_what what;
    enum ink ink;
    struct drawing_box box;       /* around it; of a text from the top of a "b" to the
                                     bottom of a "g" */
    size_t count;                 /* of a line or an area: its points */
    struct drawing_point *points; /* owned */
    double width;                 /* of a line */
    struct drawing_text place;    /* of a text */
    char *text;                   /* owned; or NULL */
};

/* In the order drawn. */
struct proof {
    size_t count;
    struct proof_mark *marks;
    char complaint[300]; /* the first, or "" */
};

/* `stage` may be NULL.  Caller destroys it. */
struct proof *proof_draw(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage, bool dark);
void proof_destroy(struct proof *proof);

/* The same, but complaints are only noted. */
struct proof *proof_judge(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage, bool dark);

/* Draws it light and dark, and forgets it. */
void proof_pass(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage);

/* The first text that has `part` in it, or NULL.  Borrowed. */
const struct proof_mark *proof_find_text(const struct proof *proof, const char *part);

/* Whether such a text has a field of that ink right before it. */
bool proof_has_swatch(const struct proof *proof, enum ink ink, const char *text);

/* Whether one text is exactly that. */
bool proof_has_text(const struct proof *proof, const char *text);

/* The first thing of that kind and ink behind `after` (NULL: of all), or NULL. */
const struct proof_mark *proof_next(const struct proof *proof, enum proof_what what,
    enum ink ink, const struct proof_mark *after);

/* How many there are. */
size_t proof_count(const struct proof *proof, enum proof_what what, enum ink ink);

/* The right end of the rightmost of them; fails the test if there is none. */
double proof_right_end(const struct proof *proof, enum proof_what what, enum ink ink);
