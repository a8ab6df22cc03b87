// SPDX-License-Identifier: MIT
/* Bytes cut into items. */
#include <inttypes.h>
#include <string.h>

#include "workload/items.h"

/* Room for one more than an item may have: a carriage return. */
enum { PART_MAX = ITEMS_LENGTH_MAX + 1 };

static int too_long(const struct items_cutter *cutter, struct fault *fault)
{
    return fault_input(fault,
        "item %" PRId64 " is too long (%d bytes at most, a program takes no more%s)",
        cutter->count + 1, ITEMS_LENGTH_MAX,
        cutter->nul ? "" : "; -0 is for items that end with a NUL");
}

static int keep_part(
    struct items_cutter *cutter, size_t size, const char data[], struct fault *fault)
{
    if (size > PART_MAX - cutter->part.size)
        return too_long(cutter, fault);
    bytes_add(&cutter->part, size, data);
    return 0;
}

/* Whom items are given to. */
struct receiver {
    items_callback *callback;
    void *data;
    struct fault *fault;
};

/* An item without the newline or NUL behind it. */
static int give(struct items_cutter *cutter, size_t size, const char item[],
    const struct receiver *receiver)
{
    if (!cutter->nul && size > 0 && memchr(item, '\0', size))
        return fault_input(receiver->fault,
            "item %" PRId64 " has a NUL in it (-0 is for items that end with one)",
            cutter->count + 1);
    if (!cutter->nul && size > 0 && item[size - 1] == '\r')
        size--;
    if (size > ITEMS_LENGTH_MAX)
        return too_long(cutter, receiver->fault);
    cutter->count++;
    return receiver->callback(receiver->data, size > 0 ? item : "", size);
}

/* An item of which the beginning has been kept. */
static int give_part(struct items_cutter *cutter, const struct receiver *receiver)
{
    size_t size = cutter->part.size;
    cutter->part.size = 0;
    return give(cutter, size, cutter->part.data, receiver);
}

int items_cut(struct items_cutter *cutter, size_t size, const char data[],
    items_callback *callback, void *data_of_callback, struct fault *fault)
{
    const struct receiver receiver = {callback, data_of_callback, fault};
    const char *end = data + size, *stop;
    while (size > 0 && (stop = memchr(data, cutter->nul ? '\0' : '\n', size))) {
        size_t length = (size_t)(stop - data);
        int error = 0;
        if (cutter->part.size == 0)
            error = give(cutter, length, data, &receiver);
        else if ((error = keep_part(cutter, length, data, fault)) == 0)
            error = give_part(cutter, &receiver);
        if (error < 0)
            return error;
        data = stop + 1;
        size = (size_t)(end - data);
    }
    return keep_part(cutter, size, data, fault);
}

int items_cut_end(struct items_cutter *cutter, items_callback *callback,
    void *data_of_callback, struct fault *fault)
{
    const struct receiver receiver = {callback, data_of_callback, fault};
    return cutter->part.size > 0 ? give_part(cutter, &receiver) : 0;
}

void items_cutter_finish(struct items_cutter *cutter)
{
    bytes_finish(&cutter->part);
    *cutter = (struct items_cutter){0};
}
