// SPDX-License-Identifier: MIT
/* What the machine did: others' work, a quota, waiting for CPUs, time that was taken
 * away. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/cause.h"
#include "experiment/comparison.h"

static const double OTHERS_DISTURB = 0.1;  /* of the usable CPUs */
static const double COULD_BE_THEIRS = 0.5; /* of what is missing to the bound */
static const double WIDE = 1.1;    /* times as high as low: then it is no result */
static const double FENCED = 0.85; /* of a limit, reached: then it is that */
static const double QUOTA_PERIOD_NS = 1e8; /* the usual one of cgroups */
static const double STOLEN = 0.02; /* of the usable CPUs: below, it is only noise */

static double seen(int64_t ns)
{
    return ns == ACCOUNT_NOT_SEEN || ns < 0 ? 0 : (double)ns;
}

static double most_waiting_ns(const struct result_stage *stage)
{
    double most_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++)
        most_ns = fmax(most_ns, seen(stage->worker_list[i].times.waiting_ns));
    return most_ns;
}

/* Without run-queue delays only what others used is known. */
void cause_quiet_range(const struct cause_scene *scene, double *ret_low, double *ret_high)
{
    const struct result_stage *sequential = scene->sequential;
    const struct result_stage *parallel = scene->parallel;
    double alone_ns = (double)result_measured_ns(sequential);
    double together_ns = (double)parallel->elapsed_ns;
    double share =
        fmax(parallel->others_cpus, 0) / fmax(1, fmin(scene->workers, scene->usable));
    double lost_ns = fmin(share, 1) * together_ns;
    bool is_seen = parallel->account.waiting_ns != ACCOUNT_NOT_SEEN;
    if (is_seen && scene->workers <= scene->usable)
        lost_ns = fmin(lost_ns * scene->workers,
            most_waiting_ns(parallel) +
                seen(parallel->account.slowdown_ns) / scene->workers);
    double before_ns = fmin(seen(sequential->account.waiting_ns),
        fmax(sequential->others_cpus, 0) * alone_ns);
    *ret_low = scene->speedup * (alone_ns - before_ns) / alone_ns;
    *ret_high = scene->bound;
    if (lost_ns < together_ns)
        *ret_high =
            fmin(scene->bound, scene->speedup * together_ns / (together_ns - lost_ns));
    *ret_high = fmax(*ret_high, scene->speedup);
}

static double others_cpus(const struct cause_scene *scene)
{
    return fmax(scene->sequential->others_cpus, scene->parallel->others_cpus);
}

/* Others count where what is missing could be theirs, or the answer. */
static double weigh_others(const struct cause_scene *scene)
{
    double low, high;
    if (others_cpus(scene) < OTHERS_DISTURB * scene->usable)
        return 0;
    cause_quiet_range(scene, &low, &high);
    double missing = scene->bound - scene->speedup, theirs = high - scene->speedup;
    bool is_wide = high >= WIDE * low;
    bool spans = low < 1 && high > 1;
    bool could_be = theirs >= COULD_BE_THEIRS * missing &&
                    scene->speedup < CAUSE_NEARLY_ALL * scene->bound;
    bool fakes = low < CAUSE_NEARLY_ALL * scene->bound &&
                 scene->speedup >= CAUSE_NEARLY_ALL * scene->bound;
    return is_wide && (spans || could_be || fakes) ? CAUSE_SETTLES : 0;
}

static void say_others(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    double low, high;
    (void)brief;
    cause_quiet_range(scene, &low, &high);
    snprintf(text, size,
        "No result: other programs used %.1f of %d CPU%s meanwhile (between %.1f and "
        "%.1f times as fast). Try again when it is quiet.",
        others_cpus(scene), scene->cpus, scene->cpus == 1 ? "" : "s", low, high);
}

const struct cause_ops cause_others = {
    .name = "others",
    .weigh = weigh_others,
    .say = say_others,
    .doubtful = true,
};

/* Repeats that do not even tell whether it was faster. */
static double weigh_undecided(const struct cause_scene *scene)
{
    const struct result_comparison *comparison = &scene->result->comparison;
    double low = comparison->interval_low, high = comparison->interval_high;
    return comparison->has_interval && low < 1 && high > 1 && high >= WIDE * low
               ? CAUSE_SETTLES
               : 0;
}

static void say_undecided(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct result_comparison *comparison = &scene->result->comparison;
    (void)brief;
    snprintf(text, size,
        "No result: %d runs each differ too much (between %.2f and %.2f times as fast). "
        "Try again when it is quiet, or -r %d.",
        comparison->pairs, comparison->interval_low, comparison->interval_high,
        2 * comparison->pairs + 1);
}

const struct cause_ops cause_undecided = {
    .name = "undecided",
    .weigh = weigh_undecided,
    .say = say_undecided,
    .doubtful = true,
};

/* The limit below what is online that the workers have come up to; NULL: none. */
static const struct machine_limit *find_fence(const struct cause_scene *scene)
{
    const struct machine *machine = &scene->result->machine;
    const struct machine_limit *limit = machine_smallest_limit(machine);
    if (machine->simulated || !limit || limit->cpus >= machine->online_cpus ||
        scene->workers < limit->cpus)
        return NULL;
    return limit;
}

static bool is_quota(const struct machine_limit *limit)
{
    return limit->cpus != floor(limit->cpus) || strstr(limit->source, "quota");
}

/* What waits under a quota, waits for that. */
static double weigh_fence(const struct cause_scene *scene)
{
    const struct machine_limit *limit = find_fence(scene);
    if (!limit)
        return 0;
    double most = fmax(limit->cpus, 1);
    if (is_quota(limit)) /* that of the first period is spent on top */
        most *= 1 + QUOTA_PERIOD_NS / ((double)scene->parallel->elapsed_ns + 1);
    if (scene->speedup >= FENCED * limit->cpus && scene->speedup <= CAUSE_BEYOND * most)
        return CAUSE_SETTLES;
    return is_quota(limit) ? seen(scene->parallel->account.waiting_ns) : 0;
}

static void place_fence(const struct cause_scene *scene, size_t size, char text[])
{
    int cpus = scene->result->machine.online_cpus;
    snprintf(text, size, "on %d CPU%s", cpus, cpus == 1 ? "" : "s");
}

static void say_fence(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct machine_limit *limit = find_fence(scene);
    const char *slash = strrchr(limit->where, '/');
    char where[sizeof limit->where + 16];
    bool quota = is_quota(limit);
    text_copy(sizeof where, where, limit->where[0] ? limit->where : limit->source);
    if (quota && slash && slash > limit->where)
        snprintf(where, sizeof where, "%s of %.*s", slash + 1,
            (int)(slash - limit->where), limit->where);
    if (brief)
        text_copy(sizeof where, where, slash ? slash + 1 : limit->source);
    snprintf(text, size, ": %s only %.*f of them (%s). More workers do not help.",
        quota ? "this container may use" : "we may use",
        limit->cpus == floor(limit->cpus) ? 0 : 2, limit->cpus, where);
}

const struct cause_ops cause_fence = {
    .name = "fence",
    .weigh = weigh_fence,
    .place = place_fence,
    .say = say_fence,
};

static double stolen_cpus(const struct cause_scene *scene)
{
    return comparison_stolen_cpus(scene->result, scene->parallel);
}

static double weigh_stolen(const struct cause_scene *scene)
{
    double stolen = stolen_cpus(scene);
    return stolen < STOLEN * scene->usable ? 0
                                           : stolen * (double)scene->parallel->elapsed_ns;
}

static void say_stolen(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40];
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size,
        "%s: the host of this virtual machine took %.2f of its %d CPU%s away (steal).",
        bound, stolen_cpus(scene), scene->cpus, scene->cpus == 1 ? "" : "s");
}

const struct cause_ops cause_stolen = {
    .name = "steal",
    .weigh = weigh_stolen,
    .say = say_stolen,
};

/* Workers beyond the CPUs have to wait: that much is no loss. */
static double weigh_waiting(const struct cause_scene *scene)
{
    const struct account *account = &scene->parallel->account;
    double crowd =
        fmax(0, scene->workers - scene->usable) * (double)scene->parallel->elapsed_ns;
    return seen(account->waiting_ns) - crowd;
}

static void say_waiting(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct account *account = &scene->parallel->account;
    double share = seen(account->waiting_ns) / ((double)account->total_ns + 1);
    double others = scene->parallel->others_cpus; /* below 0: not known */
    char bound[40], why[80] = "";
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    double theirs_ns = others * (double)scene->parallel->elapsed_ns;
    if (theirs_ns > 0 && theirs_ns >= COULD_BE_THEIRS * seen(account->waiting_ns))
        snprintf(why, sizeof why, ": other programs used %.1f of %d CPUs", others,
            scene->cpus);
    else if (others >= 0)
        snprintf(why, sizeof why, ", though each could have one");
    if (scene->workers > scene->cpus)
        snprintf(text, size,
            "%s: only %d can run at once, so they waited for a CPU %.0f %% of the time.",
            bound, scene->cpus, 100 * share);
    else
        snprintf(text, size, "%s: workers waited for a CPU %.0f %% of the time%s.", bound,
            100 * share, why);
}

/* No more workers than can run. */
static void propose_no_crowd(const struct cause_scene *scene, struct cause_try *best)
{
    struct predict_setup setup = cause_with_workers(scene, scene->cpus);
    char text[80];
    if (scene->workers <= scene->cpus)
        return;
    snprintf(text, sizeof text, "Try: -j %d", scene->cpus);
    cause_offer(scene, &setup, text, best);
}

const struct cause_ops cause_waiting = {
    .name = "waiting for a CPU",
    .weigh = weigh_waiting,
    .say = say_waiting,
    .propose = propose_no_crowd,
};

/* Beyond what the same tasks waited one after the other. */
static double weigh_blocked(const struct cause_scene *scene)
{
    double blocked_ns = seen(scene->parallel->account.blocked_ns) -
                        seen(scene->sequential->account.blocked_ns) -
                        stolen_cpus(scene) * (double)scene->parallel->elapsed_ns;
    if (scene->parallel->account.waiting_ns == ACCOUNT_NOT_SEEN)
        blocked_ns -=
            fmax(0, scene->workers - scene->usable) * (double)scene->parallel->elapsed_ns;
    return blocked_ns;
}

static void say_blocked(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct account *account = &scene->parallel->account;
    bool is_seen = account->waiting_ns != ACCOUNT_NOT_SEEN;
    char bound[40];
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size, "%s: tasks waited %s %.0f %% of the time.", bound,
        is_seen ? "for something else than a CPU" : "for a CPU, or for something else,",
        100 * seen(account->blocked_ns) / ((double)account->total_ns + 1));
}

const struct cause_ops cause_blocked = {
    .name = "blocked",
    .weigh = weigh_blocked,
    .say = say_blocked,
};
