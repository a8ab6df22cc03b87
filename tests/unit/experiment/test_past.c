// SPDX-License-Identifier: MIT
#include "experiment/past.h"

#include "experiment/remark.h"
#include "made.h"

enum { MS = 1000000 };

/* Two stages, and what was remarked before them, of each and at the end. */
static void made(struct result *result)
{
    made_result(result, "spin", 8, 2);
    result_remark(result, "It was not quiet.");
    for (int i = 0; i < 3; i++) {
        struct result_stage *stage =
            made_stage(result, i == 0 ? RESULT_SEQUENTIAL : RESULT_PARALLEL, i / 2,
                1 + (i > 0), (4000 >> i) * (int64_t)MS);
        stage->failed = i;
        stage->suspended_ns = i == 1 ? NS_PER_S : 0;
        for (int64_t t_ms = 100; t_ms * MS <= stage->elapsed_ns; t_ms += 100)
            result_samples_add(&stage->samples, 0, t_ms * MS);
        remark_stage(result, stage);
    }
    remark_repeats(result);
    result->comparison.has = true;
}

static void of_a_stage_that_runs_the_end_is_not_known(void **state)
{
    struct result result;
    struct past past;
    (void)state;
    made(&result);
    past_init(&past, &result);
    const struct result *then = past_at(&past, 1, 250 * MS);
    assert_int_equal(then->stage_count, 2);
    assert_true(then->stages[0].complete && !then->stages[1].complete);
    assert_int_equal(then->stages[1].elapsed_ns, 0);
    assert_int_equal(then->stages[1].worker_count, 0);
    assert_int_equal(then->stages[1].samples.count, 3); /* the third is under way */
    assert_false(then->comparison.has);
    assert_int_equal(past_at(&past, 1, 300 * MS)->stages[1].samples.count, 3);
    assert_int_equal(past_at(&past, 1, 301 * MS)->stages[1].samples.count, 4);
    assert_int_equal(past_at(&past, 0, 0)->stage_count, 1);
    then = past_after(&past, 1);
    assert_int_equal(then->stage_count, 2);
    assert_true(then->stages[1].complete);
    assert_int_equal(result.stages[1].samples.count, 20); /* as it was */
    assert_int_equal(result.stage_count, 3);
    past_finish(&past);
    result_finish(&result);
}

static void remarks_come_when_they_came(void **state)
{
    struct result result;
    struct past past;
    (void)state;
    made(&result);
    assert_int_equal(result.remark_count, 5);
    past_init(&past, &result);
    assert_int_equal(past_at(&past, 0, 0)->remark_count, 1);
    assert_int_equal(past_after(&past, 0)->remark_count, 1);
    assert_int_equal(past_after(&past, 1)->remark_count, 3);
    assert_int_equal(past_at(&past, 2, 0)->remark_count, 3);
    assert_int_equal(past_after(&past, 2)->remark_count, 5);
    past_finish(&past);
    result_finish(&result);
}

static void events_come_when_they_came(void **state)
{
    struct result result;
    struct past past;
    (void)state;
    made(&result);
    struct result_stage *stage = &result.stages[0];
    stage->event_count = 2;
    stage->events = memory_new(2, sizeof *stage->events);
    stage->events[0] = (struct result_event){.t_ns = 100, .what = RESULT_KILLED};
    stage->events[1] = (struct result_event){.t_ns = 200, .what = RESULT_REPLACED};
    past_init(&past, &result);
    assert_int_equal(past_at(&past, 0, 99)->stages[0].event_count, 0);
    assert_int_equal(past_at(&past, 0, 100)->stages[0].event_count, 1);
    assert_int_equal(past_after(&past, 0)->stages[0].event_count, 2);
    past_finish(&past);
    result_finish(&result);
}

/* Of whole programs there is no median before the end, but a failure shows at once. */
static void programs_are_named_and_no_more(void **state)
{
    struct result result;
    struct past past;
    (void)state;
    made(&result);
    struct result_programs *programs = &result.programs;
    programs->count = 2;
    programs->list = memory_new(2, sizeof *programs->list);
    for (size_t i = 0; i < 2; i++) {
        text_copy(sizeof programs->list[i].text, programs->list[i].text, "true");
        programs->list[i].elapsed_ns = 5;
        programs->list[i].failed = true;
    }
    result.stages[2].program = 1;
    text_copy(sizeof programs->sentence, programs->sentence, "One is faster.");
    past_init(&past, &result);
    const struct result_programs *then = &past_at(&past, 2, 0)->programs;
    assert_string_equal(then->list[1].text, "true");
    assert_int_equal(then->list[1].elapsed_ns, 0);
    assert_true(then->list[0].failed && !then->list[1].failed);
    assert_string_not_equal(then->sentence, "One is faster.");
    assert_string_equal(past_at(&past, 0, 0)->programs.sentence, "");
    assert_true(past_after(&past, 2)->programs.list[1].failed);
    assert_int_equal(programs->list[0].elapsed_ns, 5);
    past_finish(&past);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_stage_that_runs_the_end_is_not_known),
        cmocka_unit_test(remarks_come_when_they_came),
        cmocka_unit_test(events_come_when_they_came),
        cmocka_unit_test(programs_are_named_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
