// SPDX-License-Identifier: MIT
#include "experiment/result.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"

enum { SAMPLES_ROOM_FIRST = 64 };
static_assert(RESULT_SAMPLES_MAX % 2 == 0, "pairs are merged");

const char *const result_stage_names[] = {
    [RESULT_SEQUENTIAL] = "sequential",
    [RESULT_PARALLEL] = "parallel",
    [RESULT_WATCHED] = "watched",
    [RESULT_PROGRAM] = "program",
    [RESULT_STAGE_KINDS] = NULL,
};

void result_init(struct result *result)
{
    memset(result, 0, sizeof *result);
    result->idle_w = NAN;
}

void result_note_start(struct result *result)
{
    if (result->started_s == 0)
        result->started_s = clock_read_ns(CLOCK_REALTIME) / NS_PER_S;
}

void result_item_destroy(struct result_item *item)
{
    if (!item)
        return;
    free(item->item);
    free(item->argv);
    free(item->out);
    free(item->err);
    free(item);
}

void result_stage_finish(struct result_stage *stage)
{
    for (size_t i = 0; i < stage->record_count; i++)
        result_item_destroy(stage->records[i].item);
    free(stage->cpus);
    free(stage->samples.t_ns);
    for (int mode = 0; mode < RESULT_MODES; mode++)
        free(stage->samples.modes[mode]);
    free(stage->events);
    free(stage->moves);
    free(stage->worker_list);
    free(stage->records);
}

void result_finish(struct result *result)
{
    machine_finish(&result->machine);
    for (size_t i = 0; i < result->stage_count; i++)
        result_stage_finish(&result->stages[i]);
    free(result->stages);
    free(result->sweep.points);
    free(result->programs.list);
    result_check_finish(&result->check);
    for (size_t i = 0; i < result->remark_count; i++)
        free(result->remarks[i]);
    free(result->remarks);
    result_init(result);
}

struct result_stage *result_add_stage(struct result *result)
{
    void *stages = result->stages;
    struct result_stage *stage =
        memory_append(&stages, result->stage_count++, sizeof *stage);
    result->stages = stages;
    return stage;
}

void result_remark(struct result *result, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    for (size_t i = 0; i < result->remark_count; i++) {
        if (strcmp(result->remarks[i], text) == 0) {
            free(text);
            return;
        }
    }
    void *remarks = result->remarks;
    char **remark = memory_append(&remarks, result->remark_count++, sizeof *remark);
    result->remarks = remarks;
    *remark = text;
}

/* The mean, a half to the even neighbour: repeated merging must not drift. */
static uint8_t mean(uint8_t one, uint8_t other)
{
    unsigned sum = (unsigned)one + other;
    return (uint8_t)(sum / 2 + (sum & sum / 2 & 1));
}

/* Merges cell `late` into cell `early`, both of the same CPU, in all modes, as cell
 * `target`. Where one of them has no data the other's stands. */
static void merge_cells(
    struct result_samples *samples, size_t target, size_t early, size_t late)
{
    const uint8_t *absent = samples->modes[RESULT_ABSENT];
    bool early_absent = absent && absent[early], late_absent = absent && absent[late];
    for (int mode = 0; mode < RESULT_MODES; mode++) {
        uint8_t *cells = samples->modes[mode];
        if (!cells)
            continue;
        if (early_absent)
            cells[target] = cells[late];
        else if (late_absent)
            cells[target] = cells[early];
        else
            cells[target] = mean(cells[early], cells[late]);
    }
}

static void merge_pairs(struct result_samples *samples, size_t cpu_count)
{
    size_t pairs = samples->count / 2;
    for (size_t pair = 0; pair < pairs; pair++) {
        samples->t_ns[pair] = samples->t_ns[2 * pair + 1];
        for (size_t cpu = 0; cpu < cpu_count; cpu++) {
            size_t early = 2 * pair * cpu_count + cpu;
            merge_cells(samples, pair * cpu_count + cpu, early, early + cpu_count);
        }
    }
    samples->count = pairs;
    samples->period_ns *= 2;
}

/* Moves `count` items to where there is room for `room`, the new ones zeroed. */
static void *grow(void *items, size_t count, size_t room, size_t size)
{
    void *grown = memory_new(room, size);
    if (items)
        memcpy(grown, items, count * size);
    free(items);
    return grown;
}

static void make_room(struct result_samples *samples, size_t cpu_count)
{
    size_t room = samples->count * 2;
    if (room < SAMPLES_ROOM_FIRST)
        room = SAMPLES_ROOM_FIRST;
    if (room > RESULT_SAMPLES_MAX)
        room = RESULT_SAMPLES_MAX;
    samples->t_ns = grow(samples->t_ns, samples->count, room, sizeof *samples->t_ns);
    for (int mode = 0; mode < RESULT_MODES; mode++)
        if (samples->modes[mode])
            samples->modes[mode] =
                grow(samples->modes[mode], samples->count, room, cpu_count);
    samples->room = room;
}

size_t result_samples_add(struct result_samples *samples, size_t cpu_count, int64_t t_ns)
{
    if (samples->count == RESULT_SAMPLES_MAX)
        merge_pairs(samples, cpu_count);
    if (samples->count >= samples->room) /* the room of a read result is 0 */
        make_room(samples, cpu_count);
    size_t sample = samples->count++;
    samples->t_ns[sample] = t_ns;
    for (int mode = 0; mode < RESULT_MODES; mode++)
        if (samples->modes[mode])
            memset(samples->modes[mode] + sample * cpu_count, 0, cpu_count);
    return sample;
}

/* 0…1 in 255 steps. */
static uint8_t cell_of(double share)
{
    if (!(share > 0))
        return 0;
    return share < 1 ? (uint8_t)(share * UINT8_MAX + 0.5) : UINT8_MAX;
}

void result_samples_set(struct result_samples *samples, size_t cpu_count, size_t sample,
    size_t cpu, enum result_mode mode, double share)
{
    uint8_t value = cell_of(share);
    if (!samples->modes[mode] && value == 0)
        return;
    if (!samples->modes[mode]) {
        size_t room = samples->room > samples->count ? samples->room : samples->count;
        samples->modes[mode] = memory_new(room, cpu_count);
    }
    samples->modes[mode][sample * cpu_count + cpu] = value;
}

const struct result_stage *result_find_stage(
    const struct result *result, enum result_stage_kind kind, int repeat)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].kind == kind && result->stages[i].repeat == repeat)
            return &result->stages[i];
    return NULL;
}
