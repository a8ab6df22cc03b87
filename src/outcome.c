// SPDX-License-Identifier: MIT
#include "outcome.h"

#include "experiment/verify.h"
#include "status.h"

enum { BY_SIGNAL = 128, NOT_STARTED = 127 }; /* as shells have it */

bool outcome_is_whole(const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (!result->stages[i].complete)
            return false;
    return result->stage_count > 0 || result->nothing_to_do;
}

static int status_of_program(const struct result_program *program)
{
    if (program->signal > 0)
        return BY_SIGNAL + program->signal;
    return program->error != 0 ? NOT_STARTED : program->exit_status;
}

static int status_of_check(const struct result_check *check, bool strict)
{
    switch (check->verdict) {
    case CHECK_FAIL:
        return STATUS_UNSUCCESSFUL;
    case CHECK_INCONCLUSIVE:
        return STATUS_INCONCLUSIVE;
    case CHECK_WARN:
        return strict ? STATUS_UNSUCCESSFUL : STATUS_DONE;
    default:
        return STATUS_DONE;
    }
}

int outcome_status(struct result *result)
{
    const struct result_programs *programs = &result->programs;
    if (result->plan.command == PLAN_WATCH && programs->count > 0)
        return status_of_program(&programs->list[0]);
    if (result->plan.command == PLAN_CHECK)
        return status_of_check(&result->check, result->plan.strict);
    bool right = verify_result(result) && outcome_is_whole(result);
    for (size_t i = 0; i < result->stage_count; i++)
        right = right && result->stages[i].failed == 0;
    return right ? STATUS_DONE : STATUS_UNSUCCESSFUL;
}
