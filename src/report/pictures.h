// SPDX-License-Identifier: MIT
#pragma once
/* Pictures, as far as the program was built with them. */
#include <stddef.h>

#include "base/fault.h"
#include "picture/picture.h"

/* The library that the program was built without; NULL: they are there. */
extern const char *const pictures_missing;

/* Whether the library is there now.  Returns 0 or -errno with `fault` filled. */
int pictures_probe(struct fault *fault);

/* As picture_write(). */
int pictures_write(const struct result *result, const struct picture_setup *setup,
    char **ret_data, size_t *ret_size, struct fault *fault);
