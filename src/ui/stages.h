// SPDX-License-Identifier: MIT
#pragma once
/* Both stages on one axis of time: the picture that live and compare share. */
#include "ui/view.h"

struct stages {
    struct area area; /* its columns as of struct frame */
    int label_columns, numbers_columns;
    int rows;    /* of each stage's picture */
    bool spaced; /* an empty row between the two */
};

/* As many rows to a picture as there is room for and the CPUs fill evenly. */
void stages_fit(struct stages *stages, const struct machine *machine, int rows);

/* The rows that it takes. */
int stages_rows(const struct stages *stages);

/* Draws them; *ret_free, if not NULL, is what is left free at the right of the second
 * one.
 */
void stages_draw(struct canvas *canvas, const struct stages *stages,
    const struct view_input *input, struct area *ret_free);

/* The same in one row each, of those there are: name, bar, time. */
int stages_rows_brief(const struct view_input *input);
void stages_draw_brief(
    struct canvas *canvas, struct area area, const struct view_input *input);
