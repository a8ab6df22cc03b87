// SPDX-License-Identifier: MIT
#include "experiment/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { WORD_BITS = 64 };

bool marks_add(struct marks *marks, int64_t index)
{
    size_t word = (size_t)index / WORD_BITS;
    uint64_t bit = UINT64_C(1) << ((size_t)index % WORD_BITS);
    if (word >= marks->word_count) {
        size_t count = 2 * (word + 1);
        uint64_t *words = memory_new(count, sizeof *words);
        if (marks->words)
            memcpy(words, marks->words, marks->word_count * sizeof *words);
        free(marks->words);
        *marks = (struct marks){count, words};
    }
    bool is_new = (marks->words[word] & bit) == 0;
    marks->words[word] |= bit;
    return is_new;
}

void marks_finish(struct marks *marks)
{
    free(marks->words);
    *marks = (struct marks){0, NULL};
}
