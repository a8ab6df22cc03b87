// SPDX-License-Identifier: MIT
#include "machine/ids.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void ids_finish(struct ids *ids)
{
    free(ids->has);
    *ids = (struct ids){0};
}

static void grow(struct ids *ids, size_t room)
{
    size_t grown = ids->room > 0 ? ids->room : 64;
    while (grown < room)
        grown *= 2;
    bool *has = memory_new(grown, sizeof has[0]);
    if (ids->room > 0)
        memcpy(has, ids->has, ids->room * sizeof has[0]);
    free(ids->has);
    *ids = (struct ids){.room = grown, .has = has};
}

void ids_add(struct ids *ids, size_t id)
{
    if (id >= IDS_MAX)
        return;
    if (id >= ids->room)
        grow(ids, id + 1);
    ids->has[id] = true;
}

void ids_add_all(struct ids *ids, const struct ids *others)
{
    for (size_t id = 0; id < others->room; id++)
        if (others->has[id])
            ids_add(ids, id);
}

bool ids_has(const struct ids *ids, size_t id)
{
    return id < ids->room && ids->has[id];
}

size_t ids_count(const struct ids *ids)
{
    size_t count = 0;
    for (size_t id = 0; id < ids->room; id++)
        count += ids->has[id];
    return count;
}

/* Reads one id; numbers past IDS_MAX stop growing there. */
static int parse_id(const char **text, size_t *ret_id)
{
    if (!isdigit((unsigned char)**text))
        return -EINVAL;
    size_t id = 0;
    for (; isdigit((unsigned char)**text); ++*text)
        id = id < IDS_MAX ? id * 10 + (size_t)(**text - '0') : IDS_MAX;
    *ret_id = id;
    return 0;
}

/* Reads "3" or "0-3" and adds it. */
static int parse_range(const char **text, struct ids *ids)
{
    size_t first;
    int error = parse_id(text, &first);
    size_t last = first;
    if (error == 0 && **text == '-') {
        ++*text;
        error = parse_id(text, &last);
    }
    if (error < 0 || last < first)
        return -EINVAL;
    for (size_t id = first; id <= last && id < IDS_MAX; id++)
        ids_add(ids, id);
    return 0;
}

int ids_parse(const char *text, struct ids *ids)
{
    text += strspn(text, " \t");
    if (*text == '\0' || *text == '\n')
        return 0;
    for (;;) {
        int error = parse_range(&text, ids);
        if (error < 0)
            return error;
        if (*text != ',')
            return *text == '\0' || isspace((unsigned char)*text) ? 0 : -EINVAL;
        text++;
    }
}
