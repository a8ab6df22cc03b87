// SPDX-License-Identifier: MIT
#include "sample.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "items.h"
#include "report/report.h"

#define COPY(FIELD, TEXT) text_copy(sizeof(FIELD), FIELD, TEXT)

/* A copy of an array literal on the heap. */
#define LIST(TARGET, COUNT, ...)                                                         \
    do {                                                                                 \
        (COUNT) = sizeof(__VA_ARGS__) / sizeof *(TARGET);                                \
        (TARGET) = memory_new((COUNT), sizeof *(TARGET));                                \
        memcpy((TARGET), __VA_ARGS__, sizeof(__VA_ARGS__));                              \
    } while (0)

static void fill_machine(struct machine *machine)
{
    COPY(machine->cpu_name, "Example \"Quad\" µ4");
    COPY(machine->codename, "Lake");
    COPY(machine->virtual_kind, "kvm");
    machine->simulated = true;
    machine->topology_known = true;
    machine->packages = 1;
    machine->cores = 2;
    machine->online_cpus = 2;
    machine->usable_cpus = 1.5;
    LIST(machine->cpus, machine->cpu_count,
        ((struct machine_cpu[]){
            {0, 0, 0, 0, 0, 1, true, true},
            {1, 1, 0, 0, 0, 0, true, true},
            {6, -1, -1, -1, -1, -1, false, false},
        }));
    LIST(machine->kinds, machine->kind_count,
        ((struct machine_kind[]){{"E", 1}, {"P", 1}}));
    LIST(machine->limits, machine->limit_count,
        ((struct machine_limit[]){
            {"online", 2, "/sys/devices/system/cpu/online"},
            {"cgroup quota", 1.5, "/sys/fs/cgroup/cpu.max"},
        }));
}

static void fill_plan(struct plan *plan)
{
    plan->command = PLAN_RUN;
    COPY(plan->workload, "factorial");
    COPY(plan->title, "1000! computed 3 times");
    COPY(plan->task, "1000!");
    plan->size = 1000;
    plan->iterations = 3;
    plan->seconds_ns = 20 * NS_PER_S;
    plan->size_reduced = true;
    plan->workers = 2;
    COPY(plan->schedule, "dynamic");
    plan->chunk = 1;
    plan->chunk_asked = true;
    plan->chunk_grows = true;
    COPY(plan->chunk_rule, "1: tasks last longer than 100 hand-outs");
    plan->grain = 4;
    plan->order = PLAN_ORDER_LONGEST;
    plan->fork_per_task = true;
    plan->max_tasks = 9;
    plan->pin = true;
    plan->repeats = 1;
    plan->retries = 1;
    plan->interval_ns = 100 * NS_PER_MS;
    plan->seed = UINT64_MAX - 5;
}

static void fill_cpus(struct result_stage *stage, double busy)
{
    LIST(stage->cpus, stage->cpu_count,
        ((struct result_cpu[]){
            {0, busy, busy - 0.02, 0.003, 0.012, 0.005, 0.25},
            {6, -1, -1, -1, -1, -1, -1},
        }));
    stage->samples.period_ns = 100 * NS_PER_MS;
    for (int i = 1; i <= 3; i++) {
        size_t sample = result_samples_add(
            &stage->samples, stage->cpu_count, i * 100 * NS_PER_MS + i);
        result_samples_set(&stage->samples, 2, sample, 0, RESULT_USER, busy / i);
        result_samples_set(&stage->samples, 2, sample, 0, RESULT_IRQ, 0.005);
        result_samples_set(&stage->samples, 2, sample, 1, RESULT_ABSENT, 1);
    }
}

static void fill_sequential(struct result_stage *stage)
{
    stage->kind = RESULT_SEQUENTIAL;
    stage->workers = stage->workers_asked = 1;
    stage->elapsed_ns = 600;
    stage->complete = true;
    stage->done = 3;
    stage->handout_price_ns = -1;
    stage->cpu_ns = 570;
    stage->others_cpus = -1;
    stage->digest = UINT64_C(0x00112233aabbccdd);
    stage->account = (struct account){.total_ns = 600,
        .useful_ns = 570,
        .slowdown_ns = ACCOUNT_NOT_SEEN,
        .waiting_ns = ACCOUNT_NOT_SEEN,
        .blocked_ns = 30};
    fill_cpus(stage, 0.99);
    LIST(stage->records, stage->record_count,
        ((struct result_record[]){
            {0, 3, 0, 1, 0, 600, 570, 1, RESULT_OK, 1, 7704, UINT64_C(0x00112233aabbccdd),
                NULL},
        }));
}

static void fill_events(struct result_stage *stage)
{
    LIST(stage->events, stage->event_count,
        ((struct result_event[]){
            {10, 1, 4711, RESULT_KILLED, SIGKILL, 2},
            {11, 1, 4713, RESULT_REPLACED, 0, -1},
            {12, 0, 4710, RESULT_LEFT, 102, 1},
            {13, 2, 0, RESULT_REFUSED, 0, -1},
            {14, -1, 0, RESULT_SUSPENDED, 0, -1},
            {14, 1, 4713, RESULT_UNPINNED, EPERM, -1},
            {15, -1, 0, RESULT_STOPPED, SIGINT, -1},
        }));
    LIST(stage->moves, stage->move_count,
        ((struct result_move[]){{20, 0, 1}, {21, 1, 0}, {90, 0, -1}}));
}

static void fill_parallel(struct result_stage *stage)
{
    *stage = (struct result_stage){.workers = 2,
        .workers_asked = 3,
        .repeat = 4,
        .elapsed_ns = 400,
        .warm_ns = 17,
        .prepare_ns = 8,
        .suspended_ns = 18,
        .projected = true,
        .done = 2,
        .failed = 1,
        .retried = 5,
        .renewed = 6,
        .largest_chunk = 6,
        .handout_price_ns = 70,
        .cpu_ns = 580,
        .others_cpus = 0.125,
        .digest = UINT64_MAX,
        .account = {800, 44, 570, -12, 22, 31, 9, 120, 16}};
    stage->kind = RESULT_PARALLEL;
    fill_cpus(stage, 0.5);
    fill_events(stage);
    LIST(stage->worker_list, stage->worker_count,
        ((struct result_worker[]){
            {0, 4710, 1, 2, {10, 300, 90, 5, 290, 3, 8}, 6, 1},
            {2, 0, 1, 3, {20, 310, 70, 4, 295, ACCOUNT_NOT_SEEN, 0}, 0, -1},
        }));
    LIST(stage->records, stage->record_count,
        ((struct result_record[]){
            {0, 1, 0, 1, 10, 200, 188, 0, RESULT_OK, 1, 2568,
                UINT64_C(0xfedcba9876543210), NULL},
            {1, 1, 1, -1, 20, 330, 295, 0, RESULT_OK, 2, -9, 1, NULL},
            {2, 1, 1, 0, 330, 330, 0, 1, RESULT_FAILED, 2, 0, 0, NULL},
        }));
}

void sample_result(struct result *result)
{
    result_init(result);
    result->idle_w = 3.5;
    COPY(result->program_version, "0.1.0");
    fill_machine(&result->machine);
    fill_plan(&result->plan);
    fill_sequential(result_add_stage(result));
    fill_parallel(result_add_stage(result));
    result->comparison = (struct result_comparison){.has = true,
        .pairs = 3,
        .sequential_ns = 600,
        .parallel_ns = 400,
        .speedup = 1.5,
        .bound = 1.875,
        .efficiency = 0.75,
        .karp_flatt = 1.0 / 3,
        .has_interval = true,
        .interval_low = 1.25,
        .interval_high = 1.7,
        .doubtful = true};
    COPY(result->comparison.sentence, "1.50 times as fast on 2 workers.\nTry: parfor");
    result_remark(result, "a quota allows %.2f CPUs", 1.5);
    result_remark(result, "on battery");
}

void sample_sweep(struct result *result)
{
    struct result_sweep *sweep = &result->sweep;
    result->plan.command = PLAN_SWEEP;
    result->plan.points_asked = true;
    result->plan.point_count = 3;
    memcpy(result->plan.points, (int[]){1, 2, 4}, 3 * sizeof(int));
    result->plan.repeats = 3;
    result->comparison = (struct result_comparison){.has = false};
    *sweep = (struct result_sweep){.has = true,
        .cut_short = true,
        .amdahl = {true, {0.125, 0.0625, 0.25}, 0.98, 0.03125},
        .usl = {true, {0.25, 0, 0.5}, {0.0001, 0.00005, 0.0002}, 86.5, 1.01, 0.0625},
        .advice_workers = 2};
    COPY(sweep->advice, "2 workers: 4 are no faster (1.95 against 1.96 times).");
    LIST(sweep->points, sweep->point_count,
        ((struct result_point[]){
            {1, 3, 600, 1, false, 0, 0, 1, NAN},
            {2, 3, 306, 1.96, true, 1.9, 2.25, 0.98, 0.0204082},
            {4, 2, 308, 1.95, false, 0, 0, 0.4875, 0.350427},
        }));
}

static void fill_items(struct result_stage *stage)
{
    static const char bytes[] = "a\0b\xff\n";
    struct result_item *good = made_item(0, "mouse one.h5",
        (const char *[]){"sh", "-c", "echo \"$1\"", "", "mouse one.h5", NULL});
    good->exit_status = 0;
    good->max_rss_bytes = 4096000;
    good->cpu_ns = 250;
    good->out = memory_new(sizeof bytes, 1);
    good->out_size = sizeof bytes - 1;
    memcpy(good->out, bytes, sizeof bytes);
    good->err = text_duplicate("");
    stage->records[0].item = good;
    struct result_item *late =
        made_item(7, "\xff\x01", (const char *[]){"cat", "\xff\x01", NULL});
    late->signal = SIGKILL;
    late->timed_out = true;
    stage->records[1].item = late;
    struct result_item *lost = made_item(9, NULL, (const char *[]){NULL});
    lost->error = ENOENT;
    lost->err = text_duplicate("KeyError: 'spikes'\n");
    lost->err_size = strlen(lost->err);
    stage->records[2].item = lost;
}

void sample_items(struct result *result)
{
    struct plan *plan = &result->plan;
    plan->tells = plan->commands = true;
    memset(plan->workload, 0, sizeof plan->workload);
    COPY(plan->workload, "command");
    COPY(plan->loop, "-- sh -c 'echo \"$1\"' '' {}");
    COPY(plan->unit, "files");
    plan->timeout_ns = 5 * NS_PER_S;
    plan->timeout_percent = 500;
    plan->halt = PLAN_HALT_NOW;
    plan->halt_after = 3;
    plan->retries_asked = true;
    plan->sample = 6;
    plan->inner_threads = 2;
    plan->inner_auto = true;
    plan->max_args = 1;
    COPY(plan->log, "run.jsonl");
    result->before = 4;
    result->stages[0].measured_ns = 20;
    result->stages[1].tasks_ns = 770;
    fill_items(&result->stages[1]);
}

void sample_programs(struct result *result)
{
    struct plan *plan = &result->plan;
    struct result_stage *stage = &result->stages[1];
    plan->command = PLAN_VERSUS;
    plan->program_count = 2;
    COPY(plan->programs[0], "python3 loop.py");
    COPY(plan->programs[1], "python3 pool.py");
    plan->warmups = 1;
    COPY(plan->prepare, "sync");
    result->comparison = (struct result_comparison){.has = false};
    stage->kind = RESULT_PROGRAM;
    stage->program = 1;
    COPY(stage->label, "pool.py");
    stage->processes = 3;
    stage->threads = 4;
    stage->warmup = true;
    COPY(result->programs.sentence, "B is 1.96 times as fast as A.");
    LIST(result->programs.list, result->programs.count,
        ((struct result_program[]){
            {.text = "python3 loop.py", .repeats = 5, .elapsed_ns = 600, .busy_cpus = 1},
            {.text = "python3 pool.py",
                .cpu_ns = 9,
                .busy_cpus = -1,
                .max_rss_bytes = 4096,
                .processes = 3,
                .threads = 4,
                .ratio = 1.5,
                .has_interval = true,
                .interval_low = 1.25,
                .interval_high = 1.75,
                .failed = true,
                .exit_status = -1,
                .signal = SIGSEGV,
                .timed_out = true,
                .last_line = "oh"},
        }));
}

/* What the tests take for granted. */
static void require(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "sample: %s\n", what);
        abort();
    }
}

char *sample_write(const struct result *result)
{
    struct fault fault;
    char *text;
    size_t size;
    require(report_json_write(result, &text, &size, &fault) == 0, "not written");
    require(size == strlen(text), "a NUL in it");
    return text;
}

char *sample_json(void)
{
    struct result result;
    sample_result(&result);
    char *text = sample_write(&result);
    result_finish(&result);
    return text;
}

char *sample_damage(char *text, const char *after, const char *from, const char *to)
{
    char *start = strstr(text, after);
    start = start ? strstr(start, from) : NULL;
    require(start, from);
    char *result =
        text_format("%.*s%s%s", (int)(start - text), text, to, start + strlen(from));
    free(text);
    return result;
}

char *sample_damaged(const char *after, const char *from, const char *to)
{
    return sample_damage(sample_json(), after, from, to);
}

char *sample_damaged_sweep(const char *after, const char *from, const char *to)
{
    struct result result;
    sample_result(&result);
    sample_sweep(&result);
    char *text = sample_write(&result);
    result_finish(&result);
    return sample_damage(text, after, from, to);
}
