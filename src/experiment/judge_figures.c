// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/judge_inside.h"
#include "model/statistics.h"

enum { PEERS_MIN = 3 };

static bool was_timed(const struct check_times *times)
{
    return times->rounds > 0 && times->elapsed_ns > 0;
}

/* Speed with all at once over speed alone: rounds have the same size in both. */
static void compare_together(struct check_cpu *cpu)
{
    cpu->ratio = 0;
    if (was_timed(&cpu->alone) && was_timed(&cpu->together))
        cpu->ratio = (double)cpu->alone.elapsed_ns / (double)cpu->together.elapsed_ns;
}

/* The sum says nothing where the ratio of a CPU is missing that has computed alone. */
static double add_ratios(const struct result_check *check)
{
    double sum = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        if (cpu->ratio <= 0 && was_timed(&cpu->alone))
            return 0;
        sum += cpu->ratio;
    }
    return sum;
}

static void add_up(struct judge_scene *scene, double values[])
{
    struct result_check *check = scene->check;
    size_t count = 0;
    check->tasks = check->wrong = 0;
    check->ratio_low = check->ratio_median = check->ratio_high = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        struct check_cpu *cpu = &check->cpus[i];
        compare_together(cpu);
        check->tasks += cpu->tasks;
        check->wrong += cpu->wrong;
        if (cpu->ratio > 0)
            values[count++] = cpu->ratio;
    }
    check->together = add_ratios(check);
    if (count == 0)
        return;
    check->ratio_median = statistics_median(count, values);
    check->ratio_low = values[0];
    check->ratio_high = values[count - 1];
}

/* Work of all CPUs of its core over that of this one, which had it to itself in `cores`;
 * 0: not known. */
static double gain_of(const struct judge_scene *scene, size_t place)
{
    const struct result_check *check = scene->check;
    const struct check_times *one = &check->cpus[place].cores;
    double speed = 0;
    if (scene->siblings[place] < 2 || !was_timed(one))
        return 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_times *times = &check->cpus[i].together;
        if (scene->cores[i] != scene->cores[place])
            continue;
        if (!was_timed(times))
            return 0;
        speed += 1 / (double)times->elapsed_ns;
    }
    return speed * (double)one->elapsed_ns;
}

static void compare_siblings(struct judge_scene *scene, double values[])
{
    struct result_check *check = scene->check;
    size_t count = 0;
    check->smt_cores = 0;
    check->smt_gain = check->smt_low = check->smt_high = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        double gain = gain_of(scene, i);
        if (gain > 0)
            values[count++] = gain;
    }
    if (count == 0)
        return;
    check->smt_cores = (int)count;
    check->smt_gain = statistics_median(count, values);
    check->smt_low = values[0];
    check->smt_high = values[count - 1];
}

static void find_drift(struct result_check *check, double values[])
{
    size_t count = 0;
    for (size_t i = 0; i < check->cpu_count; i++)
        if (check->cpus[i].drift > 0)
            values[count++] = check->cpus[i].drift;
    check->drift = count > 0 ? statistics_median(count, values) : 0;
}

/* Those that this CPU can be held against: the median of their ratios. */
static double usual_ratio(const struct judge_scene *scene, size_t place, double values[])
{
    size_t count = 0;
    for (size_t i = 0; i < scene->check->cpu_count; i++) {
        const struct check_cpu *cpu = &scene->check->cpus[i];
        if (scene->kinds[i] == scene->kinds[place] && cpu->ratio > 0 &&
            scene->siblings[i] == scene->siblings[place])
            values[count++] = cpu->ratio;
    }
    return count >= PEERS_MIN ? statistics_median(count, values) : 0;
}

/* Sorts once for all peers together. */
static void find_usual_ratios(struct judge_scene *scene, double values[])
{
    for (size_t i = 0; i < scene->check->cpu_count; i++)
        scene->ratios[i] = -1;
    for (size_t i = 0; i < scene->check->cpu_count; i++) {
        if (scene->ratios[i] >= 0)
            continue;
        double usual = usual_ratio(scene, i, values);
        for (size_t k = i; k < scene->check->cpu_count; k++)
            if (scene->kinds[k] == scene->kinds[i] &&
                scene->siblings[k] == scene->siblings[i])
                scene->ratios[k] = usual;
    }
}

void judge_figures(struct judge_scene *scene)
{
    struct result_check *check = scene->check;
    struct check_quiet *quiet = &check->quiet;
    double *values = memory_new(check->cpu_count + 1, sizeof *values);
    quiet->quiet = quiet->looked_ns > 0 && quiet->busy <= CHECK_BUSY_MOST &&
                   quiet->steal <= CHECK_STEAL_MOST;
    add_up(scene, values);
    compare_siblings(scene, values);
    find_drift(check, values);
    find_usual_ratios(scene, values);
    free(values);
}
