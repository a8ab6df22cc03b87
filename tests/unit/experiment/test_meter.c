// SPDX-License-Identifier: MIT
#include "experiment/meter.h"

#include <math.h>

#include "../machine/fixture.h"
#include "base/clock.h"

#define PACKAGE "sys/class/powercap/intel-rapl:0/"
#define HEAT "sys/class/hwmon/hwmon0/temp1_input"

enum { PATIENCE_MS = 30000, TICK_MS = 10 };

/* A machine of two CPUs, as a tree that shows what a test writes into it. */
struct place {
    char *folder;
    struct root root;
    struct machine_cpu cpus[2];
    struct machine machine;
    struct meter *meter;
    struct result_stage stage;
};

static void init(struct place *place)
{
    *place = (struct place){.folder = fixture_make_folder()};
    for (int i = 0; i < 2; i++)
        place->cpus[i] = (struct machine_cpu){.id = i, .online = true};
    place->machine = (struct machine){.cpu_count = 2, .cpus = place->cpus};
    fixture_open_path(place->folder, &place->root);
}

static void set_energy(struct place *place, const char *uj)
{
    fixture_write(place->folder, PACKAGE "name", "package-0\n");
    fixture_write(place->folder, PACKAGE "energy_uj", uj);
}

static void set_sensors(
    struct place *place, const char *first, const char *second, const char *heat)
{
    fixture_write_cpu(place->folder, 0, "cpufreq/scaling_cur_freq", first);
    fixture_write_cpu(place->folder, 1, "cpufreq/scaling_cur_freq", second);
    fixture_write(place->folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    fixture_write(place->folder, HEAT, heat);
}

static void start(struct place *place)
{
    place->meter = meter_create(&place->root, &place->machine);
    assert_non_null(place->meter);
    meter_begin(place->meter);
}

static void finish(struct place *place)
{
    meter_destroy(place->meter);
    root_close(&place->root);
    fixture_remove(place->folder);
}

static double end_energy(struct place *place)
{
    meter_count(place->meter);
    meter_end(place->meter, &place->stage);
    return place->stage.energy_j;
}

/* Ticks until the first CPU's clock is shown as that, by `tick`. */
static const struct scene_meters *wait_for_clock(
    struct place *place, void (*tick)(struct meter *), int mhz)
{
    const struct timespec rest = clock_timespec(TICK_MS * NS_PER_MS);
    for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += TICK_MS) {
        tick(place->meter);
        const struct scene_meters *meters = meter_show(place->meter);
        if (meters && (meters->mhz ? meters->mhz[0] : 0) == mhz)
            return meters;
        nanosleep(&rest, NULL);
    }
    fail_msg("never %d MHz", mhz);
    return NULL;
}

static void a_stage_has_what_was_used_in_it(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "1000000\n");
    start(&place);
    set_energy(&place, "13500000\n");
    assert_float_equal(end_energy(&place), 12.5, 1e-9);
    set_energy(&place, "90000000\n"); /* between two stages */
    meter_begin(place.meter);
    set_energy(&place, "91000000\n");
    assert_float_equal(end_energy(&place), 1, 1e-9);
    meter_begin(place.meter);
    assert_float_equal(end_energy(&place), 0, 0);
    finish(&place);
    meter_destroy(NULL);
    (void)state;
}

static void what_is_skipped_is_none_of_it(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "0\n");
    start(&place);
    set_energy(&place, "1000000\n");
    meter_count(place.meter); /* a pause begins */
    set_energy(&place, "101000000\n");
    meter_skip(place.meter);
    set_energy(&place, "103000000\n");
    assert_float_equal(end_energy(&place), 3, 1e-9);
    finish(&place);
    (void)state;
}

/* Longer than the shortest span that tells anything. */
static void wait_quietly(void)
{
    const struct timespec rest = clock_timespec(150 * NS_PER_MS);
    nanosleep(&rest, NULL);
}

/* A counter that stands still says that nothing was used, which is known; the span has no
 * upper end. */
static void power_is_known_where_energy_is(void **state)
{
    struct place place;
    init(&place);
    start(&place);
    wait_quietly();
    meter_count(place.meter);
    assert_true(isnan(meter_power(place.meter)));
    meter_destroy(place.meter);
    set_energy(&place, "1000000\n");
    start(&place);
    wait_quietly();
    meter_count(place.meter);
    assert_true(meter_power(place.meter) == 0);
    int64_t began_ns = clock_now_ns();
    meter_begin(place.meter);
    set_energy(&place, "4000000\n");
    wait_quietly();
    meter_look(place.meter); /* shown alone */
    meter_count(place.meter);
    double seconds = (double)(clock_now_ns() - began_ns) / NS_PER_S;
    assert_true(meter_power(place.meter) >= 3 / seconds);
    assert_true(meter_power(place.meter) <= 3 / 0.15);
    set_energy(&place, "gone\n");
    meter_count(place.meter);
    assert_true(isnan(meter_power(place.meter)));
    finish(&place);
    (void)state;
}

/* And of the time that was skipped nothing is known. */
static void power_is_none_of_what_is_skipped(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "1000000\n");
    start(&place);
    set_energy(&place, "900000000\n");
    wait_quietly();
    meter_skip(place.meter);
    meter_look(place.meter);
    assert_true(isnan(meter_power(place.meter)));
    wait_quietly();
    meter_count(place.meter);
    assert_true(meter_power(place.meter) == 0);
    finish(&place);
    (void)state;
}

/* While workers warm up, say. */
static void what_is_only_looked_at_does_not_count(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "0\n");
    start(&place);
    set_energy(&place, "5000000\n");
    meter_look(place.meter);
    meter_skip(place.meter);
    set_energy(&place, "7000000\n");
    meter_tick(place.meter);
    assert_float_equal(end_energy(&place), 2, 1e-9);
    finish(&place);
    (void)state;
}

static void without_its_ends_nothing_is_known(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "1000000\n");
    start(&place);
    set_energy(&place, "gone\n");
    meter_tick(place.meter);
    set_energy(&place, "3000000\n");
    assert_float_equal(end_energy(&place), 2, 1e-9); /* nobody misses one on the way */
    meter_begin(place.meter);
    set_energy(&place, "gone\n");
    assert_float_equal(end_energy(&place), 0, 0);
    meter_begin(place.meter);
    set_energy(&place, "5000000\n");
    assert_float_equal(end_energy(&place), 0, 0);
    meter_begin(place.meter);
    set_energy(&place, "6000000\n");
    assert_float_equal(end_energy(&place), 1, 1e-9);
    finish(&place);
    (void)state;
}

static void clocks_and_heat_are_those_of_the_stage(void **state)
{
    struct place place;
    init(&place);
    set_sensors(&place, "4000000\n", "4100000\n", "90000\n");
    start(&place);
    assert_null(meter_show(place.meter));
    wait_for_clock(&place, meter_tick, 4000);
    meter_begin(place.meter);
    set_sensors(&place, "800000\n", "2000000\n", "41000\n");
    const struct scene_meters *meters = wait_for_clock(&place, meter_tick, 800);
    assert_int_equal(meters->mhz[1], 2000);
    assert_float_equal(meters->celsius, 41, 1e-9);
    assert_true(isnan(meters->watts));
    set_sensors(&place, "1000000\n", "3000000\n", "40000\n");
    wait_for_clock(&place, meter_tick, 1000);
    set_sensors(&place, "5000000\n", "5000000\n", "99000\n");
    wait_for_clock(&place, meter_look, 5000); /* which is shown alone */
    meter_end(place.meter, &place.stage);
    assert_true(place.stage.clocks.has);
    assert_int_equal(place.stage.clocks.low_mhz, 800);
    assert_int_equal(place.stage.clocks.median_mhz, 1000);
    assert_int_equal(place.stage.clocks.high_mhz, 3000);
    assert_float_equal(place.stage.celsius, 41, 1e-9);
    assert_float_equal(place.stage.energy_j, 0, 0);
    finish(&place);
    (void)state;
}

static void a_stage_that_is_too_short_has_no_clocks(void **state)
{
    struct place place;
    init(&place);
    set_sensors(&place, "4000000\n", "4100000\n", "90000\n");
    start(&place);
    wait_for_clock(&place, meter_tick, 4000);
    meter_begin(place.meter);
    meter_count(place.meter);
    meter_end(place.meter, &place.stage);
    assert_false(place.stage.clocks.has);
    assert_float_equal(place.stage.celsius, 0, 0);
    finish(&place);
    (void)state;
}

static void watts_are_shown(void **state)
{
    struct place place;
    init(&place);
    set_energy(&place, "0\n");
    set_sensors(&place, "4000000\n", "4100000\n", "90000\n");
    start(&place);
    int64_t began_ns = clock_now_ns();
    set_energy(&place, "60000000\n");
    const struct scene_meters *meters = wait_for_clock(&place, meter_tick, 4000);
    const struct timespec rest = clock_timespec(TICK_MS * NS_PER_MS);
    for (int i = 0; i < PATIENCE_MS / TICK_MS && isnan(meters->watts); i++) {
        nanosleep(&rest, NULL);
        meter_tick(place.meter);
        meters = meter_show(place.meter);
    }
    double seconds = (double)(clock_now_ns() - began_ns) / NS_PER_S;
    assert_true(meters->watts >= 60 / seconds);
    assert_true(meters->watts <= 60 / 0.5); /* no span is shorter than that */
    finish(&place);
    (void)state;
}

/* The files of a folder that is empty: none, and soon nobody looks for them. */
static void a_machine_that_shows_nothing_says_so(void **state)
{
    struct place place;
    init(&place);
    start(&place);
    const struct scene_meters *meters = wait_for_clock(&place, meter_tick, 0);
    assert_null(meters->mhz);
    assert_true(isnan(meters->celsius));
    assert_true(isnan(meters->watts));
    set_sensors(&place, "4000000\n", "4100000\n", "90000\n");
    meter_begin(place.meter);
    meter_tick(place.meter);
    assert_null(meter_show(place.meter)->mhz);
    assert_float_equal(end_energy(&place), 0, 0);
    assert_false(place.stage.clocks.has);
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_has_what_was_used_in_it),
        cmocka_unit_test(what_is_skipped_is_none_of_it),
        cmocka_unit_test(power_is_known_where_energy_is),
        cmocka_unit_test(power_is_none_of_what_is_skipped),
        cmocka_unit_test(what_is_only_looked_at_does_not_count),
        cmocka_unit_test(without_its_ends_nothing_is_known),
        cmocka_unit_test(clocks_and_heat_are_those_of_the_stage),
        cmocka_unit_test(a_stage_that_is_too_short_has_no_clocks),
        cmocka_unit_test(watts_are_shown),
        cmocka_unit_test(a_machine_that_shows_nothing_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
