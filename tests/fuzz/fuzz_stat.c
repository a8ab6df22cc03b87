// SPDX-License-Identifier: MIT
/* The text of /proc/stat.  The input is two readings, parted by a line of "--". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "machine/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 300 }; /* less than some ids */

static void check(bool holds)
{
    if (!holds)
        abort();
}

static bool is_share(float share)
{
    return share >= 0 && share <= 1.0001F;
}

static void check_share(const struct load_share *share)
{
    check(is_share(share->user) && is_share(share->nice) && is_share(share->system));
    check(is_share(share->irq) && is_share(share->steal));
    float busy = share->user + share->nice + share->system + share->irq;
    if (share->busy < 0)
        check(share->busy == -1 && busy == 0 && share->steal == 0);
    else
        check(is_share(share->busy + share->steal) &&
              is_share(busy - share->busy + 0.0001F));
}

static void read_text(const char *text, struct load_reading *reading)
{
    size_t needed = load_room_needed(text), present = 0;
    int count = load_parse(text, reading);
    for (size_t id = 0; id < reading->room; id++)
        present += reading->cpus[id].present;
    if (count < 0)
        return;
    check(present <= (size_t)count);
    for (size_t id = needed; id < reading->room; id++)
        check(!reading->cpus[id].present);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = memory_new(size + 1, 1);
    memcpy(text, data, size);
    char *second = strstr(text, "\n--\n");
    if (second) {
        second[1] = '\0';
        second += strlen("\n--\n");
    }
    struct load_reading before, after;
    check(load_reading_init(&before, ROOM) == 0 && load_reading_init(&after, ROOM) == 0);
    read_text(text, &before);
    read_text(second ? second : text, &after);
    for (size_t id = 0; id < ROOM; id++) {
        struct load_share share = load_share_between(&before.cpus[id], &after.cpus[id]);
        check_share(&share);
        if (!before.cpus[id].present || !after.cpus[id].present || !second)
            check(share.busy == -1);
    }
    load_reading_finish(&before);
    load_reading_finish(&after);
    free(text);
    return 0;
}
