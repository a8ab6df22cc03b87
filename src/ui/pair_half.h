// SPDX-License-Identifier: MIT
#pragma once
/* One of two results side by side: its headline, and its stages as pictures or as bars on
 * an axis that both share. */
#include "experiment/outline.h"
#include "model/axis.h"
#include "ui/canvas.h"

enum { PAIR_STRIPS_MAX = 2, PAIR_WORDS_SIZE = 512 };

/* A stage that is shown. */
struct pair_strip {
    const struct result_stage *stage;
    char name[96], brief[48], time[80];
};

struct pair_half {
    const struct result *result; /* borrowed */
    struct outline outline;
    int count; /* of strips: 0 where nothing was run, or too little */
    struct pair_strip strips[PAIR_STRIPS_MAX];
    char words[PAIR_WORDS_SIZE]; /* in place of strips: what there is to say; "" */
};

void pair_half_init(
    struct pair_half *half, const struct result *result, const char *name);

/* The longest of its stages; 0 without any. */
int64_t pair_half_longest_ns(const struct pair_half *half);

/* In one row: what was run, and at the right the machine where there is room. */
void pair_half_draw_headline(
    struct canvas *canvas, struct area row, const struct pair_half *half);

/* A stage with its name and its time above its picture; returns the rows used, which are
 * those of the area at most. */
int pair_half_draw_picture(struct canvas *canvas, struct area area,
    const struct pair_half *half, const struct pair_strip *strip, struct axis axis);

/* The axis below, in one row. */
void pair_half_draw_axis(struct canvas *canvas, struct area row,
    const struct pair_half *half, struct axis axis);

/* In one row: name, bar, time. */
void pair_half_draw_bar(struct canvas *canvas, struct area row,
    const struct pair_strip *strip, struct axis axis);
