// SPDX-License-Identifier: MIT
#include "experiment/words_outcome.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"

static const double WORTH_NAMING = 0.005; /* of the workers' time */

void words_outcome(const struct result *result, size_t size, char text[])
{
    if (result->sweep.has && result->sweep.advice[0])
        text_copy(size, text, result->sweep.advice);
    else if (result->comparison.has)
        text_copy(size, text, result->comparison.sentence);
    else if (result->stage_count > 0)
        words_stage_ended(result, &result->stages[result->stage_count - 1], size, text);
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

bool words_part_label(
    const struct words_part parts[], size_t part, bool brief, size_t size, char text[])
{
    const struct words_part *one = &parts[part];
    text[0] = '\0';
    if (part > 0 && fabs(one->share) < WORTH_NAMING)
        return false;
    snprintf(text, size, "%s%s %.0f %%", part == 0 ? "workers " : "",
        brief ? words_account_brief(one->name) : one->name, 100 * one->share);
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
