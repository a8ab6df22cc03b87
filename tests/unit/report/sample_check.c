// SPDX-License-Identifier: MIT
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "sample.h"

/* A copy of an array literal on the heap. */
#define LIST(TARGET, COUNT, ...)                                                         \
    do {                                                                                 \
        (COUNT) = sizeof(__VA_ARGS__) / sizeof *(TARGET);                                \
        (TARGET) = memory_new((COUNT), sizeof *(TARGET));                                \
        memcpy((TARGET), __VA_ARGS__, sizeof(__VA_ARGS__));                              \
    } while (0)

static void fill_inventory(struct inventory *inventory)
{
    inventory->took_ns = 2345678;
    LIST(inventory->lines, inventory->line_count,
        ((struct inventory_line[]){
            {INVENTORY_CPUS, "online", true, "0-1 (2)", "/sys/devices/system/cpu/online",
                "", ""},
            {INVENTORY_FENCES, "quota", true, "1.50 CPUs", "/sys/fs/cgroup/a/cpu.max",
                "a quota allows 1.50 of 2 CPUs", "Ask for more, or take 1 worker."},
            {INVENTORY_POWER, "governor", false, "not visible here",
                "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "", ""},
        }));
    LIST(inventory->counts, inventory->count_count,
        ((struct inventory_count[]){
            {"affinity", 2, "sched_getaffinity", true, false},
            {"quota", 1.5, "/sys/fs/cgroup/a/cpu.max", true, true},
            {"present", 7, "/sys/devices/system/cpu/present", false, false},
        }));
}

static void fill_check_cpus(struct result_check *check)
{
    LIST(check->cpus, check->cpu_count,
        ((struct check_cpu[]){
            {.id = 0,
                .alone = {15, 40000001, 39000002, 41000003, 0.015625, 1.25},
                .again = {16, 40000004, 39000005, 41000006, 0.03125, 1.5},
                .cores = {17, 40000007, 39000008, 41000009, 0.0625, 1.125},
                .together = {18, 40000010, 39000011, 41000012, 0.25, 1.75},
                .ratio = 0.875,
                .drift = 0.96875,
                .tasks = 66,
                .wrong = 2,
                .wrong_answer = UINT64_C(0xfedcba9876543210),
                .again_tasks = 10,
                .again_wrong = 3,
                .neighbour = 1,
                .neighbour_wrong = 4,
                .refused = EPERM,
                .died_of = SIGILL,
                .slow = true},
            {.id = 1, .alone = {.rounds = 19, .median_ns = 5}, .neighbour = -1},
        }));
}

static void fill_throttle(struct throttle *throttle)
{
    throttle->thermal_visible = true;
    throttle->thermal_core = 7;
    throttle->thermal_package = 8;
    LIST(throttle->groups, throttle->group_count,
        ((struct throttle_group[]){
            {"/sys/fs/cgroup/a/b", 0, 11, 12, 13},
            {"/sys/fs/cgroup/a", 1.5, 14, 15, 16},
        }));
}

static void fill_findings(struct result_check *check)
{
    LIST(check->findings, check->finding_count,
        ((struct check_finding[]){
            {CHECK_FAIL, "answer", 0, "CPU 0 gave 2 wrong answers of 66.", "",
                "Run it again."},
            {CHECK_INCONCLUSIVE, "quiet", -1, "The machine is not quiet.", "/proc/stat",
                ""},
            {CHECK_WARN, "quota", 1, "A quota.", "/sys/fs/cgroup/a/cpu.max", "Ask."},
        }));
}

static void fill_sums(struct result_check *check)
{
    check->measured = check->complete = check->bare_metal = true;
    check->verdict = CHECK_FAIL;
    check->expected_ns = 20 * NS_PER_S;
    check->elapsed_ns = 21 * NS_PER_S;
    check->suspended_ns = 22;
    check->unit_ns = 2000023;
    check->units = 24;
    check->tasks = 85;
    check->wrong = 2;
    check->together = 1.9375;
    check->ratio_low = 0.5;
    check->ratio_median = 0.625;
    check->ratio_high = 0.75;
    check->smt_cores = 25;
    check->smt_gain = 1.25;
    check->smt_low = 1.125;
    check->smt_high = 1.375;
    check->drift = 0.984375;
    check->quiet = (struct check_quiet){
        1500000000, 0.125, 0.0078125, 0.9375, 1, 4711, "python3", 1.0625, true};
    check->idle = (struct check_sensed){800, 801, 802, 41.5};
    check->alone = (struct check_sensed){3600, 3601, 3602, 61.5};
    check->loaded = (struct check_sensed){0, 0, 0, NAN};
}

void sample_check(struct result *result)
{
    struct result_check *check = &result->check;
    struct plan *plan = &result->plan;
    plan->command = PLAN_CHECK;
    plan->lasts_ns = 20 * NS_PER_S;
    plan->only_inventory = plan->strict = true;
    plan->expected_cpus = 1.5;
    plan->nice = 10;
    result->comparison = (struct result_comparison){.has = false};
    result->stages[1].kind = RESULT_WATCHED;
    check->has = true;
    strcpy(check->host, "node17");
    strcpy(check->sentence, "CPU 0 computes wrongly.");
    fill_sums(check);
    fill_inventory(&check->inventory);
    fill_check_cpus(check);
    fill_throttle(&check->throttle);
    fill_findings(check);
}
