// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/judge_inside.h"
#include "experiment/words_check.h"

/* What to do where a source says too few CPUs; found by how its name begins, and the last
 * for all others, which are a batch system's. */
static const struct advice {
    const char *source, *next;
} advice[] = {
    {"online", "See below which CPUs are present and offline; the firmware can hide some "
               "from the system as well (cores or SMT switched off)."},
    {"affinity", "Start it without taskset, or ask for more CPUs where the batch system "
                 "or the container runtime sets the mask (cpuset.cpus)."},
    {"cpuset", "Ask for more CPUs where the cpuset is made (cpuset.cpus)."},
    {"cgroup", "Raise the quota where it is set: the container runtime (--cpus), systemd "
               "(CPUQuota=), or that file itself."},
    {"", "Ask the batch system for more CPUs."},
};

static const char *find_advice(const char *source)
{
    size_t place = 0;
    while (strncmp(advice[place].source, source, strlen(advice[place].source)) != 0)
        place++;
    return advice[place].next;
}

static void find_expected(struct judge_scene *scene)
{
    const struct machine *machine = &scene->result->machine;
    const struct machine_limit *limit = machine_smallest_limit(machine);
    double expected = scene->result->plan.expected_cpus, usable = machine->usable_cpus;
    char has[32], wanted[32];
    if (expected <= 0 || usable > expected - 0.005)
        return;
    words_check_count(usable, sizeof has, has);
    words_check_count(expected, sizeof wanted, wanted);
    struct check_finding *finding = judge_add(scene, CHECK_FAIL, "expected");
    snprintf(finding->text, sizeof finding->text, "%s CPU%s usable, %s expected%s%s%s.",
        has, usable == 1 ? " is" : "s are", wanted, limit ? " (" : "",
        limit ? limit->source : "", limit ? ")" : "");
    if (!limit)
        return;
    text_copy(sizeof finding->where, finding->where, limit->where);
    text_copy(sizeof finding->next, finding->next, find_advice(limit->source));
}

/* As a sentence. */
static void copy_sentence(const char *source, size_t size, char text[])
{
    size_t length = strlen(source);
    bool whole = length == 0 || source[length - 1] == '.';
    snprintf(text, size, "%s%s", source, whole ? "" : ".");
}

static void find_concerns(struct judge_scene *scene)
{
    const struct inventory *inventory = &scene->check->inventory;
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        if (!line->concern[0])
            continue;
        struct check_finding *finding = judge_add(scene, CHECK_WARN, line->topic);
        copy_sentence(line->concern, sizeof finding->text, finding->text);
        text_copy(sizeof finding->where, finding->where, line->where);
        copy_sentence(line->next, sizeof finding->next, finding->next);
    }
}

void judge_counts(struct judge_scene *scene)
{
    find_expected(scene);
    find_concerns(scene);
}

static void find_stopped(struct judge_scene *scene)
{
    char elapsed[32], expected[32];
    const struct result_check *check = scene->check;
    if (check->complete || check->undone || scene->result->machine.simulated)
        return;
    number_format_duration(check->elapsed_ns, sizeof elapsed, elapsed);
    number_format_estimate(check->expected_ns, sizeof expected, expected);
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "stopped");
    snprintf(finding->text, sizeof finding->text,
        "It was stopped after %s, before all was done.", elapsed);
    snprintf(finding->next, sizeof finding->next, "Let it run to its end: %s.", expected);
}

static void find_undone(struct judge_scene *scene)
{
    if (!scene->check->undone)
        return;
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "unmeasured");
    text_copy(sizeof finding->text, finding->text,
        "A part of it could not be done: what that would have shown is open.");
    text_copy(sizeof finding->next, finding->next,
        "See the remark that says why (ulimit -a shows the limits), and try again.");
}

static void find_suspended(struct judge_scene *scene)
{
    char suspended[32];
    if (scene->check->suspended_ns <= 0)
        return;
    number_format_duration(scene->check->suspended_ns, sizeof suspended, suspended);
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "suspended");
    snprintf(finding->text, sizeof finding->text,
        "The verdict on speed is open: it was suspended for %s.", suspended);
    text_copy(sizeof finding->next, finding->next, "Run it again, without a pause.");
}

static void find_unmeasured(struct judge_scene *scene)
{
    bool simulated = scene->result->machine.simulated;
    if (scene->check->measured || (!simulated && !scene->check->complete))
        return;
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "unmeasured");
    text_copy(sizeof finding->text, finding->text,
        simulated ? "The machine is simulated: nothing was run, so neither its speed nor "
                    "its answers are known."
                  : "Nothing was run, so neither speed nor answers are known.");
    if (simulated)
        text_copy(
            sizeof finding->next, finding->next, "Run parfor check on that machine.");
}

void judge_ending(struct judge_scene *scene)
{
    if (scene->result->plan.only_inventory || !scene->over)
        return;
    find_stopped(scene);
    find_undone(scene);
    find_suspended(scene);
    find_unmeasured(scene);
}
