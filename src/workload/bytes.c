// SPDX-License-Identifier: MIT
#include "workload/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { ROOM_FIRST = 256 };

void bytes_add(struct bytes *bytes, size_t size, const char data[])
{
    if (size == 0)
        return;
    if (size > bytes->room - bytes->size) {
        size_t room = bytes->room ? bytes->room : ROOM_FIRST;
        while (room - bytes->size < size)
            room *= 2;
        bytes->data = memory_need(realloc(bytes->data, room));
        bytes->room = room;
    }
    memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

void bytes_add_text(struct bytes *bytes, const char *text)
{
    bytes_add(bytes, strlen(text), text);
}

void bytes_finish(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}
