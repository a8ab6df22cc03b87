// SPDX-License-Identifier: MIT
#pragma once
/* What the tests of checks share: a check of a healthy machine, made up on the spot. */
#include "made.h"

#include "experiment/judge.h"

enum { MADE_ROUND_NS = 40000000, MADE_UNITS = 20, MADE_ROUNDS = 20 };

/* So many rounds, each `slowness` times as long as usual. */
static inline struct check_times made_times(int64_t rounds, double slowness)
{
    int64_t median_ns = (int64_t)(MADE_ROUND_NS * slowness);
    return (struct check_times){.rounds = rounds,
        .median_ns = median_ns,
        .min_ns = median_ns - 200000,
        .elapsed_ns = median_ns + 100000,
        .waited = 0.002};
}

static inline void made_check_cpu(struct check_cpu *cpu, int id)
{
    *cpu = (struct check_cpu){.id = id,
        .alone = made_times(MADE_ROUNDS, 1),
        .together = made_times(200, 1),
        .drift = 1,
        .tasks = 220,
        .neighbour = -1};
}

/* A result of `check` of so many CPUs on bare metal, over, with nothing to find; it is
 * not judged yet. */
static inline void made_check(struct result *result, int cpus)
{
    result_init(result);
    made_machine(&result->machine, cpus);
    plan_init(&result->plan, PLAN_CHECK, "");
    struct result_check *check = &result->check;
    *check = (struct result_check){.has = true,
        .measured = true,
        .complete = true,
        .bare_metal = true,
        .expected_ns = 20 * NS_PER_S,
        .elapsed_ns = 20 * NS_PER_S,
        .unit_ns = MADE_ROUND_NS / MADE_UNITS,
        .units = MADE_UNITS,
        .quiet = {.looked_ns = 1500 * NS_PER_MS, .busy = 0.01, .busiest_cpu = -1},
        .cpu_count = (size_t)cpus};
    check->cpus = memory_new((size_t)cpus, sizeof *check->cpus);
    for (int i = 0; i < cpus; i++)
        made_check_cpu(&check->cpus[i], i);
}

static inline void judge_made(struct result *result)
{
    judge_compare(result, CHECK_ALONE);
    judge_compare(result, CHECK_AGAIN);
    judge_check(result);
}

/* Cores of two CPUs each: CPU i and i + half share one. */
static inline void made_siblings(struct machine *machine)
{
    machine->topology_known = true;
    machine->cores = (int)machine->cpu_count / 2;
    for (size_t i = 0; i < machine->cpu_count; i++)
        machine->cpus[i].core = (int)i % machine->cores;
}

/* The findings of a topic. */
static inline size_t count_findings(const struct result *result, const char *topic)
{
    size_t count = 0;
    for (size_t i = 0; i < result->check.finding_count; i++)
        count += strcmp(result->check.findings[i].topic, topic) == 0;
    return count;
}

static inline const struct check_finding *find_finding(
    const struct result *result, const char *topic)
{
    for (size_t i = 0; i < result->check.finding_count; i++)
        if (strcmp(result->check.findings[i].topic, topic) == 0)
            return &result->check.findings[i];
    return NULL;
}

/* The only finding: its topic, level and text. */
static inline void assert_only(const struct result *result, const char *topic,
    enum check_verdict level, const char *text)
{
    assert_int_equal(result->check.finding_count, 1);
    assert_string_equal(result->check.findings[0].topic, topic);
    assert_string_equal(result->check.findings[0].text, text);
    assert_int_equal(result->check.findings[0].level, level);
    assert_int_equal(result->check.verdict, level);
}

static inline void assert_pass(const struct result *result)
{
    for (size_t i = 0; i < result->check.finding_count; i++)
        print_error("%s\n", result->check.findings[i].text);
    assert_int_equal(result->check.finding_count, 0);
    assert_int_equal(result->check.verdict, CHECK_PASS);
}
