// SPDX-License-Identifier: MIT
/* What a person reads of whole programs, against the texts in tests/data/report. */
#include "forms.h"

#include <stdlib.h>

#include "experiment/versus.h"

/* Runs of a program of so many milliseconds, the last of them 0. */
static void add_runs(struct result *result, int program, const int elapsed_ms[])
{
    for (int i = 0; elapsed_ms[i] > 0; i++) {
        struct result_stage *stage =
            made_stage(result, RESULT_PROGRAM, i, 1, elapsed_ms[i] * NS_PER_MS);
        stage->program = program;
        stage->processes = program == 0 ? 1 : 5;
        stage->threads = program == 0 ? 1 : 7;
        text_copy(
            sizeof stage->label, stage->label, program == 0 ? "a.py" : "python3 b.py 7");
        stage->records = memory_new(1, sizeof *stage->records);
        stage->record_count = 1;
        stage->records[0].item = memory_new(1, sizeof *stage->records[0].item);
        stage->records[0].item->cpu_ns = INT64_C(8200) * NS_PER_MS;
        stage->records[0].item->max_rss_bytes = (program + 1) * (INT64_C(12) << 20);
    }
}

static void make_programs(struct result *result, const int first[], const int second[])
{
    made_result(result, "", 1, 4);
    struct plan *plan = &result->plan;
    plan->command = PLAN_VERSUS;
    plan->program_count = result->programs.count = 2;
    text_copy(sizeof plan->title, plan->title, "a.py against python3 b.py 7");
    result->programs.list = memory_new(2, sizeof *result->programs.list);
    text_copy(PLAN_PROGRAM_SIZE, result->programs.list[0].text, "/x/a.py");
    text_copy(PLAN_PROGRAM_SIZE, result->programs.list[1].text, "python3 x/b.py 7");
    add_runs(result, 0, first);
    add_runs(result, 1, second);
}

static void repeated(void **state)
{
    struct result result;
    make_programs(&result, (int[]){8000, 8100, 8050, 0}, (int[]){2000, 2050, 2010, 0});
    versus_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "versus");
    forms_assert(&result, REPORT_TEXT_FULL, 40, "versus-40");
    forms_assert(&result, REPORT_TEXT_FULL, 20, "versus-20");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "versus-plain");
    forms_assert(&result, REPORT_TEXT_CLOSING, 0, "versus-closing");
    result_finish(&result);
    (void)state;
}

static void once(void **state)
{
    struct result result;
    make_programs(&result, (int[]){8000, 0}, (int[]){2000, 0});
    versus_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "versus-once");
    result_finish(&result);
    (void)state;
}

static void failed(void **state)
{
    struct result result;
    make_programs(&result, (int[]){8000, 0}, (int[]){2000, 0});
    result.stages[1].failed = 1;
    result.programs.list[1].failed = true;
    result.programs.list[1].signal = 11;
    text_copy(160, result.programs.list[1].last_line, "no memory");
    versus_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "versus-failed");
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeated),
        cmocka_unit_test(once),
        cmocka_unit_test(failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
