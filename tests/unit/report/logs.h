// SPDX-License-Identifier: MIT
#pragma once
/* What the tests of the log share: a folder of their own, and logs made in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "experiment/result.h"
#include "report/log.h"

/* Makes a folder; *state is its name.  The other takes it away with all in it. */
int logs_set_up(void **state);
int logs_tear_down(void **state);

/* A name in it; caller frees. */
char *logs_path(void **state, const char *name);

/* The file's bytes, ended by a NUL; caller frees. */
char *logs_read(const char *path, size_t *ret_size);
void logs_write(const char *path, size_t size, const char data[]);

/* Opens a log of "cat {}", which must succeed. */
struct log *logs_open(const char *path);

/* Appends an item of "cat ITEM", which must succeed. */
void logs_append(struct log *log, int64_t number, const char *item, bool ok);

/* Closes it, as after a run of so many. */
void logs_close(struct log *log, int64_t done, int64_t failed);

struct log_past *logs_past(const char *path);

/* Asks for "cat ITEM". */
bool logs_take(struct log_past *past, const char *item);
