// SPDX-License-Identifier: MIT
#pragma once
/* A made-up result in which every field says something, for tests of the reports. */
#include "experiment/result.h"

/* Caller finishes *result. */
void sample_result(struct result *result);

/* A result as JSON, which must succeed; caller frees. */
char *sample_write(const struct result *result);

/* sample_result() as JSON; caller frees. */
char *sample_json(void);

/* Makes sample_result() one of a sweep. */
void sample_sweep(struct result *result);

/* Makes sample_result() one of a loop of the user's own, with an item for each task of
 * the second stage. */
void sample_items(struct result *result);

/* Makes sample_result() one of whole programs. */
void sample_programs(struct result *result);

/* sample_json() with the first `from` behind the first `after` replaced by `to`; both
 * must be there.  Caller frees. */
char *sample_damaged(const char *after, const char *from, const char *to);

/* That of the sweep. */
char *sample_damaged_sweep(const char *after, const char *from, const char *to);

/* Makes sample_result() one of a check. */
void sample_check(struct result *result);

/* `text` damaged likewise, which is freed. */
char *sample_damage(char *text, const char *after, const char *from, const char *to);
