// SPDX-License-Identifier: MIT
#include "ui/worker_fields.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    BAR_COLUMNS = 10, /* at least, or other columns go */
    NUMBER_COLUMNS = 7,
    NAME_COLUMNS = 26, /* of an item, with the blanks before it */
    NAME_COLUMNS_MIN = 14,
};

static int digits_of(int64_t number)
{
    return snprintf(NULL, 0, "%" PRId64, number);
}

/* Names give up some of their columns for a bar. */
static void cut_names(struct worker_fields *fields)
{
    int give = BAR_COLUMNS - fields->bar;
    if (give > fields->task - NAME_COLUMNS_MIN)
        give = fields->task - NAME_COLUMNS_MIN;
    if (give > 0) {
        fields->task -= give;
        fields->bar += give;
    }
}

struct worker_fields worker_fields_in(int columns, int64_t tasks, bool task, bool names)
{
    int most = digits_of(tasks) + 2;
    if (most < NUMBER_COLUMNS)
        most = NUMBER_COLUMNS;
    struct worker_fields fields = {
        .number = 6, .pid = 9, .cpu = 6, .done = most, .percent = 7};
    if (task)
        fields.task = names ? NAME_COLUMNS : most;
    int *const dropped[] = {&fields.pid, names ? &fields.cpu : &fields.task,
        names ? &fields.task : &fields.cpu};
    for (int i = 0; i <= 3; i++) {
        fields.bar = columns - fields.number - fields.pid - fields.cpu - fields.task -
                     fields.done - fields.percent;
        if (names && fields.task > 0)
            cut_names(&fields);
        if (fields.bar >= BAR_COLUMNS || i == 3)
            break;
        *dropped[i] = 0;
    }
    if (fields.bar < 0)
        fields.percent--;
    if (fields.bar < -1)
        fields.percent = 0;
    if (fields.bar < BAR_COLUMNS / 2)
        fields.bar = 0;
    return fields;
}
