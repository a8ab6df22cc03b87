// SPDX-License-Identifier: MIT
#include "experiment/judge.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/judge_inside.h"
#include "model/statistics.h"

static const double SLOW_BARE = 1.05, SLOW_VIRTUAL = 1.10;

double judge_slow_from(const struct result_check *check)
{
    return check->bare_metal ? SLOW_BARE : SLOW_VIRTUAL;
}

bool judge_is_suspect(const struct result_check *check, const struct check_cpu *cpu)
{
    return cpu->alone.slowness > judge_slow_from(check);
}

static struct check_times *times_of(struct check_cpu *cpu, enum check_part part)
{
    return part == CHECK_AGAIN ? &cpu->again : &cpu->alone;
}

static bool counts(const struct check_times *times)
{
    return times->rounds >= CHECK_ROUNDS_MIN && times->median_ns > 0 && times->min_ns > 0;
}

/* What CPUs of one kind are held against in one part. */
struct usual {
    size_t compared; /* CPUs of the kind whose rounds suffice */
    double median_ns, min_ns;
};

/* The (lower) medians of those of the kind; `but_suspects`: without those. */
static struct usual find_usual(
    const struct judge_scene *scene, enum check_part part, int kind, bool but_suspects)
{
    struct result_check *check = scene->check;
    struct usual usual = {0};
    double *medians = memory_new(check->cpu_count + 1, sizeof *medians);
    double *least = memory_new(check->cpu_count + 1, sizeof *least);
    size_t count = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_times *times = times_of(&check->cpus[i], part);
        if (scene->kinds[i] != kind || !counts(times))
            continue;
        usual.compared++;
        if (but_suspects && judge_is_suspect(check, &check->cpus[i]))
            continue;
        medians[count] = (double)times->median_ns;
        least[count++] = (double)times->min_ns;
    }
    if (count > 0) {
        usual.median_ns = statistics_lower_median(count, medians);
        usual.min_ns = statistics_lower_median(count, least);
    }
    free(medians);
    free(least);
    return usual;
}

static void compare_kind(
    const struct judge_scene *scene, enum check_part part, int kind, struct usual usual)
{
    for (size_t i = 0; i < scene->check->cpu_count; i++) {
        struct check_times *times = times_of(&scene->check->cpus[i], part);
        if (scene->kinds[i] != kind)
            continue;
        times->slowness = 0;
        if (counts(times) && usual.compared > 1)
            times->slowness = fmin((double)times->median_ns / usual.median_ns,
                (double)times->min_ns / usual.min_ns);
    }
}

void judge_compare(struct result *result, enum check_part part)
{
    struct judge_scene scene;
    judge_scene_init(&scene, result);
    for (int kind = -1; kind < (int)result->machine.kind_count; kind++) {
        struct usual usual = find_usual(&scene, part, kind, part == CHECK_AGAIN);
        if (usual.median_ns <= 0)
            usual = find_usual(&scene, part, kind, false);
        compare_kind(&scene, part, kind, usual);
    }
    judge_scene_finish(&scene);
}

static void find_slow(struct result_check *check)
{
    double from = judge_slow_from(check);
    for (size_t i = 0; i < check->cpu_count; i++) {
        struct check_cpu *cpu = &check->cpus[i];
        cpu->slow = cpu->alone.slowness > from && cpu->again.slowness > from;
    }
}

/* Names of control groups and processes may hold anything. */
static void make_printable(struct result_check *check)
{
    for (size_t i = 0; i < check->finding_count; i++) {
        text_make_printable(check->findings[i].text);
        text_make_printable(check->findings[i].where);
        text_make_printable(check->findings[i].next);
    }
}

/* By insertion: there are few, and those of one weight stay in their order. */
static void sort_findings(struct result_check *check)
{
    for (size_t i = 1; i < check->finding_count; i++) {
        struct check_finding finding = check->findings[i];
        size_t place = i;
        for (; place > 0 && check->findings[place - 1].level < finding.level; place--)
            check->findings[place] = check->findings[place - 1];
        check->findings[place] = finding;
    }
}

static void find_all(struct judge_scene *scene)
{
    struct result_check *check = scene->check;
    free(check->findings);
    check->findings = NULL;
    check->finding_count = 0;
    judge_answers(scene);
    judge_ending(scene);
    judge_speeds(scene);
    judge_load(scene);
    judge_counts(scene);
    make_printable(check);
    sort_findings(check);
}

void judge_check(struct result *result)
{
    struct result_check *check = &result->check;
    struct judge_scene scene;
    judge_scene_init(&scene, result);
    judge_figures(&scene);
    find_slow(check);
    find_all(&scene);
    check->verdict = check->finding_count > 0 ? check->findings[0].level : CHECK_PASS;
    check->sentence[0] = '\0';
    if (scene.over)
        judge_say(&scene);
    judge_scene_finish(&scene);
}
