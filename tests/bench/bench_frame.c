// SPDX-License-Identifier: MIT
/* The price of one frame: a scene that changes is kept and drawn, through ncurses, into a
 * real pseudo-terminal that somebody reads.  Frames are 10 ms apart, so that caches are
 * as cold as they are at ten frames a second; a tick counts where there is a pause. */
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/axis.h"
#include "model/statistics.h"
#include "ui/kept.h"
#include "ui/screen.h"
#include "ui/view.h"

enum {
    FRAMES = 101,
    PERIOD_MS = 10,
    SAMPLES = 600, /* of each stage, 100 ms apart: as many as a stage keeps */
    SAMPLE_MS = 100,
    TASKS = 1000000,
};

/* What is drawn. */
struct frame_kind {
    const struct view_ops *view;
    int cpus; /* and workers */
    int columns, rows;
    const char *most_us; /* "" where nothing was promised */
};

struct bench {
    struct loop *events;
    struct screen *screen;
    struct result result;
    struct scene scene;
    struct load_share *loads;
    struct scene_worker *workers;
    struct kept kept;
    const struct frame_kind *kind;
    double cpu_us[FRAMES], wall_us[FRAMES];
    size_t bytes_before;
    int count;
    bool over;
};

/* Half as many cores as CPUs from 16 on, 64 CPUs to a package, 16 to a cache. */
static void make_machine(struct machine *machine, int cpus)
{
    int siblings = cpus >= 16 ? 2 : 1;
    text_copy(sizeof machine->cpu_name, machine->cpu_name, "EPYC 7763");
    machine->topology_known = true;
    machine->packages = cpus / 64 + (cpus < 64);
    machine->cores = cpus / siblings;
    machine->online_cpus = cpus;
    machine->usable_cpus = cpus;
    machine->cpu_count = (size_t)cpus;
    machine->cpus = memory_new((size_t)cpus, sizeof *machine->cpus);
    for (int i = 0; i < cpus; i++) {
        int core = i % machine->cores;
        machine->cpus[i] = (struct machine_cpu){.id = i,
            .core = core,
            .package = core * siblings / 64,
            .node = core * siblings / 64,
            .l3 = core * siblings / 16,
            .kind = -1,
            .online = true,
            .allowed = true};
    }
}

/* 0.7 to 1. */
static double high_share(void)
{
    return 1 - 0.3 * (double)random() / (double)RAND_MAX;
}

static void add_stage(struct result *result, enum result_stage_kind kind, int workers)
{
    struct result_stage *stage = result_add_stage(result);
    size_t cpus = result->machine.cpu_count;
    *stage = (struct result_stage){.kind = kind,
        .workers = workers,
        .workers_asked = workers,
        .complete = true,
        .done = result->plan.iterations,
        .elapsed_ns = SAMPLES * SAMPLE_MS * NS_PER_MS,
        .others_cpus = -1,
        .handout_price_ns = -1,
        .samples.period_ns = SAMPLE_MS * NS_PER_MS,
        .cpu_count = cpus,
        .cpus = memory_new(cpus, sizeof *stage->cpus)};
    int64_t total_ns = stage->elapsed_ns * workers;
    stage->account = (struct account){.total_ns = total_ns,
        .useful_ns = total_ns / 2,
        .slowdown_ns = total_ns - total_ns / 2};
    for (size_t i = 0; i < cpus; i++)
        stage->cpus[i].id = result->machine.cpus[i].id;
    for (int k = 1; k <= SAMPLES; k++) {
        size_t sample =
            result_samples_add(&stage->samples, cpus, k * SAMPLE_MS * NS_PER_MS);
        for (size_t i = 0; i < cpus && i < (size_t)workers; i++) {
            result_samples_set(
                &stage->samples, cpus, sample, i, RESULT_USER, high_share());
            result_samples_set(&stage->samples, cpus, sample, i, RESULT_SYSTEM, 0.02);
        }
    }
}

/* A million tasks of one length: as many records as a stage keeps, each of a hundred. */
static void add_records(struct result_stage *stage)
{
    int64_t count = TASKS / RESULT_RECORDS_MAX, workers = stage->workers;
    int64_t rounds = RESULT_RECORDS_MAX / workers;
    stage->record_count = RESULT_RECORDS_MAX;
    stage->records = memory_new(stage->record_count, sizeof *stage->records);
    for (int64_t i = 0; i < RESULT_RECORDS_MAX; i++)
        stage->records[i] = (struct result_record){.index = i * count,
            .count = count,
            .worker = (int)(i % workers),
            .start_ns = stage->elapsed_ns * (i / workers) / (rounds + 1),
            .end_ns = stage->elapsed_ns * (i / workers + 1) / (rounds + 1),
            .attempts = 1};
}

static void make_result(struct result *result, int cpus)
{
    result_init(result);
    make_machine(&result->machine, cpus);
    result->plan = (struct plan){
        .command = PLAN_RUN, .iterations = TASKS, .workers = cpus, .repeats = 1};
    text_copy(sizeof result->plan.title, result->plan.title, "spin, 1000000 times");
    add_stage(result, RESULT_SEQUENTIAL, 1);
    add_stage(result, RESULT_PARALLEL, cpus);
    add_records(&result->stages[0]);
    add_records(&result->stages[1]);
    result->comparison = (struct result_comparison){.has = true,
        .pairs = 1,
        .sequential_ns = NS_PER_S,
        .parallel_ns = NS_PER_S / 2,
        .speedup = 2,
        .bound = cpus,
        .efficiency = 0.5,
        .karp_flatt = 0.1,
        .sentence = "2.00 times as fast."};
}

/* What another frame finds: a longer stage, other loads; every fifth, other numbers. */
static void change_scene(struct bench *bench)
{
    struct scene *scene = &bench->scene;
    scene->busy_cpus = 0;
    for (size_t i = 0; i < bench->result.machine.cpu_count; i++) {
        float share = (float)high_share();
        bench->loads[i] =
            (struct load_share){.busy = share, .user = share - 0.02F, .system = 0.02F};
        scene->busy_cpus += share;
    }
    scene->elapsed_ns += SAMPLE_MS * NS_PER_MS;
    if (bench->count % 5 == 0)
        bench->kept.figures.held_ns = 0;
}

static void on_frame(void *data)
{
    struct bench *bench = data;
    change_scene(bench);
    int64_t cpu_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID), wall_ns = clock_now_ns();
    struct canvas *canvas = screen_begin(bench->screen);
    if (!canvas) /* the reader is late */
        return;
    kept_take(&bench->kept, &bench->scene, wall_ns);
    struct scene scene = bench->kept.scene;
    struct result result = kept_result(&bench->kept);
    scene.result = &result;
    struct view_input input = {.scene = &scene,
        .figures = &bench->kept.figures,
        .axis = &bench->kept.axis,
        .guess = "",
        .details = bench->kind->view == &view_compare && bench->count % 2 == 1};
    bench->kind->view->draw(canvas, &input);
    screen_end(bench->screen);
    int64_t cpu_end_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
    if (bench->count == 0) /* everything was new in it */
        bench->bytes_before = screen_output(bench->screen).bytes;
    bench->cpu_us[bench->count] = (double)(cpu_end_ns - cpu_ns) / 1e3;
    bench->wall_us[bench->count++] = (double)(clock_now_ns() - wall_ns) / 1e3;
    bench->over = bench->count == FRAMES;
}

static void print_line(struct bench *bench)
{
    double bytes = (double)(screen_output(bench->screen).bytes - bench->bytes_before);
    double cpu_us = statistics_median(FRAMES, bench->cpu_us), worst_us = 0;
    double wall_us = statistics_median(FRAMES, bench->wall_us);
    for (int i = 1; i < FRAMES; i++)
        if (bench->wall_us[i] > worst_us)
            worst_us = bench->wall_us[i];
    const struct frame_kind *kind = bench->kind;
    printf("%-8s %3dx%-3d %6d %10.0f %10.0f %10.0f %10.0f %8s\n", kind->view->name,
        kind->columns, kind->rows, kind->cpus, cpu_us, wall_us, worst_us,
        bytes / (FRAMES - 1), kind->most_us);
}

static struct scene_worker *make_workers(int count)
{
    struct scene_worker *workers = memory_new((size_t)count, sizeof *workers);
    for (int i = 0; i < count; i++)
        workers[i] = (struct scene_worker){
            .worker = i, .pid = 1000 + i, .cpu = i, .index = i, .cpu_share = 1};
    return workers;
}

static void time_kind(struct loop *events, int terminal, const struct frame_kind *kind)
{
    struct bench bench = {.events = events, .kind = kind};
    struct screen_setup setup = {.events = events};
    struct winsize size = {
        .ws_row = (unsigned short)kind->rows, .ws_col = (unsigned short)kind->columns};
    struct fault fault;
    struct watch *timer;
    make_result(&bench.result, kind->cpus);
    bench.loads = memory_new((size_t)kind->cpus, sizeof *bench.loads);
    bench.workers = make_workers(kind->cpus);
    bench.scene = (struct scene){.result = &bench.result,
        .phase = kind->view == &view_live ? SCENE_RUNNING : SCENE_ENDED,
        .stage = 1,
        .expected_ns = SAMPLES * SAMPLE_MS * NS_PER_MS,
        .elapsed_ns = 5 * NS_PER_S,
        .own_cpus = -1,
        .loads = bench.loads,
        .workers = bench.workers,
        .worker_count = (size_t)kind->cpus};
    if (ioctl(terminal, TIOCSWINSZ, &size) < 0 ||
        screen_open(&setup, &bench.screen, &fault) < 0 ||
        loop_watch_timer(events, PERIOD_MS * NS_PER_MS, on_frame, &bench, &timer) < 0 ||
        loop_run(events, &bench.over) < 0)
        exit(EXIT_FAILURE);
    loop_unwatch(timer);
    print_line(&bench);
    screen_close(bench.screen);
    kept_finish(&bench.kept);
    free(bench.workers);
    free(bench.loads);
    result_finish(&bench.result);
}

static int time_all(int terminal)
{
    static const struct frame_kind kinds[] = {
        {&view_live, 1, 120, 40, ""},
        {&view_live, 2, 120, 40, ""},
        {&view_live, 16, 120, 40, ""},
        {&view_live, 64, 120, 40, ""},
        {&view_live, 256, 120, 40, "3000"},
        {&view_live, 1024, 120, 40, "5000"},
        {&view_live, 2048, 120, 40, ""},
        {&view_compare, 1, 120, 40, ""},
        {&view_compare, 2, 120, 40, ""},
        {&view_compare, 16, 120, 40, ""},
        {&view_compare, 64, 120, 40, ""},
        {&view_compare, 256, 120, 40, "3000"},
        {&view_compare, 1024, 120, 40, "5000"},
        {&view_compare, 2048, 120, 40, ""},
        {&view_live, 1024, 200, 60, "5000"},
        {&view_live, 1024, 40, 12, "5000"},
        {&view_workers, 1024, 120, 40, "5000"},
        {&view_tasks, 1024, 120, 40, "5000"},
        {&view_tasks, 2, 80, 24, "2000"},
        {&view_tasks, 2, 120, 40, "2000"},
        {&view_tasks, 2, 200, 60, "2000"},
        {&view_tasks, 64, 80, 24, "2000"},
        {&view_tasks, 64, 120, 40, "2000"},
        {&view_tasks, 64, 200, 60, "2000"},
    };
    struct loop *events;
    setenv("TERM", "xterm-256color", 1);
    if (!setlocale(LC_ALL, "C.UTF-8") || loop_create(&events) < 0)
        return EXIT_FAILURE;
    printf("%-8s %-7s %6s %10s %10s %10s %10s %8s\n", "frame", "size", "CPUs",
        "us of CPU", "us", "worst us", "bytes", "at most");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        time_kind(events, terminal, &kinds[i]);
    loop_destroy(events);
    return EXIT_SUCCESS;
}

/* The one whose controlling terminal it is draws, the other reads it to its end. */
int main(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), status;
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
        return EXIT_FAILURE;
    pid_t pid = fork();
    if (pid == 0) {
        int slave = setsid() < 0 ? -1 : open(ptsname(master), O_RDWR);
        close(master);
        return slave < 0 ? EXIT_FAILURE : time_all(slave);
    }
    char bytes[1 << 16];
    usleep(100000); /* there is an end to read before the other has opened it, too */
    while (read(master, bytes, sizeof bytes) > 0)
        continue;
    return waitpid(pid, &status, 0) == pid && status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
