// SPDX-License-Identifier: MIT
#include "experiment/sentence.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "experiment/comparison.h"

static const double NEARLY_ALL = 0.95;   /* of the bound: nothing more to explain */
static const double BEYOND_BOUND = 1.02; /* of the bound: it cannot be the pool's doing */
static const double WORTH_TRYING = 1.05; /* times as fast: then it is said */
static const double OTHERS_DISTURB = 0.1; /* of the usable CPUs, used by others */
static const double WAITING_TASKS = 0.5;  /* share of CPU time below which tasks wait */

struct scene {
    const struct result *result;
    const struct result_stage *sequential, *parallel;
    double speedup, bound;
    int workers;
    double usable;
    char on[64]; /* "on 2 CPUs", "with 3 workers" */
};

static void describe_place(struct scene *scene)
{
    int cpus = (int)fmin(scene->result->machine.online_cpus, ceil(scene->usable));
    if (scene->workers > cpus)
        snprintf(scene->on, sizeof scene->on, "with %d workers on %d CPU%s",
            scene->workers, cpus, cpus == 1 ? "" : "s");
    else if (scene->workers >= ceil(scene->usable))
        snprintf(scene->on, sizeof scene->on, "on %d CPU%s", cpus, cpus == 1 ? "" : "s");
    else
        snprintf(scene->on, sizeof scene->on, "with %d worker%s", scene->workers,
            scene->workers == 1 ? "" : "s");
}

static bool say_disturbed(const struct scene *scene, size_t size, char text[])
{
    double others = fmax(scene->sequential->others_cpus, scene->parallel->others_cpus);
    if (others < OTHERS_DISTURB * scene->usable ||
        scene->speedup >= NEARLY_ALL * scene->bound)
        return false;
    snprintf(text, size,
        "%.2f times as fast %s, but other programs used %.1f CPUs meanwhile. Try again "
        "when "
        "it is quiet.",
        scene->speedup, scene->on, others);
    return true;
}

static bool say_waiting_tasks(const struct scene *scene, size_t size, char text[])
{
    double share = comparison_computing_share(scene->sequential);
    if (share >= WAITING_TASKS || scene->speedup < 1 || scene->workers < 2)
        return false;
    snprintf(text, size,
        "%.*f times as fast %s: these tasks wait instead of computing (one at a time "
        "they "
        "keep a CPU %.0f %% busy), and can wait together.",
        scene->speedup < 10 ? 2 : 1, scene->speedup, scene->on, 100 * share);
    return true;
}

static bool say_fence(const struct scene *scene, size_t size, char text[])
{
    const struct machine *machine = &scene->result->machine;
    const struct machine_limit *limit = machine_smallest_limit(machine);
    if (machine->simulated || !limit || limit->cpus >= machine->online_cpus ||
        scene->workers < limit->cpus || scene->speedup < 0.85 * limit->cpus)
        return false;
    snprintf(text, size,
        "%.2f times as fast on %d CPUs: only %.2f of them may be used here (%.200s). "
        "More workers "
        "do not help.",
        scene->speedup, machine->online_cpus, limit->cpus, limit->where);
    return true;
}

/* Fewer rounds of full workers than tasks: the bound is the tasks' number, not the
 * machine. */
static bool say_too_few_tasks(const struct scene *scene, size_t size, char text[])
{
    int64_t tasks = scene->result->plan.iterations, workers = scene->workers;
    double room = fmin((double)workers, scene->usable);
    double equal = (double)tasks / (double)(tasks / workers + 1);
    if (tasks % workers == 0 || room < WORTH_TRYING * scene->bound ||
        scene->bound < NEARLY_ALL * equal || /* it is a long task, not their number */
        scene->speedup < NEARLY_ALL * scene->bound ||
        scene->speedup > BEYOND_BOUND * scene->bound)
        return false;
    int64_t more = (tasks / workers + 1) * workers;
    snprintf(text, size,
        "%.2f times as fast %s. %" PRId64
        " such tasks can reach %.2f at most: some workers "
        "get %" PRId64 ", others %" PRId64 ". Try: -n %" PRId64 " (up to %.2f)",
        scene->speedup, scene->on, tasks, scene->bound, tasks / workers + 1,
        tasks / workers, more, room);
    return true;
}

static bool say_nearly_all(const struct scene *scene, size_t size, char text[])
{
    if (scene->speedup < NEARLY_ALL * scene->bound)
        return false;
    if (scene->workers == 1)
        snprintf(text, size, "%.2f times as fast with one worker: nothing to share out.",
            scene->speedup);
    else if (scene->speedup > BEYOND_BOUND * scene->bound)
        snprintf(text, size,
            "%.2f times as fast %s: more than the %.2f possible, so noise or cache.",
            scene->speedup, scene->on, scene->bound);
    else
        snprintf(text, size, "%.2f times as fast %s: nearly all there is to get (%.2f).",
            scene->speedup, scene->on, scene->bound);
    return true;
}

/* The largest part of the account that is not work, in words with its number. */
static void say_largest_loss(const struct scene *scene, size_t size, char text[])
{
    const struct account *account = &scene->parallel->account;
    double total = (double)account->total_ns + 1;
    double slowdown = (double)(account->useful_ns + account->slowdown_ns) /
                      (double)(account->useful_ns + 1);
    const struct {
        int64_t ns;
        const char *words;
    } losses[] = {
        {account->startup_ns, "starting the workers took"},
        {account->waiting_ns, "waiting for a CPU took"},
        {account->blocked_ns,
            account->waiting_ns == ACCOUNT_NOT_SEEN
                ? "waiting for a CPU, or being blocked, took"
                : "being blocked, or the CPU taken away from below, took"},
        {account->handout_ns, "handing out tasks took"},
        {account->tail_ns, "being idle at the end took"},
    };
    size_t largest = 0;
    for (size_t i = 1; i < sizeof losses / sizeof *losses; i++)
        if (losses[i].ns > losses[largest].ns)
            largest = i;
    if (account->slowdown_ns != ACCOUNT_NOT_SEEN &&
        account->slowdown_ns > losses[largest].ns)
        snprintf(text, size, "together, a task took %.2f times the CPU time.", slowdown);
    else
        snprintf(text, size, "%s %.0f %% of the workers' time.", losses[largest].words,
            100 * (double)losses[largest].ns / total);
}

static void say_loss(const struct scene *scene, size_t size, char text[])
{
    char loss[160];
    say_largest_loss(scene, sizeof loss, loss);
    snprintf(text, size, "%s%.2f times as fast %s, of %.2f: %s",
        scene->speedup < 1 ? "Slower: " : "", scene->speedup, scene->on, scene->bound,
        loss);
}

void sentence_write(struct result *result)
{
    struct result_comparison *comparison = &result->comparison;
    if (!comparison->has)
        return;
    struct scene scene = {.result = result,
        .sequential = comparison_usual_stage(result, RESULT_SEQUENTIAL),
        .parallel = comparison_usual_stage(result, RESULT_PARALLEL),
        .speedup = comparison->speedup,
        .bound = comparison->bound,
        .usable = comparison_usable_cpus(result)};
    scene.workers = scene.parallel->workers;
    describe_place(&scene);
    size_t size = sizeof comparison->sentence;
    char *text = comparison->sentence;
    if (!say_disturbed(&scene, size, text) && !say_waiting_tasks(&scene, size, text) &&
        !say_too_few_tasks(&scene, size, text) && !say_fence(&scene, size, text) &&
        !say_nearly_all(&scene, size, text))
        say_loss(&scene, size, text);
}
