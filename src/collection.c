// SPDX-License-Identifier: MIT
#include "collection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/report.h"

enum { FILE_MOST = 1 << 28 };

void collection_add(
    struct collection *collection, struct result *result, const char *name)
{
    struct result *kept = memory_new(1, sizeof *kept);
    void *results = collection->results, *names = collection->names;
    *kept = *result;
    const struct result **place =
        memory_append(&results, collection->count, sizeof(struct result *));
    char **named = memory_append(&names, collection->count, sizeof(char *));
    *place = kept;
    *named = memory_need(strdup(name));
    collection->results = results;
    collection->names = names;
    collection->count++;
    result_init(result);
}

int collection_load(struct collection *collection, const char *path, struct fault *fault)
{
    struct result result;
    char *text;
    size_t size;
    int error = file_read_bytes(path, FILE_MOST, &text, &size);
    if (error < 0)
        return fault_input(
            fault, "cannot read the file: %s (%s)", path, strerror(-error));
    error = report_json_read(text, size, path, &result, fault);
    free(text);
    if (error == 0)
        collection_add(collection, &result, path);
    return error;
}

/* Its list is for those who only look. */
struct result *collection_result(const struct collection *collection, size_t place)
{
    return (struct result *)(uintptr_t)collection->results[place];
}

void collection_finish(struct collection *collection)
{
    for (size_t i = 0; i < collection->count; i++) {
        struct result *result = collection_result(collection, i);
        result_finish(result);
        free(result);
        free((char *)(uintptr_t)collection->names[i]);
    }
    free(collection->results);
    free(collection->names);
    *collection = (struct collection){0};
}
