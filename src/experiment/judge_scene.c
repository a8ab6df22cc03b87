// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/judge_inside.h"
#include "experiment/words_check.h"

static void look_up(struct judge_scene *scene, const struct machine *machine)
{
    const struct result_check *check = scene->check;
    for (size_t i = 0; i < check->cpu_count; i++) {
        int index = machine_cpu_index(machine, check->cpus[i].id);
        bool known = index >= 0;
        scene->kinds[i] = known ? machine->cpus[index].kind : -1;
        scene->cores[i] = known ? machine->cpus[index].core : -1;
    }
    for (size_t i = 0; i < check->cpu_count; i++) {
        scene->siblings[i] = scene->cores[i] < 0;
        for (size_t k = 0; k < check->cpu_count && scene->cores[i] >= 0; k++)
            scene->siblings[i] += scene->cores[k] == scene->cores[i];
    }
}

void judge_scene_init(struct judge_scene *scene, struct result *result)
{
    struct result_check *check = &result->check;
    *scene = (struct judge_scene){.result = result,
        .check = check,
        .over = check->elapsed_ns > 0,
        .kinds = memory_new(check->cpu_count + 1, sizeof(int)),
        .cores = memory_new(check->cpu_count + 1, sizeof(int)),
        .siblings = memory_new(check->cpu_count + 1, sizeof(int)),
        .ratios = memory_new(check->cpu_count + 1, sizeof(double))};
    look_up(scene, &result->machine);
}

void judge_scene_finish(struct judge_scene *scene)
{
    free(scene->kinds);
    free(scene->cores);
    free(scene->siblings);
    free(scene->ratios);
    *scene = (struct judge_scene){0};
}

bool judge_is_quiet(const struct judge_scene *scene)
{
    return scene->check->quiet.quiet && scene->check->suspended_ns == 0;
}

bool judge_is_fenced(const struct judge_scene *scene, double cpus)
{
    const struct throttle *throttle = &scene->check->throttle;
    for (size_t i = 0; i < throttle->group_count; i++)
        if (throttle->groups[i].throttled > 0 && throttle->groups[i].quota_cpus < cpus)
            return true;
    return false;
}

struct check_finding *judge_add(
    struct judge_scene *scene, enum check_verdict level, const char *topic)
{
    struct check_finding *finding = result_check_add(scene->check);
    finding->level = level;
    text_copy(sizeof finding->topic, finding->topic, topic);
    return finding;
}

static void say(struct judge_scene *scene, const struct judge_topic *topic,
    const struct check_cpu *list[], size_t count)
{
    struct judge_cpus cpus = {.count = count, .list = list};
    int *ids = memory_new(count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = list[i]->id;
    words_check_cpus(count, ids, sizeof cpus.name, cpus.name);
    struct check_finding *finding = judge_add(scene, CHECK_WARN, topic->name);
    finding->cpu = count == 1 ? ids[0] : -1;
    topic->say(scene, &cpus, finding);
    free(ids);
}

void judge_find(struct judge_scene *scene, const struct judge_topic *topic)
{
    const struct result_check *check = scene->check;
    const struct check_cpu **list = memory_new(check->cpu_count + 1, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; i < check->cpu_count; i++)
        if (topic->applies(scene, &check->cpus[i]))
            list[count++] = &check->cpus[i];
    if (count > topic->apart)
        say(scene, topic, list, count);
    for (size_t i = 0; i < count && count <= topic->apart; i++)
        say(scene, topic, &list[i], 1);
    free(list);
}
