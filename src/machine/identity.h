// SPDX-License-Identifier: MIT
#pragma once
/* What the machine is called: by libcpuid where that can be asked, else by its files. */
#include <stdbool.h>

#include "base/file.h"

struct identity {
    char cpu_name[96];        /* never empty */
    char codename[64];        /* may be empty */
    bool name_is_own;         /* the processor itself said its name */
    const char *virtual_kind; /* a constant; "" on bare metal or where unknown */
};

void identity_init(struct identity *identity, const struct root *root);
