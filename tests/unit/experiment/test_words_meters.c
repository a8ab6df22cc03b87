// SPDX-License-Identifier: MIT
#include "experiment/words_meters.h"

#include <math.h>

#include "base/clock.h"
#include "made.h"

static void assert_meters(const struct scene_meters *meters, const char *expected)
{
    struct machine_cpu cpus[3] = {{.id = 0}, {.id = 1}, {.id = 2}};
    const struct machine machine = {.cpu_count = 3, .cpus = cpus};
    char text[160];
    words_meters(meters, &machine, sizeof text, text);
    assert_string_equal(text, expected);
}

static void what_is_not_visible_is_named(void **state)
{
    static const int mhz[] = {0, 4200, 800}, alike[] = {2450, 2451, 2449}, none[3];
    assert_meters(&(struct scene_meters){mhz, 71.4, 33.6},
        "clocks 0.80 to 4.20 GHz, hottest 71 C, power 34 W");
    assert_meters(&(struct scene_meters){alike, NAN, NAN},
        "clocks 2.45 GHz; heat, power: not visible here");
    assert_meters(&(struct scene_meters){NULL, NAN, 3.21},
        "power 3.2 W; clocks, heat: not visible here");
    assert_meters(&(struct scene_meters){none, -3, NAN},
        "hottest -3 C; clocks, power: not visible here");
    assert_meters(
        &(struct scene_meters){NULL, NAN, NAN}, "clocks, heat, power: not visible here");
    (void)state;
}

static void assert_stage(const struct result_stage *stage, const char *expected)
{
    char text[80];
    words_meters_stage(stage, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_stage_says_what_was_read(void **state)
{
    assert_stage(&(struct result_stage){.workers = 1}, "");
    assert_stage(&(struct result_stage){.energy_j = 812.4}, "812 J");
    assert_stage(&(struct result_stage){.energy_j = 9.996}, "10.0 J");
    assert_stage(&(struct result_stage){.energy_j = 0.123}, "0.12 J");
    assert_stage(&(struct result_stage){.energy_j = 12345}, "12.3 kJ");
    assert_stage(
        &(struct result_stage){.celsius = 71.5, .clocks = {true, 800, 1000, 4200}},
        "0.80 to 4.20 GHz, 72 C");
    (void)state;
}

/* Two stages that have used so much; the comparison is there. */
static void make(struct result *result, double before_j, double after_j)
{
    static const enum result_stage_kind kinds[] = {RESULT_SEQUENTIAL, RESULT_PARALLEL};
    result_init(result);
    for (int i = 0; i < 2; i++) {
        struct result_stage *stage = result_add_stage(result);
        stage->kind = kinds[i];
        stage->workers = i + 1;
        stage->complete = true;
        stage->elapsed_ns = 1000 / (i + 1);
        stage->energy_j = i == 0 ? before_j : after_j;
    }
    result->comparison.has = true;
}

/* Likewise, with the power of an idle machine and the time of both. */
static void make_idle(struct result *result, const double joules[2], double idle_w,
    const int64_t seconds[2])
{
    make(result, joules[0], joules[1]);
    result->idle_w = idle_w;
    for (int i = 0; i < 2; i++)
        result->stages[i].elapsed_ns = seconds[i] * NS_PER_S;
}

static void assert_energy(struct result *result, const char *expected)
{
    char text[240];
    bool has_idle = words_meters_energy(result, sizeof text, text);
    assert_string_equal(text, expected);
    assert_int_equal(has_idle, strstr(text, "idle") != NULL);
    result_finish(result);
}

static void it_is_said_whether_racing_to_idle_was_cheaper(void **state)
{
    struct result result;
    make_idle(&result, (double[]){812, 611}, 3.8, (int64_t[]){20, 10});
    assert_energy(&result,
        "Energy: 812 J one after the other, 611 J 2 at a time and 38.0 J "
        "idle for the time saved: racing to idle was cheaper (0.80 "
        "times).");
    make_idle(&result, (double[]){500, 700}, 1, (int64_t[]){20, 10});
    assert_energy(&result, "Energy: 500 J one after the other, 700 J 2 at a time and "
                           "10.0 J idle for the time saved: racing to idle was dearer "
                           "(1.42 times).");
    make_idle(&result, (double[]){20000, 20000}, 40, (int64_t[]){20, 10});
    assert_energy(&result, "Energy: 20.0 kJ one after the other, 20.0 kJ 2 at a time and "
                           "400 J idle for the time saved: racing to idle made no "
                           "difference (1.02 times).");
    (void)state;
}

/* Less until it was done, but the machine does not stand still afterwards. */
static void idling_can_make_it_dearer(void **state)
{
    struct result result;
    make_idle(&result, (double[]){600, 500}, 20, (int64_t[]){20, 10});
    assert_energy(&result, "Energy: 600 J one after the other, 500 J 2 at a time and "
                           "200 J idle for the time saved: racing to idle was dearer "
                           "(1.17 times).");
    make_idle(&result, (double[]){600, 500}, 0, (int64_t[]){20, 10}); /* that is known */
    assert_energy(&result, "Energy: 600 J one after the other, 500 J 2 at a time and 0 J "
                           "idle for the time saved: racing to idle was cheaper (0.83 "
                           "times).");
    (void)state;
}

static void without_idle_power_there_is_no_verdict(void **state)
{
    struct result result;
    make_idle(&result, (double[]){812, 611}, NAN, (int64_t[]){20, 10});
    assert_energy(&result, "Energy: 812 J one after the other, 611 J 2 at a time, until "
                           "each was done (0.75 times as much).");
    /* and nothing was won by idling where nobody had the time for it */
    make_idle(&result, (double[]){500, 700}, 20, (int64_t[]){10, 20});
    assert_energy(&result, "Energy: 500 J one after the other, 700 J 2 at a time, until "
                           "each was done (1.40 times as much).");
    make_idle(&result, (double[]){500, 400}, 20, (int64_t[]){10, 10});
    assert_energy(&result, "Energy: 500 J one after the other, 400 J 2 at a time, until "
                           "each was done (0.80 times as much).");
    assert_string_not_equal(words_meters_note(true), words_meters_note(false));
    (void)state;
}

static void nothing_is_said_of_what_was_not_measured(void **state)
{
    struct result result;
    make(&result, 812, 0);
    assert_energy(&result, "");
    make(&result, 0, 611);
    assert_energy(&result, "");
    make(&result, 812, 611);
    result.comparison.has = false;
    assert_energy(&result, "");
    make(&result, 812, 611);
    result.stages[0].projected = true;
    assert_energy(&result, "");
    make(&result, 812, 611);
    result.stages[1].complete = false;
    assert_energy(&result, "");
    (void)state;
}

static void repeats_have_a_median(void **state)
{
    static const double joules[] = {900, 500, 0};
    struct result result;
    make_idle(&result, (double[]){812, 611}, 3.8, (int64_t[]){20, 11});
    for (int i = 0; i < 3; i++) {
        struct result_stage *stage = result_add_stage(&result);
        stage->kind = RESULT_PARALLEL;
        stage->workers = 2;
        stage->complete = true;
        stage->elapsed_ns = (i < 2 ? 8 + 2 * i : 1) * NS_PER_S; /* 11, 8, 10 count */
        stage->repeat = i + 1;
        stage->energy_j = joules[i];
    }
    assert_energy(&result,
        "Energy: 812 J one after the other, 611 J 2 at a time and 38.0 J "
        "idle for the time saved: racing to idle was cheaper (0.80 "
        "times).");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_visible_is_named),
        cmocka_unit_test(a_stage_says_what_was_read),
        cmocka_unit_test(it_is_said_whether_racing_to_idle_was_cheaper),
        cmocka_unit_test(idling_can_make_it_dearer),
        cmocka_unit_test(without_idle_power_there_is_no_verdict),
        cmocka_unit_test(nothing_is_said_of_what_was_not_measured),
        cmocka_unit_test(repeats_have_a_median),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
