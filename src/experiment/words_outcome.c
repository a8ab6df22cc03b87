// SPDX-License-Identifier: MIT
#include "experiment/words_outcome.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words_items.h"

static const double WORTH_NAMING = 0.005; /* of the workers' time */

/* Why two kinds of stage are not compared, though all was run: the count is that of the
 * stage with the most. */
static bool say_failed(const struct result *result, size_t size, char text[])
{
    const struct result_stage *worst = NULL;
    char count[48];
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].failed > (worst ? worst->failed : 0))
            worst = &result->stages[i];
    if (result->plan.command != PLAN_RUN || !worst)
        return false;
    words_items_count(&result->plan, worst->done + worst->failed, sizeof count, count);
    snprintf(text, size, "%" PRId64 " of %s failed, so no speed-up is given.",
        worst->failed, count);
    return true;
}

/* Where nothing is compared. */
static void say_alone(const struct result *result, size_t size, char text[])
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    if (result->plan.command == PLAN_MAP)
        words_items_ended(result, size, text);
    else if (!last->complete || !say_failed(result, size, text))
        words_stage_ended(result, last, size, text);
}

void words_outcome(const struct result *result, size_t size, char text[])
{
    const struct plan *plan = &result->plan;
    if (result->sweep.has && result->sweep.advice[0])
        text_copy(size, text, result->sweep.advice);
    else if (result->comparison.has)
        text_copy(size, text, result->comparison.sentence);
    else if (result->stage_count > 0)
        say_alone(result, size, text);
    else if (plan->tells && plan->iterations == 0)
        words_items_ended(result, size, text); /* there may have been nothing to do */
    else
        text_copy(size, text, "Stopped before the first task.");
}

const struct account *words_outcome_account(const struct result *result)
{
    const struct result_stage *stage = comparison_usual_stage(result, RESULT_PARALLEL);
    if (!stage)
        stage = result_find_stage(result, RESULT_PARALLEL, 0);
    return stage && stage->account.total_ns > 0 ? &stage->account : NULL;
}

void words_faster(const struct words_part *part, bool brief, size_t size, char text[])
{
    double percent = 100 * part->faster;
    text[0] = '\0';
    if (percent >= 100)
        snprintf(text, size, ", %.1f times as fast%s", 1 + part->faster,
            brief ? "" : " as alone");
    else if (percent >= 0.5)
        snprintf(text, size, ", %.0f %% faster%s", percent, brief ? "" : " than alone");
}

void words_part(const struct words_part *part, bool brief, size_t size, char text[])
{
    char faster[WORDS_FASTER_SIZE];
    words_faster(part, brief, sizeof faster, faster);
    snprintf(text, size, "%s %.0f %%%s",
        brief ? words_account_brief(part->name) : part->name, 100 * part->share, faster);
}

bool words_part_label(
    const struct words_part parts[], size_t part, bool brief, size_t size, char text[])
{
    char words[96];
    text[0] = '\0';
    if (part > 0 && parts[part].share < WORTH_NAMING)
        return false;
    words_part(&parts[part], brief, sizeof words, words);
    snprintf(text, size, "%s%s", part == 0 ? "workers " : "", words);
    return true;
}

void words_time(int64_t time_ns, int64_t axis_ns, bool exact, size_t size, char text[])
{
    if (time_ns == 0)
        text_copy(size, text, "0.0 s");
    else if (axis_ns < NS_PER_S || time_ns >= 100 * NS_PER_S)
        number_format_duration(time_ns, size, text);
    else
        snprintf(text, size, "%.*f s", exact && axis_ns <= 10 * NS_PER_S ? 2 : 1,
            (double)time_ns / NS_PER_S);
}
