// SPDX-License-Identifier: MIT
#include "experiment/sampler.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/meter.h"
#include "machine/load.h"

enum {
    LOOKS = 7,           /* readings kept for the loads, … */
    LOOK_EVERY_MS = 90,  /* … at least so far apart; a timer of 100 ms may be late */
    LOADS_OVER_MS = 450, /* loads are from the youngest look that is older than that */
    TICK_MS = 100,       /* the longest time between two readings */
    OVERDUE_MS = 5,      /* a tick so soon after what was skipped was due within it */
};

struct sampler {
    const struct machine *machine;
    struct load_file *file;
    struct load_reading first, before, now;
    struct load_reading looks[LOOKS]; /* number n at n % LOOKS */
    size_t look_count;                /* since the last begin or skip */
    struct load_share *loads;         /* per CPU of the machine */
    double busy_cpus;                 /* their sum */
    int64_t period_ns;                /* between two samples of the stage */
    int64_t sampled_ns;               /* the stage's time of the last one */
    int64_t skipped_ns;               /* monotonic; 0: nothing was */
    struct meter *meter;              /* NULL: nobody asked for it */
};

static size_t room_for(const struct machine *machine)
{
    return machine->cpu_count > 0 ? (size_t)machine->cpus[machine->cpu_count - 1].id + 1
                                  : 1;
}

static int make_readings(struct sampler *sampler, size_t room)
{
    int error = load_reading_init(&sampler->first, room);
    if (error == 0)
        error = load_reading_init(&sampler->before, room);
    if (error == 0)
        error = load_reading_init(&sampler->now, room);
    for (int i = 0; i < LOOKS && error == 0; i++)
        error = load_reading_init(&sampler->looks[i], room);
    return error;
}

int sampler_create(const struct root *root, const struct machine *machine,
    struct sampler **ret_sampler, struct fault *fault)
{
    struct sampler *sampler = memory_new(1, sizeof *sampler);
    size_t room = room_for(machine);
    sampler->machine = machine;
    sampler->loads = memory_new(machine->cpu_count, sizeof *sampler->loads);
    int error = load_file_open(root, &sampler->file);
    if (error < 0)
        fault_system(fault, error, "cannot read proc/stat");
    else if ((error = make_readings(sampler, room)) < 0)
        fault_system(fault, error, "cannot keep the counters of %zu CPUs", room);
    if (error < 0) {
        sampler_destroy(sampler);
        return error;
    }
    *ret_sampler = sampler;
    return 0;
}

void sampler_destroy(struct sampler *sampler)
{
    if (!sampler)
        return;
    load_reading_finish(&sampler->first);
    load_reading_finish(&sampler->before);
    load_reading_finish(&sampler->now);
    for (int i = 0; i < LOOKS; i++)
        load_reading_finish(&sampler->looks[i]);
    load_file_close(sampler->file);
    meter_destroy(sampler->meter);
    free(sampler->loads);
    free(sampler);
}

void sampler_read_meters(struct sampler *sampler, const struct root *root)
{
    sampler->meter = meter_create(root, sampler->machine);
}

static void swap(struct load_reading *one, struct load_reading *other)
{
    struct load_reading kept = *one;
    *one = *other;
    *other = kept;
}

/* All readings of a sampler have the same room. */
static void copy(struct load_reading *to, const struct load_reading *from)
{
    to->time_ns = from->time_ns;
    memcpy(to->cpus, from->cpus, from->room * sizeof *from->cpus);
}

static struct load_share share_of(
    const struct load_reading *before, const struct load_reading *now, int id)
{
    return load_share_between(&before->cpus[id], &now->cpus[id]);
}

static const struct load_reading *look_of(const struct sampler *sampler, size_t age)
{
    return &sampler->looks[(sampler->look_count - 1 - age) % LOOKS];
}

/* The reading that the loads are counted from. */
static const struct load_reading *find_start(const struct sampler *sampler)
{
    size_t oldest = sampler->look_count < LOOKS ? sampler->look_count - 1 : LOOKS - 1;
    int64_t newest_ns = look_of(sampler, 0)->time_ns;
    size_t age = 1;
    while (age < oldest &&
           newest_ns - look_of(sampler, age)->time_ns < LOADS_OVER_MS * NS_PER_MS)
        age++;
    return look_of(sampler, age);
}

static void compute_loads(struct sampler *sampler)
{
    const struct load_reading *from = find_start(sampler), *to = look_of(sampler, 0);
    sampler->busy_cpus = 0;
    for (size_t i = 0; i < sampler->machine->cpu_count; i++) {
        struct load_share *load = &sampler->loads[i];
        *load = share_of(from, to, sampler->machine->cpus[i].id);
        if (load->busy > 0)
            sampler->busy_cpus += load->busy;
    }
}

/* Keeps the reading `now` for the loads, unless the last one is hardly older. */
static void keep_look(struct sampler *sampler)
{
    size_t count = sampler->look_count;
    if (count > 0 &&
        sampler->now.time_ns - look_of(sampler, 0)->time_ns < LOOK_EVERY_MS * NS_PER_MS)
        return;
    copy(&sampler->looks[count % LOOKS], &sampler->now);
    sampler->look_count++;
    if (count > 0)
        compute_loads(sampler);
}

void sampler_begin(struct sampler *sampler, struct result_stage *stage)
{
    const struct machine *machine = sampler->machine;
    sampler->look_count = 0;
    sampler->period_ns = stage->samples.period_ns;
    sampler->sampled_ns = 0;
    if (load_file_read(sampler->file, &sampler->now) >= 0) {
        keep_look(sampler);
        copy(&sampler->first, &sampler->now);
        copy(&sampler->before, &sampler->now);
    }
    stage->cpu_count = machine->cpu_count;
    stage->cpus = memory_new(machine->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < machine->cpu_count; i++)
        stage->cpus[i] = (struct result_cpu){.id = machine->cpus[i].id, .busy = -1};
    if (sampler->meter)
        meter_begin(sampler->meter);
}

static void keep_share(
    struct result_stage *stage, size_t sample, size_t cpu, const struct load_share *share)
{
    struct result_samples *samples = &stage->samples;
    const double shares[RESULT_MODES] = {
        [RESULT_USER] = share->user,
        [RESULT_NICE] = share->nice,
        [RESULT_SYSTEM] = share->system,
        [RESULT_IRQ] = share->irq,
        [RESULT_STEAL] = share->steal,
    };
    for (int mode = 0; mode < RESULT_ABSENT; mode++)
        if (shares[mode] > 0)
            result_samples_set(
                samples, stage->cpu_count, sample, cpu, mode, shares[mode]);
}

static void take_sample(struct sampler *sampler, struct result_stage *stage, int64_t t_ns)
{
    if (load_file_read(sampler->file, &sampler->now) < 0)
        return;
    struct result_samples *samples = &stage->samples;
    size_t sample = result_samples_add(samples, stage->cpu_count, t_ns);
    for (size_t i = 0; i < stage->cpu_count; i++) {
        struct load_share share =
            share_of(&sampler->before, &sampler->now, stage->cpus[i].id);
        if (share.busy < 0)
            result_samples_set(samples, stage->cpu_count, sample, i, RESULT_ABSENT, 1);
        else
            keep_share(stage, sample, i, &share);
    }
    keep_look(sampler);
    swap(&sampler->before, &sampler->now);
    sampler->sampled_ns = t_ns;
}

void sampler_sample(struct sampler *sampler, struct result_stage *stage, int64_t t_ns)
{
    take_sample(sampler, stage, t_ns);
    if (sampler->meter)
        meter_count(sampler->meter);
}

static void take_look(struct sampler *sampler)
{
    if (load_file_read(sampler->file, &sampler->now) >= 0)
        keep_look(sampler);
}

void sampler_look(struct sampler *sampler)
{
    take_look(sampler);
    if (sampler->meter)
        meter_look(sampler->meter);
}

/* An even part of the period, so that a sample is due at every so many ticks. */
int64_t sampler_tick_ns(int64_t period_ns)
{
    int64_t ticks = 1 + (period_ns - 1) / (TICK_MS * NS_PER_MS);
    return period_ns / ticks;
}

/* Ticks may be late: it is due at the one that is next to a period after the last. */
static bool is_due(const struct sampler *sampler, int64_t t_ns)
{
    int64_t period_ns = sampler->period_ns, tick_ns = sampler_tick_ns(period_ns);
    if (clock_now_ns() - sampler->skipped_ns < OVERDUE_MS * NS_PER_MS)
        return false;
    return tick_ns == period_ns || t_ns - sampler->sampled_ns >= period_ns - tick_ns / 2;
}

void sampler_tick(struct sampler *sampler, struct result_stage *stage, int64_t t_ns)
{
    if (is_due(sampler, t_ns))
        take_sample(sampler, stage, t_ns);
    else
        take_look(sampler);
    if (sampler->meter)
        meter_tick(sampler->meter);
}

/* What passed is not known of a CPU that came or went meanwhile: it has no share then. */
static void move_on(struct load_counters *first, const struct load_counters *before,
    const struct load_counters *now)
{
    if (before->present != now->present)
        first->present = false;
    if (!before->present || !now->present)
        return;
    for (int field = 0; field < LOAD_FIELDS; field++)
        if (now->ticks[field] > before->ticks[field])
            first->ticks[field] += now->ticks[field] - before->ticks[field];
}

void sampler_skip(struct sampler *sampler)
{
    sampler->look_count = 0;
    sampler->skipped_ns = clock_now_ns();
    if (sampler->meter)
        meter_skip(sampler->meter);
    if (load_file_read(sampler->file, &sampler->now) < 0)
        return;
    keep_look(sampler);
    for (size_t id = 0; id < sampler->first.room; id++)
        move_on(
            &sampler->first.cpus[id], &sampler->before.cpus[id], &sampler->now.cpus[id]);
    swap(&sampler->before, &sampler->now);
}

void sampler_end(struct sampler *sampler, struct result_stage *stage)
{
    for (size_t i = 0; i < stage->cpu_count; i++) {
        struct result_cpu *cpu = &stage->cpus[i];
        struct load_share share = share_of(&sampler->first, &sampler->before, cpu->id);
        cpu->busy = share.busy;
        cpu->user = share.user;
        cpu->nice = share.nice;
        cpu->system = share.system;
        cpu->irq = share.irq;
        cpu->steal = share.steal;
    }
    if (sampler->meter)
        meter_end(sampler->meter, stage);
}

double sampler_power(const struct sampler *sampler)
{
    return sampler->meter ? meter_power(sampler->meter) : NAN;
}

const struct scene_meters *sampler_meters(const struct sampler *sampler)
{
    return sampler->meter ? meter_show(sampler->meter) : NULL;
}

const struct load_share *sampler_loads(const struct sampler *sampler)
{
    return sampler->look_count > 1 ? sampler->loads : NULL;
}

double sampler_busy_cpus(const struct sampler *sampler)
{
    return sampler->look_count > 1 ? sampler->busy_cpus : -1;
}
