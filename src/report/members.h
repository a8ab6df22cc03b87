// SPDX-License-Identifier: MIT
#pragma once
/* A small JSON object whose members are texts, with a schema's name and version: read and
 * written. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

struct member {
    const char *name;
    size_t size; /* of `text`, where it is read to */
    char *text;
    bool present;
};

/* What it is: "parfor-state/" and 1. */
struct members_schema {
    const char *name;
    int version;
};

/* Reads those members that are asked for, and passes over all others.  Returns 0 or
 * -EINVAL with `fault` saying where it is broken: no JSON, another schema, a newer
 * version, a member that is no text or too long a one. */
int members_read(const struct members_schema *schema, size_t size, const char text[],
    size_t count, struct member members[], struct fault *fault);

/* The text of the file, which the caller frees; a member that is absent, or not UTF-8, is
 * left out. */
char *members_write(
    const struct members_schema *schema, size_t count, const struct member members[]);
