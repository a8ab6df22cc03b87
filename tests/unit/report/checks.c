// SPDX-License-Identifier: MIT
#include "checks.h"

#include "experiment/judge.h"

static void add_line(struct result_check *check, enum inventory_group group,
    const char *topic, const char *value, const char *where)
{
    void *lines = check->inventory.lines;
    struct inventory_line *line =
        memory_append(&lines, check->inventory.line_count++, sizeof *line);
    check->inventory.lines = lines;
    line->group = group;
    line->visible = value;
    text_copy(sizeof line->topic, line->topic, topic);
    text_copy(sizeof line->value, line->value, value ? value : "not visible here");
    text_copy(sizeof line->where, line->where, where);
}

static void add_count(struct result_check *check, const char *source, double cpus,
    const char *where, bool limits)
{
    void *counts = check->inventory.counts;
    struct inventory_count *count =
        memory_append(&counts, check->inventory.count_count++, sizeof *count);
    check->inventory.counts = counts;
    count->cpus = cpus;
    count->limits = limits;
    text_copy(sizeof count->source, count->source, source);
    text_copy(sizeof count->where, count->where, where);
}

static void fill_inventory(struct result_check *check, int cpus)
{
    char all[40];
    snprintf(all, sizeof all, "0-%d (%d)", cpus - 1, cpus);
    check->inventory.took_ns = 3 * NS_PER_MS;
    add_line(check, INVENTORY_CPUS, "present", all, "/sys/devices/system/cpu/present");
    add_line(check, INVENTORY_CPUS, "online", all, "/sys/devices/system/cpu/online");
    add_line(check, INVENTORY_FENCES, "affinity", all, "sched_getaffinity");
    add_line(check, INVENTORY_FENCES, "quota", "none",
        "/sys/fs/cgroup/system.slice/slurmstepd.scope/job_8812/step_0/user/task_0/"
        "cpu.max");
    add_line(check, INVENTORY_MEMORY, "nodes",
        "node 0: CPUs 0-15,64-79, 128 GiB; node 1: CPUs 16-31,80-95, 128 GiB; node 2: "
        "CPUs 32-47,96-111, 128 GiB",
        "/sys/devices/system/node");
    add_line(check, INVENTORY_POWER, "governor", NULL,
        "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    add_count(check, "affinity", cpus, "sched_getaffinity", true);
    add_count(check, "SLURM_CPUS_ON_NODE", cpus, "environment", true);
    add_count(check, "present", cpus, "/sys/devices/system/cpu/present", false);
    check->inventory.counts[0].smallest = true;
}

static struct check_times make_times(int64_t round_ns)
{
    return (struct check_times){
        20, round_ns, round_ns - 100000, round_ns + 50000, 0.004, 1.0};
}

static void fill_cpus(struct result *result)
{
    struct result_check *check = &result->check;
    check->cpu_count = result->machine.cpu_count;
    check->cpus = memory_new(check->cpu_count, sizeof *check->cpus);
    for (int i = 0; i < (int)check->cpu_count; i++)
        check->cpus[i] = (struct check_cpu){.id = i,
            .alone = make_times(40 * NS_PER_MS + i % 5 * 100000),
            .cores = make_times(41 * NS_PER_MS),
            .together = make_times(48 * NS_PER_MS + i % 3 * 100000),
            .tasks = 66,
            .drift = 1,
            .neighbour = -1};
}

static void fill_kinds(struct machine *machine)
{
    machine->kind_count = 2;
    machine->kinds = memory_new(2, sizeof *machine->kinds);
    machine->kinds[0] = (struct machine_kind){"P", 4};
    machine->kinds[1] = (struct machine_kind){"E", 4};
    for (size_t i = 0; i < machine->cpu_count; i++) {
        machine->cpus[i].kind = i >= 8;
        machine->cpus[i].core = i < 8 ? (int)i / 2 : (int)i - 4;
    }
}

void checks_make(struct result *result, int cpus)
{
    struct result_check *check = &result->check;
    made_result(result, "", 0, cpus);
    plan_init(&result->plan, PLAN_CHECK, "");
    if (cpus == 12)
        fill_kinds(&result->machine);
    check->has = check->measured = check->complete = check->bare_metal = true;
    text_copy(sizeof check->host, check->host, "node17");
    result->plan.lasts_ns = check->expected_ns = 20 * NS_PER_S;
    check->elapsed_ns = INT64_C(20100) * NS_PER_MS;
    check->unit_ns = 2 * NS_PER_MS;
    check->units = 20;
    check->quiet = (struct check_quiet){
        .looked_ns = 1500 * NS_PER_MS, .busy = 0.01, .busiest_cpu = -1, .quiet = true};
    check->idle = (struct check_sensed){800, 900, 1000, 41.5};
    check->alone = (struct check_sensed){3600, 3600, 3600, 61.5};
    check->loaded = (struct check_sensed){2800, 2900, 3000, 82.5};
    fill_inventory(check, cpus);
    fill_cpus(result);
    judge_check(result);
}

void checks_spoil(struct result *result, int wrong, int slow)
{
    struct result_check *check = &result->check;
    struct check_cpu *cpu = result_check_cpu(check, wrong);
    cpu->wrong = 2;
    cpu->wrong_answer = 0x1234;
    cpu->again_tasks = 10;
    cpu->neighbour = wrong + 1;
    cpu = result_check_cpu(check, slow);
    cpu->alone.median_ns = cpu->again.median_ns = cpu->again.elapsed_ns = 51 * NS_PER_MS;
    cpu->alone.min_ns = cpu->again.min_ns = 50 * NS_PER_MS;
    cpu->again.rounds = 20;
    cpu->alone.slowness = cpu->again.slowness = 1.25;
    cpu->slow = true;
    struct inventory_line *line = &check->inventory.lines[3];
    text_copy(sizeof line->value, line->value, "1.50 CPUs");
    text_copy(sizeof line->concern, line->concern, "a quota allows 1.50 CPUs");
    text_copy(sizeof line->next, line->next, "Ask whoever runs the machine for more.");
    judge_check(result);
}
