// SPDX-License-Identifier: MIT
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* That of everything the system refuses; a core would be no use to anyone. */
enum { MEMORY_EXIT_STATUS = 3 };

void *memory_need(void *memory)
{
    if (!memory) {
        fputs("parfor: no memory left\n", stderr);
        _exit(MEMORY_EXIT_STATUS);
    }
    return memory;
}

void *memory_new(size_t count, size_t size)
{
    return memory_need(calloc(count > 0 ? count : 1, size));
}

void *memory_append(void **items, size_t count, size_t size)
{
    if ((count & (count - 1)) == 0)
        *items = memory_need(reallocarray(*items, count > 0 ? count * 2 : 1, size));
    return memset((char *)*items + count * size, 0, size);
}
