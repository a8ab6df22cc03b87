// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/judge_inside.h"

static bool is_wrong(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    (void)scene;
    return cpu->wrong > 0 || cpu->again_wrong > 0;
}

/* Wrong in every task, and everywhere in the same way. */
static bool are_alike(const struct judge_cpus *cpus)
{
    for (size_t i = 0; i < cpus->count; i++)
        if (cpus->list[i]->wrong != cpus->list[i]->tasks ||
            cpus->list[i]->wrong_answer != cpus->list[0]->wrong_answer)
            return false;
    return true;
}

static void append_of(int64_t wrong, int64_t tasks, size_t size, char text[])
{
    if (wrong == 0)
        text_append(size, text, "none");
    else if (wrong == tasks)
        text_append(size, text, "all");
    else
        text_append(size, text, "%" PRId64, wrong);
}

/* "; of 10 more there 2 were wrong, of 10 on CPU 6 none" */
static void append_again(const struct check_cpu *cpu, size_t size, char text[])
{
    if (cpu->again_tasks <= 0)
        return;
    text_append(size, text, "; of %" PRId64 " more there ", cpu->again_tasks);
    append_of(cpu->again_wrong, cpu->again_tasks, size, text);
    text_append(size, text, " %s wrong", cpu->again_wrong == 1 ? "was" : "were");
    if (cpu->neighbour < 0)
        return;
    text_append(
        size, text, ", of %" PRId64 " on CPU %d ", cpu->again_tasks, cpu->neighbour);
    append_of(cpu->neighbour_wrong, cpu->again_tasks, size, text);
}

static void count_wrong(
    const struct judge_cpus *cpus, int64_t *ret_wrong, int64_t *ret_tasks)
{
    *ret_wrong = *ret_tasks = 0;
    for (size_t i = 0; i < cpus->count; i++) {
        *ret_wrong += cpus->list[i]->wrong;
        *ret_tasks += cpus->list[i]->tasks;
    }
}

static void say_wrong(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    int64_t wrong, tasks;
    size_t size = sizeof finding->text;
    (void)scene;
    count_wrong(cpus, &wrong, &tasks);
    finding->level = CHECK_FAIL;
    snprintf(finding->text, size, "%s computed %s in %" PRId64 " of %" PRId64 " tasks",
        cpus->name, wrong == 1 ? "a wrong answer" : "wrong answers", wrong, tasks);
    if (cpus->count == 1)
        append_again(cpus->list[0], size, finding->text);
    text_append(size, finding->text, ".");
    snprintf(finding->next, sizeof finding->next,
        "Use no result of %s; take %s offline (chcpu -d). Screen with Intel's "
        "OpenDCDiag, "
        "mprime -t, stress-ng --verify, or the vendor's diagnosis%s.",
        cpus->count == 1 ? "this CPU" : "these CPUs", cpus->count == 1 ? "it" : "them",
        cpus->count == 1 ? "" : "; and the memory with memtest86+");
}

static const struct judge_topic answer = {
    .name = "answer", .apart = 8, .applies = is_wrong, .say = say_wrong};

/* What is not of one CPU is hardly the CPUs'. */
static void say_wrong_everywhere(const struct judge_scene *scene,
    const struct judge_cpus *cpus, struct check_finding *finding)
{
    int64_t wrong, tasks;
    bool alike = are_alike(cpus);
    (void)scene;
    count_wrong(cpus, &wrong, &tasks);
    finding->level = CHECK_FAIL;
    snprintf(finding->text, sizeof finding->text,
        "All %zu CPUs computed wrong answers, in %" PRId64 " of %" PRId64 " tasks%s.",
        cpus->count, wrong, tasks, alike ? ", everywhere the same one" : "");
    text_copy(sizeof finding->next, finding->next,
        alike ? "The same everywhere is more likely the library than the CPUs: look at "
                "the GMP that is installed, then use no result of this machine before "
                "it is right."
              : "On all of them is more likely memory or power than a CPU: test the "
                "memory with memtest86+, and use no result of this machine before.");
}

static const struct judge_topic everywhere = {
    .name = "answer", .apart = 0, .applies = is_wrong, .say = say_wrong_everywhere};

static bool all_are_wrong(const struct judge_scene *scene)
{
    size_t computed = 0, wrong = 0;
    for (size_t i = 0; i < scene->check->cpu_count; i++) {
        computed += scene->check->cpus[i].tasks > 0;
        wrong += is_wrong(scene, &scene->check->cpus[i]);
    }
    return computed > 1 && wrong >= computed;
}

static bool has_died(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    (void)scene;
    return cpu->died_of != 0;
}

/* What a computation itself dies of, if something of the machine goes wrong. */
static bool is_of_computing(int signal)
{
    return signal == SIGILL || signal == SIGSEGV || signal == SIGBUS ||
           signal == SIGFPE || signal == SIGABRT;
}

static void say_died(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    const struct check_cpu *cpu = cpus->list[0];
    (void)scene;
    for (size_t i = 0; i < cpus->count; i++)
        if (is_of_computing(cpus->list[i]->died_of))
            cpu = cpus->list[i];
    bool computing = is_of_computing(cpu->died_of);
    const char *name = sigabbrev_np(cpu->died_of);
    finding->level = computing ? CHECK_FAIL : CHECK_INCONCLUSIVE;
    snprintf(finding->text, sizeof finding->text,
        "On %s a worker died of %s%s while it computed%s.", cpus->name, name ? "SIG" : "",
        name ? name : "a signal", cpus->count > 1 ? " (one of several)" : "");
    text_copy(sizeof finding->next, finding->next,
        computing
            ? "Use no result of it before the kernel's log (dmesg: machine checks) "
              "and a screening (OpenDCDiag, mprime -t, memtest86+) say why."
            : "Something ended it from outside: see the kernel's log (dmesg: out of "
              "memory), then try again.");
}

static const struct judge_topic died = {
    .name = "died", .apart = 8, .applies = has_died, .say = say_died};

static bool was_refused(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    (void)scene;
    return cpu->refused != 0;
}

/* Some sandboxes forbid the call, or do as if: that tells nothing of the CPU. */
static bool may_not_pin(int error)
{
    return error == EPERM || error == EACCES || error == ENOSYS;
}

static void say_refused(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    bool forbidden = may_not_pin(cpus->list[0]->refused);
    (void)scene;
    finding->level = forbidden ? CHECK_INCONCLUSIVE : CHECK_FAIL;
    snprintf(finding->text, sizeof finding->text,
        "%s cannot be run on: the system refused it (%s).", cpus->name,
        strerror(cpus->list[0]->refused));
    text_copy(sizeof finding->where, finding->where, "sched_setaffinity(2)");
    text_copy(sizeof finding->next, finding->next,
        forbidden
            ? "Run it outside of the sandbox that forbids to choose a CPU (seccomp)."
            : "See whether it has gone offline meanwhile "
              "(/sys/devices/system/cpu/online) or the cpuset was changed "
              "(cpuset.cpus.effective).");
}

static const struct judge_topic refused = {
    .name = "refused", .apart = 8, .applies = was_refused, .say = say_refused};

void judge_answers(struct judge_scene *scene)
{
    judge_find(scene, all_are_wrong(scene) ? &everywhere : &answer);
    judge_find(scene, &died);
    judge_find(scene, &refused);
}
