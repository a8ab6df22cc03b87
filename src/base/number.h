// SPDX-License-Identifier: MIT
#pragma once
/* Numbers and durations as people type them, and as they read them. */
#include <stddef.h>
#include <stdint.h>

/* Parses `1000000`, `1e6`, `1.5M`, `-3` (k, M, G, T are powers of 1000).  Returns 0,
 * -EINVAL if the text is not a whole number, -ERANGE if it does not fit. */
int number_parse(const char *text, int64_t *ret_value);

/* Parses a decimal number, `32`, `1.5`, `1e3`.  Returns 0, -EINVAL or -ERANGE. */
int number_parse_decimal(const char *text, double *ret_value);

/* Parses `500ms`, `3s`, `2m`, `1h30m`, `1.5s`; units ns, us, ms, s, m, h, d.  A bare
 * number counts seconds.  Returns 0, -EINVAL or -ERANGE; never negative. */
int number_parse_duration(const char *text, int64_t *ret_ns);

/* Writes an estimate for a reader, without a fraction that it does not have: `0.3 s`, `3
 * s`, `24 s`, and from there as below. */
void number_format_estimate(int64_t ns, size_t size, char text[]);

/* Writes a duration for a reader: `0.42 s`, `24.2 s`, `3 min 20 s`, `1 h 35 min`, `350
 * us`. */
void number_format_duration(int64_t ns, size_t size, char text[]);
