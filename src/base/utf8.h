// SPDX-License-Identifier: MIT
#pragma once
/* UTF-8 (RFC 3629). */
#include <stdbool.h>
#include <stddef.h>

/* How many bytes the character at `text` has, of which there are `size` >= 1; 0 if it is
 * none. */
size_t utf8_character(size_t size, const char text[]);

/* Whether all of it is UTF-8, without a NUL. */
bool utf8_is_text(size_t size, const char text[]);
