// SPDX-License-Identifier: MIT
#include "made_check.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"

enum { ROUND_MS = 34, ROUNDS = 20, SUSPECTS = 5 };

static const double SLOWNESS = 1.31;

/* The words that stand for a part under way. */
static enum check_part part_of(const char *word)
{
    for (int part = 0; part < CHECK_PARTS; part++)
        if (strcmp(check_part_names[part], word) == 0)
            return (enum check_part)part;
    return strcmp(word, "start") == 0 ? CHECK_INVENTORY : CHECK_OVER;
}

/* Between -1 and 1, another one for each CPU. */
static double noise(size_t place)
{
    return (double)((place * 7 + 3) % 11) / 5 - 1;
}

/* Two lines of what there is, and one that is not visible. */
static void fill_inventory(struct result_check *check)
{
    static const struct inventory_line lines[] = {
        {.topic = "online", .visible = true, .value = "0-7 (8)"},
        {.topic = "governor", .visible = true, .value = "powersave"},
        {.topic = "boost", .value = "not visible here"}};
    check->inventory.line_count = sizeof lines / sizeof *lines;
    check->inventory.lines = memory_new(check->inventory.line_count, sizeof *lines);
    memcpy(check->inventory.lines, lines, sizeof lines);
}

static bool has_slow(const char *word)
{
    return strcmp(word, "again") == 0 || strcmp(word, "slow") == 0 ||
           strcmp(word, "wrong") == 0;
}

/* The second of them, which nobody expects. */
static size_t slow_place(const struct result_check *check)
{
    return check->cpu_count > 1;
}

static struct check_times times_of(double slowness)
{
    return (struct check_times){.rounds = ROUNDS,
        .median_ns = (int64_t)(slowness * ROUND_MS * NS_PER_MS),
        .min_ns = (int64_t)(slowness * (ROUND_MS - 0.2) * NS_PER_MS),
        .elapsed_ns = (int64_t)(slowness * (ROUND_MS + 0.1) * NS_PER_MS),
        .slowness = slowness};
}

static void fill_cpus(struct result *result, const char *word)
{
    struct result_check *check = &result->check;
    enum check_part part = part_of(word);
    for (size_t i = 0; i < check->cpu_count; i++) {
        struct check_cpu *cpu = &check->cpus[i];
        bool slow = has_slow(word) && i == slow_place(check);
        double slowness = slow ? SLOWNESS : 1 + 0.008 * noise(i);
        bool pair = result->machine.cores < result->machine.online_cpus &&
                    result->machine.cpus[i].kind != 0;
        *cpu = (struct check_cpu){.id = result->machine.cpus[i].id, .neighbour = -1};
        if (part < CHECK_AGAIN || strcmp(word, "looked") == 0)
            continue;
        cpu->alone = times_of(slowness);
        cpu->tasks = 2 * ROUNDS;
        cpu->slow = slow && part == CHECK_OVER;
        if (has_slow(word) && part == CHECK_OVER && i < SUSPECTS)
            cpu->again = times_of(slowness - 0.01);
        if (part == CHECK_OVER)
            cpu->ratio = (pair ? 0.62 : 0.95) + 0.015 * noise(i + 3);
    }
}

__attribute__((format(printf, 4, 5))) static struct check_finding *find(
    struct result_check *check, enum check_verdict level, const char *topic,
    const char *format, ...)
{
    struct check_finding *finding = result_check_add(check);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding->text, sizeof finding->text, format, arguments);
    va_end(arguments);
    finding->level = level;
    text_copy(sizeof finding->topic, finding->topic, topic);
    if (level > check->verdict)
        check->verdict = level;
    return finding;
}

static void find_wrong(struct result_check *check)
{
    int last = (int)check->cpu_count - 1;
    struct check_cpu *cpu = &check->cpus[last];
    struct check_finding *finding = find(check, CHECK_FAIL, "answer",
        "CPU %d computed 3 of 40 tasks wrongly, and 2 of 10 more; its neighbour none.",
        cpu->id);
    cpu->wrong = check->wrong = 3;
    finding->cpu = cpu->id;
    text_copy(sizeof finding->next, finding->next,
        "Take it out of use and screen the machine: stressapptest, opendcdiag.");
    if (last < 4)
        return;
    check->cpus[2].died_of = SIGILL;
    check->cpus[3].refused = EINVAL;
    find(check, CHECK_FAIL, "died", "A worker on CPU %d was killed by SIGILL.",
        check->cpus[2].id)
        ->cpu = check->cpus[2].id;
    find(check, CHECK_FAIL, "refused", "CPU %d cannot be run on: Invalid argument.",
        check->cpus[3].id)
        ->cpu = check->cpus[3].id;
}

static void find_waited(struct result_check *check)
{
    if (check->cpu_count <= 4)
        return;
    find(check, CHECK_INCONCLUSIVE, "shared",
        "On CPU %d the task had to wait for 21 %% of its time.", check->cpus[4].id)
        ->cpu = check->cpus[4].id;
}

static void find_slow(struct result_check *check)
{
    int cpu = check->cpus[slow_place(check)].id;
    struct check_finding *finding = find(check, CHECK_FAIL, "slow",
        "CPU %d is slow alone: a task takes 1.30 times the usual, twice in a row.", cpu);
    finding->cpu = cpu;
    snprintf(finding->next, sizeof finding->next,
        "Look at /sys/devices/system/cpu/cpu%d/cpufreq and at its temperature.", cpu);
}

static void find_busy(struct result_check *check)
{
    struct check_finding *finding = find(check, CHECK_INCONCLUSIVE, "quiet",
        "The verdict on speed is open: before it began the CPUs were 31 %% busy, most "
        "with "
        "gcc (process 4711, 3.7 CPUs).");
    text_copy(sizeof finding->next, finding->next, "Try again when it is quiet.");
    check->quiet.busy = 0.31;
    check->quiet.quiet = false;
    check->quiet.pid = 4711;
    check->quiet.process_cpus = 3.7;
    text_copy(sizeof check->quiet.process, check->quiet.process, "gcc");
}

static void find_inventory(struct result_check *check)
{
    struct check_finding *finding = find(check, CHECK_WARN, "quota",
        "A quota of 1.50 CPUs holds this process back (cpu.max of /sys/fs/cgroup/app).");
    text_copy(sizeof finding->next, finding->next,
        "Ask for more, or run outside of that cgroup.");
    finding =
        find(check, CHECK_WARN, "governor", "The governor is powersave on all CPUs.");
    text_copy(sizeof finding->next, finding->next,
        "Try: cpupower frequency-set -g performance");
}

static void fill_findings(struct result_check *check, const char *word)
{
    static const char *const sentences[] = {
        [CHECK_PASS] = "All CPUs are there, as fast as each other, and right.",
        [CHECK_WARN] = "All CPUs are right, but something holds them back.",
        [CHECK_INCONCLUSIVE] = "Speeds cannot be judged here.",
        [CHECK_FAIL] = "This machine does not have what it says: see what was found.",
    };
    if (strcmp(word, "wrong") == 0)
        find_wrong(check);
    if (has_slow(word) && part_of(word) == CHECK_OVER)
        find_slow(check);
    if (strcmp(word, "wrong") == 0)
        find_waited(check);
    if (strcmp(word, "busy") == 0)
        find_busy(check);
    if (strcmp(word, "wrong") == 0 || strcmp(word, "quota") == 0 ||
        strcmp(word, "looked") == 0)
        find_inventory(check);
    snprintf(check->sentence, sizeof check->sentence, "%s: %s",
        check_verdict_names[check->verdict], sentences[check->verdict]);
}

/* What was measured of the machine as a whole. */
static void fill_figures(struct result *result)
{
    struct result_check *check = &result->check;
    struct check_cpu *cpus = check->cpus;
    check->unit_ns = 2 * NS_PER_MS;
    check->units = ROUND_MS / 2;
    check->quiet = (struct check_quiet){.looked_ns = 3 * NS_PER_S / 2,
        .busy = 0.02,
        .busy_most = 0.06,
        .busiest_cpu = 1,
        .quiet = true};
    check->ratio_low = 1;
    for (size_t i = 0; i < check->cpu_count; i++) {
        check->together += cpus[i].ratio;
        check->ratio_low = fmin(check->ratio_low, cpus[i].ratio);
        check->ratio_high = fmax(check->ratio_high, cpus[i].ratio);
    }
    check->ratio_median = cpus[check->cpu_count / 2].ratio;
    check->drift = 1.0;
    check->tasks = 2 * ROUNDS * (int64_t)check->cpu_count;
    if (result->machine.cores >= result->machine.online_cpus)
        return;
    check->smt_cores = result->machine.online_cpus - result->machine.cores;
    check->smt_low = 1.21;
    check->smt_gain = 1.24;
    check->smt_high = 1.27;
}

/* The last CPU is offline, the one before is not for us. */
static void fence(struct machine *machine)
{
    struct machine_cpu *end = machine->cpus + machine->cpu_count;
    end[-1].online = end[-1].allowed = end[-2].allowed = false;
    machine->online_cpus--;
    machine->usable_cpus = machine->online_cpus - 1;
}

void made_check_result(struct result *result, const char *word)
{
    struct result_check *check = &result->check;
    result->plan.command = PLAN_CHECK;
    result->plan.lasts_ns = 20 * NS_PER_S;
    check->has = true;
    check->expected_ns = 20 * NS_PER_S;
    check->bare_metal = true;
    text_copy(sizeof check->host, check->host, "node17");
    if (strcmp(word, "start") == 0)
        return;
    check->cpu_count = result->machine.cpu_count;
    if (strcmp(word, "fenced") == 0) {
        fence(&result->machine);
        check->cpu_count -= 2;
    }
    check->cpus = memory_new(check->cpu_count, sizeof *check->cpus);
    fill_cpus(result, word);
    if (part_of(word) != CHECK_OVER)
        return;
    check->measured = strcmp(word, "looked") != 0;
    check->complete = true;
    check->elapsed_ns = 21 * NS_PER_S;
    if (check->measured)
        fill_figures(result);
    else
        fill_inventory(check);
    fill_findings(check, word);
}

static void show_part(const struct scene *scene, struct made_check *made)
{
    const struct result_check *found = &scene->result->check;
    enum check_part part = made->check.part;
    for (size_t i = 0; i < found->cpu_count; i++) {
        struct scene_check_cpu *cpu = &made->cpus[i];
        cpu->taken = part != CHECK_AGAIN || i < SUSPECTS;
        cpu->current = part == CHECK_ALONE && i == 1;
        cpu->rounds = ROUNDS * (int)part / 2;
        cpu->share = cpu->taken ? made->check.share : 0;
        if (part == CHECK_ALONE) /* one round more, those that had their turn */
            cpu->share = (double)(9 + (i < found->cpu_count / 2)) / ROUNDS;
        made->loads[i].user = (float)fmax(0.01 + 0.01 * noise(i), 0);
        if (i == 1)
            made->loads[i].user = 0.37F;
        made->loads[i].busy = made->loads[i].user;
    }
}

void made_check_scene(struct scene *scene, struct made_check *made, const char *word)
{
    static const double shares[CHECK_PARTS] = {[CHECK_QUIET] = 0.6,
        [CHECK_ALONE] = 0.46,
        [CHECK_AGAIN] = 0.3,
        [CHECK_TOGETHER] = 0.72};
    static const int elapsed_s[CHECK_PARTS] = {
        [CHECK_QUIET] = 1, [CHECK_ALONE] = 5, [CHECK_AGAIN] = 9, [CHECK_TOGETHER] = 17};
    enum check_part part = part_of(word);
    scene->phase = part == CHECK_OVER ? SCENE_ENDED : SCENE_CHECKING;
    scene->stage = -1;
    scene->worker_count = 0;
    if (strcmp(word, "start") == 0)
        scene->phase = SCENE_WATCHING;
    if (scene->phase != SCENE_CHECKING)
        return;
    made->check = (struct scene_check){.part = part,
        .share = shares[part],
        .elapsed_ns = elapsed_s[part] * NS_PER_S,
        .expected_ns = 20 * NS_PER_S,
        .cpus = made->cpus};
    show_part(scene, made);
    scene->loads = made->loads;
    scene->check = &made->check;
}
