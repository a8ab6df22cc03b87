// SPDX-License-Identifier: MIT
#pragma once
/* Items of a loop of the user's own, made up on the spot. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/result.h"

/* The words, ended by NULL, in one allocation. */
static inline char **made_words(const char *const words[])
{
    size_t count = 0, size = 0;
    for (; words[count]; count++)
        size += strlen(words[count]) + 1;
    char **copy = memory_new(1, (count + 1) * sizeof *copy + size);
    char *target = (char *)(copy + count + 1);
    for (size_t i = 0; i < count; i++) {
        copy[i] = strcpy(target, words[i]);
        target += strlen(words[i]) + 1;
    }
    return copy;
}

/* An item that has not ended by itself. */
static inline struct result_item *made_item(
    int64_t number, const char *text, const char *const words[])
{
    struct result_item *item = memory_new(1, sizeof *item);
    item->number = number;
    item->item = text ? text_duplicate(text) : NULL;
    item->item_size = text ? strlen(text) : 0;
    item->argv = made_words(words);
    item->exit_status = -1;
    return item;
}
