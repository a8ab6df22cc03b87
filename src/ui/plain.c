// SPDX-License-Identifier: MIT
#include "ui/plain.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "base/number.h"
#include "experiment/words.h"

/* A stage that is over sooner is not interrupted by its quarters; in a long one 30 s
 * pass. */
enum { QUARTERS_FROM_S = 10, SAY_EVERY_S = 30 };

static void say_planned(void *data, const struct result *result)
{
    struct plain *plain = data;
    char machine[400];
    words_machine(&result->machine, sizeof machine, machine);
    fprintf(plain->out, "%s on %s.\n", result->plan.title, machine);
    if (result->plan.size_reduced)
        fprintf(plain->out,
            "The size was made smaller, so that this machine ends in time.\n");
    for (size_t i = 0; i < result->remark_count; i++)
        fprintf(plain->out, "%s\n", result->remarks[i]);
}

static void say_started(void *data, const struct experiment_view *view)
{
    struct plain *plain = data;
    plain->quarters = 0;
    plain->said_ns = 0;
    words_stage(view->stage, sizeof plain->stage_name, plain->stage_name);
    plain->stage_name[0] = (char)toupper((unsigned char)plain->stage_name[0]);
    char duration[32];
    number_format_estimate(view->expected_ns, sizeof duration, duration);
    if (view->expected_ns > 0)
        fprintf(plain->out, "%s: about %s.\n", plain->stage_name, duration);
    else
        fprintf(plain->out, "%s: started.\n", plain->stage_name);
    fflush(plain->out);
}

static void say_quarter(struct plain *plain, const struct experiment_view *view)
{
    static const char *const words[] = {
        "", "A quarter done", "Half done", "Three quarters done"};
    fprintf(plain->out, "%s after %.0f s, %.1f of %d CPUs busy.\n",
        words[plain->quarters], (double)view->elapsed_ns / NS_PER_S, view->busy_cpus,
        view->result->machine.online_cpus);
}

static void say_count(
    struct plain *plain, const struct experiment_view *view, double left_ns)
{
    char passed[32], left[32], text[48] = "";
    number_format_estimate(view->elapsed_ns, sizeof passed, passed);
    number_format_estimate((int64_t)left_ns, sizeof left, left);
    if (left_ns > 0)
        snprintf(text, sizeof text, ", about %s left", left);
    fprintf(plain->out,
        "%" PRId64 " of %" PRId64 " done after %s%s, %.1f of %d CPUs busy.\n", view->done,
        view->result->plan.iterations, passed, text, view->busy_cpus,
        view->result->machine.online_cpus);
}

/* The whole stage at the speed so far; before the first task has ended, as expected. */
static double estimate_whole_ns(const struct experiment_view *view)
{
    int64_t ended = view->done + view->failed;
    if (ended == 0)
        return (double)view->expected_ns;
    return (double)view->elapsed_ns * (double)view->result->plan.iterations /
           (double)ended;
}

static void say_progress(void *data, const struct experiment_view *view)
{
    struct plain *plain = data;
    double whole_ns = estimate_whole_ns(view);
    int64_t ended = view->done + view->failed, tasks = view->result->plan.iterations;
    int quarters = (int)((double)ended * 4 / (double)tasks);
    bool by_quarters = ended > 0 && whole_ns < 4.0 * SAY_EVERY_S * NS_PER_S;
    if (!by_quarters && view->elapsed_ns - plain->said_ns >= SAY_EVERY_S * NS_PER_S)
        say_count(plain, view, whole_ns - (double)view->elapsed_ns);
    else if (by_quarters && quarters > plain->quarters && quarters < 4 &&
             whole_ns >= (double)QUARTERS_FROM_S * NS_PER_S) {
        plain->quarters = quarters;
        say_quarter(plain, view);
    } else
        return;
    plain->said_ns = view->elapsed_ns;
    fflush(plain->out);
}

static void say_ended(void *data, const struct experiment_view *view)
{
    struct plain *plain = data;
    char duration[32];
    number_format_duration(view->elapsed_ns, sizeof duration, duration);
    double busy = words_busy_cpus(view->stage);
    fprintf(plain->out, "%s: %s", plain->stage_name, duration);
    if (!view->stage->complete)
        fprintf(plain->out, ", stopped after %" PRId64 " of %" PRId64 " tasks",
            view->done, view->result->plan.iterations);
    if (busy >= 0)
        fprintf(plain->out, ", %.1f of %d CPUs busy", busy,
            view->result->machine.online_cpus);
    fputs(".\n", plain->out);
    fflush(plain->out);
}

struct experiment_observer plain_observer(struct plain *plain, FILE *out)
{
    *plain = (struct plain){.out = out};
    return (struct experiment_observer){.data = plain,
        .planned = say_planned,
        .stage_started = say_started,
        .sampled = say_progress,
        .stage_ended = say_ended};
}
