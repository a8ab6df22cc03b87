// SPDX-License-Identifier: MIT
#pragma once
/* What the machine is called: by libcpuid where that can be asked, else by its files. */
#include "base/file.h"

struct identity {
    char cpu_name[96];        /* never empty */
    char codename[64];        /* may be empty */
    const char *virtual_kind; /* a constant; "" on bare metal or where unknown */
};

/* Finds out.  `model` is the processors' name as the topology has it; may be empty. */
void identity_init(struct identity *identity, const struct root *root, const char *model);
