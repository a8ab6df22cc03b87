// SPDX-License-Identifier: MIT
/* Tasks that took more CPU time together than alone: all of them, and on each kind of
 * core where kinds differ or CPUs share a core. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/cause.h"

static const double WORTH_TELLING = 0.05; /* of the tasks: a group is named from there */

static double weigh_slowdown(const struct cause_scene *scene)
{
    int64_t slowdown_ns = scene->parallel->account.slowdown_ns;
    return slowdown_ns == ACCOUNT_NOT_SEEN ? 0 : (double)slowdown_ns;
}

/* Tasks that ran on cores of one kind, with all their CPUs to themselves or not. */
struct group {
    int kind; /* -1: all cores are of one kind */
    bool shared;
    double tasks, cpu_ns;
};

enum { GROUPS_MAX = 8 };

/* Whether another CPU of that core is ours, too, so that two workers share it. */
static bool is_shared(const struct machine *machine, int index)
{
    const struct machine_cpu *cpu = &machine->cpus[index];
    if (cpu->core < 0)
        return false;
    for (size_t i = 0; i < machine->cpu_count; i++)
        if ((int)i != index && machine->cpus[i].allowed &&
            machine->cpus[i].core == cpu->core)
            return true;
    return false;
}

static struct group *find_group(
    const struct machine *machine, int id, size_t *count, struct group groups[])
{
    int index = machine_cpu_index(machine, id);
    if (index < 0)
        return NULL;
    int kind = machine->cpus[index].kind;
    bool shared = is_shared(machine, index);
    for (size_t i = 0; i < *count; i++)
        if (groups[i].kind == kind && groups[i].shared == shared)
            return &groups[i];
    if (*count == GROUPS_MAX)
        return NULL;
    groups[*count] = (struct group){.kind = kind, .shared = shared};
    return &groups[(*count)++];
}

static int dearest_kind_first(const void *one, const void *other)
{
    const struct group *a = one, *b = other;
    return a->kind != b->kind ? (a->kind < b->kind) - (a->kind > b->kind)
                              : b->shared - a->shared;
}

/* The groups that a busy machine had, the fastest kind first; 0 where there is only one,
 * no CPUs are known, or not every worker had one of its own.  Tasks must be equal for a
 * record of several to be told. */
static size_t list_groups(const struct cause_scene *scene, struct group groups[])
{
    const struct machine *machine = &scene->result->machine;
    const struct result_stage *stage = scene->parallel;
    size_t count = 0;
    double tasks = 0;
    if (machine->simulated || !machine->topology_known || scene->workers < scene->cpus)
        return 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        struct group *group = find_group(machine, record->cpu, &count, groups);
        if (!group)
            return 0;
        group->tasks += (double)record->count;
        group->cpu_ns += (double)record->cpu_ns;
        tasks += (double)record->count;
    }
    for (size_t i = 0; i < count; i++)
        if (groups[i].tasks < WORTH_TELLING * tasks)
            return 0;
    qsort(groups, count, sizeof *groups, dearest_kind_first);
    return count == 1 && !groups[0].shared ? 0 : count;
}

static const char *article(const char *name)
{
    bool letter = name[0] && !name[1]; /* "an E core" is said as it is spelt */
    return strchr(letter ? "AEFHILMNORSX" : "AEIOU", toupper((unsigned char)name[0]))
               ? "an"
               : "a";
}

static void append_group(
    const struct cause_scene *scene, const struct group *group, size_t size, char text[])
{
    const struct machine *machine = &scene->result->machine;
    double alone_ns =
        (double)scene->sequential->cpu_ns / ((double)scene->sequential->done + 1e-9);
    double times = group->cpu_ns / group->tasks / fmax(alone_ns, 1);
    const char *name = "";
    if (group->kind >= 0 && (size_t)group->kind < machine->kind_count)
        name = machine->kinds[group->kind].name;
    text_append(size, text, "%.1f times as long on %s %s%score%s", times,
        *name ? article(name) : "a", name, *name ? " " : "",
        group->shared ? ", which two workers share" : "");
}

static void place_slowdown(const struct cause_scene *scene, size_t size, char text[])
{
    struct group groups[GROUPS_MAX];
    const struct machine *machine = &scene->result->machine;
    if (list_groups(scene, groups) > 0 && machine->cores > 0 &&
        scene->cpus == machine->online_cpus)
        snprintf(
            text, size, "on %d core%s", machine->cores, machine->cores == 1 ? "" : "s");
}

static void say_slowdown(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct account *account = &scene->parallel->account;
    struct group groups[GROUPS_MAX];
    size_t count = brief ? 0 : list_groups(scene, groups);
    char bound[40];
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size, "%s. With %s of them busy a task took ", count > 0 ? "" : bound,
        scene->workers == 2 ? "both" : "all");
    if (count == 0)
        text_append(size, text, "%.*f times as long",
            account->slowdown_ns < account->useful_ns / 2 ? 2 : 1,
            (double)(account->useful_ns + account->slowdown_ns) /
                (double)(account->useful_ns + 1));
    for (size_t i = 0; i < count; i++) {
        text_append(size, text, "%s", i == 0 ? "" : i + 1 < count ? ", " : ", and ");
        append_group(scene, &groups[i], size, text);
    }
    text_append(size, text, ".");
}

const struct cause_ops cause_slowdown = {
    .name = "slow-down",
    .weigh = weigh_slowdown,
    .place = place_slowdown,
    .say = say_slowdown,
};
