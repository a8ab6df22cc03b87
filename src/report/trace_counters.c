// SPDX-License-Identifier: MIT
#include "report/trace_counters.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FULL = 255, WORKING = RESULT_STEAL };

/* Stolen time is no work, but no idleness either. */
static const char *const mode_names[] = {[RESULT_USER] = "user",
    [RESULT_NICE] = "nice",
    [RESULT_SYSTEM] = "system",
    [RESULT_IRQ] = "irq",
    [RESULT_STEAL] = "steal"};

/* What the counter of a CPU shows, in percent. */
struct shown {
    short busy, stolen; /* -1: nothing yet */
};

/* What the counters of all CPUs together show, in hundredths of a CPU. */
struct sums {
    int64_t busy, modes[RESULT_ABSENT];
};

struct counters {
    struct trace *trace;
    int all, each; /* the processes */
    int digits;    /* of the greatest number, for viewers sort by letters */
    bool has_modes[RESULT_ABSENT]; /* there is any of that */
    bool *has_steal;               /* likewise on each CPU */
    struct shown *shown;           /* by a CPU's number */
    struct sums sums;
    char time[TRACE_TIME_SIZE]; /* of the sample */
};

/* A stage's sample. */
struct sample {
    const struct result_stage *stage;
    const uint8_t *modes[RESULT_MODES]; /* NULL: none of that */
};

static struct sample sample_at(const struct result_stage *stage, size_t number)
{
    struct sample sample = {.stage = stage};
    for (size_t i = 0; i < RESULT_MODES; i++)
        if (stage->samples.modes[i])
            sample.modes[i] = stage->samples.modes[i] + number * stage->cpu_count;
    return sample;
}

static int greatest_cpu(const struct result *result)
{
    int greatest = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        for (size_t k = 0; k < result->stages[i].cpu_count; k++)
            if (result->stages[i].cpus[k].id > greatest)
                greatest = result->stages[i].cpus[k].id;
    return greatest;
}

static bool has_samples(const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].samples.count > 0 && result->stages[i].cpu_count > 0)
            return true;
    return false;
}

static void note_modes(struct counters *counters, const struct result_stage *stage)
{
    const struct result_samples *samples = &stage->samples;
    const uint8_t *stolen = samples->modes[RESULT_STEAL];
    for (size_t i = 0; i < RESULT_ABSENT; i++)
        if (samples->modes[i])
            counters->has_modes[i] = true;
    for (size_t i = 0; stolen && i < samples->count * stage->cpu_count; i++)
        if (stolen[i] > 0)
            counters->has_steal[stage->cpus[i % stage->cpu_count].id] = true;
}

static int percent(int share)
{
    return (share * 100 + FULL / 2) / FULL;
}

/* In a sample of 1 s one of the kernel's ticks is a percent: there is nothing finer. */
static void show_cpu(struct counters *counters, int id, struct shown now)
{
    struct shown *before = &counters->shown[id];
    if (!counters->has_steal[id])
        now.stolen = 0;
    if (before->busy == now.busy && before->stolen == now.stolen)
        return;
    *before = now;
    trace_event_next(counters->trace);
    fprintf(counters->trace->out,
        "{\"ph\":\"C\",\"pid\":%d,\"ts\":%s,\"name\":\"CPU %0*d\",\"args\":{\"busy\":%d",
        counters->each, counters->time, counters->digits, id, now.busy);
    if (counters->has_steal[id])
        fprintf(counters->trace->out, ",\"steal\":%d", now.stolen);
    trace_event_close(counters->trace);
}

/* Adds up a CPU, and shows it.  One that is gone does nothing. */
static void take_cpu(
    struct counters *counters, const struct sample *sample, size_t cpu, struct sums *sums)
{
    int id = sample->stage->cpus[cpu].id, busy = 0, stolen = 0;
    if (sample->modes[RESULT_ABSENT] && sample->modes[RESULT_ABSENT][cpu]) {
        if (counters->shown[id].busy > 0 || counters->shown[id].stolen > 0)
            show_cpu(counters, id, (struct shown){0, 0});
        return;
    }
    for (size_t i = 0; i < RESULT_ABSENT; i++) {
        int share = sample->modes[i] ? sample->modes[i][cpu] : 0;
        sums->modes[i] += share;
        if (i < WORKING)
            busy += share;
        else
            stolen = share;
    }
    busy = busy < FULL ? busy : FULL;
    sums->busy += busy;
    show_cpu(counters, id, (struct shown){(short)percent(busy), (short)percent(stolen)});
}

static void write_hundredths(FILE *out, const char *name, int64_t value)
{
    fprintf(out, "\"%s\":%" PRId64 ".%02d", name, value / 100, (int)(value % 100));
}

static void open_counter(struct counters *counters, const char *name)
{
    trace_event_next(counters->trace);
    fprintf(counters->trace->out,
        "{\"ph\":\"C\",\"pid\":%d,\"ts\":%s,\"name\":\"%s\",\"args\":{", counters->all,
        counters->time, name);
}

static void show_sums(struct counters *counters, const struct sums *now)
{
    FILE *out = counters->trace->out;
    size_t modes = 0;
    if (memcmp(now, &counters->sums, sizeof *now) == 0)
        return;
    counters->sums = *now;
    open_counter(counters, "CPUs");
    write_hundredths(out, "busy", now->busy);
    trace_event_close(counters->trace);
    for (size_t i = 0; i < RESULT_ABSENT; i++) {
        if (!counters->has_modes[i])
            continue;
        if (modes++ == 0)
            open_counter(counters, "CPUs by mode");
        else
            fputc(',', out);
        write_hundredths(out, mode_names[i], now->modes[i]);
    }
    if (modes > 0)
        trace_event_close(counters->trace);
}

static void take_sample(struct counters *counters, const struct sample *sample)
{
    struct sums sums = {0};
    for (size_t cpu = 0; cpu < sample->stage->cpu_count; cpu++)
        take_cpu(counters, sample, cpu, &sums);
    sums.busy = (sums.busy * 100 + FULL / 2) / FULL;
    for (size_t i = 0; i < RESULT_ABSENT; i++)
        sums.modes[i] = (sums.modes[i] * 100 + FULL / 2) / FULL;
    show_sums(counters, &sums);
}

/* Nothing is known of the pause behind a stage. */
static void end_stage(struct counters *counters, const struct result_stage *stage)
{
    struct sums none = {0};
    for (size_t cpu = 0; cpu < stage->cpu_count; cpu++)
        if (counters->shown[stage->cpus[cpu].id].busy >= 0)
            show_cpu(counters, stage->cpus[cpu].id, (struct shown){0, 0});
    show_sums(counters, &none);
}

/* A sample tells of the time before it, a counter of the time from then on. */
static void write_stage(struct counters *counters, const struct trace_stage *place)
{
    const struct result_stage *stage = place->stage;
    int64_t from_ns = 0;
    for (size_t i = 0; i < stage->samples.count; i++) {
        int64_t to_ns = stage->samples.t_ns[i];
        struct sample sample = sample_at(stage, i);
        trace_event_format_time(place->from_ns + from_ns, counters->time);
        if (to_ns > from_ns)
            take_sample(counters, &sample);
        from_ns = to_ns;
    }
    trace_event_format_time(place->from_ns + from_ns, counters->time);
    end_stage(counters, stage);
}

void trace_counters_write(struct trace *trace, const struct result *result,
    const struct trace_stage places[], int all)
{
    if (!has_samples(result))
        return;
    int greatest = greatest_cpu(result);
    size_t room = (size_t)greatest + 1;
    struct counters counters = {.trace = trace,
        .all = all,
        .digits = snprintf(NULL, 0, "%d", greatest),
        .has_steal = memory_new(room, sizeof *counters.has_steal),
        .shown = memory_new(room, sizeof *counters.shown),
        .sums = {.busy = -1}};
    for (size_t i = 0; i < room; i++)
        counters.shown[i] = (struct shown){-1, -1};
    for (size_t i = 0; i < result->stage_count; i++)
        note_modes(&counters, &result->stages[i]);
    counters.each = trace_event_add_process(
        trace, "each CPU, busy in percent", (int)result->stage_count + 1);
    for (size_t i = 0; i < result->stage_count; i++)
        write_stage(&counters, &places[i]);
    free(counters.has_steal);
    free(counters.shown);
}
