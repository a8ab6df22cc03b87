// SPDX-License-Identifier: MIT
#include "experiment/collect.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int64_t collect_span_ns(const struct pool_totals *totals, const struct timeline *timeline)
{
    int64_t span_ns =
        timeline_at(timeline, totals->last_ns) - timeline_at(timeline, totals->first_ns);
    for (size_t i = 0; i < totals->gap_count; i++)
        span_ns -= timeline_at(timeline, totals->gaps[i].to_ns) -
                   timeline_at(timeline, totals->gaps[i].from_ns);
    return span_ns;
}

/* Startup, preparing, span and tail are cut so that they are exactly the stage's elapsed
 * time: whoever began a task did so when all was prepared.  A hand-out counts as CPU time
 * of its worker, that by a new process too. */
static struct account_worker times_of(const struct pool_totals *totals,
    const struct timeline *timeline, const struct result_stage *stage)
{
    struct account_worker times = {.startup_ns = stage->elapsed_ns - stage->prepare_ns,
        .prepare_ns = stage->prepare_ns};
    if (totals->first_ns == 0)
        return times;
    int64_t last_ns = timeline_at(timeline, totals->last_ns);
    times.span_ns = collect_span_ns(totals, timeline);
    times.startup_ns = last_ns - times.span_ns - times.prepare_ns;
    times.tail_ns = stage->elapsed_ns - last_ns;
    times.handout_ns = totals->handout_ns;
    times.cpu_ns = totals->cpu_ns + totals->renewing_ns + totals->paused_ns;
    times.waiting_ns = totals->waiting_ns < 0 ? ACCOUNT_NOT_SEEN : totals->waiting_ns;
    return times;
}

static void collect_workers(const struct pool *pool, int asked,
    const struct timeline *timeline, struct result_stage *stage)
{
    stage->worker_list = memory_new((size_t)asked, sizeof *stage->worker_list);
    int64_t handouts = 0, handout_ns = 0;
    for (int i = 0; i < asked; i++) {
        struct pool_totals totals = pool_totals(pool, i);
        stage->done += totals.done;
        stage->failed += totals.failed;
        stage->digest += totals.digest;
        stage->odd_tasks += totals.odd_tasks;
        if (totals.odd_tasks > 0) {
            stage->odd_index = totals.odd_index;
            stage->odd_digest = totals.odd_digest;
        }
        handouts += totals.handouts;
        handout_ns += totals.handout_ns - totals.paused_ns;
        stage->renewed += totals.renewals;
        stage->paused_ns += totals.paused_ns;
        if (totals.largest_chunk > stage->largest_chunk)
            stage->largest_chunk = totals.largest_chunk;
        if (totals.ran)
            stage->worker_list[stage->worker_count++] =
                (struct result_worker){.worker = i,
                    .pid = totals.pid,
                    .tasks = totals.done + totals.failed,
                    .handouts = totals.handouts,
                    .renewed = totals.renewals,
                    .pinned = totals.pinned,
                    .times = times_of(&totals, timeline, stage)};
    }
    stage->workers = (int)stage->worker_count;
    stage->handout_price_ns = handout_ns > 0 && handouts > 0 ? handout_ns / handouts : -1;
}

static int by_worker_and_time(const void *one, const void *other)
{
    const struct table_record *a = *(const struct table_record *const *)one;
    const struct table_record *b = *(const struct table_record *const *)other;
    if (a->worker != b->worker)
        return a->worker < b->worker ? -1 : 1;
    return (a->end_ns > b->end_ns) - (a->end_ns < b->end_ns);
}

/* The CPU clock was read only now and then: what it moved on is shared out by time. */
static void share_cpu_time(struct result_record records[], size_t count, int64_t cpu_ns)
{
    double total_ns = 0;
    for (size_t i = 0; i < count; i++)
        total_ns += (double)(records[i].end_ns - records[i].start_ns);
    for (size_t i = 0; i < count; i++) {
        double part = total_ns > 0
                          ? (double)(records[i].end_ns - records[i].start_ns) / total_ns
                          : 1.0 / (double)count;
        records[i].cpu_ns = (int64_t)((double)cpu_ns * part);
    }
}

/* Gives the CPU time to the records of one worker, which are in the order of time; what
 * it used in all is `cpu_ns`, 0 where that is not known yet. */
static void apportion(int64_t cpu_ns, size_t count, struct result_record records[],
    const struct table_record *const kept[])
{
    int64_t clock_ns = 0;
    size_t since = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t now_ns = kept[i]->cpu_clock_ns;
        if (i + 1 == count && now_ns == 0)
            now_ns = cpu_ns;
        if (now_ns == 0)
            continue;
        share_cpu_time(records + since, i + 1 - since, now_ns - clock_ns);
        clock_ns = now_ns;
        since = i + 1;
    }
}

static struct result_record translate(
    const struct table_record *kept, const struct timeline *timeline, bool cpus_shown)
{
    return (struct result_record){.index = kept->index,
        .count = kept->count,
        .failed = kept->failed,
        .worker = kept->worker,
        .cpu = cpus_shown && kept->cpu != UINT16_MAX ? kept->cpu : -1,
        .start_ns = timeline_at(timeline, kept->start_ns),
        .end_ns = timeline_at(timeline, kept->end_ns),
        .status = kept->failed > 0 ? RESULT_FAILED : RESULT_OK,
        .attempts = kept->attempts,
        .value = kept->value,
        .digest = kept->digest};
}

static size_t list_complete(const struct pool *pool, const struct table_record **list[])
{
    size_t places, count = 0;
    const struct table_record *records = pool_records(pool, &places);
    *list = memory_new(places, sizeof **list);
    for (size_t i = 0; i < places; i++)
        if (records[i].complete)
            (*list)[count++] = &records[i];
    qsort(*list, count, sizeof **list, by_worker_and_time);
    return count;
}

static int by_start(const void *one, const void *other)
{
    const struct result_record *a = one, *b = other;
    return (a->start_ns > b->start_ns) - (a->start_ns < b->start_ns);
}

void collect_records(const struct pool *pool, const struct timeline *timeline,
    bool cpus_shown, struct result_stage *stage)
{
    const struct table_record **list;
    size_t count = list_complete(pool, &list);
    free(stage->records);
    stage->records = memory_new(count, sizeof *stage->records);
    stage->record_count = count;
    for (size_t i = 0; i < count; i++)
        stage->records[i] = translate(list[i], timeline, cpus_shown);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && list[end]->worker == list[i]->worker; end++)
            continue;
        bool known = *pool_finished(pool); /* or it is that of a process before */
        int64_t cpu_ns = known ? pool_totals(pool, list[i]->worker).cpu_ns : 0;
        apportion(cpu_ns, end - i, stage->records + i, list + i);
    }
    qsort(stage->records, count, sizeof *stage->records, by_start);
    free(list);
}

/* CPU time within tasks: that of the hand-outs between them is taken out. */
static int64_t cpu_in_tasks(const struct result_stage *stage)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        if (times->cpu_ns > times->handout_ns)
            sum_ns += times->cpu_ns - times->handout_ns;
    }
    return sum_ns;
}

/* Its parts, where every worker came to tell; hand-outs are taken to be user time. */
static void split_cpu_time(const struct pool *pool, struct result_stage *stage)
{
    int64_t system_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        struct pool_totals totals = pool_totals(pool, stage->worker_list[i].worker);
        if (totals.system_ns < 0)
            return;
        system_ns += totals.system_ns;
    }
    stage->system_ns = system_ns < stage->cpu_ns ? system_ns : stage->cpu_ns;
    stage->user_ns = stage->cpu_ns - stage->system_ns;
}

static int64_t prepare_ns_of(const struct pool *pool, const struct timeline *timeline)
{
    struct pool_gap gap = pool_prepare(pool);
    return timeline_at(timeline, gap.to_ns) - timeline_at(timeline, gap.from_ns);
}

void collect(const struct pool *pool, const struct timeline *timeline, int64_t end_ns,
    bool cpus_shown, struct result_stage *stage)
{
    stage->elapsed_ns = timeline_at(timeline, end_ns);
    stage->suspended_ns = timeline_suspended_ns(timeline);
    stage->prepare_ns = prepare_ns_of(pool, timeline);
    collect_workers(pool, stage->workers_asked, timeline, stage);
    collect_records(pool, timeline, cpus_shown, stage);
    stage->retried = pool_retried(pool);
    stage->usual_digest = pool_usual_digest(pool);
    stage->cpu_ns = cpu_in_tasks(stage);
    split_cpu_time(pool, stage);
}
