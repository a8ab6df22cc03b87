// SPDX-License-Identifier: MIT
#include <assert.h>

#include "report/schema_table.h"

static_assert(sizeof(enum result_stage_kind) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum result_status) == sizeof(int), "words are kept as int");
static_assert(sizeof(enum result_event_what) == sizeof(int), "words are kept as int");

/* The terms of an account, and their sum over all workers. */
#define SUM_MAX (4 * SCHEMA_TIME_MAX)
#define TERM RANGE(0, SUM_MAX)
#define DIFFERENCE RANGE(-SUM_MAX, SUM_MAX)

static const struct field tasks_fields[] = {
    FIELD("done", INTEGER, result_stage, done, TASKS),
    FIELD("failed", INTEGER, result_stage, failed, TASKS),
    FIELD("retried", INTEGER, result_stage, retried, TASKS),
    FIELD("renewed", INTEGER, result_stage, renewed, TASKS, OPTIONAL),
};
static const struct schema tasks = SCHEMA(result_stage, tasks_fields);

static const struct field account_fields[] = {
    FIELD("total_ns", INTEGER, account, total_ns, TERM),
    FIELD("startup_ns", INTEGER, account, startup_ns, TERM),
    FIELD("prepare_ns", INTEGER, account, prepare_ns, TERM, OPTIONAL),
    FIELD("useful_ns", INTEGER, account, useful_ns, TERM),
    FIELD("slowdown_ns", INTEGER, account, slowdown_ns, DIFFERENCE,
        NULL_FOR(ACCOUNT_NOT_SEEN)),
    FIELD("waiting_ns", INTEGER, account, waiting_ns, TERM, NULL_FOR(ACCOUNT_NOT_SEEN)),
    FIELD("blocked_ns", INTEGER, account, blocked_ns, DIFFERENCE),
    FIELD("handout_ns", INTEGER, account, handout_ns, TERM),
    FIELD("tail_ns", INTEGER, account, tail_ns, TERM),
};

static double seen(int64_t term_ns)
{
    return term_ns == ACCOUNT_NOT_SEEN ? 0 : (double)term_ns;
}

static bool adds_up(const void *object, size_t index)
{
    const struct account *account = object;
    double sum = seen(account->startup_ns) + seen(account->prepare_ns) +
                 seen(account->useful_ns) + seen(account->slowdown_ns) +
                 seen(account->waiting_ns) + seen(account->blocked_ns) +
                 seen(account->handout_ns) + seen(account->tail_ns);
    double error = sum - (double)account->total_ns;
    (void)index;
    return 1000 * (error < 0 ? -error : error) <= (double)account->total_ns;
}

static const struct schema account = SCHEMA(account, account_fields, .holds = adds_up,
    .rule = "terms that add up to total_ns within 0.1 %");

#define SHARE(MEMBER) FIELD(#MEMBER, REAL, result_cpu, MEMBER, RANGE(0, 1), NULL_FOR(-1))
static const struct field cpu_fields[] = {
    FIELD("id", INTEGER, result_cpu, id, CPU),
    SHARE(busy),
    SHARE(user),
    SHARE(nice),
    SHARE(system),
    SHARE(irq),
    SHARE(steal),
};

static bool ids_rise(const void *object, size_t index)
{
    const struct result_cpu *cpu = object;
    return index == 0 || cpu[0].id > cpu[-1].id;
}

static const struct schema cpu =
    SCHEMA(result_cpu, cpu_fields, .holds = ids_rise, .rule = "CPUs by rising number");

#define CELLS(NAME, MODE)                                                                \
    FIELD(NAME, CELLS, result_samples, modes[MODE], OPTIONAL,                            \
        COUNTED(result_samples, count, RESULT_SAMPLES_MAX))
static const struct field samples_fields[] = {
    FIELD("period_ns", INTEGER, result_samples, period_ns, TIME, OPTIONAL),
    FIELD("t_ns", TIMES, result_samples, t_ns, TIME,
        COUNTED(result_samples, count, RESULT_SAMPLES_MAX)),
    CELLS("user", RESULT_USER),
    CELLS("nice", RESULT_NICE),
    CELLS("system", RESULT_SYSTEM),
    CELLS("irq", RESULT_IRQ),
    CELLS("steal", RESULT_STEAL),
    CELLS("absent", RESULT_ABSENT),
};
static const struct schema samples =
    SCHEMA(result_samples, samples_fields, .is_long = true);

static bool by_signal(const void *object)
{
    const struct result_event *event = object;
    return event->what != RESULT_LEFT && event->what != RESULT_REFUSED &&
           event->what != RESULT_UNPINNED;
}

static bool by_system(const void *object)
{
    const struct result_event *event = object;
    return event->what == RESULT_REFUSED || event->what == RESULT_UNPINNED;
}

static bool by_itself(const void *object)
{
    const struct result_event *event = object;
    return event->what == RESULT_LEFT;
}

static const char *const event_words[] = {
    [RESULT_KILLED] = "killed",
    [RESULT_LEFT] = "left",
    [RESULT_REPLACED] = "replaced",
    [RESULT_REFUSED] = "refused",
    [RESULT_UNPINNED] = "unpinned",
    [RESULT_SUSPENDED] = "suspended",
    [RESULT_STOPPED] = "stopped",
    [RESULT_EVENTS] = NULL,
};

#define WORKER(TYPE)                                                                     \
    FIELD("worker", INTEGER, TYPE, worker, WORKERS, .missing = -1,                       \
        .flags = FIELD_WORKER | FIELD_NULLABLE)
static const struct field event_fields[] = {
    FIELD("t_ns", INTEGER, result_event, t_ns, TIME),
    WORKER(result_event),
    FIELD("pid", INTEGER, result_event, pid, RANGE(1, INT32_MAX), NULL_FOR(0)),
    FIELD("what", WORD, result_event, what, .words = event_words),
    FIELD(
        "signal", SIGNAL, result_event, signal, MAYBE_NULL_FOR(0), .applies = by_signal),
    FIELD("exit", INTEGER, result_event, signal, RANGE(0, 255), .applies = by_itself),
    FIELD("errno", INTEGER, result_event, signal, RANGE(0, 4095), .applies = by_system,
        .flags = FIELD_OPTIONAL),
    FIELD("index", INTEGER, result_event, index, TASKS, MAYBE_NULL_FOR(-1)),
};
static const struct schema event = SCHEMA(result_event, event_fields);

static const struct field move_fields[] = {
    FIELD("t_ns", INTEGER, result_move, t_ns, TIME),
    WORKER(result_move),
    FIELD("cpu", INTEGER, result_move, cpu, CPU, NULL_FOR(-1)),
};
static const struct schema move = SCHEMA(result_move, move_fields);

static const struct field worker_fields[] = {
    FIELD("worker", INTEGER, result_worker, worker, WORKERS, .flags = FIELD_WORKER),
    FIELD("pid", INTEGER, result_worker, pid, RANGE(1, INT32_MAX), NULL_FOR(0)),
    FIELD("pinned", INTEGER, result_worker, pinned, CPU, MAYBE_NULL_FOR(-1)),
    FIELD("tasks", INTEGER, result_worker, tasks, TASKS),
    FIELD("handouts", INTEGER, result_worker, handouts, TASKS),
    FIELD("renewed", INTEGER, result_worker, renewed, TASKS, OPTIONAL),
    FIELD("startup_ns", INTEGER, result_worker, times.startup_ns, TIME),
    FIELD("prepare_ns", INTEGER, result_worker, times.prepare_ns, TIME, OPTIONAL),
    FIELD("span_ns", INTEGER, result_worker, times.span_ns, TIME),
    FIELD("tail_ns", INTEGER, result_worker, times.tail_ns, TIME),
    FIELD("handout_ns", INTEGER, result_worker, times.handout_ns, TIME),
    FIELD("cpu_ns", INTEGER, result_worker, times.cpu_ns, TIME),
    FIELD("waiting_ns", INTEGER, result_worker, times.waiting_ns, TIME,
        NULL_FOR(ACCOUNT_NOT_SEEN)),
};
static const struct schema worker = SCHEMA(result_worker, worker_fields);

static const char *const status_words[] = {
    [RESULT_OK] = "ok",
    [RESULT_FAILED] = "failed",
    [RESULT_STATUSES] = NULL,
};

static const struct field record_fields[] = {
    FIELD("index", INTEGER, result_record, index, TASKS),
    FIELD("count", INTEGER, result_record, count, RANGE(1, SCHEMA_TASKS_MAX)),
    WORKER(result_record),
    FIELD("cpu", INTEGER, result_record, cpu, CPU, NULL_FOR(-1)),
    FIELD("start_ns", INTEGER, result_record, start_ns, TIME),
    FIELD("end_ns", INTEGER, result_record, end_ns, TIME),
    FIELD("cpu_ns", INTEGER, result_record, cpu_ns, TIME),
    FIELD("failed", INTEGER, result_record, failed, TASKS, OPTIONAL),
    FIELD("status", WORD, result_record, status, .words = status_words),
    FIELD("attempts", INTEGER, result_record, attempts, RANGE(0, INT32_MAX)),
    FIELD("value", INTEGER, result_record, value, ANY, OPTIONAL),
    FIELD("digest", DIGEST, result_record, digest, OPTIONAL),
    {.name = "result", .kind = FIELD_RESULT},
    FIELD("item", BEHIND, result_record, item, .schema = &schema_item),
};

static bool is_sound(const void *object, size_t index)
{
    const struct result_record *record = object;
    (void)index;
    return record->end_ns >= record->start_ns && record->failed <= record->count;
}

static const struct schema record = SCHEMA(result_record, record_fields,
    .holds = is_sound, .rule = "end_ns not before start_ns and failed at most count");

#define CLOCK(MEMBER)                                                                    \
    FIELD(#MEMBER, INTEGER, result_clocks, MEMBER##_mhz, RANGE(1, 1000000))
static const struct field clocks_fields[] = {CLOCK(low), CLOCK(median), CLOCK(high)};

static bool clocks_rise(const void *object, size_t index)
{
    const struct result_clocks *clocks = object;
    (void)index;
    return clocks->low_mhz <= clocks->median_mhz &&
           clocks->median_mhz <= clocks->high_mhz;
}

static const struct schema clocks = SCHEMA(result_clocks, clocks_fields,
    .holds = clocks_rise, .rule = "low, median and high in that order");

static bool is_program(const void *object)
{
    const struct result_stage *stage = object;
    return stage->kind == RESULT_PROGRAM;
}

static bool has_parts(const void *object)
{
    return result_stage_has_parts(object);
}

#define OF_PROGRAM .flags = FIELD_OPTIONAL, .applies = is_program
static const struct field stage_fields[] = {
    FIELD("name", WORD, result_stage, kind, .words = result_stage_names),
    FIELD("program", INTEGER, result_stage, program, RANGE(0, PLAN_PROGRAMS_MAX - 1),
        OF_PROGRAM),
    FIELD("label", TEXT, result_stage, label, OF_PROGRAM),
    FIELD("processes", INTEGER, result_stage, processes, RANGE(0, INT32_MAX), OF_PROGRAM),
    FIELD("threads", INTEGER, result_stage, threads, RANGE(0, INT32_MAX), OF_PROGRAM),
    FIELD("warmup", BOOL, result_stage, warmup, OF_PROGRAM),
    FIELD("workers", INTEGER, result_stage, workers, WORKERS),
    FIELD("workers_asked", INTEGER, result_stage, workers_asked, WORKERS, OPTIONAL),
    FIELD("repeat", INTEGER, result_stage, repeat, RANGE(0, INT32_MAX - 1)),
    FIELD(
        "expected_ns", INTEGER, result_stage, expected_ns, RANGE(0, INT64_MAX), OPTIONAL),
    FIELD("elapsed_ns", INTEGER, result_stage, elapsed_ns, TIME),
    FIELD("warm_ns", INTEGER, result_stage, warm_ns, TIME),
    FIELD("prepare_ns", INTEGER, result_stage, prepare_ns, TIME, OPTIONAL),
    FIELD("suspended_ns", INTEGER, result_stage, suspended_ns, TIME, OPTIONAL),
    FIELD("projected", BOOL, result_stage, projected),
    FIELD("measured_ns", INTEGER, result_stage, measured_ns, TIME, OPTIONAL),
    FIELD("complete", BOOL, result_stage, complete, OPTIONAL, .missing = true),
    {.name = "tasks", .kind = FIELD_OBJECT, .schema = &tasks},
    FIELD("largest_chunk", INTEGER, result_stage, largest_chunk, TASKS, OPTIONAL),
    FIELD("handout_price_ns", INTEGER, result_stage, handout_price_ns, TIME,
        MAYBE_NULL_FOR(-1)),
    FIELD("cpu_ns", INTEGER, result_stage, cpu_ns, TERM, OPTIONAL),
    FIELD("paused_ns", INTEGER, result_stage, paused_ns, TERM, OPTIONAL),
    FIELD("tasks_ns", INTEGER, result_stage, tasks_ns, TERM, OPTIONAL),
    FIELD("threads_cpu_ns", INTEGER, result_stage, threads_cpu_ns, TERM, OPTIONAL),
    FIELD(
        "user_ns", INTEGER, result_stage, user_ns, TERM, OPTIONAL, .is_known = has_parts),
    FIELD("system_ns", INTEGER, result_stage, system_ns, TERM, OPTIONAL,
        .is_known = has_parts),
    FIELD("others_cpus", REAL, result_stage, others_cpus, CPUS, MAYBE_NULL_FOR(-1)),
    FIELD("energy_j", REAL, result_stage, energy_j, RANGE(0, SCHEMA_TIME_MAX),
        MAYBE_NULL_FOR(0)),
    FIELD("clock_mhz", OBJECT, result_stage, clocks, .schema = &clocks,
        .flags = FIELD_OPTIONAL | FIELD_NULLABLE,
        .count_offset = offsetof(struct result_stage, clocks.has)),
    FIELD("celsius", REAL, result_stage, celsius, RANGE(-1000, 1000), MAYBE_NULL_FOR(0)),
    FIELD("digest", DIGEST, result_stage, digest, OPTIONAL),
    FIELD("usual_digest", DIGEST, result_stage, usual_digest, OPTIONAL),
    FIELD("odd_tasks", INTEGER, result_stage, odd_tasks, TASKS, OPTIONAL),
    FIELD("odd_index", INTEGER, result_stage, odd_index, TASKS, OPTIONAL),
    FIELD("odd_digest", DIGEST, result_stage, odd_digest, OPTIONAL),
    FIELD("account", OBJECT, result_stage, account, .schema = &account),
    FIELD("cpus", LIST, result_stage, cpus, .schema = &cpu,
        COUNTED(result_stage, cpu_count, SCHEMA_CPUS_MAX)),
    FIELD("samples", OBJECT, result_stage, samples, .schema = &samples),
    FIELD("events", LIST, result_stage, events, .schema = &event,
        COUNTED(result_stage, event_count, RESULT_EVENT_LIST_MAX)),
    FIELD("moves", COLUMNS, result_stage, moves, .schema = &move, OPTIONAL,
        COUNTED(result_stage, move_count, RESULT_MOVES_MAX)),
    FIELD("workers_detail", LIST, result_stage, worker_list, .schema = &worker, OPTIONAL,
        COUNTED(result_stage, worker_count, PLAN_WORKERS_MAX)),
    FIELD("records", LIST, result_stage, records, .schema = &record,
        COUNTED(result_stage, record_count, RESULT_RECORDS_MAX)),
};

/* Whoever adds up the records' durations must not overflow. */
static bool durations_add_up(const void *object, size_t index)
{
    const struct result_stage *stage = object;
    int64_t sum = 0;
    for (size_t i = 0; i < stage->record_count; i++)
        if (__builtin_add_overflow(
                sum, stage->records[i].end_ns - stage->records[i].start_ns, &sum))
            return false;
    (void)index;
    return true;
}

const struct schema schema_stage = SCHEMA(result_stage, stage_fields, .is_long = true,
    .holds = durations_add_up, .rule = "records whose durations can be added up");
