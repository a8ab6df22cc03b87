// SPDX-License-Identifier: MIT
#pragma once
/* A growing row of bytes. */
#include <stddef.h>

struct bytes {
    size_t size, room;
    char *data; /* owned; NULL while there is none */
};

void bytes_add(struct bytes *bytes, size_t size, const char data[]);
void bytes_add_text(struct bytes *bytes, const char *text); /* without its end */
void bytes_finish(struct bytes *bytes);
