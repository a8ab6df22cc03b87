// SPDX-License-Identifier: MIT
#pragma once
/* Base64 (RFC 4648, section 4, with padding), for texts that are not UTF-8. */
#include <stddef.h>

/* The text of `size` bytes; caller frees. */
char *base64_encode(size_t size, const char data[]);

/* The bytes of an encoded text, ended by a NUL that is not counted.  Returns 0 or
 * -EINVAL; caller frees *ret_data. */
int base64_decode(const char *text, char **ret_data, size_t *ret_size);
