// SPDX-License-Identifier: MIT
#include "report/text_items.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "experiment/projection.h"
#include "experiment/words.h"
#include "experiment/words_items.h"
#include "report/paragraph.h"

enum { FAILURES_LISTED = 10 };

/* The last line that is not empty, where what it wrote is known. */
static void find_last_line(const struct result_item *item, size_t size, char text[])
{
    size_t end = item->err ? item->err_size : 0;
    while (end > 0 && (item->err[end - 1] == '\n' || item->err[end - 1] == '\r'))
        end--;
    size_t begin = end;
    while (begin > 0 && item->err[begin - 1] != '\n')
        begin--;
    words_clean(end - begin, item->err + begin, size, text);
}

static void print_failure(FILE *out, int width, const struct result_record *record)
{
    const struct result_item *item = record->item;
    char name[96], how[120], last[120] = "", text[400];
    words_record_name(record, sizeof name, name);
    words_record_failure(record, sizeof how, how);
    if (item && item->err)
        find_last_line(item, sizeof last, last);
    snprintf(text, sizeof text, "Failed: %s: %s%s%s", name, how, *last ? ": " : "", last);
    paragraph_print(out, width, text);
}

/* Those of the first stage, whose output was kept. */
static void print_failures(FILE *out, int width, const struct result *result)
{
    const struct result_stage *stage = &result->stages[0];
    int64_t listed = 0;
    char text[400];
    for (size_t i = 0; i < stage->record_count && listed < FAILURES_LISTED; i++) {
        if (stage->records[i].status != RESULT_FAILED || stage->records[i].count != 1)
            continue;
        print_failure(out, width, &stage->records[i]);
        listed++;
    }
    if (listed == 0 || stage->failed <= listed)
        return;
    snprintf(text, sizeof text, "… and %" PRId64 " more%s%s.", stage->failed - listed,
        *result->plan.log ? ", in " : "", result->plan.log);
    paragraph_print(out, width, text);
}

static void print_projected(FILE *out, int width, const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        char name[48], projected[80], text[200];
        projection_describe(&result->plan, stage, sizeof projected, projected);
        if (!*projected || stage->repeat > 0)
            continue;
        words_stage(stage, sizeof name, name);
        snprintf(text, sizeof text, "The time %s is %s.", name, projected);
        paragraph_print(out, width, text);
    }
}

void text_items_print(FILE *out, int width, const struct result *result)
{
    char text[400];
    if (!result->comparison.has) /* whose sentence says it */
        print_projected(out, width, result);
    print_failures(out, width, result);
    if (!*result->plan.log)
        return;
    snprintf(text, sizeof text, "The log: %s", result->plan.log);
    paragraph_print(out, width, text);
}
