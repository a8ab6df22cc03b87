// SPDX-License-Identifier: MIT
#pragma once
/* When something was measured, as files have it: 2026-11-23T13:08:00Z (ISO 8601, UTC, to
 * the second).  In memory it is in seconds since 1970; 0: not known. */
#include <stdbool.h>
#include <stdint.h>

#define DATE_EXAMPLE "2026-11-23T13:08:00Z"
enum { DATE_SIZE = sizeof DATE_EXAMPLE };

/* It is there, and before the year 10000. */
bool date_is_known(int64_t seconds);

/* Writes one that is known. */
void date_format(int64_t seconds, char text[DATE_SIZE]);

/* Reads what date_format() writes and nothing else.  Returns 0 or -EINVAL. */
int date_parse(const char *text, int64_t *ret_seconds);
