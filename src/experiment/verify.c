// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <string.h>

#include "experiment/comparison.h"
#include "workload/workload.h"

/* The first record of one task that came out well; NULL if there is none. */
static const struct result_record *find_single(const struct result_stage *stage)
{
    for (size_t i = 0; i < stage->record_count; i++)
        if (stage->records[i].count == 1 && stage->records[i].status == RESULT_OK)
            return &stage->records[i];
    return NULL;
}

static const struct result_record *find_task(
    const struct result_stage *stage, int64_t index)
{
    for (size_t i = 0; i < stage->record_count; i++)
        if (stage->records[i].count == 1 && stage->records[i].index == index &&
            stage->records[i].status == RESULT_OK)
            return &stage->records[i];
    return NULL;
}

static void remark_wrong(struct result *result, const struct result_stage *stage,
    const struct result_record *record, uint64_t expected)
{
    result_remark(result,
        "This machine computed wrongly: task %" PRId64 " on CPU %d (%s) gave %016" PRIx64
        " instead of %016" PRIx64 ".",
        record->index, record->cpu, stage->name, record->digest, expected);
}

/* Where every task computes the same, every single record must say the same. */
static bool verify_uniform(struct result *result, const struct result_stage *stage,
    const struct result_record *reference)
{
    bool right = true;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->count != 1 || record->status != RESULT_OK ||
            record->digest == reference->digest)
            continue;
        remark_wrong(result, stage, record, reference->digest);
        right = false;
    }
    return right;
}

/* Two executions of the same loop differ: names the task, or says that it is not known.
 */
static void remark_difference(struct result *result, const struct result_stage *stage,
    const struct result_stage *reference)
{
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        const struct result_record *before =
            record->count == 1 && record->status == RESULT_OK
                ? find_task(reference, record->index)
                : NULL;
        if (before && before->digest != record->digest) {
            remark_wrong(result, stage, record, before->digest);
            return;
        }
    }
    result_remark(result,
        "This machine computed wrongly: the %s stage gave other results than the %s one "
        "(which task is not known: their times were summed).",
        stage->name, reference->name);
}

static bool is_whole(const struct result_stage *stage)
{
    return stage->complete && stage->failed == 0;
}

bool comparison_verify(struct result *result)
{
    const struct workload_ops *ops;
    struct fault fault;
    if (workload_find(result->plan.workload, &ops, &fault) < 0)
        return true;
    bool right = true;
    const struct result_stage *reference = NULL;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        const struct result_record *single =
            find_single(i > 0 ? &result->stages[0] : stage);
        if (ops->uniform && single && !verify_uniform(result, stage, single))
            right = false;
        if (!is_whole(stage))
            continue;
        if (reference && stage->digest != reference->digest) {
            remark_difference(result, stage, reference);
            right = false;
        }
        if (!reference)
            reference = stage;
    }
    return right;
}
