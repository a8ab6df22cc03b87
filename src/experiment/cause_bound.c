// SPDX-License-Identifier: MIT
/* Causes that the bound explains, and what there is to say where nothing is missing. */
#include <inttypes.h>
#include <stdio.h>

#include "experiment/cause.h"
#include "experiment/comparison.h"

static const double WAITING_TASKS = 0.5; /* of the time computing: below, tasks wait */
static const double MOSTLY = 0.8; /* of the bound, reached: then it is that they wait */
static const double EXPLAINED = 0.9; /* of the bound: the number of tasks is certain */
static const double WAITED = 0.1;    /* of all worker-time, for a CPU */

static bool is_within_bound(const struct cause_scene *scene)
{
    return scene->speedup >= CAUSE_NEARLY_ALL * scene->bound &&
           scene->speedup <= CAUSE_BEYOND * scene->bound;
}

static double weigh_single(const struct cause_scene *scene)
{
    return scene->workers == 1 ? CAUSE_SETTLES : 0;
}

static void place_single(const struct cause_scene *scene, size_t size, char text[])
{
    (void)scene;
    snprintf(text, size, "with one worker");
}

static void say_single(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    (void)scene;
    (void)brief;
    snprintf(text, size, ": nothing to share out.");
}

const struct cause_ops cause_single = {
    .name = "single",
    .weigh = weigh_single,
    .place = place_single,
    .say = say_single,
};

static double weigh_beyond_bound(const struct cause_scene *scene)
{
    return scene->speedup > CAUSE_BEYOND * scene->bound ? CAUSE_SETTLES : 0;
}

static void say_beyond_bound(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[32];
    (void)brief;
    cause_format_speedup(scene->bound, sizeof bound, bound);
    snprintf(text, size, ": more than the %s possible, so noise or cache.", bound);
}

const struct cause_ops cause_beyond_bound = {
    .name = "beyond the bound",
    .weigh = weigh_beyond_bound,
    .say = say_beyond_bound,
};

static double weigh_nearly_all(const struct cause_scene *scene)
{
    return is_within_bound(scene) ? CAUSE_SETTLES : 0;
}

static void say_nearly_all(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[32];
    (void)brief;
    cause_format_speedup(scene->bound, sizeof bound, bound);
    snprintf(text, size, ": nearly all there is to get (%s).", bound);
}

const struct cause_ops cause_nearly_all = {
    .name = "nearly all",
    .weigh = weigh_nearly_all,
    .say = say_nearly_all,
};

static double weigh_waiting_tasks(const struct cause_scene *scene)
{
    double share = comparison_computing_share(scene->sequential);
    bool waits = share < WAITING_TASKS && scene->speedup >= 1;
    return waits && scene->speedup >= MOSTLY * scene->bound ? CAUSE_SETTLES : 0;
}

/* The CPUs of a simulated machine waited with nobody: only the workers did. */
static void place_waiting_tasks(const struct cause_scene *scene, size_t size, char text[])
{
    if (scene->result->machine.simulated)
        snprintf(text, size, "with %d workers", scene->workers);
}

static void say_waiting_tasks(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct result_stage *stage = scene->parallel;
    double cpus_ns = (double)stage->elapsed_ns * fmax(scene->usable, 1e-3);
    if (scene->result->machine.simulated) {
        snprintf(text, size, ": tasks that wait can wait together%s",
            brief ? "." : ", and the machine shown is a simulated one.");
        return;
    }
    snprintf(text, size, ": these tasks wait instead of computing (CPUs %.0f %% busy)%s",
        100 * (double)stage->cpu_ns / cpus_ns, brief ? "." : ", and can wait together.");
}

/* More workers than CPUs, as long as twice as many gain a twentieth. */
static void propose_more_workers(const struct cause_scene *scene, struct cause_try *best)
{
    enum { PER_CPU = 64 };
    double most = fmin((double)scene->plan->iterations, PER_CPU * scene->cpus);
    most = fmin(most, PLAN_WORKERS_MAX);
    if (scene->result->machine.simulated) /* it has the workers that fit what it shows */
        return;
    for (double workers = 4; workers < 2 * most; workers *= 2) {
        struct predict_setup setup = cause_with_workers(scene, (int)fmin(workers, most));
        char text[80];
        snprintf(text, sizeof text, "Try: -j %d", setup.loop.workers);
        if (setup.loop.workers > scene->workers)
            cause_offer(scene, &setup, text, best);
    }
}

const struct cause_ops cause_waiting_tasks = {
    .name = "waiting tasks",
    .weigh = weigh_waiting_tasks,
    .place = place_waiting_tasks,
    .say = say_waiting_tasks,
    .propose = propose_more_workers,
};

static double weigh_threads(const struct cause_scene *scene)
{
    return comparison_threads(scene->sequential) > 1 && is_within_bound(scene)
               ? CAUSE_SETTLES
               : 0;
}

static void say_threads(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40];
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size, "%s: a task by itself kept %.1f CPUs busy, with threads.", bound,
        comparison_threads(scene->sequential));
}

const struct cause_ops cause_threads = {
    .name = "threads",
    .weigh = weigh_threads,
    .say = say_threads,
};

static double weigh_crowded(const struct cause_scene *scene)
{
    const struct account *account = &scene->parallel->account;
    bool waited = (double)account->waiting_ns >= WAITED * (double)account->total_ns;
    return scene->workers > scene->cpus && waited && is_within_bound(scene)
               ? CAUSE_SETTLES
               : 0;
}

static void say_crowded(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct account *account = &scene->parallel->account;
    char bound[40];
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size,
        "%s: only %d can run at once, so they waited for a CPU %.0f %% of the time.%s",
        bound, scene->cpus, 100 * (double)account->waiting_ns / (double)account->total_ns,
        brief ? "" : " More workers than CPUs do not help.");
}

const struct cause_ops cause_crowded = {
    .name = "more workers than CPUs",
    .weigh = weigh_crowded,
    .say = say_crowded,
};

/* Fewer rounds of full workers than tasks: it is the tasks' number, not the machine. */
static double weigh_granularity(const struct cause_scene *scene)
{
    const struct account *account = &scene->parallel->account;
    int64_t tasks = scene->plan->iterations, workers = scene->workers;
    double equal = (double)tasks / (double)(tasks / workers + 1);
    double missing = 1 - scene->bound / scene->room;
    if (tasks % workers == 0 || scene->room < CAUSE_WORTH_TRYING * scene->bound ||
        scene->bound < CAUSE_NEARLY_ALL * equal) /* it is a long task */
        return 0;
    if (scene->speedup >= EXPLAINED * scene->bound)
        return CAUSE_SETTLES;
    return fmin(missing * (double)account->total_ns, (double)account->tail_ns);
}

static void say_granularity(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    int64_t tasks = scene->plan->iterations, fewer = tasks / scene->workers;
    bool two = scene->workers == 2;
    char bound[32], each[96] = "";
    cause_format_speedup(scene->bound, sizeof bound, bound);
    if (!brief)
        snprintf(each, sizeof each, ": %s %" PRId64 ", %s %" PRId64,
            two ? "one worker gets" : "some workers get", fewer + 1,
            two ? "the other" : "others", fewer);
    snprintf(text, size, ". %" PRId64 " %s tasks can reach %s at most%s.", tasks,
        comparison_tasks_are_equal(scene->plan) ? "equal" : "such", bound, each);
}

static void propose_full_rounds(const struct cause_scene *scene, struct cause_try *best)
{
    int64_t rounds = scene->plan->iterations / scene->workers + 1;
    struct predict_setup setup = scene->replay;
    char text[80];
    if (scene->plan->commands) /* of items there are as many as there are */
        return;
    setup.loop.tasks = rounds * scene->workers;
    cause_settle_chunk(scene, &setup);
    snprintf(text, sizeof text, "Try: -n %" PRId64, setup.loop.tasks);
    cause_offer(scene, &setup, text, best);
}

const struct cause_ops cause_granularity = {
    .name = "granularity",
    .weigh = weigh_granularity,
    .say = say_granularity,
    .propose = propose_full_rounds,
};

static double longest_task_ns(const struct cause_scene *scene)
{
    double longest_ns = 0;
    for (size_t i = 0; i < scene->profile.count; i++)
        longest_ns = fmax(longest_ns, scene->profile.pieces[i].task_ns);
    return longest_ns;
}

/* No schedule can end before its longest task. */
static double weigh_long_task(const struct cause_scene *scene)
{
    double least_ns = predict_profile_sum_ns(&scene->profile) / scene->bound;
    if (!is_within_bound(scene) || scene->bound >= CAUSE_NEARLY_ALL * scene->room)
        return 0;
    return longest_task_ns(scene) >= CAUSE_NEARLY_ALL * least_ns ? CAUSE_SETTLES : 0;
}

static void say_long_task(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[32];
    (void)brief;
    cause_format_speedup(scene->bound, sizeof bound, bound);
    snprintf(text, size,
        ": no more is possible (%s), for one task alone takes %.0f %% of the time of "
        "all.",
        bound, 100 * longest_task_ns(scene) / predict_profile_sum_ns(&scene->profile));
}

const struct cause_ops cause_long_task = {
    .name = "one long task",
    .weigh = weigh_long_task,
    .say = say_long_task,
};
