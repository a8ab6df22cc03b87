// SPDX-License-Identifier: MIT
#include "experiment/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/remark.h"
#include "experiment/sweep.h"
#include "experiment/versus.h"

void past_init(struct past *past, const struct result *of)
{
    *past = (struct past){.of = of, .stage = -1};
}

/* Only what it does not share. */
static void forget(struct past *past)
{
    free(past->result.stages);
    free(past->result.sweep.points);
    free(past->result.programs.list);
    past->result = (struct result){0};
}

void past_finish(struct past *past)
{
    forget(past);
    *past = (struct past){0};
}

static bool has_remark(const struct result *result, const char *text)
{
    for (size_t i = 0; i < result->remark_count; i++)
        if (strcmp(result->remarks[i], text) == 0)
            return true;
    return false;
}

/* What is remarked of some of its stages. */
static void remark_stages(
    const struct past *past, size_t first, size_t end, struct result *ret_scratch)
{
    *ret_scratch = *past->of;
    ret_scratch->remark_count = 0;
    ret_scratch->remarks = NULL;
    for (size_t i = first; i < end; i++)
        remark_stage(ret_scratch, &past->of->stages[i]);
}

static void free_remarks(struct result *scratch)
{
    for (size_t i = 0; i < scratch->remark_count; i++)
        free(scratch->remarks[i]);
    free(scratch->remarks);
}

/* Remarks are in the order they were made, and those of a stage are made from it: the
 * list ends where the first one begins that only came later. */
static void look_back_at_remarks(struct past *past, size_t stages_over)
{
    struct result earlier, later;
    struct result *result = &past->result;
    remark_stages(past, 0, stages_over, &earlier);
    remark_stages(past, stages_over, past->of->stage_count, &later);
    if (stages_over < past->of->stage_count)
        remark_repeats(&later);
    result->remark_count = 0;
    while (result->remark_count < past->of->remark_count) {
        const char *text = past->of->remarks[result->remark_count];
        if (has_remark(&later, text) && !has_remark(&earlier, text))
            break;
        result->remark_count++;
    }
    free_remarks(&earlier);
    free_remarks(&later);
}

/* Whether all of its runs were over, or one had failed, after which there are no more. */
static bool was_settled(const struct past *past, size_t program, size_t stages_over)
{
    bool settled = true;
    for (size_t i = 0; i < past->of->stage_count; i++) {
        const struct result_stage *stage = &past->of->stages[i];
        if ((size_t)stage->program == program)
            settled = i < stages_over;
    }
    return settled && stages_over > 0;
}

/* Of a program its runs so far were known. */
static void look_back_at_programs(struct past *past, size_t stages_over)
{
    struct result_programs *programs = &past->result.programs;
    const struct result_program *known = programs->list;
    programs->sentence[0] = '\0';
    programs->list = memory_new(programs->count, sizeof *programs->list);
    for (size_t i = 0; i < programs->count; i++)
        if (was_settled(past, i, stages_over))
            programs->list[i] = known[i];
        else
            memcpy(programs->list[i].text, known[i].text, sizeof known[i].text);
    if (stages_over > 0)
        versus_compute(&past->result);
}

/* A stage that has just been opened. */
static struct result_stage opened(const struct result_stage *stage)
{
    struct result_stage running = *stage;
    running.elapsed_ns = running.measured_ns = 0;
    running.done = running.failed = 0;
    running.complete = running.projected = false;
    running.worker_count = 0;
    running.worker_list = NULL;
    return running;
}

static void look_back(struct past *past, int stage, bool over)
{
    const struct result *of = past->of;
    struct result *result = &past->result;
    size_t stages_over = (size_t)stage + over;
    forget(past);
    *result = *of;
    result->stage_count = (size_t)stage + 1;
    result->stages = memory_new(result->stage_count, sizeof *result->stages);
    memcpy(result->stages, of->stages, result->stage_count * sizeof *result->stages);
    if (!over)
        result->stages[stage] = opened(&of->stages[stage]);
    result->comparison = (struct result_comparison){0};
    result->sweep = (struct result_sweep){0};
    sweep_compute(result);
    look_back_at_programs(past, stages_over);
    look_back_at_remarks(past, stages_over);
    past->stage = stage;
    past->over = over;
}

const struct result *past_at(struct past *past, int stage, int64_t t_ns)
{
    const struct result_stage *whole = &past->of->stages[stage];
    if (!past->result.stages || past->stage != stage || past->over)
        look_back(past, stage, false);
    struct result_stage *running = &past->result.stages[stage];
    running->samples.count = running->event_count = 0;
    while (running->samples.count < whole->samples.count &&
           (running->samples.count == 0 ||
               whole->samples.t_ns[running->samples.count - 1] < t_ns))
        running->samples.count++;
    while (running->event_count < whole->event_count &&
           whole->events[running->event_count].t_ns <= t_ns)
        running->event_count++;
    return &past->result;
}

const struct result *past_after(struct past *past, int stage)
{
    if (!past->result.stages || past->stage != stage || !past->over)
        look_back(past, stage, true);
    return &past->result;
}
