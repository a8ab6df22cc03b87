// SPDX-License-Identifier: MIT
#pragma once
/* The screens that are kept as goldens: which view of which recorded result, at which
 * moment, on which terminal. */
#include <stddef.h>

enum { SHOT_WORDS_MAX = 4, SHOT_NAME_MAX = 80 };

struct shot {
    const char *view, *result;
    int stage, ms;     /* the moment; stage 2 of `run`: the end of it all */
    int columns, rows; /* of the terminal */
    const char *note;  /* NULL, or what is special, as the end of the golden's name */
    const char *words[SHOT_WORDS_MAX]; /* for scene.c */
    const char *term, *locale;         /* as in struct terminal_setup */
};

extern const struct shot shots[];
extern const size_t shot_count;

/* "live-run-12-80x24-frozen" */
void shot_name(const struct shot *shot, size_t size, char name[]);
