// SPDX-License-Identifier: MIT
/* One CPU: where it is, whether it is for us, what it does now, what it did in each run.
 */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/check_stand.h"
#include "ui/about.h"
#include "ui/about_kinds.h"
#include "ui/about_seen.h"
#include "ui/processes.h"

enum { TEXT_MAX = 120, STAGES_MOST = 12 };

static const float NAMED_FROM = 0.005F; /* a mode of less is 0 % */

/* The CPU, and what it is said of. */
struct subject {
    struct about *about;
    const struct view_input *input;
    const struct machine *machine;
    size_t index; /* in machine->cpus */
    const struct machine_cpu *cpu;
};

typedef int part_of(const struct machine_cpu *cpu);

static int core_of(const struct machine_cpu *cpu)
{
    return cpu->core;
}

static int package_of(const struct machine_cpu *cpu)
{
    return cpu->package;
}

static int node_of(const struct machine_cpu *cpu)
{
    return cpu->node;
}

static int cache_of(const struct machine_cpu *cpu)
{
    return cpu->l3;
}

/* Writes the CPUs that are in the same part as this one, without it if `others`: "0-3,8";
 * cut where there is no room.  Returns how many. */
static int list_mates(
    const struct subject *subject, part_of *part, bool others, size_t size, char text[])
{
    const struct machine *machine = subject->machine;
    int count = 0;
    text[0] = '\0';
    for (size_t i = 0, end; i < machine->cpu_count; i = end) {
        end = i + 1;
        bool is_mate = part(&machine->cpus[i]) == part(subject->cpu);
        if (!is_mate || (others && i == subject->index))
            continue;
        while (end < machine->cpu_count && !(others && end == subject->index) &&
               machine->cpus[end].id == machine->cpus[end - 1].id + 1 &&
               part(&machine->cpus[end]) == part(subject->cpu))
            end++;
        text_append(size, text, "%s%d", count > 0 ? "," : "", machine->cpus[i].id);
        if (end > i + 1)
            text_append(size, text, "-%d", machine->cpus[end - 1].id);
        count += (int)(end - i);
    }
    return count;
}

/* How many different parts there are. */
static int count_parts(const struct machine *machine, part_of *part)
{
    int last = -1, count = 0;
    for (;; count++) {
        int next = INT_MAX; /* the smallest number beyond the last one */
        for (size_t i = 0; i < machine->cpu_count; i++) {
            int number = part(&machine->cpus[i]);
            if (number > last && number < next)
                next = number;
        }
        if (next == INT_MAX)
            return count;
        last = next;
    }
}

static void say_core(const struct subject *subject)
{
    char others[TEXT_MAX];
    if (subject->cpu->core < 0) {
        about_say(subject->about, "core", ABOUT_NOT_VISIBLE);
        return;
    }
    int count = list_mates(subject, core_of, true, sizeof others, others);
    if (count == 0)
        about_say(subject->about, "core", "%d, which it has alone", subject->cpu->core);
    else
        about_say(
            subject->about, "core", "%d, shared with CPU %s", subject->cpu->core, others);
}

/* "0 (the only one)", "1 (there are 2)". */
static void say_part(const struct subject *subject, const char *name, part_of *part)
{
    int number = part(subject->cpu), count = count_parts(subject->machine, part);
    if (number < 0)
        about_say(subject->about, name, ABOUT_NOT_VISIBLE);
    else if (count == 1)
        about_say(subject->about, name, "%d (the only one)", number);
    else
        about_say(subject->about, name, "%d (there are %d)", number, count);
}

static void say_cache(const struct subject *subject)
{
    char mates[TEXT_MAX];
    if (subject->cpu->l3 < 0) {
        about_say(subject->about, "last cache", ABOUT_NOT_VISIBLE);
        return;
    }
    int count = list_mates(subject, cache_of, false, sizeof mates, mates);
    if (count == 1)
        about_say(subject->about, "last cache", "not shared with other CPUs");
    else
        about_say(subject->about, "last cache", "shared by %d CPUs: %s", count, mates);
}

static void say_place(const struct subject *subject)
{
    const struct machine *machine = subject->machine;
    const struct machine_cpu *cpu = subject->cpu;
    if (cpu->kind >= 0 && (size_t)cpu->kind < machine->kind_count)
        about_say(subject->about, "kind", "%s, as %d of %d cores are",
            machine->kinds[cpu->kind].name, machine->kinds[cpu->kind].cores,
            machine->cores);
    say_core(subject);
    say_cache(subject);
    say_part(subject, "NUMA node", node_of);
    say_part(subject, "package", package_of);
    if (!cpu->online)
        about_say(subject->about, "usable by us", "no: it is offline");
    else
        about_say(subject->about, "usable by us", "%s",
            cpu->allowed ? "yes"
                         : "no: this program may not run there (affinity mask, cpuset)");
}

static void say_load(const struct subject *subject)
{
    const struct load_share *loads = subject->input->scene->loads;
    if (!loads) {
        about_say(subject->about, "now", "not known yet");
        return;
    }
    const struct load_share *load = &loads[subject->index];
    const struct {
        const char *name;
        float share;
    } modes[] = {{"programs", load->user}, {"low priority", load->nice},
        {"kernel", load->system}, {"interrupts", load->irq}};
    char split[TEXT_MAX] = "";
    if (load->busy < 0) {
        about_say(subject->about, "now", "no data: it is offline, or has just come");
        return;
    }
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (modes[i].share >= NAMED_FROM)
            text_append(sizeof split, split, "%s %s %.0f %%", *split ? "," : ":",
                modes[i].name, 100 * modes[i].share);
    if (load->steal >= NAMED_FROM)
        text_append(sizeof split, split, "; the host takes %.0f %%", 100 * load->steal);
    about_say(subject->about, "now", "%.0f %% busy%s", 100 * load->busy, split);
}

/* Who runs there at this moment. */
static void say_runs(const struct subject *subject)
{
    const struct scene *scene = subject->input->scene;
    char text[TEXT_MAX] = "";
    int found = 0;
    if (scene->phase != SCENE_RUNNING || subject->machine->simulated)
        return;
    if (scene->family)
        processes_on_cpu(scene->family, subject->cpu->id, sizeof text, text);
    for (size_t i = 0; i < scene->worker_count; i++)
        if (scene->workers[i].cpu == subject->cpu->id && scene->workers[i].pid > 0)
            text_append(sizeof text, text, "%s%d", found++ == 0 ? "worker " : ", ",
                scene->workers[i].worker);
    if (*text)
        about_say(subject->about, "running here", "%s", text);
}

/* Of a saved result there is nothing that could be read now. */
static void say_meters(const struct subject *subject)
{
    const struct scene *scene = subject->input->scene;
    const struct scene_meters *meters = scene->meters;
    int mhz = meters && meters->mhz ? meters->mhz[subject->index] : 0;
    bool is_past = subject->input->replay || scene->phase == SCENE_ENDED;
    if (!meters && is_past)
        return;
    if (mhz > 0)
        about_say(subject->about, "clock", "%.2f GHz", mhz / 1000.0);
    else
        about_say(subject->about, "clock", ABOUT_NOT_VISIBLE);
    if (meters && !isnan(meters->celsius))
        about_say(subject->about, "temperature",
            "%.0f C, the hottest of the CPUs' sensors", meters->celsius);
    else
        about_say(subject->about, "temperature", ABOUT_NOT_VISIBLE);
    if (meters && !isnan(meters->watts))
        about_say(subject->about, "power", "%.0f W, of all packages", meters->watts);
}

static void say_stage(const struct subject *subject, int number, const char *name)
{
    const struct scene *scene = subject->input->scene;
    const struct result_stage *stage = &scene->result->stages[number];
    struct shown shown = {.kind = stage->kind, .stage = stage};
    char label[TEXT_MAX];
    shown_name(scene, &shown, false, sizeof label, label);
    for (size_t i = 0; i < stage->cpu_count; i++) {
        const struct result_cpu *cpu = &stage->cpus[i];
        if (cpu->id != subject->cpu->id)
            continue;
        if (cpu->busy < 0 && stage->kind == RESULT_WATCHED) /* nothing was run */
            continue;
        if (cpu->busy < 0)
            about_say(subject->about, name, "no data, %s", label);
        else
            about_say(subject->about, name, "%3.0f %%, %s", 100 * cpu->busy, label);
    }
}

/* Of those that are over the last ones; of a replay none that is still to come. */
static void say_stages(const struct subject *subject)
{
    const struct scene *scene = subject->input->scene;
    int end = scene->phase == SCENE_RUNNING ? scene->stage : scene->stage + 1;
    int first = end > STAGES_MOST ? end - STAGES_MOST : 0;
    const char *name = "busy";
    if (first > 0)
        about_say(subject->about, name, "in the last %d of %d runs:", end - first, end);
    for (int i = first; i < end; i++) {
        size_t before = subject->about->count;
        say_stage(subject, i, first > 0 ? "" : name);
        if (subject->about->count > before)
            name = "";
    }
}

/* What a check has found out. */
static void say_check(const struct subject *subject)
{
    const struct scene *scene = subject->input->scene;
    const struct result_check *check = &scene->result->check;
    struct check_stand stand = check_stand_of(scene, subject->index);
    if (stand.speed > 0)
        about_say(
            subject->about, "alone", "%.2f of the usual speed of its kind", stand.speed);
    if (stand.ratio > 0)
        about_say(subject->about, "with all", "%.2f of its speed alone", stand.ratio);
    if (stand.found && stand.found->alone.rounds > 0) {
        char median[32];
        number_format_duration(stand.found->alone.median_ns, sizeof median, median);
        about_say(subject->about, "tasks",
            "%" PRId64 ", of %s each alone; %" PRId64 " wrong answer%s",
            stand.found->tasks, median, stand.found->wrong,
            stand.found->wrong == 1 ? "" : "s");
    }
    for (size_t i = 0; i < check->finding_count; i++)
        if (check->findings[i].cpu == subject->cpu->id)
            about_say(subject->about, "finding", "%s", check->findings[i].text);
}

void about_cpu(struct about *about, const struct view_input *input)
{
    const struct scene *scene = input->scene;
    const struct machine *machine = &scene->result->machine;
    int index = machine_cpu_index(machine, (int)input->subject.number);
    snprintf(about->title, sizeof about->title, "CPU %" PRId64, input->subject.number);
    if (index < 0) {
        about_say(about, "", "This machine has no CPU of that number.");
        return;
    }
    const struct subject subject = {.about = about,
        .input = input,
        .machine = machine,
        .index = (size_t)index,
        .cpu = &machine->cpus[index]};
    if (scene->phase != SCENE_ENDED) {
        say_load(&subject);
        say_runs(&subject);
    }
    say_meters(&subject);
    say_place(&subject);
    say_stages(&subject);
    if (scene->result->plan.command == PLAN_CHECK)
        say_check(&subject);
    else if (scene->result->programs.count == 0)
        about_seen_on(about, input, subject.cpu->id);
}
