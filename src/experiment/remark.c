// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "experiment/comparison.h"
#include "experiment/remark.h"
#include "experiment/words_items.h"
#include "pool/worker.h"
#include "workload/workload.h"

static const double OTHERS_CPUS = 0.1;   /* of one CPU, and … */
static const double OTHERS_SHARE = 0.02; /* … of all of them, are worth a remark */
static const double STOLEN_SHARE = 0.02; /* likewise, taken by a host */
static const double WIDE_SPREAD = 0.2;   /* of the shortest repeat: they differ much */

static bool is_worth(const struct result *result, double others_cpus)
{
    int cpus = machine_count_allowed(&result->machine);
    return !result->machine.simulated &&
           others_cpus >= fmax(OTHERS_CPUS, OTHERS_SHARE * cpus);
}

/* When, and how much: "Before the start", "", or "In 2 of 5 runs", "up to ". */
static void say_others(
    struct result *result, const char *when, const char *up_to, double others_cpus)
{
    int cpus = machine_count_allowed(&result->machine);
    result_remark(result, "%s other programs used %s%.1f of %s%d CPU%s.", when, up_to,
        others_cpus, cpus < result->machine.online_cpus ? "our " : "", cpus,
        cpus == 1 ? "" : "s");
}

bool remark_others(struct result *result, const char *when, double others_cpus)
{
    if (!is_worth(result, others_cpus))
        return false;
    say_others(result, when, "", others_cpus);
    return true;
}

/* How many CPUs' worth of time a host took of those that we may use; 0: of little. */
static double stolen_in(const struct result *result, const struct result_stage *stage)
{
    double stolen = comparison_stolen_cpus(result, stage);
    int cpus = machine_count_allowed(&result->machine);
    return cpus > 0 && stolen >= STOLEN_SHARE * cpus ? stolen : 0;
}

static double others_in(const struct result *result, const struct result_stage *stage)
{
    return is_worth(result, stage->others_cpus) ? stage->others_cpus : 0;
}

static void say_stolen(
    struct result *result, const char *when, const char *up_to, double stolen_cpus)
{
    int cpus = machine_count_allowed(&result->machine);
    result_remark(result,
        "%s the host of this virtual machine took %s%.2f of %d CPU%s away (steal).", when,
        up_to, stolen_cpus, cpus, cpus == 1 ? "" : "s");
}

/* What takes CPUs from a stage, in CPUs, and how that is remarked. */
static const struct taken {
    double (*in)(const struct result *result, const struct result_stage *stage);
    void (*say)(struct result *result, const char *when, const char *up_to, double cpus);
} takers[] = {{others_in, say_others}, {stolen_in, say_stolen}};

enum { TAKERS = sizeof takers / sizeof *takers };

/* Several stages are of one kind: what was taken from them is remarked once. */
static bool has_runs(const struct plan *plan)
{
    return plan->command == PLAN_SWEEP || plan->repeats > 1 || plan->program_count > 1 ||
           plan->warmups > 0;
}

static void remark_taken(struct result *result, const struct result_stage *stage)
{
    char when[48];
    snprintf(when, sizeof when, "During the %s stage", result_stage_name(stage));
    for (int i = 0; i < TAKERS && !has_runs(&result->plan); i++) {
        double cpus = takers[i].in(result, stage);
        if (cpus > 0)
            takers[i].say(result, when, "", cpus);
    }
}

/* Which of the runs of a kind it was is not said, but how many, and the most of it. */
static void remark_taken_of(
    struct result *result, enum result_stage_kind kind, const struct taken *taken)
{
    int runs = 0, affected = 0;
    double most = 0;
    char when[80], of[40] = "";
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind != kind || stage->warmup)
            continue;
        double cpus = taken->in(result, stage);
        runs++;
        affected += cpus > 0;
        most = fmax(most, cpus);
    }
    if (affected == 0)
        return;
    if (kind != RESULT_PROGRAM)
        snprintf(of, sizeof of, " of the %s stage", result_stage_names[kind]);
    snprintf(when, sizeof when, "In %d of %d runs%s", affected, runs, of);
    if (runs == 1)
        snprintf(when, sizeof when, "During the %s stage", result_stage_names[kind]);
    taken->say(result, when, affected > 1 ? "up to " : "", most);
}

static void remark_refused(struct result *result, const struct result_stage *stage)
{
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        if (event->what != RESULT_REFUSED)
            continue;
        result_remark(result,
            "%d workers were asked for, %d ran: the system refused a process (%s%s).",
            stage->workers_asked, stage->workers, strerror(event->signal),
            event->signal == EAGAIN ? ": ulimit -u, or a container's pids.max" : "");
        return;
    }
}

static void remark_deaths(struct result *result, const struct result_stage *stage)
{
    int killed = 0;
    const struct result_event *last = NULL;
    for (size_t i = 0; i < stage->event_count; i++)
        if (stage->events[i].what == RESULT_KILLED) {
            last = &stage->events[i];
            killed++;
        }
    char name[32];
    if (killed > 0)
        signals_name(last->signal, sizeof name, name);
    if (killed == 1)
        result_remark(result,
            "Worker %d (pid %d) was killed by %s after %.1f s; %" PRId64
            " task%s done again.",
            last->worker, last->pid, name, (double)last->t_ns / NS_PER_S, stage->retried,
            stage->retried == 1 ? " was" : "s were");
    else if (killed > 1)
        result_remark(result,
            "Workers were killed %d times (the last by %s); %" PRId64
            " task%s done again.",
            killed, name, stage->retried, stage->retried == 1 ? " was" : "s were");
}

/* Of a worker that had no task yet: what it could not do, by its exit status. */
static const char *describe_idle_exit(int status)
{
    switch (status) {
    case WORKLOAD_EXIT_OUT_OF_MEMORY:
        return "had not enough memory to begin";
    case WORKER_EXIT_COLD:
        return "could not warm up";
    case WORKER_EXIT_UNPREPARED:
        return "could not prepare the loop";
    default:
        return "left without a task in hand";
    }
}

static void remark_unpinned(struct result *result, const struct result_stage *stage)
{
    for (size_t i = 0; i < stage->event_count; i++)
        if (stage->events[i].what == RESULT_UNPINNED) {
            result_remark(result, "Worker %d could not be kept on one CPU (%s).",
                stage->events[i].worker, strerror(stage->events[i].signal));
            return;
        }
}

static void remark_failures(struct result *result, const struct result_stage *stage)
{
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        if (event->what != RESULT_LEFT)
            continue;
        if (event->index < 0)
            result_remark(result, "Worker %d (pid %d) %s (exit status %d).",
                event->worker, event->pid, describe_idle_exit(event->signal),
                event->signal);
        else if (event->signal == WORKLOAD_EXIT_OUT_OF_MEMORY)
            result_remark(
                result, "There was no memory left for task %" PRId64 ".", event->index);
        else
            result_remark(result,
                "Task %" PRId64 " ended its worker with exit status %d.", event->index,
                event->signal);
        break;
    }
    if (stage->failed == 0 || (result->plan.tells && result->plan.command == PLAN_MAP))
        return; /* or they are named one by one */
    char count[64];
    words_items_count(&result->plan, stage->done + stage->failed, sizeof count, count);
    result_remark(result, "%" PRId64 " of %s failed (%s).", stage->failed, count,
        result_stage_name(stage));
}

void remark_stage(struct result *result, const struct result_stage *stage)
{
    remark_taken(result, stage);
    remark_refused(result, stage);
    remark_unpinned(result, stage);
    remark_deaths(result, stage);
    if (stage->kind != RESULT_PROGRAM) /* the sentence says it */
        remark_failures(result, stage);
    if (stage->suspended_ns > 0)
        result_remark(result,
            "The %s stage was stopped for %.1f s in between, which is not counted.",
            result_stage_name(stage), (double)stage->suspended_ns / NS_PER_S);
}

static void remark_spread(struct result *result, enum result_stage_kind kind)
{
    int64_t least_ns = INT64_MAX, most_ns = 0;
    char least[32], most[32];
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind != kind || !stage->complete)
            continue;
        least_ns = stage->elapsed_ns < least_ns ? stage->elapsed_ns : least_ns;
        most_ns = stage->elapsed_ns > most_ns ? stage->elapsed_ns : most_ns;
    }
    if ((double)most_ns <= (1 + WIDE_SPREAD) * (double)least_ns)
        return;
    number_format_duration(least_ns, sizeof least, least);
    number_format_duration(most_ns, sizeof most, most);
    result_remark(result, "The repeats of the %s stage differ by %.0f %% (%s to %s).",
        result_stage_names[kind], 100 * ((double)most_ns / (double)(least_ns + 1) - 1),
        least, most);
}

void remark_repeats(struct result *result)
{
    for (int kind = 0; kind < RESULT_STAGE_KINDS && has_runs(&result->plan); kind++)
        for (int i = 0; i < TAKERS; i++)
            remark_taken_of(result, kind, &takers[i]);
    if (result->plan.command == PLAN_SWEEP) /* stages of other numbers of workers */
        return;
    remark_spread(result, RESULT_SEQUENTIAL);
    remark_spread(result, RESULT_PARALLEL);
}
