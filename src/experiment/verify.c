// SPDX-License-Identifier: MIT
#include "experiment/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "workload/workload.h"

/* Of one stage; the others are counted. */
enum { WRONG_TASKS_NAMED = 5 };

/* A record of one task that came out well. */
static bool is_single(const struct result_record *record)
{
    return record->count == 1 && record->status == RESULT_OK;
}

/* What most of the tasks gave (the vote of Boyer & Moore 1981): a machine that computes
 * wrongly now and then may do so in the first task too.  NULL if there is none. */
static const struct result_record *find_usual(const struct result *result)
{
    const struct result_record *usual = NULL;
    int64_t votes = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        for (size_t k = 0; k < result->stages[i].record_count; k++) {
            const struct result_record *record = &result->stages[i].records[k];
            if (!is_single(record))
                continue;
            if (votes == 0)
                usual = record;
            votes += record->digest == usual->digest ? 1 : -1;
        }
    return usual;
}

static const struct result_record *find_task(
    const struct result_stage *stage, int64_t index)
{
    for (size_t i = 0; i < stage->record_count; i++)
        if (is_single(&stage->records[i]) && stage->records[i].index == index)
            return &stage->records[i];
    return NULL;
}

static void remark_wrong(struct result *result, const struct result_stage *stage,
    const struct result_record *record, uint64_t expected)
{
    char place[32] = "";
    if (record->cpu >= 0)
        snprintf(place, sizeof place, " on CPU %d", record->cpu);
    result_remark(result,
        "This machine computed wrongly: task %" PRId64 "%s (%s) gave %016" PRIx64
        " instead of %016" PRIx64 ".",
        record->index, place, result_stage_name(stage), record->digest, expected);
}

/* Where every task computes the same, every single record must say the same. */
static bool verify_uniform(struct result *result, const struct result_stage *stage,
    const struct result_record *usual)
{
    int wrong = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (!is_single(record) || record->digest == usual->digest)
            continue;
        if (wrong++ < WRONG_TASKS_NAMED)
            remark_wrong(result, stage, record, usual->digest);
    }
    if (wrong > WRONG_TASKS_NAMED)
        result_remark(result, "So did %d more of its tasks (%s).",
            wrong - WRONG_TASKS_NAMED, result_stage_name(stage));
    return wrong == 0;
}

/* The same where records sum tasks: the workers compared each with the first of the
 * stage. */
static bool verify_odd(struct result *result, const struct result_stage *stage)
{
    if (stage->odd_tasks == 0)
        return true;
    result_remark(result,
        "This machine computed wrongly: %" PRId64 " of %" PRId64 " equal tasks (%s) gave "
        "other results than its first, one of them task %" PRId64 ": %016" PRIx64
        " instead of %016" PRIx64 ".",
        stage->odd_tasks, stage->done, result_stage_name(stage), stage->odd_index,
        stage->odd_digest, stage->usual_digest);
    return false;
}

/* Two executions of the same loop differ: names the task, or says that it is not known.
 */
static void remark_difference(struct result *result, const struct result_stage *stage,
    const struct result_stage *reference)
{
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        const struct result_record *before =
            is_single(record) ? find_task(reference, record->index) : NULL;
        if (before && before->digest != record->digest) {
            remark_wrong(result, stage, record, before->digest);
            return;
        }
    }
    result_remark(result,
        "This machine computed wrongly: the %s stage gave other results than the %s one "
        "(which task is not known: their times were summed).",
        result_stage_name(stage), result_stage_name(reference));
}

static bool is_whole(const struct result_stage *stage)
{
    return stage->complete && stage->failed == 0;
}

/* Every execution of the whole loop must have given the same. */
static bool verify_sums(struct result *result)
{
    bool right = true;
    const struct result_stage *reference = NULL;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (!is_whole(stage))
            continue;
        if (!reference)
            reference = stage;
        if (stage->digest == reference->digest)
            continue;
        remark_difference(result, stage, reference);
        right = false;
    }
    return right;
}

bool verify_result(struct result *result)
{
    const struct workload_ops *ops;
    struct fault fault;
    if (workload_find(result->plan.workload, &ops, &fault) < 0)
        return true;
    const struct result_record *usual = ops->uniform ? find_usual(result) : NULL;
    bool right = true;
    for (size_t i = 0; usual && i < result->stage_count; i++)
        if (!verify_uniform(result, &result->stages[i], usual))
            right = false;
    for (size_t i = 0; right && i < result->stage_count; i++)
        right = verify_odd(result, &result->stages[i]);
    return right ? verify_sums(result) : false;
}
