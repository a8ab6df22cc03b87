// SPDX-License-Identifier: MIT
#include "pool/spools.h"

#include <unistd.h>

#include "base/spool.h"

int spools_open(int spools[2])
{
    struct fault fault;
    for (int i = 0; i < 2; i++) {
        if (spools[i] >= 0)
            continue;
        int fd = spool_create(&fault);
        if (fd < 0)
            return fd;
        spools[i] = fd;
    }
    return 0;
}

void spools_close(const int spools[2])
{
    for (int i = 0; i < 2; i++)
        if (spools[i] >= 0)
            close(spools[i]);
}
