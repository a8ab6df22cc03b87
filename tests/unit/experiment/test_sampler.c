// SPDX-License-Identifier: MIT
#include "experiment/sampler.h"

#include "../machine/fixture.h"

#include <errno.h>
#include <math.h>
#include <time.h>

#include "base/clock.h"

/* A tree whose proc/stat is rewritten in place, and a sampler on it. */
struct place {
    char *folder;
    struct root root;
    struct machine_cpu cpus[3]; /* 0, 1 and 6 */
    struct machine machine;
    struct sampler *sampler;
    struct result_stage stage;
};

/* Counters in the order of the file: user nice system idle iowait irq softirq steal. */
struct line {
    int id;
    unsigned long ticks[8];
};

static void write_stat(const struct place *place, size_t count, const struct line lines[])
{
    char text[2048];
    int length = snprintf(text, sizeof text, "cpu  1 2 3 4 5 6 7 8 0 0\n");
    for (size_t i = 0; i < count; i++) {
        length +=
            snprintf(text + length, sizeof text - (size_t)length, "cpu%d", lines[i].id);
        for (size_t field = 0; field < 8; field++)
            length += snprintf(text + length, sizeof text - (size_t)length, " %lu",
                lines[i].ticks[field]);
        length += snprintf(text + length, sizeof text - (size_t)length, " 0 0\n");
    }
    snprintf(text + length, sizeof text - (size_t)length, "intr 0\nctxt 5\n");
    fixture_write(place->folder, "proc/stat", text);
}

#define WRITE(PLACE, ...)                                                                \
    write_stat(PLACE, sizeof((struct line[]){__VA_ARGS__}) / sizeof(struct line),        \
        (struct line[]){__VA_ARGS__})

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct fault fault;
    place->folder = fixture_make_folder();
    WRITE(place, {0, {0}}, {1, {0}});
    fixture_open_path(place->folder, &place->root);
    static const int ids[] = {0, 1, 6};
    for (size_t i = 0; i < 3; i++)
        place->cpus[i].id = ids[i];
    place->machine =
        (struct machine){.cpu_count = 3, .cpus = place->cpus, .online_cpus = 2};
    if (sampler_create(&place->root, &place->machine, &place->sampler, &fault) < 0)
        return -1;
    place->stage.samples.period_ns = 100;
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    sampler_destroy(place->sampler);
    result_stage_finish(&place->stage);
    root_close(&place->root);
    fixture_remove(place->folder);
    free(place);
    return 0;
}

/* A cell of a sample; a mode that was 0 throughout has none. */
static int cell(
    const struct place *place, size_t sample, size_t cpu, enum result_mode mode)
{
    const uint8_t *cells = place->stage.samples.modes[mode];
    assert_true(sample < place->stage.samples.count);
    return cells ? cells[sample * place->stage.cpu_count + cpu] : 0;
}

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-6))
        fail_msg("%.9f, not %.9f", value, expected);
}

static void the_stage_gets_the_machine_s_cpus(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    assert_int_equal(place->stage.cpu_count, 3);
    assert_int_equal(place->stage.cpus[0].id, 0);
    assert_int_equal(place->stage.cpus[2].id, 6);
    for (size_t i = 0; i < 3; i++)
        assert_true(place->stage.cpus[i].busy == -1);
    assert_int_equal(place->stage.samples.count, 0);
}

static void shares_are_exact(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {1000, 100, 500, 90000, 10, 5, 5, 50}}, {1, {0, 0, 0, 100}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {1020, 104, 510, 90051, 20, 7, 6, 52}}, {1, {0, 0, 0, 200}});
    sampler_sample(place->sampler, &place->stage, 12345);
    assert_int_equal(place->stage.samples.count, 1);
    assert_int_equal(place->stage.samples.t_ns[0], 12345);
    assert_int_equal(cell(place, 0, 0, RESULT_USER), 51); /* of 255 */
    assert_int_equal(cell(place, 0, 0, RESULT_NICE), 10);
    assert_int_equal(cell(place, 0, 0, RESULT_SYSTEM), 26);
    assert_int_equal(cell(place, 0, 0, RESULT_IRQ), 8);
    assert_int_equal(cell(place, 0, 0, RESULT_STEAL), 5);
    assert_int_equal(cell(place, 0, 0, RESULT_ABSENT), 0);
    assert_int_equal(cell(place, 0, 1, RESULT_USER), 0);
    assert_int_equal(cell(place, 0, 1, RESULT_ABSENT), 0);
    sampler_end(place->sampler, &place->stage);
    const struct result_cpu *cpu = &place->stage.cpus[0];
    assert_near(cpu->busy, 0.37);
    assert_near(cpu->user, 0.20);
    assert_near(cpu->nice, 0.04);
    assert_near(cpu->system, 0.10);
    assert_near(cpu->irq, 0.03);
    assert_near(cpu->steal, 0.02);
    assert_near(place->stage.cpus[1].busy, 0);
}

static void a_whole_cpu_is_255(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {7}}, {1, {0, 0, 0, 7}});
    sampler_sample(place->sampler, &place->stage, 1);
    assert_int_equal(cell(place, 0, 0, RESULT_USER), 255);
    assert_int_equal(cell(place, 0, 1, RESULT_USER), 0);
    for (int mode = RESULT_NICE; mode < RESULT_ABSENT; mode++)
        assert_null(place->stage.samples.modes[mode]);
}

static void iowait_and_steal_may_go_back(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {100, 0, 0, 100, 80, 0, 0, 90}}, {1, {0, 0, 0, 5, 5}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {130, 0, 0, 110, 20, 0, 0, 10}}, {1, {0, 0, 0, 9, 1}});
    sampler_sample(place->sampler, &place->stage, 1);
    assert_int_equal(cell(place, 0, 0, RESULT_USER), 191); /* 30 of 40 */
    assert_int_equal(cell(place, 0, 0, RESULT_STEAL), 0);
    assert_int_equal(cell(place, 0, 1, RESULT_USER), 0);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.75);
    assert_near(place->stage.cpus[0].steal, 0);
    assert_near(place->stage.cpus[1].busy, 0);
}

static void stolen_time_is_not_busy(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {50, 0, 0, 0, 0, 0, 0, 50}}, {1, {0, 0, 0, 1}});
    sampler_sample(place->sampler, &place->stage, 1);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.5);
    assert_near(place->stage.cpus[0].steal, 0.5);
}

/* CPU 1 goes offline and comes back with the counters of its whole life: half of that was
 * busy, but of its time within this stage all was. */
static void a_cpu_that_was_away_is_absent_and_never_its_life_s_mean(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {100, 0, 0, 100}}, {1, {5000, 0, 0, 5000}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {110, 0, 0, 100}}, {1, {5010, 0, 0, 5000}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {120, 0, 0, 100}});
    sampler_sample(place->sampler, &place->stage, 2);
    assert_int_equal(place->stage.samples.count, 2);
    WRITE(place, {0, {130, 0, 0, 100}}, {1, {5010, 0, 0, 5000}});
    sampler_sample(place->sampler, &place->stage, 3);
    WRITE(place, {0, {140, 0, 0, 100}}, {1, {5020, 0, 0, 5000}});
    sampler_sample(place->sampler, &place->stage, 4);
    static const int absent[] = {0, 255, 255, 0};
    for (size_t sample = 0; sample < 4; sample++) {
        assert_int_equal(cell(place, sample, 1, RESULT_ABSENT), absent[sample]);
        assert_int_equal(cell(place, sample, 1, RESULT_USER), 255 - absent[sample]);
        assert_int_equal(cell(place, sample, 0, RESULT_ABSENT), 0);
        assert_int_equal(cell(place, sample, 0, RESULT_USER), 255);
        assert_int_equal(cell(place, sample, 2, RESULT_ABSENT), 255); /* never there */
    }
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 1);
    assert_near(place->stage.cpus[1].busy, 1);
    assert_true(place->stage.cpus[2].busy == -1);
}

static void a_cpu_that_is_gone_at_the_end_or_came_later_has_no_share(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {1}}, {1, {1, 0, 0, 1}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {2}}, {6, {900, 0, 0, 100}});
    sampler_sample(place->sampler, &place->stage, 1);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 1);
    assert_true(place->stage.cpus[1].busy == -1);
    assert_true(place->stage.cpus[2].busy == -1);
    assert_int_equal(cell(place, 0, 2, RESULT_ABSENT), 255);
}

/* In a hole between the known ones, and behind the last. */
static void a_cpu_that_nobody_listed_changes_nothing(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {10, 0, 0, 10}}, {6, {7000, 0, 0, 3000}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {20, 0, 0, 20}}, {3, {500}}, {6, {7020, 0, 0, 3000}}, {9, {800}},
        {4000, {900}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {30, 0, 0, 30}}, {3, {510}}, {6, {7040, 0, 0, 3000}}, {9, {810}});
    sampler_sample(place->sampler, &place->stage, 2);
    sampler_end(place->sampler, &place->stage);
    assert_int_equal(place->stage.cpu_count, 3);
    assert_int_equal(cell(place, 1, 0, RESULT_USER), 128);
    assert_int_equal(cell(place, 1, 1, RESULT_ABSENT), 255);
    assert_int_equal(cell(place, 1, 2, RESULT_USER), 255);
    assert_near(place->stage.cpus[0].busy, 0.5);
    assert_true(place->stage.cpus[1].busy == -1);
    assert_near(place->stage.cpus[2].busy, 1);
}

static void a_reading_that_fails_leaves_no_sample(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    fixture_write(place->folder, "proc/stat", "");
    sampler_sample(place->sampler, &place->stage, 1);
    assert_int_equal(place->stage.samples.count, 0);
    fixture_write(place->folder, "proc/stat", "cpu 1 2 3 4\ncpu0 1 2\n");
    sampler_sample(place->sampler, &place->stage, 2);
    assert_int_equal(place->stage.samples.count, 0);
    WRITE(place, {0, {10}}, {1, {5, 0, 0, 5}});
    sampler_sample(place->sampler, &place->stage, 3);
    assert_int_equal(place->stage.samples.count, 1);
    assert_int_equal(place->stage.samples.t_ns[0], 3);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 1);
    assert_near(place->stage.cpus[1].busy, 0.5);
}

static void past_600_samples_the_period_doubles(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    for (unsigned long i = 1; i <= 601; i++) {
        unsigned long pair = (i + 1) / 2; /* CPU 1 is busy in every second sample */
        WRITE(
            place, {0, {10 * i, 0, 0, 10 * i}}, {1, {10 * pair, 0, 0, 10 * (i - pair)}});
        sampler_sample(place->sampler, &place->stage, 100 * (int64_t)i);
    }
    const struct result_samples *samples = &place->stage.samples;
    assert_int_equal(samples->count, 301);
    assert_int_equal(samples->period_ns, 200);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(samples->t_ns[i], 200 * (i + 1));
        assert_int_equal(cell(place, i, 0, RESULT_USER), 128);
        assert_int_equal(cell(place, i, 1, RESULT_USER), 128);
        assert_int_equal(cell(place, i, 2, RESULT_ABSENT), 255);
    }
    assert_int_equal(samples->t_ns[300], 60100);
    assert_int_equal(cell(place, 300, 0, RESULT_USER), 128);
    assert_int_equal(cell(place, 300, 1, RESULT_USER), 255);
    sampler_end(place->sampler, &place->stage); /* of all 601 */
    assert_near(place->stage.cpus[0].busy, 0.5);
    assert_near(place->stage.cpus[1].busy, 301.0 / 601);
}

static void the_stage_s_shares_are_between_its_first_and_last_reading(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {1000}}, {1, {0, 0, 0, 1000}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {1030, 0, 0, 0}}, {1, {0, 0, 0, 1010}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {1030, 0, 0, 10}}, {1, {10, 0, 0, 1040}});
    sampler_sample(place->sampler, &place->stage, 2);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.75);
    assert_near(place->stage.cpus[1].busy, 0.2);
}

/* Neither in a sample nor in the stage's shares, field by field. */
static void what_is_skipped_counts_nowhere(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {1000, 0, 0, 0, 50}}, {1, {0, 0, 0, 1000, 0, 0, 0, 7}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {1030, 0, 0, 10, 50}}, {1, {0, 0, 0, 1040, 0, 0, 0, 7}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {1030, 0, 0, 9010, 40}}, {1, {5000, 0, 0, 2040, 0, 0, 0, 900}});
    sampler_skip(place->sampler);
    assert_int_equal(place->stage.samples.count, 1);
    WRITE(place, {0, {1060, 0, 0, 9020, 40}}, {1, {5020, 0, 0, 2080, 0, 0, 0, 920}});
    sampler_sample(place->sampler, &place->stage, 2);
    assert_int_equal(place->stage.samples.count, 2);
    assert_int_equal(cell(place, 1, 0, RESULT_USER), 191); /* 30 of 40 */
    assert_int_equal(cell(place, 1, 1, RESULT_USER), 64);  /* 20 of 80 */
    assert_int_equal(cell(place, 1, 1, RESULT_STEAL), 64);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.75);
    assert_near(place->stage.cpus[1].busy, 1.0 / 6);
    assert_near(place->stage.cpus[1].steal, 1.0 / 6);
}

/* CPU 0 is there throughout, 1 goes meanwhile, 6 comes. */
static void a_cpu_that_came_or_went_while_it_skipped_has_no_share(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {0}}, {1, {0}}, {6, {0}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {10, 0, 0, 10}}, {1, {10, 0, 0, 10}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {10, 0, 0, 500}}, {6, {900, 0, 0, 100}});
    sampler_skip(place->sampler);
    WRITE(place, {0, {20, 0, 0, 510}}, {1, {400, 0, 0, 30}}, {6, {910, 0, 0, 100}});
    sampler_sample(place->sampler, &place->stage, 2);
    WRITE(place, {0, {30, 0, 0, 520}}, {1, {410, 0, 0, 30}}, {6, {920, 0, 0, 100}});
    sampler_sample(place->sampler, &place->stage, 3);
    assert_int_equal(cell(place, 2, 1, RESULT_USER), 255);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.5);
    assert_true(place->stage.cpus[1].busy == -1);
    assert_true(place->stage.cpus[2].busy == -1);
}

/* One that was away before and after has lost nothing. */
static void a_cpu_that_was_away_while_it_skipped_keeps_its_share(void **state)
{
    struct place *place = *state;
    WRITE(place, {0, {0}}, {1, {0}});
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {10}});
    sampler_sample(place->sampler, &place->stage, 1);
    WRITE(place, {0, {20}});
    sampler_skip(place->sampler);
    WRITE(place, {0, {30}}, {1, {10, 0, 0, 30}});
    sampler_sample(place->sampler, &place->stage, 2);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 1);
    assert_near(place->stage.cpus[1].busy, 0.25);
}

static void a_reading_that_fails_skips_nothing(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    fixture_write(place->folder, "proc/stat", "");
    sampler_skip(place->sampler);
    WRITE(place, {0, {10, 0, 0, 30}}, {1, {0, 0, 0, 40}});
    sampler_sample(place->sampler, &place->stage, 1);
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.25);
}

static void rest(int64_t ns)
{
    struct timespec left = clock_timespec(ns);
    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        continue;
}

static void loads_need_two_readings_100_ms_apart(void **state)
{
    struct place *place = *state;
    assert_null(sampler_loads(place->sampler));
    assert_true(sampler_busy_cpus(place->sampler) == -1);
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {10}}, {1, {10}});
    sampler_sample(place->sampler, &place->stage, 1);
    sampler_look(place->sampler);
    assert_null(sampler_loads(place->sampler)); /* much too soon */
    assert_true(sampler_busy_cpus(place->sampler) == -1);
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {20, 4, 10, 51, 0, 7, 1, 7}}, {1, {50, 0, 0, 50}});
    sampler_sample(place->sampler, &place->stage, 2);
    const struct load_share *loads = sampler_loads(place->sampler);
    assert_non_null(loads);
    assert_near((double)loads[0].busy, 0.42);
    assert_near((double)loads[0].user, 0.20);
    assert_near((double)loads[0].nice, 0.04);
    assert_near((double)loads[0].system, 0.10);
    assert_near((double)loads[0].irq, 0.08);
    assert_near((double)loads[0].steal, 0.07);
    assert_near((double)loads[1].busy, 0.5);
    assert_true(loads[2].busy == -1); /* cpu6 is offline */
    assert_near(sampler_busy_cpus(place->sampler), 0.92);
}

/* CPU 0 was busy in the first reading alone, CPU 1 in the last: after 900 ms only that
 * one counts, to about a fifth. */
static void loads_are_over_about_the_last_500_ms(void **state)
{
    struct place *place = *state;
    sampler_look(place->sampler);
    for (unsigned long i = 1; i <= 9; i++) {
        rest(100 * NS_PER_MS);
        WRITE(place, {0, {10, 0, 0, 10 * (i - 1)}},
            {1, {i == 9 ? 10 : 0, 0, 0, 10 * (i == 9 ? 8 : i)}});
        sampler_look(place->sampler);
        if (i == 1)
            assert_near(sampler_busy_cpus(place->sampler), 1);
    }
    const struct load_share *loads = sampler_loads(place->sampler);
    assert_near((double)loads[0].busy, 0);
    assert_true(loads[1].busy >= 0.16F && loads[1].busy <= 0.6F);
    assert_int_equal(place->stage.samples.count, 0);
}

/* As many readings as one likes; those in between do not push out the older ones. */
static void loads_do_not_depend_on_how_often_it_is_read(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    for (unsigned long i = 1; i <= 60; i++) {
        rest(5 * NS_PER_MS);
        WRITE(place, {0, {10 * i}}, {1, {0, 0, 0, 10 * i}});
        sampler_sample(place->sampler, &place->stage, (int64_t)i);
    }
    assert_near(sampler_busy_cpus(place->sampler), 1);
    assert_int_equal(place->stage.samples.count, 60);
    assert_int_equal(cell(place, 59, 0, RESULT_USER), 255);
}

static void a_look_is_no_sample_and_changes_none(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    WRITE(place, {0, {10, 0, 0, 10}}, {1, {1}});
    rest(100 * NS_PER_MS);
    sampler_look(place->sampler);
    assert_near(sampler_busy_cpus(place->sampler), 1.5);
    assert_int_equal(place->stage.samples.count, 0);
    WRITE(place, {0, {10, 0, 0, 40}}, {1, {2}});
    sampler_sample(place->sampler, &place->stage, 1);
    assert_int_equal(cell(place, 0, 0, RESULT_USER), 51); /* 10 of 50 */
    sampler_end(place->sampler, &place->stage);
    assert_near(place->stage.cpus[0].busy, 0.2);
}

static void loads_are_never_from_before_what_was_skipped(void **state)
{
    struct place *place = *state;
    sampler_begin(place->sampler, &place->stage);
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {100}}, {1, {100}});
    sampler_sample(place->sampler, &place->stage, 1);
    assert_near(sampler_busy_cpus(place->sampler), 2);
    sampler_skip(place->sampler);
    assert_null(sampler_loads(place->sampler));
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {100, 0, 0, 10}}, {1, {105, 0, 0, 5}});
    sampler_look(place->sampler);
    assert_near(sampler_busy_cpus(place->sampler), 0.5);
    fixture_write(place->folder, "proc/stat", "");
    sampler_look(place->sampler); /* fails: what there is stays */
    assert_near(sampler_busy_cpus(place->sampler), 0.5);
    sampler_skip(place->sampler);
    assert_null(sampler_loads(place->sampler));
}

static void ticks_are_even_parts_of_a_period(void **state)
{
    assert_int_equal(sampler_tick_ns(10 * NS_PER_MS), 10 * NS_PER_MS);
    assert_int_equal(sampler_tick_ns(100 * NS_PER_MS), 100 * NS_PER_MS);
    assert_int_equal(sampler_tick_ns(150 * NS_PER_MS), 75 * NS_PER_MS);
    assert_int_equal(sampler_tick_ns(10 * NS_PER_S), 100 * NS_PER_MS);
    assert_int_equal(sampler_tick_ns(0), 0);
    (void)state;
}

/* A tick may be late, and the first is early by what the stage took to start. */
static void between_two_samples_ticks_are_looks(void **state)
{
    static const int ticks_ms[] = {80, 180, 281, 390, 480, 580, 690, 780, 1000, 1080};
    static const int samples_ms[] = {281, 580, 1000};
    struct place *place = *state;
    place->stage.samples.period_ns = 300 * NS_PER_MS;
    sampler_begin(place->sampler, &place->stage);
    for (size_t i = 0; i < sizeof ticks_ms / sizeof *ticks_ms; i++)
        sampler_tick(place->sampler, &place->stage, ticks_ms[i] * NS_PER_MS);
    assert_int_equal(place->stage.samples.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(place->stage.samples.t_ns[i], samples_ms[i] * NS_PER_MS);
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {0, 0, 0, 100}}, {1, {100}});
    sampler_tick(place->sampler, &place->stage, 1180 * NS_PER_MS);
    assert_near(sampler_busy_cpus(place->sampler), 1);
    assert_int_equal(place->stage.samples.count, 3);
}

static void in_a_short_period_every_tick_is_a_sample(void **state)
{
    struct place *place = *state;
    place->stage.samples.period_ns = 20 * NS_PER_MS;
    sampler_begin(place->sampler, &place->stage);
    for (int i = 0; i < 3; i++)
        sampler_tick(place->sampler, &place->stage, (1 + i) * NS_PER_MS);
    assert_int_equal(place->stage.samples.count, 3);
}

static void a_tick_that_was_due_within_what_was_skipped_is_no_sample(void **state)
{
    struct place *place = *state;
    place->stage.samples.period_ns = 100 * NS_PER_MS;
    sampler_begin(place->sampler, &place->stage);
    sampler_tick(place->sampler, &place->stage, 100 * NS_PER_MS);
    sampler_skip(place->sampler);
    sampler_tick(place->sampler, &place->stage, 101 * NS_PER_MS);
    assert_int_equal(place->stage.samples.count, 1);
    rest(10 * NS_PER_MS);
    sampler_tick(place->sampler, &place->stage, 111 * NS_PER_MS);
    assert_int_equal(place->stage.samples.count, 2);
}

static void a_new_stage_starts_afresh(void **state)
{
    struct place *place = *state;
    struct result_stage next = {.samples.period_ns = 100};
    sampler_begin(place->sampler, &place->stage);
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {100}}, {1, {100}});
    sampler_sample(place->sampler, &place->stage, 1);
    assert_non_null(sampler_loads(place->sampler));
    sampler_begin(place->sampler, &next);
    assert_null(sampler_loads(place->sampler));
    rest(100 * NS_PER_MS);
    WRITE(place, {0, {100, 0, 0, 100}}, {1, {200}});
    sampler_sample(place->sampler, &next, 1);
    sampler_end(place->sampler, &next);
    assert_near(next.cpus[0].busy, 0);
    assert_near(next.cpus[1].busy, 1);
    assert_near(sampler_busy_cpus(place->sampler), 1);
    assert_int_equal(place->stage.samples.count, 1);
    result_stage_finish(&next);
}

static void without_a_stat_file_there_is_no_sampler(void **state)
{
    struct place *place = *state;
    struct sampler *sampler = NULL;
    struct fault fault = {0};
    char *folder = fixture_make_folder();
    struct root root;
    fixture_open_path(folder, &root);
    assert_int_equal(sampler_create(&root, &place->machine, &sampler, &fault), -ENOENT);
    assert_null(sampler);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_string_equal(fault.text, "cannot read proc/stat: No such file or directory");
    sampler_destroy(NULL);
    root_close(&root);
    fixture_remove(folder);
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_stage_gets_the_machine_s_cpus),
        TEST(shares_are_exact),
        TEST(a_whole_cpu_is_255),
        TEST(iowait_and_steal_may_go_back),
        TEST(stolen_time_is_not_busy),
        TEST(a_cpu_that_was_away_is_absent_and_never_its_life_s_mean),
        TEST(a_cpu_that_is_gone_at_the_end_or_came_later_has_no_share),
        TEST(a_cpu_that_nobody_listed_changes_nothing),
        TEST(a_reading_that_fails_leaves_no_sample),
        TEST(past_600_samples_the_period_doubles),
        TEST(the_stage_s_shares_are_between_its_first_and_last_reading),
        TEST(what_is_skipped_counts_nowhere),
        TEST(a_cpu_that_came_or_went_while_it_skipped_has_no_share),
        TEST(a_cpu_that_was_away_while_it_skipped_keeps_its_share),
        TEST(a_reading_that_fails_skips_nothing),
        TEST(loads_need_two_readings_100_ms_apart),
        TEST(loads_are_over_about_the_last_500_ms),
        TEST(loads_do_not_depend_on_how_often_it_is_read),
        TEST(a_look_is_no_sample_and_changes_none),
        TEST(loads_are_never_from_before_what_was_skipped),
        TEST(ticks_are_even_parts_of_a_period),
        TEST(between_two_samples_ticks_are_looks),
        TEST(in_a_short_period_every_tick_is_a_sample),
        TEST(a_tick_that_was_due_within_what_was_skipped_is_no_sample),
        TEST(a_new_stage_starts_afresh),
        TEST(without_a_stat_file_there_is_no_sampler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
