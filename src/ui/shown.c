// SPDX-License-Identifier: MIT
#include "ui/shown.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/sweep.h"
#include "experiment/words_outcome.h"
#include "model/axis.h"

static struct shown show(const struct scene *scene, const struct result_stage *stage)
{
    struct shown shown = {.kind = stage->kind, .stage = stage};
    shown.running = scene->phase == SCENE_RUNNING && stage == scene_stage(scene);
    shown.until_ns = shown.running ? scene->elapsed_ns : stage->elapsed_ns;
    return shown;
}

int64_t shown_measured_ns(const struct shown *shown)
{
    if (!shown->stage || shown->running || !shown->stage->projected)
        return shown->until_ns;
    int64_t measured_ns = result_measured_ns(shown->stage);
    return measured_ns < shown->until_ns ? measured_ns : shown->until_ns;
}

struct shown shown_find(const struct scene *scene, enum result_stage_kind kind)
{
    const struct result *result = scene->result;
    const struct result_stage *usual = NULL;
    if (scene->phase == SCENE_ENDED)
        usual = comparison_usual_stage(result, kind);
    for (int i = scene->stage; i >= 0 && !usual; i--)
        if (result->stages[i].kind == kind)
            usual = &result->stages[i];
    return usual ? show(scene, usual) : (struct shown){.kind = kind};
}

/* Of a sweep every stage counts alike; of what is over that which came out best. */
static struct shown find_in_sweep(const struct scene *scene)
{
    const struct result_stage *advised = NULL;
    if (scene->phase == SCENE_ENDED)
        advised = sweep_advised_stage(scene->result);
    if (advised)
        return show(scene, advised);
    return scene->stage >= 0 ? show(scene, scene_stage(scene))
                             : (struct shown){.kind = RESULT_SEQUENTIAL};
}

struct shown shown_latest(const struct scene *scene)
{
    if (scene->result->plan.command == PLAN_SWEEP)
        return find_in_sweep(scene);
    struct shown parallel = shown_find(scene, RESULT_PARALLEL);
    if (scene->phase == SCENE_ENDED && parallel.stage)
        return parallel;
    return scene->stage >= 0 ? show(scene, scene_stage(scene)) : parallel;
}

/* Where nobody has said how many: one for each CPU, if there are tasks enough. */
static int workers_to_come(const struct plan *plan)
{
    double workers = plan->workers;
    if (plan->workers == 0 && plan->command != PLAN_SWEEP)
        workers = fmin(ceil(plan->host_cpus), PLAN_WORKERS_MAX);
    if (plan->iterations > 0)
        workers = fmin(workers, (double)plan->iterations);
    return (int)workers;
}

void shown_name(const struct scene *scene, const struct shown *shown, bool brief,
    size_t size, char text[])
{
    const struct plan *plan = &scene->result->plan;
    struct result_stage now = {.kind = shown->kind, .workers = workers_to_come(plan)};
    const struct result_stage *stage = shown->stage ? shown->stage : &now;
    if (shown->running && scene->items && stage->kind == RESULT_PARALLEL) {
        now = *stage; /* their number changes while it runs */
        now.workers = now.workers_asked = scene->items->workers;
        stage = &now;
    }
    if (stage->kind == RESULT_SEQUENTIAL && brief)
        text_copy(size, text, "one by one");
    else if (stage->kind == RESULT_PARALLEL && stage->workers == 0)
        text[0] = '\0'; /* nobody knows yet how many */
    else
        words_stage(stage, size, text);
    if (!brief && shown->stage && plan->repeats > 1 && stage->repeat >= 0)
        text_append(size, text, "  (run %d of %d)", stage->repeat + 1, plan->repeats);
}

static void format_time(const struct view_input *input, int64_t elapsed_ns, bool running,
    size_t size, char text[])
{
    int64_t scale_ns = input->axis ? input->axis->end_ns : NS_PER_S;
    words_time(elapsed_ns, scale_ns, !running, size, text);
}

void shown_time(const struct shown *shown, const struct view_input *input, int columns,
    size_t size, char text[])
{
    text[0] = '\0';
    if (!shown->stage)
        return;
    format_time(input, shown->running ? input->figures->elapsed_ns : shown->until_ns,
        shown->running, size, text);
    char more[80] = "";
    if (shown->running)
        text_copy(sizeof more, more, " so far");
    else if (shown->stage->projected)
        snprintf(more, sizeof more, ", projected from %" PRId64 " of %" PRId64,
            shown->stage->done + shown->stage->failed,
            input->scene->result->plan.iterations);
    else if (!shown->stage->complete)
        text_copy(sizeof more, more, ", stopped");
    if (canvas_width_of(text) + canvas_width_of(more) <= columns)
        text_append(size, text, "%s", more);
}

struct scene shown_held(const struct view_input *input)
{
    struct scene scene = *input->scene;
    scene.elapsed_ns = input->figures->elapsed_ns;
    scene.done = input->figures->done;
    scene.failed = input->figures->failed;
    return scene;
}

const char *shown_item(const struct scene_items *items, const struct scene_worker *worker)
{
    if (worker->index < 0)
        return NULL;
    if (worker->item[0])
        return worker->item;
    for (size_t i = 0; i < items->longest_count; i++)
        if (items->longest[i].worker == worker->worker)
            return items->longest[i].name;
    return NULL;
}

int shown_workers_asked(const struct result_stage *stage)
{
    return stage->workers_asked > stage->workers ? stage->workers_asked : stage->workers;
}

void shown_format_left(int64_t left_ns, size_t size, char text[])
{
    char left[32] = "0 s";
    text[0] = '\0';
    if (left_ns < 0)
        return;
    if (left_ns >= NS_PER_S / 20)
        number_format_estimate(left_ns, sizeof left, left);
    snprintf(text, size, "about %s left", left);
}

void shown_left(const struct view_input *input, size_t size, char text[])
{
    shown_format_left(input->figures->left_ns, size, text);
}

void shown_done(const struct view_input *input, size_t size, char text[])
{
    const struct figures *figures = input->figures;
    int64_t tasks = input->scene->result->plan.iterations;
    text[0] = '\0';
    if (tasks == 0) /* not settled yet */
        return;
    snprintf(text, size, "%" PRId64 " of %" PRId64 "%s", figures->done, tasks,
        figures->failed > 0 ? "" : " done");
    if (figures->failed > 0)
        text_append(size, text, ", %" PRId64 " failed", figures->failed);
}

void shown_draw_nothing(
    struct canvas *canvas, const struct frame *frame, const struct view_input *input)
{
    struct area area = frame->area;
    bool watching = input->scene->result->plan.command == PLAN_WATCH;
    if (area.rows >= 3) {
        area.row += 2;
        area.rows -= 2;
    }
    canvas_paragraph(canvas, area, STYLE_TEXT,
        watching ? "Nothing is run: the machine is looked at, there are no tasks."
                 : "No task has begun yet.");
}
