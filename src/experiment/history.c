// SPDX-License-Identifier: MIT
#include "experiment/history.h"

#include <stdlib.h>

#include "base/memory.h"

/* What is summed up for one group in one column. */
struct cell {
    double busy, weight;
};

/* One sample of one group: the sum of busy shares, in 255ths, and how many CPUs had data.
 */
struct group_sum {
    int64_t busy;
    int cpus;
};

enum {
    SHARE_MODES = RESULT_ABSENT,
    WORKING = 1 << RESULT_USER | 1 << RESULT_NICE | 1 << RESULT_SYSTEM | 1 << RESULT_IRQ,
};

/* The cells of a sample in those modes that are asked for and are not 0 throughout. */
static size_t list_rows(
    const struct history_setup *setup, size_t sample, const uint8_t *rows[SHARE_MODES])
{
    const struct result_stage *stage = setup->stage;
    unsigned modes = setup->modes ? setup->modes : WORKING;
    size_t count = 0;
    for (size_t mode = 0; mode < SHARE_MODES; mode++)
        if (modes & 1U << mode && stage->samples.modes[mode])
            rows[count++] = stage->samples.modes[mode] + sample * stage->cpu_count;
    return count;
}

/* CPUs in a row that are of one group: mostly there are few such runs, and each of them
 * is summed up in one go. */
struct run {
    size_t first, end;
    int group;
};

static size_t list_runs(const struct history_setup *setup, struct run runs[])
{
    size_t count = 0;
    for (size_t cpu = 0; cpu < setup->stage->cpu_count; cpu++) {
        int group = setup->group_of[cpu];
        if (count == 0 || runs[count - 1].group != group)
            runs[count++] = (struct run){cpu, cpu, group};
        runs[count - 1].end = cpu + 1;
    }
    return count;
}

static int least(int one, int other)
{
    return one < other ? one : other;
}

/* What a sample is summed up from. */
struct sample_rows {
    size_t count;
    const uint8_t *rows[SHARE_MODES];
    const uint8_t *absent; /* NULL: none is */
};

static int busy_of(const struct sample_rows *sample, size_t cpu)
{
    int busy = 0;
    for (size_t i = 0; i < sample->count; i++)
        busy += sample->rows[i][cpu];
    return least(busy, UINT8_MAX);
}

/* Most have time of users and of the kernel, and no CPU that is absent. */
static struct group_sum sum_run(const struct sample_rows *sample, const struct run *run)
{
    const uint8_t *first = sample->rows[0], *second = sample->rows[1];
    struct group_sum sum = {.cpus = (int)(run->end - run->first)};
    if (sample->absent) {
        sum.cpus = 0;
        for (size_t cpu = run->first; cpu < run->end; cpu++) {
            sum.busy += sample->absent[cpu] ? 0 : busy_of(sample, cpu);
            sum.cpus += !sample->absent[cpu];
        }
    } else if (sample->count == 2) {
        int busy = 0;
        for (size_t cpu = run->first; cpu < run->end; cpu++)
            busy += least(first[cpu] + second[cpu], UINT8_MAX);
        sum.busy = busy;
    } else {
        for (size_t cpu = run->first; cpu < run->end; cpu++)
            sum.busy += busy_of(sample, cpu);
    }
    return sum;
}

static void sum_groups(const struct history_setup *setup, size_t number,
    const struct run runs[], size_t run_count, struct group_sum sums[])
{
    const struct result_stage *stage = setup->stage;
    const uint8_t *absent = stage->samples.modes[RESULT_ABSENT];
    struct sample_rows sample = {
        .absent = absent ? absent + number * stage->cpu_count : NULL};
    sample.count = list_rows(setup, number, sample.rows);
    for (size_t group = 0; group < setup->groups; group++)
        sums[group] = (struct group_sum){0};
    for (size_t i = 0; i < run_count; i++) {
        if (runs[i].group < 0)
            continue;
        struct group_sum sum = sum_run(&sample, &runs[i]);
        sums[runs[i].group].busy += sum.busy;
        sums[runs[i].group].cpus += sum.cpus;
    }
}

/* Adds a sample, which lasted from `from_ns` to `to_ns`, to the columns that it covers.
 */
static void spread(const struct history_setup *setup, const int64_t span_ns[2],
    const struct group_sum sums[], struct cell cells[])
{
    size_t first = (size_t)(span_ns[0] / setup->column_ns);
    for (size_t column = first; column < setup->columns; column++) {
        int64_t begin_ns = (int64_t)column * setup->column_ns;
        int64_t end_ns = begin_ns + setup->column_ns;
        if (begin_ns >= span_ns[1])
            break;
        double overlap = (double)((end_ns < span_ns[1] ? end_ns : span_ns[1]) -
                                  (begin_ns > span_ns[0] ? begin_ns : span_ns[0]));
        for (size_t group = 0; group < setup->groups; group++) {
            struct cell *cell = &cells[group * setup->columns + column];
            if (sums[group].cpus == 0)
                continue;
            cell->busy += (double)sums[group].busy / sums[group].cpus * overlap;
            cell->weight += overlap;
        }
    }
}

float *history_shares(const struct history_setup *setup)
{
    const struct result_samples *samples = &setup->stage->samples;
    size_t count = setup->groups * setup->columns;
    struct cell *cells = memory_new(count, sizeof *cells);
    struct group_sum *sums = memory_new(setup->groups, sizeof *sums);
    struct run *runs = memory_new(setup->stage->cpu_count, sizeof *runs);
    size_t run_count = list_runs(setup, runs);
    float *shares = memory_new(count, sizeof *shares);
    int64_t span_ns[2] = {0, 0};
    for (size_t k = 0; k < samples->count && span_ns[0] < setup->until_ns; k++) {
        span_ns[1] =
            samples->t_ns[k] < setup->until_ns ? samples->t_ns[k] : setup->until_ns;
        sum_groups(setup, k, runs, run_count, sums);
        spread(setup, span_ns, sums, cells);
        span_ns[0] = span_ns[1];
    }
    for (size_t i = 0; i < count; i++)
        shares[i] = cells[i].weight > 0
                        ? (float)(cells[i].busy / cells[i].weight / UINT8_MAX)
                        : -1;
    free(runs);
    free(sums);
    free(cells);
    return shares;
}
