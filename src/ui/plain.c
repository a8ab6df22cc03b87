// SPDX-License-Identifier: MIT
#include "ui/plain.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/expect.h"
#include "experiment/words.h"

static void say_planned(void *data, const struct result *result)
{
    struct plain *plain = data;
    char machine[400];
    if (result->plan.command == PLAN_CHECK) {
        plain_check_begin(&plain->check, plain->out, result);
        fflush(plain->out);
        return;
    }
    words_machine(&result->machine, sizeof machine, machine);
    if (result->plan.command == PLAN_WATCH && result->programs.count == 0)
        fprintf(plain->out, "Watching %s.\n", machine);
    else
        fprintf(plain->out, "%s on %s.\n", result->plan.title, machine);
    if (result->plan.size_reduced)
        fprintf(plain->out,
            "The size was made smaller, so that this machine ends in time.\n");
    if (result->plan.log[0])
        fprintf(plain->out, "What is done is kept in %s.\n", result->plan.log);
    for (size_t i = 0; i < result->remark_count; i++)
        fprintf(plain->out, "%s\n", result->remarks[i]);
    fflush(plain->out);
}

static bool is_sweep(const struct scene *scene)
{
    return scene->result->plan.command == PLAN_SWEEP;
}

static bool is_check(const struct scene *scene)
{
    return scene->result->plan.command == PLAN_CHECK;
}

/* A sweep has many stages: what it is at is said only of those that take long. */
static void say_started(void *data, const struct scene *scene)
{
    struct plain *plain = data;
    plain->quarters = 0;
    plain->said_ns = 0;
    plain_items_begin(&plain->items, scene);
    words_stage(scene_stage(scene), sizeof plain->stage_name, plain->stage_name);
    if (scene_stage(scene)->kind != RESULT_PROGRAM)
        plain->stage_name[0] = (char)toupper((unsigned char)plain->stage_name[0]);
    char duration[32];
    number_format_estimate(scene->expected_ns, sizeof duration, duration);
    if (is_sweep(scene) && scene->expected_ns > 0 &&
        scene->expected_ns < PLAIN_EVERY_S * NS_PER_S)
        return;
    if (scene->expected_ns > 0)
        fprintf(plain->out, "%s: about %s.\n", plain->stage_name, duration);
    else
        fprintf(plain->out, "%s: started.\n", plain->stage_name);
    fflush(plain->out);
}

/* ", 1.0 of 2 CPUs busy" */
static void describe_busy(const struct scene *scene, size_t size, char text[])
{
    text[0] = '\0';
    if (scene->busy_cpus >= 0)
        snprintf(text, size, ", %.1f of %d CPUs busy", scene->busy_cpus,
            scene->result->machine.online_cpus);
}

static void say_quarter(struct plain *plain, const struct scene *scene)
{
    static const char *const words[] = {
        "", "A quarter done", "Half done", "Three quarters done"};
    char busy[48];
    describe_busy(scene, sizeof busy, busy);
    fprintf(plain->out, "%s after %.0f s%s.\n", words[plain->quarters],
        (double)scene->elapsed_ns / NS_PER_S, busy);
}

static void say_count(struct plain *plain, const struct scene *scene, int64_t left_ns)
{
    char passed[32], left[32], text[48] = "";
    number_format_estimate(scene->elapsed_ns, sizeof passed, passed);
    number_format_estimate(left_ns, sizeof left, left);
    if (left_ns > 0)
        snprintf(text, sizeof text, ", about %s left", left);
    char busy[48];
    describe_busy(scene, sizeof busy, busy);
    fprintf(plain->out, "%" PRId64 " of %" PRId64 " done after %s%s%s.\n", scene->done,
        scene->result->plan.iterations, passed, text, busy);
}

static void say_watched(struct plain *plain, const struct scene *scene)
{
    int online = scene->result->machine.online_cpus;
    if (scene->elapsed_ns - plain->said_ns < PLAIN_EVERY_S * NS_PER_S ||
        scene->busy_cpus < 0)
        return;
    fprintf(plain->out, "%.1f of %d CPU%s busy.\n", scene->busy_cpus, online,
        online == 1 ? "" : "s");
    plain->said_ns = scene->elapsed_ns;
    fflush(plain->out);
}

static void say_progress(void *data, const struct scene *scene)
{
    struct plain *plain = data;
    if (scene->phase == SCENE_WATCHING)
        say_watched(plain, scene);
    if (is_check(scene)) {
        plain_check_say(&plain->check, plain->out, scene);
        fflush(plain->out);
    }
    if (scene->phase != SCENE_RUNNING)
        return;
    plain_items_say_news(&plain->items, scene);
    if (plain_items_are_told(scene)) {
        plain_items_say_progress(&plain->items, scene);
        return;
    }
    int64_t whole_ns = expect_whole_ns(scene);
    int64_t ended = scene->done + scene->failed, tasks = scene->result->plan.iterations;
    int quarters = (int)((double)ended * 4 / (double)tasks);
    bool by_quarters =
        !is_sweep(scene) && ended > 0 && whole_ns < 4 * PLAIN_EVERY_S * NS_PER_S;
    if (!by_quarters && scene->elapsed_ns - plain->said_ns >= PLAIN_EVERY_S * NS_PER_S)
        say_count(plain, scene, whole_ns - scene->elapsed_ns);
    else if (by_quarters && quarters > plain->quarters && quarters < 4 &&
             whole_ns >= PLAIN_QUARTERS_FROM_S * NS_PER_S) {
        plain->quarters = quarters;
        say_quarter(plain, scene);
    } else
        return;
    plain->said_ns = scene->elapsed_ns;
    fflush(plain->out);
}

/* A stage of a sweep as one point of it: "4 at a time (run 2 of 3): 3.10 s, 1.95 times as
 * fast." */
static void describe_point(
    const struct plain *plain, const struct scene *scene, size_t size, char text[])
{
    const struct plan *plan = &scene->result->plan;
    const struct result_stage *stage = scene_stage(scene);
    const struct result_stage *alone =
        result_find_stage(scene->result, RESULT_SEQUENTIAL, 0);
    char duration[32];
    number_format_duration(stage->elapsed_ns, sizeof duration, duration);
    snprintf(text, size, "%s", plain->stage_name);
    if (plan->repeats > 1)
        text_append(size, text, " (run %d of %d)", stage->repeat + 1, plan->repeats);
    text_append(size, text, ": %s", duration);
    if (stage->kind == RESULT_PARALLEL && alone && alone->complete &&
        stage->elapsed_ns > 0)
        text_append(size, text, ", %.2f times as fast",
            (double)alone->elapsed_ns / (double)stage->elapsed_ns);
    text_append(size, text, ".");
}

static void say_ended(void *data, const struct scene *scene)
{
    struct plain *plain = data;
    const struct result_stage *stage = scene_stage(scene);
    char text[160];
    plain_items_say_news(&plain->items, scene);
    if (plain_items_are_told(scene) || is_check(scene)) /* the report begins with what it
                                                           came to */
        return;
    if (is_sweep(scene) && stage->complete)
        describe_point(plain, scene, sizeof text, text);
    else
        words_stage_ended(scene->result, stage, sizeof text, text);
    fprintf(plain->out, "%s\n", text);
    fflush(plain->out);
}

struct experiment_observer plain_observer_from(
    struct plain *plain, FILE *out, const struct scene *scene)
{
    struct experiment_observer observer = plain_observer(plain, out);
    const struct result_stage *stage = scene_stage(scene);
    if (stage)
        words_stage(stage, sizeof plain->stage_name, plain->stage_name);
    if (stage && stage->kind != RESULT_PROGRAM)
        plain->stage_name[0] = (char)toupper((unsigned char)plain->stage_name[0]);
    plain->said_ns = scene->elapsed_ns;
    plain_items_begin(&plain->items, scene);
    plain->quarters = plain->items.quarters;
    return observer;
}

struct experiment_observer plain_observer(struct plain *plain, FILE *out)
{
    *plain = (struct plain){.out = out, .items.out = out};
    return (struct experiment_observer){.data = plain,
        .planned = say_planned,
        .stage_started = say_started,
        .sampled = say_progress,
        .stage_ended = say_ended};
}
