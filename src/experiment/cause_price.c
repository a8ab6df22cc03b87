// SPDX-License-Identifier: MIT
/* What sharing out costs: starting, handing out, a process for each task, and the part
 * that cannot be shared out. */
#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/cause.h"
#include "experiment/predict_stage.h"
#include "workload/workload.h"

static const double WORTH_IT = 0.8; /* of what is possible: so many tasks pay */

static void format_ns(double ns, size_t size, char text[])
{
    number_format_duration((int64_t)fmax(ns, 0), size, text);
}

static double mean_task_ns(const struct cause_scene *scene)
{
    return predict_profile_sum_ns(&scene->profile) / (double)scene->profile.tasks;
}

/* The worker that lost most time to being killed, and what all of them lost; NULL. */
static const struct result_event *find_death(
    const struct cause_scene *scene, double *ret_worst_ns, double *ret_lost_ns)
{
    const struct result_stage *stage = scene->parallel;
    const struct result_event *worst = NULL;
    *ret_worst_ns = *ret_lost_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        const struct result_event *death = NULL;
        for (size_t k = 0; k < stage->event_count; k++)
            if (stage->events[k].what == RESULT_KILLED &&
                stage->events[k].worker == worker->worker)
                death = &stage->events[k];
        double usual_ns =
            scene->replay.start_ns + (double)i * scene->replay.start_each_ns;
        double lost_ns = (double)worker->times.startup_ns - usual_ns;
        if (!death || lost_ns <= 0)
            continue;
        *ret_lost_ns += lost_ns;
        if (lost_ns <= *ret_worst_ns)
            continue;
        *ret_worst_ns = lost_ns;
        worst = death;
    }
    return worst;
}

/* What a death cost its worker, and the others that had to wait for it in the end. */
static double weigh_replaced(const struct cause_scene *scene)
{
    double worst_ns, lost_ns;
    if (!find_death(scene, &worst_ns, &lost_ns))
        return 0;
    return lost_ns +
           fmin((double)scene->parallel->account.tail_ns, lost_ns * (scene->workers - 1));
}

static void say_replaced(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    double worst_ns, lost_ns;
    const struct result_event *death = find_death(scene, &worst_ns, &lost_ns);
    char bound[40], signal[32], lost[32], elapsed[32];
    cause_format_bound(scene, sizeof bound, bound);
    signals_name(death->signal, sizeof signal, signal);
    format_ns(worst_ns, sizeof lost, lost);
    format_ns((double)scene->parallel->elapsed_ns, sizeof elapsed, elapsed);
    snprintf(text, size, "%s: worker %d was killed by %s, which lost %s of its %s%s.",
        bound, death->worker, signal, lost, elapsed,
        brief ? "" : ": a new one did that again");
}

const struct cause_ops cause_replaced = {
    .name = "a worker replaced",
    .weigh = weigh_replaced,
    .say = say_replaced,
};

static double weigh_serial(const struct cause_scene *scene)
{
    double workers = scene->workers;
    return (double)scene->parallel->account.prepare_ns * (workers - 1) / workers;
}

/* Amdahl's law, with the share that one worker did alone in the sequential stage. */
static void say_serial(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct result_stage *stage = scene->sequential;
    double serial = (double)stage->prepare_ns / (double)(stage->elapsed_ns + 1);
    double here = 1 / (serial + (1 - serial) / fmax(scene->bound, 1));
    char bound[40], most[32], ever[32];
    cause_format_bound(scene, sizeof bound, bound);
    cause_format_speedup(here, sizeof most, most);
    cause_format_speedup(1 / fmax(serial, 1e-9), sizeof ever, ever);
    snprintf(text, size,
        "%s: %.0f %% of the work cannot be shared out: about %s is possible%s%s%s.",
        bound, 100 * serial, most, brief ? "" : " here, ", brief ? "" : ever,
        brief ? "" : " with any number of CPUs");
}

const struct cause_ops cause_serial = {
    .name = "serial part",
    .weigh = weigh_serial,
    .say = say_serial,
};

static double weigh_startup(const struct cause_scene *scene)
{
    double worst_ns, lost_ns;
    find_death(scene, &worst_ns, &lost_ns);
    return (double)scene->parallel->account.startup_ns - lost_ns;
}

static void say_startup(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40], start[32], elapsed[32];
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    format_ns(weigh_startup(scene) / scene->workers, sizeof start, start);
    format_ns((double)scene->parallel->elapsed_ns, sizeof elapsed, elapsed);
    snprintf(text, size,
        "%s: the workers had their first task after %s of %s on average.", bound, start,
        elapsed);
}

/* Fewer workers; where that does not make it faster than one, more tasks. */
static void propose_less_starting(const struct cause_scene *scene, struct cause_try *best)
{
    char text[80];
    for (int workers = 2; workers < scene->workers; workers *= 2) {
        struct predict_setup setup = cause_with_workers(scene, workers);
        snprintf(text, sizeof text, "Try: -j %d", workers);
        cause_offer(scene, &setup, text, best);
    }
    for (int64_t times = 10; times <= 10000 && best->speedup < 1; times *= 10) {
        struct predict_setup setup = scene->replay;
        struct cause_try more = {.speedup = 0};
        if (scene->plan->commands ||
            scene->plan->iterations > WORKLOAD_ITERATIONS_MAX / times)
            break;
        setup.loop.tasks *= times;
        cause_settle_chunk(scene, &setup);
        snprintf(text, sizeof text, "Try: -n %" PRId64, setup.loop.tasks);
        cause_offer(scene, &setup, text, &more);
        bool is_last = times == 10000;
        if (more.speedup >= WORTH_IT * scene->room || (is_last && more.text[0]))
            *best = more;
    }
}

const struct cause_ops cause_startup = {
    .name = "start-up",
    .weigh = weigh_startup,
    .say = say_startup,
    .propose = propose_less_starting,
};

static double weigh_renewing(const struct cause_scene *scene, bool fork_per_task)
{
    if (scene->parallel->renewed == 0 || scene->plan->fork_per_task != fork_per_task)
        return 0;
    return (double)scene->parallel->account.handout_ns;
}

static double weigh_fork(const struct cause_scene *scene)
{
    return weigh_renewing(scene, true);
}

static void say_fork(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40], price[32], task[32];
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    format_ns(scene->replay.renew_ns, sizeof price, price);
    format_ns(mean_task_ns(scene), sizeof task, task);
    snprintf(text, size, "%s. Starting a process took %s for every task of %s.", bound,
        price, task);
}

/* The tasks without new processes are as those of the sequential stage. */
static void propose_lasting_workers(
    const struct cause_scene *scene, struct cause_try *best)
{
    const struct plan *plan = scene->plan;
    struct predict_setup setup = scene->replay;
    struct predict_profile profile;
    char text[80] = "Try: without --fork-per-task";
    double wanted = 100 * setup.renew_ns / fmax(mean_task_ns(scene), 1);
    predict_stage_sequential(scene->result, scene->sequential, &profile);
    setup.profile = &profile;
    setup.max_tasks = 0;
    if (plan->fork_per_task && !plan->chunk_asked)
        setup.loop.chunk = predict_stage_chunk(
            scene->result, scene->sequential, setup.schedule, &setup.loop);
    if (!plan->fork_per_task) {
        setup.max_tasks = (int64_t)pow(10, ceil(log10(fmax(wanted, 1))));
        snprintf(text, sizeof text, "Try: --max-tasks %" PRId64, setup.max_tasks);
        if (setup.max_tasks >= plan->iterations / scene->workers) {
            setup.max_tasks = 0;
            text_copy(sizeof text, text, "Try: without --max-tasks");
        }
    }
    cause_offer(scene, &setup, text, best);
    predict_profile_finish(&profile);
}

const struct cause_ops cause_fork = {
    .name = "a process per task",
    .weigh = weigh_fork,
    .say = say_fork,
    .propose = propose_lasting_workers,
};

static double weigh_renewal(const struct cause_scene *scene)
{
    return weigh_renewing(scene, false);
}

static void say_renewal(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40], price[32], task[32];
    int64_t max_tasks = scene->plan->max_tasks;
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    format_ns(scene->replay.renew_ns, sizeof price, price);
    format_ns(mean_task_ns(scene), sizeof task, task);
    snprintf(text, size,
        "%s. Renewing a worker after every %" PRId64 " task%s of %s took %s.", bound,
        max_tasks, max_tasks == 1 ? "" : "s", task, price);
}

const struct cause_ops cause_renewal = {
    .name = "renewal",
    .weigh = weigh_renewal,
    .say = say_renewal,
    .propose = propose_lasting_workers,
};

static double weigh_handout(const struct cause_scene *scene)
{
    return scene->parallel->renewed > 0 ? 0 : (double)scene->parallel->account.handout_ns;
}

static void say_handout(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40], price[32], task[32];
    int64_t chunk = scene->replay.loop.chunk;
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    format_ns(scene->replay.handout_ns, sizeof price, price);
    format_ns(mean_task_ns(scene), sizeof task, task);
    if (chunk == 1)
        snprintf(text, size, "%s: handing out took %s for every task of %s.", bound,
            price, task);
    else
        snprintf(text, size, "%s: handing out took %s for every %" PRId64 " tasks of %s.",
            bound, price, chunk, task);
}

/* The chunk that the rule takes; ten times the one there was, and more. */
static void propose_larger_chunk(const struct cause_scene *scene, struct cause_try *best)
{
    struct predict_setup setup = cause_with_schedule(scene, scene->plan->schedule);
    char text[80];
    if (scene->plan->chunk_asked) {
        snprintf(text, sizeof text, "Try: --schedule %s", scene->plan->schedule);
        cause_offer(scene, &setup, text, best);
    }
    setup = scene->replay;
    for (int i = 0; i < 4; i++) {
        setup.loop.chunk *= 10;
        if (setup.loop.chunk > setup.loop.tasks)
            break;
        snprintf(text, sizeof text, "Try: --schedule %s,%" PRId64, scene->plan->schedule,
            setup.loop.chunk);
        cause_offer(scene, &setup, text, best);
    }
}

const struct cause_ops cause_handout = {
    .name = "hand-out",
    .weigh = weigh_handout,
    .say = say_handout,
    .propose = propose_larger_chunk,
};
