// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/judge_inside.h"
#include "experiment/words_check.h"

/* Speed in the last third over the first, below which it is worth a word, for most CPUs:
 * on a virtual machine the host's other guests alone make some 10 %. */
static const double DRIFT_BARE = 0.90, DRIFT_VIRTUAL = 0.85, DRIFT_MOST = 0.75;

static void find_throttled(struct judge_scene *scene, const struct throttle_group *group)
{
    char quota[32], throttled[32];
    if (group->throttled <= 0)
        return;
    words_check_count(group->quota_cpus, sizeof quota, quota);
    number_format_duration(group->throttled_ns, sizeof throttled, throttled);
    struct check_finding *finding = judge_add(scene, CHECK_WARN, "throttled");
    size_t size = sizeof finding->text;
    snprintf(finding->text, size,
        "%.120s was throttled in %" PRId64 " of %" PRId64 " periods", group->folder,
        group->throttled, group->periods);
    if (group->quota_cpus > 0)
        text_append(size, finding->text, " by its quota of %s CPU%s", quota,
            group->quota_cpus == 1 ? "" : "s");
    text_append(size, finding->text, ", for %s in all.", throttled);
    snprintf(finding->where, sizeof finding->where, "%.240s/cpu.stat", group->folder);
    text_copy(sizeof finding->next, finding->next,
        "Start no more workers than that quota has CPUs, or raise it where it is set.");
}

static void find_heat(struct judge_scene *scene)
{
    const struct throttle *throttle = &scene->check->throttle;
    if (throttle->thermal_core + throttle->thermal_package <= 0)
        return;
    struct check_finding *finding = judge_add(scene, CHECK_WARN, "heat");
    snprintf(finding->text, sizeof finding->text,
        "The processor slowed itself down for heat: %" PRId64 " times a core, %" PRId64
        " times a package.",
        throttle->thermal_core, throttle->thermal_package);
    text_copy(sizeof finding->where, finding->where,
        "/sys/devices/system/cpu/cpu*/thermal_throttle");
    text_copy(sizeof finding->next, finding->next,
        "Look at its cooling: dust, fans, the power profile, where the machine stands.");
}

/* Not a few CPUs, but most of them. */
static bool most_have_drifted(const struct result_check *check, double below)
{
    size_t known = 0, drifted = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        bool counts = cpu->drift > 0 && cpu->together.rounds >= CHECK_ROUNDS_MIN;
        known += counts;
        drifted += counts && cpu->drift < below;
    }
    return known > 0 && (double)drifted >= DRIFT_MOST * (double)known;
}

static void find_drift(struct judge_scene *scene)
{
    const struct result_check *check = scene->check;
    double below = check->bare_metal ? DRIFT_BARE : DRIFT_VIRTUAL;
    if (!scene->over || !judge_is_quiet(scene) || check->drift <= 0 ||
        check->drift >= below || !most_have_drifted(check, below) ||
        judge_is_fenced(scene, (double)check->cpu_count))
        return;
    struct check_finding *finding = judge_add(scene, CHECK_WARN, "drift");
    snprintf(finding->text, sizeof finding->text,
        "With all CPUs at once the speed fell: in the last third of the time it was %.2f "
        "of that in the first.",
        check->drift);
    text_copy(sizeof finding->next, finding->next,
        "See how it goes on (--long 10m), and what clocks and temperatures do "
        "meanwhile.");
}

void judge_load(struct judge_scene *scene)
{
    const struct throttle *throttle = &scene->check->throttle;
    if (!scene->check->measured)
        return;
    for (size_t i = 0; i < throttle->group_count; i++)
        find_throttled(scene, &throttle->groups[i]);
    find_heat(scene);
    find_drift(scene);
}
