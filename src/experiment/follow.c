// SPDX-License-Identifier: MIT
#include "experiment/follow.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum {
    PASSES = 7,            /* kept to know what was gained between two of them, … */
    PASS_EVERY_MS = 90,    /* … at least so far apart */
    GAIN_OVER_MS = 450,    /* over as much, or as much as there is */
    CLOCKS_PER_PASS = 192, /* a read costs 1 us */
    LOOKUPS_PER_PASS = 8,  /* a look into /proc 25 us */
    LONG_TASK_MS = 1000,   /* a worker silent for so long is looked up there */
};

/* CPU time of all workers at a time of the stage. */
struct pass {
    int64_t t_ns, cpu_ns;
};

struct follow {
    int count;
    bool cpus_shown;
    struct scene_worker *workers;
    int64_t *ended_cpu_ns;  /* of commands that each worker has seen the end of */
    int64_t *family_cpu_ns; /* of children of the one in hand, when last looked up … */
    int64_t *family_index;  /* … and which task that was */
    const struct items *store; /* where tasks have their names; NULL: they have none … */
    int64_t *named_index;      /* … and which task's name each worker has; -1: none */
    int64_t *cpu_ns;           /* of each worker, when its clock was last read … */
    int64_t cpu_sum_ns;        /* … and of all together */
    int next_clock, next_lookup;
    int clocks_read;            /* at most `count`: then each was read */
    int64_t last_pass_ns;       /* of the stage's time */
    struct pass passes[PASSES]; /* number n at n % PASSES */
    size_t pass_count;
};

struct follow *follow_create(int workers, bool cpus_shown)
{
    struct follow *follow = memory_new(1, sizeof *follow);
    *follow = (struct follow){.count = workers,
        .cpus_shown = cpus_shown,
        .workers = memory_new((size_t)workers, sizeof *follow->workers),
        .ended_cpu_ns = memory_new((size_t)workers, sizeof *follow->ended_cpu_ns),
        .family_cpu_ns = memory_new((size_t)workers, sizeof *follow->family_cpu_ns),
        .family_index = memory_new((size_t)workers, sizeof *follow->family_index),
        .named_index = memory_new((size_t)workers, sizeof *follow->named_index),
        .cpu_ns = memory_new((size_t)workers, sizeof *follow->cpu_ns),
        .pass_count = 1}; /* at the start nothing was used yet */
    for (int i = 0; i < workers; i++) {
        follow->workers[i] =
            (struct scene_worker){.worker = i, .cpu = -1, .index = -1, .cpu_share = -1};
        follow->named_index[i] = -1;
    }
    return follow;
}

void follow_name_items(struct follow *follow, const struct items *store)
{
    follow->store = store;
}

void follow_destroy(struct follow *follow)
{
    if (!follow)
        return;
    free(follow->workers);
    free(follow->ended_cpu_ns);
    free(follow->family_cpu_ns);
    free(follow->family_index);
    free(follow->named_index);
    free(follow->cpu_ns);
    free(follow);
}

/* What /proc/PID/stat tells of a process that does not report, proc_pid_stat(5). */
struct look {
    int cpu;                /* field 39; -1: it is gone */
    int64_t children_ticks; /* fields 16 and 17: those that it has waited for */
};

static struct look look_up(pid_t pid)
{
    enum { CHILDREN_USER = 16, CHILDREN_SYSTEM = 17, PROCESSOR = 39 };
    char path[48], text[1024];
    struct look look = {.cpu = -1};
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return look;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    const char *field = strrchr(text, ')');
    for (int number = 2; field && number < PROCESSOR; number++) {
        if (number == CHILDREN_USER || number == CHILDREN_SYSTEM)
            look.children_ticks += atoll(field);
        field = strchr(field + 1, ' ');
    }
    if (field)
        look.cpu = atoi(field);
    return look;
}

static void note_cpu(
    struct scene_worker *worker, int cpu, int64_t t_ns, struct result_stage *stage)
{
    if (cpu < 0 || cpu == worker->cpu)
        return;
    worker->cpu = cpu;
    if (stage->move_count >= RESULT_MOVES_MAX)
        return;
    void *moves = stage->moves;
    struct result_move *added = memory_append(&moves, stage->move_count++, sizeof *added);
    stage->moves = moves;
    *added = (struct result_move){t_ns, worker->worker, cpu};
}

/* CPU time of a process so far; 0 if it is gone. */
static int64_t read_clock(pid_t pid)
{
    clockid_t clock;
    struct timespec time;
    if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0 ||
        clock_gettime(clock, &time) < 0)
        return 0;
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

/* What has ended is known from its last task on only, so the sum may fall behind. */
static void update_clock(
    struct follow *follow, int i, const struct pool_view *view, int64_t t_ns)
{
    int64_t cpu_ns = read_clock(view->pid) + follow->ended_cpu_ns[i];
    if (follow->ended_cpu_ns[i] == 0) /* or it has the commands', too */
        cpu_ns += view->ended_cpu_ns;
    if (view->group > 0)
        cpu_ns += read_clock(view->group);
    if (view->group > 0 && follow->family_index[i] == view->index)
        cpu_ns += follow->family_cpu_ns[i];
    if (cpu_ns > follow->cpu_ns[i]) {
        follow->cpu_sum_ns += cpu_ns - follow->cpu_ns[i];
        follow->cpu_ns[i] = cpu_ns;
    }
    if (t_ns > 0)
        follow->workers[i].cpu_share = (double)follow->cpu_ns[i] / (double)t_ns;
}

/* Whether a pass that begins with worker `next` and takes `part` of them takes this one.
 */
static bool is_in_part(const struct follow *follow, int i, int next, int part)
{
    return (i - next + follow->count) % follow->count < part;
}

/* From its own stamps, or from /proc while a task lasts, where children of a command are
 * looked up as well. */
static int find_cpu(struct follow *follow, int i, const struct pool_view *view,
    int64_t now_ns, bool is_pass)
{
    pid_t pid = view->group > 0 ? view->group : view->pid;
    if (pid == 0 || now_ns - view->last_ns < LONG_TASK_MS * NS_PER_MS)
        return view->cpu;
    if (!is_pass || !is_in_part(follow, i, follow->next_lookup, LOOKUPS_PER_PASS))
        return -1;
    struct look look = look_up(pid);
    if (view->group > 0) {
        follow->family_index[i] = view->index;
        follow->family_cpu_ns[i] =
            look.children_ticks * (NS_PER_S / sysconf(_SC_CLK_TCK));
    }
    return look.cpu;
}

/* The sum counts once all clocks are in it. */
static void end_pass(struct follow *follow, int64_t t_ns)
{
    bool whole_before = follow->clocks_read == follow->count;
    follow->next_lookup = (follow->next_lookup + LOOKUPS_PER_PASS) % follow->count;
    follow->next_clock = (follow->next_clock + CLOCKS_PER_PASS) % follow->count;
    follow->clocks_read += CLOCKS_PER_PASS;
    if (follow->clocks_read > follow->count)
        follow->clocks_read = follow->count;
    if (!whole_before && follow->count > CLOCKS_PER_PASS)
        follow->pass_count = 0;
    follow->passes[follow->pass_count++ % PASSES] =
        (struct pass){t_ns, follow->cpu_sum_ns};
    follow->last_pass_ns = t_ns;
}

/* By its item, once the task has lasted: most are over before anybody could read that. */
static void name_task(
    struct follow *follow, int i, const struct pool_view *view, int64_t now_ns)
{
    struct scene_worker *worker = &follow->workers[i];
    struct items_task task;
    bool lasts = view->begun_ns > 0 && now_ns - view->begun_ns > LONG_TASK_MS * NS_PER_MS;
    if (view->index != follow->named_index[i])
        worker->item[0] = '\0';
    if (!follow->store || !lasts || view->index == follow->named_index[i] ||
        items_read(follow->store, view->index, &task) < 0)
        return;
    items_describe(&task, sizeof worker->item, worker->item);
    items_drop(&task);
    follow->named_index[i] = view->index;
}

void follow_look(
    struct follow *follow, struct pool *pool, int64_t t_ns, struct result_stage *stage)
{
    int64_t now_ns = clock_now_ns();
    bool is_pass = t_ns - follow->last_pass_ns >= PASS_EVERY_MS * NS_PER_MS;
    for (int i = 0; i < follow->count; i++) {
        struct scene_worker *worker = &follow->workers[i];
        struct pool_view view = pool_view(pool, i);
        worker->pid = view.pid;
        worker->index = view.index;
        worker->done = view.done + view.failed;
        name_task(follow, i, &view, now_ns);
        if (follow->cpus_shown)
            note_cpu(worker, find_cpu(follow, i, &view, now_ns, is_pass), t_ns, stage);
        if (is_pass && is_in_part(follow, i, follow->next_clock, CLOCKS_PER_PASS))
            update_clock(follow, i, &view, t_ns);
    }
    if (is_pass)
        end_pass(follow, t_ns);
}

void follow_add_cpu(struct follow *follow, int worker, int64_t cpu_ns)
{
    follow->ended_cpu_ns[worker] += cpu_ns;
    follow->family_cpu_ns[worker] = 0;
}

const struct scene_worker *follow_workers(const struct follow *follow)
{
    return follow->workers;
}

double follow_own_cpus(const struct follow *follow)
{
    size_t count = follow->pass_count, oldest = count < PASSES ? count - 1 : PASSES - 1;
    if (!follow->cpus_shown || count < 2)
        return -1;
    const struct pass *now = &follow->passes[(count - 1) % PASSES], *then = now;
    for (size_t age = 1; age <= oldest; age++) {
        if (now->t_ns - then->t_ns >= GAIN_OVER_MS * NS_PER_MS)
            break;
        then = &follow->passes[(count - 1 - age) % PASSES];
    }
    return (double)(now->cpu_ns - then->cpu_ns) / (double)(now->t_ns - then->t_ns);
}
