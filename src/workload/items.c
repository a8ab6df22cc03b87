// SPDX-License-Identifier: MIT
#include "workload/items.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/spool.h"

/* Two spools: the texts, each ended by a NUL, and an entry for each task, so that any of
 * them is found by its number.  Both are written in large pieces. */
enum { TEXTS, ENTRIES, SPOOLS };
enum { KEPT_BYTES = 64 * 1024, KEPT_ENTRIES = 1024 };

struct entry {
    int64_t offset; /* of its texts */
    int64_t number;
    uint32_t size, count; /* bytes of texts, and how many there are */
};
static_assert(sizeof(struct entry) == 24, "one million tasks are 24 MB of index");

struct items {
    int spools[SPOOLS];
    int64_t count, flushed; /* tasks, and those that are in the spools */
    int error;              /* with which the spools could not be written; 0 */
    int64_t offset;         /* in the spool, of the texts that are kept back */
    struct bytes texts;     /* kept back */
    struct entry entries[KEPT_ENTRIES];
};

int items_create(struct items **ret_items, struct fault *fault)
{
    struct items *items = memory_new(1, sizeof *items);
    for (int i = 0; i < SPOOLS; i++)
        items->spools[i] = -1;
    for (int i = 0; i < SPOOLS; i++) {
        items->spools[i] = spool_create(fault);
        if (items->spools[i] >= 0)
            continue;
        int error = items->spools[i];
        items_destroy(items);
        return error;
    }
    *ret_items = items;
    return 0;
}

void items_destroy(struct items *items)
{
    if (!items)
        return;
    for (int i = 0; i < SPOOLS; i++)
        if (items->spools[i] >= 0)
            close(items->spools[i]);
    bytes_finish(&items->texts);
    free(items);
}

/* The texts first: an entry that can be read has them. */
static int write_kept(struct items *items)
{
    struct spool_range range;
    size_t entries = (size_t)(items->count - items->flushed);
    int error =
        spool_append(items->spools[TEXTS], items->texts.size, items->texts.data, &range);
    if (error < 0)
        return error;
    error = spool_append(
        items->spools[ENTRIES], entries * sizeof(struct entry), items->entries, &range);
    if (error < 0)
        return error;
    items->offset += (int64_t)items->texts.size;
    items->texts.size = 0;
    items->flushed = items->count;
    return 0;
}

int items_flush(struct items *items, struct fault *fault)
{
    if (items->error == 0 && items->count > items->flushed)
        items->error = write_kept(items);
    if (items->error < 0)
        return fault_system(fault, items->error, "cannot keep the items in $TMPDIR");
    return 0;
}

int items_add(struct items *items, int64_t number, size_t count,
    const char *const texts[], struct fault *fault)
{
    size_t begin = items->texts.size;
    if (items->error < 0)
        return items_flush(items, fault);
    for (size_t i = 0; i < count; i++)
        bytes_add(&items->texts, strlen(texts[i]) + 1, texts[i]);
    size_t size = items->texts.size - begin;
    if (size > UINT32_MAX || count > UINT32_MAX) {
        items->texts.size = begin;
        return fault_system(fault, -E2BIG, "cannot take so many items at a time");
    }
    items->entries[items->count - items->flushed] = (struct entry){
        .offset = items->offset + (int64_t)begin,
        .number = number,
        .size = (uint32_t)size,
        .count = (uint32_t)count,
    };
    items->count++;
    if (items->texts.size < KEPT_BYTES && items->count - items->flushed < KEPT_ENTRIES)
        return 0;
    return items_flush(items, fault);
}

int64_t items_count(const struct items *items)
{
    return items->count;
}

/* All of it, or -EIO. */
static int read_whole(int fd, int64_t offset, size_t size, char data[])
{
    while (size > 0) {
        ssize_t got = spool_read(fd, offset, size, data);
        if (got <= 0)
            return got < 0 ? (int)got : -EIO;
        data += got;
        offset += got;
        size -= (size_t)got;
    }
    return 0;
}

/* What is kept back here, or in the spool.  A process that was forked in between finds in
 * its copy of what was kept back then the same as later in the spool. */
static int read_entry(const struct items *items, int64_t index, struct entry *ret_entry)
{
    if (index >= items->flushed && index < items->count) {
        *ret_entry = items->entries[index - items->flushed];
        return 0;
    }
    int64_t offset = index * (int64_t)sizeof *ret_entry;
    int error =
        read_whole(items->spools[ENTRIES], offset, sizeof *ret_entry, (char *)ret_entry);
    return error == -EIO ? -ENOENT : error;
}

static int read_texts(
    const struct items *items, int64_t index, const struct entry *entry, char texts[])
{
    if (index < items->flushed || index >= items->count)
        return read_whole(items->spools[TEXTS], entry->offset, entry->size, texts);
    memcpy(texts, items->texts.data + (entry->offset - items->offset), entry->size);
    return 0;
}

int items_read(const struct items *items, int64_t index, struct items_task *ret_task)
{
    struct entry entry;
    int error = read_entry(items, index, &entry);
    if (error < 0)
        return error;
    size_t pointers = (entry.count + 1) * sizeof(char *);
    const char **task = memory_new(pointers + entry.size, 1);
    char *text = (char *)task + pointers;
    error = read_texts(items, index, &entry, text);
    if (error < 0) {
        free(task);
        return error;
    }
    for (uint32_t i = 0; i < entry.count; i++, text += strlen(text) + 1)
        task[i] = text;
    *ret_task =
        (struct items_task){.number = entry.number, .count = entry.count, .texts = task};
    return 0;
}

void items_drop(struct items_task *task)
{
    free(task->texts);
    *task = (struct items_task){0};
}
