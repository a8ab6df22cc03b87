// SPDX-License-Identifier: MIT
/* What a person reads of a loop of her own, against the texts in tests/data/report. */
#include "forms.h"
#include "items.h"

#include <stdlib.h>

#include "experiment/comparison.h"
#include "experiment/sentence.h"

/* `files` files through a script, on as many workers as CPUs. */
static void make_loop(
    struct result *result, enum plan_command command, int64_t files, int cpus)
{
    made_result(result, "command", files, cpus);
    struct plan *plan = &result->plan;
    plan->command = command;
    plan->tells = plan->commands = true;
    plan->host_cpus = cpus;
    text_copy(sizeof plan->loop, plan->loop, "-- python3 prep.py {}");
    text_copy(sizeof plan->unit, plan->unit, "files");
    text_copy(sizeof plan->task, plan->task, "python3 prep.py {}");
    snprintf(plan->title, sizeof plan->title, "python3 prep.py {}, %d files", (int)files);
    text_copy(sizeof plan->log, plan->log, "run.jsonl");
}

static void fail_item(struct result_stage *stage, int64_t number, const char *err)
{
    char name[32];
    snprintf(name, sizeof name, "mouse-%03d.h5", (int)number);
    struct result_record *record = made_record(stage, number, 20 * 60 * NS_PER_S, 0);
    record->status = RESULT_FAILED;
    record->failed = 1;
    record->item = made_item(number, name, (const char *[]){"python3", name, NULL});
    record->item->exit_status = 1;
    if (err) {
        record->item->err = text_duplicate(err);
        record->item->err_size = strlen(err);
    }
    stage->failed++;
    stage->done--;
}

static void make_night(struct result *result, int failures)
{
    make_loop(result, PLAN_MAP, 300, 64);
    struct result_stage *stage =
        made_stage(result, RESULT_PARALLEL, 0, 64, 95 * 60 * NS_PER_S);
    stage->tasks_ns = 99 * 3600 * NS_PER_S;
    for (int i = 0; i < failures; i++)
        fail_item(stage, 17 + i,
            i == 0 ? "Traceback (most recent call last):\nKeyError: 'spikes'\n\n" : NULL);
    comparison_account(result);
}

static void assert_forms(struct result *result, const char *name)
{
    char plain[64];
    snprintf(plain, sizeof plain, "%s-plain", name);
    forms_assert(result, REPORT_TEXT_FULL, COLUMNS, name);
    forms_assert(result, REPORT_TEXT_PLAIN, 0, plain);
    result_finish(result);
}

static void a_night(void **state)
{
    struct result result;
    make_night(&result, 1);
    assert_forms(&result, "night");
    (void)state;
}

static void a_night_with_many_failures(void **state)
{
    struct result result;
    make_night(&result, 22);
    assert_forms(&result, "night-failures");
    (void)state;
}

static void nothing_to_do(void **state)
{
    struct result result;
    make_loop(&result, PLAN_MAP, 0, 2);
    result.nothing_to_do = true;
    assert_forms(&result, "items-none");
    make_loop(&result, PLAN_MAP, 0, 2);
    result.nothing_to_do = true;
    result.before = 300;
    assert_forms(&result, "items-before");
    (void)state;
}

static void a_run_that_is_projected(void **state)
{
    struct result result;
    make_loop(&result, PLAN_RUN, 300, 2);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 600 * NS_PER_S);
    stage->done = 6;
    stage->projected = true;
    stage->measured_ns = stage->cpu_ns = 12 * NS_PER_S;
    made_stage(&result, RESULT_PARALLEL, 0, 2, 305 * NS_PER_S);
    comparison_account(&result);
    comparison_compute(&result);
    sentence_write(&result);
    assert_forms(&result, "items-projected");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_night),
        cmocka_unit_test(a_night_with_many_failures),
        cmocka_unit_test(nothing_to_do),
        cmocka_unit_test(a_run_that_is_projected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
