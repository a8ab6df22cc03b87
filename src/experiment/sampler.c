// SPDX-License-Identifier: MIT
#include "experiment/sampler.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "machine/load.h"

enum { MEAN_OVER_MS = 500, RING_SIZE = 64 };

/* CPUs busy in one of the last samples. */
struct recent {
    int64_t from_ns, to_ns;
    double busy_cpus;
};

struct sampler {
    const struct machine *machine;
    struct load_file *file;
    struct load_reading first, before, now;
    struct recent ring[RING_SIZE];
    size_t ring_count; /* since sampler_begin(); the newest is at (ring_count - 1) %
                          RING_SIZE */
};

static size_t room_for(const struct machine *machine)
{
    return machine->cpu_count > 0 ? (size_t)machine->cpus[machine->cpu_count - 1].id + 1
                                  : 1;
}

int sampler_create(const struct root *root, const struct machine *machine,
    struct sampler **ret_sampler, struct fault *fault)
{
    struct sampler *sampler = memory_new(1, sizeof *sampler);
    size_t room = room_for(machine);
    sampler->machine = machine;
    int error = load_file_open(root, &sampler->file);
    if (error < 0)
        fault_system(fault, error, "cannot read proc/stat");
    else if (load_reading_init(&sampler->first, room) < 0 ||
             load_reading_init(&sampler->before, room) < 0 ||
             load_reading_init(&sampler->now, room) < 0)
        error =
            fault_system(fault, -ENOMEM, "cannot keep the counters of %zu CPUs", room);
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
    load_file_close(sampler->file);
    free(sampler);
}

static void swap(struct load_reading *one, struct load_reading *other)
{
    struct load_reading kept = *one;
    *one = *other;
    *other = kept;
}

void sampler_begin(struct sampler *sampler, struct result_stage *stage)
{
    const struct machine *machine = sampler->machine;
    load_file_read(sampler->file, &sampler->first);
    load_file_read(sampler->file, &sampler->before);
    sampler->ring_count = 0;
    stage->cpu_count = machine->cpu_count;
    stage->cpus = memory_new(machine->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < machine->cpu_count; i++)
        stage->cpus[i] = (struct result_cpu){.id = machine->cpus[i].id, .busy = -1};
}

static struct load_share share_of(
    const struct load_reading *before, const struct load_reading *now, int id)
{
    return load_share_between(&before->cpus[id], &now->cpus[id]);
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

void sampler_sample(struct sampler *sampler, struct result_stage *stage, int64_t t_ns)
{
    if (load_file_read(sampler->file, &sampler->now) < 0)
        return;
    struct result_samples *samples = &stage->samples;
    size_t sample = result_samples_add(samples, stage->cpu_count, t_ns);
    double busy_cpus = 0;
    for (size_t i = 0; i < stage->cpu_count; i++) {
        struct load_share share =
            share_of(&sampler->before, &sampler->now, stage->cpus[i].id);
        if (share.busy < 0) {
            result_samples_set(samples, stage->cpu_count, sample, i, RESULT_ABSENT, 1);
            continue;
        }
        busy_cpus += share.busy;
        keep_share(stage, sample, i, &share);
    }
    sampler->ring[sampler->ring_count++ % RING_SIZE] =
        (struct recent){sampler->before.time_ns, sampler->now.time_ns, busy_cpus};
    swap(&sampler->before, &sampler->now);
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
    if (load_file_read(sampler->file, &sampler->now) < 0)
        return;
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
}

double sampler_busy_cpus(const struct sampler *sampler)
{
    double weighted = 0, total = 0;
    size_t kept = sampler->ring_count < RING_SIZE ? sampler->ring_count : RING_SIZE;
    for (size_t i = 1; i <= kept && total < MEAN_OVER_MS * (double)NS_PER_MS; i++) {
        const struct recent *recent =
            &sampler->ring[(sampler->ring_count - i) % RING_SIZE];
        double length = (double)(recent->to_ns - recent->from_ns);
        weighted += recent->busy_cpus * length;
        total += length;
    }
    return total > 0 ? weighted / total : 0;
}
