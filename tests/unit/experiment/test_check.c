// SPDX-License-Identifier: MIT
#include "experiment/check.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiment/check_inside.h"
#include "made.h"

/* So many CPUs of this computer are checked at most: each takes its time. */
enum { CPUS_MOST = 2, RIGHT = 42, WRONG = 4711, NO_CPU = 4000 };

/* The CPU on which things go wrong: workers have it from before they were forked. */
static int target;

static void use_cpu(int64_t ns)
{
    int64_t end_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID) + ns;
    while (clock_read_ns(CLOCK_THREAD_CPUTIME_ID) < end_ns)
        for (volatile int i = 0; i < 5000; i++)
            continue;
}

static uint64_t be_right(void)
{
    use_cpu(NS_PER_MS);
    return RIGHT;
}

static uint64_t be_wrong_there(void)
{
    use_cpu(NS_PER_MS);
    return sched_getcpu() == target ? WRONG : RIGHT;
}

static uint64_t be_slow_there(void)
{
    use_cpu(sched_getcpu() == target ? NS_PER_MS * 3 / 2 : NS_PER_MS);
    return RIGHT;
}

static uint64_t be_slow_and_wrong_there(void)
{
    return be_slow_there() + be_wrong_there() - RIGHT;
}

static uint64_t die_there_be_wrong_elsewhere(void)
{
    if (sched_getcpu() == target)
        raise(SIGSEGV);
    return be_right() + 1;
}

static uint64_t die_there(void)
{
    if (sched_getcpu() == target)
        raise(SIGILL);
    return be_right();
}

/* A check of this computer, and what was seen of it. */
struct place {
    struct loop *events;
    struct root root;
    struct result result;
    struct experiment_observer observer;
    struct probe_task task;
    struct check *check;
    bool done, sound, planned, ended;
    int scenes;
    bool seen[CHECK_PARTS];
    enum check_part stop_at;    /* CHECK_OVER: it is not stopped */
    enum check_part suspend_at; /* likewise */
    enum check_part starve_at;  /* no more files can be opened from then on; likewise */
    int stat_fd; /* of counters that are made up: every CPU is idle; -1: they are real */
    int ticks;
    cpu_set_t mask;
};

/* Only ever rising, as those of a machine that is quiet. */
static void write_counters(struct place *place)
{
    char text[1024] = "cpu 0 0 0 0\n";
    if (place->stat_fd < 0)
        return;
    place->ticks += 10;
    for (size_t i = 0; i < place->result.machine.cpu_count && i < 16; i++)
        text_append(sizeof text, text, "cpu%d 0 0 0 %08d 0 0 0 0\n",
            place->result.machine.cpus[i].id, place->ticks);
    assert_true(pwrite(place->stat_fd, text, strlen(text), 0) > 0);
}

static void look_at_cells(struct place *place, const struct scene_check *check)
{
    const struct machine *machine = &place->result.machine;
    for (size_t i = 0; i < machine->cpu_count; i++) {
        const struct scene_check_cpu *cell = &check->cpus[i];
        if (cell->share < 0 || cell->share > 1 || cell->wrong > cell->rounds ||
            (cell->current && !cell->taken) || (cell->taken && !machine->cpus[i].allowed))
            place->sound = false;
    }
}

static void planned(void *data, const struct result *result)
{
    struct place *place = data;
    place->planned = place->scenes == 0 && result->check.has;
    place->sound = place->sound && result == &place->result;
}

static void sampled(void *data, const struct scene *scene)
{
    struct place *place = data;
    const struct scene_check *check = scene->check;
    place->scenes++;
    if (scene->phase != SCENE_CHECKING || scene->result != &place->result ||
        !place->planned || check->share < 0 || check->share > 1 || check->elapsed_ns < 0)
        place->sound = false;
    for (int later = (int)check->part + 1; later < CHECK_PARTS; later++)
        place->sound = place->sound && !place->seen[later];
    place->seen[check->part] = true;
    look_at_cells(place, check);
    write_counters(place);
    if (check->part == place->stop_at)
        place->done = true;
    if (check->part == place->starve_at)
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){3, 3});
    if (check->part == place->suspend_at) {
        place->suspend_at = CHECK_OVER;
        check_suspend(place->check);
    }
}

static void stage_ended(void *data, const struct scene *scene)
{
    struct place *place = data;
    place->ended = !place->ended && scene->phase == SCENE_ENDED &&
                   scene->check->part == CHECK_OVER && place->check;
}

/* Beyond `cpus` of those that we may use nothing is checked. */
static void init(struct place *place, uint64_t (*compute)(void), int cpus)
{
    struct fault fault = {0};
    struct machine *machine = &place->result.machine;
    *place = (struct place){.sound = true,
        .task = {compute, RIGHT},
        .stop_at = CHECK_OVER,
        .suspend_at = CHECK_OVER,
        .starve_at = CHECK_OVER,
        .stat_fd = -1};
    result_init(&place->result);
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(root_open(NULL, &place->root, &fault), 0);
    assert_int_equal(machine_init(machine, &place->root, environ, &fault), 0);
    assert_int_equal(sched_getaffinity(0, sizeof place->mask, &place->mask), 0);
    for (size_t i = 0; i < machine->cpu_count; i++) {
        machine->cpus[i].allowed = machine->cpus[i].allowed && cpus-- > 0;
        if (machine->cpus[i].allowed)
            target = machine->cpus[i].id;
    }
    plan_init(&place->result.plan, PLAN_CHECK, "");
    place->result.plan.lasts_ns = NS_PER_S / 2;
    place->result.plan.nice = 0;
    place->observer = (struct experiment_observer){.data = place,
        .planned = planned,
        .sampled = sampled,
        .stage_ended = stage_ended};
}

/* The counters of a machine that is quiet, whatever else this one does. */
static void make_quiet(struct place *place)
{
    char folder[] = "/tmp/parfor-test-XXXXXX", path[64];
    struct fault fault = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/proc", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/proc/stat", folder);
    place->stat_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(place->stat_fd >= 0);
    write_counters(place);
    root_close(&place->root);
    assert_int_equal(root_open(folder, &place->root, &fault), 0);
}

static void remove_counters(struct place *place)
{
    if (place->stat_fd < 0)
        return;
    char folder[256] = "", link[64];
    close(place->stat_fd);
    snprintf(link, sizeof link, "/proc/self/fd/%d", place->root.fd);
    assert_true(readlink(link, folder, sizeof folder - 1) > 0);
    unlinkat(place->root.fd, "proc/stat", 0);
    unlinkat(place->root.fd, "proc", AT_REMOVEDIR);
    rmdir(folder);
}

static int run(struct place *place, struct fault *fault)
{
    struct check_setup setup = {.events = place->events,
        .root = &place->root,
        .observer = &place->observer,
        .task = &place->task,
        .environment = environ};
    int error = check_run(&setup, &place->result, &place->done, &place->check, fault);
    assert_null(place->check);
    return error;
}

/* Nobody is left, and we may run where we could before. */
static void expect_as_before(const struct place *place)
{
    cpu_set_t mask;
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_int_equal(sched_getaffinity(0, sizeof mask, &mask), 0);
    assert_true(CPU_EQUAL(&place->mask, &mask));
}

static void run_well(struct place *place)
{
    struct fault fault = {0};
    assert_int_equal(run(place, &fault), 0);
    assert_true(place->sound);
    assert_true(place->planned);
    assert_true(place->ended);
    assert_true(place->result.check.has);
    expect_as_before(place);
}

static void finish(struct place *place)
{
    remove_counters(place);
    result_finish(&place->result);
    root_close(&place->root);
    loop_destroy(place->events);
}

static const struct check_cpu *target_of(const struct place *place)
{
    const struct check_cpu *cpu = result_check_cpu(&place->result.check, target);
    assert_non_null(cpu);
    return cpu;
}

static const struct check_finding *find(const struct place *place, const char *topic)
{
    const struct result_check *check = &place->result.check;
    for (size_t i = 0; i < check->finding_count; i++)
        if (strcmp(check->findings[i].topic, topic) == 0)
            return &check->findings[i];
    return NULL;
}

static void expect_stage(const struct place *place)
{
    const struct result *result = &place->result;
    assert_int_equal(result->stage_count, 1);
    const struct result_stage *stage = &result->stages[0];
    assert_int_equal(stage->kind, RESULT_WATCHED);
    assert_true(stage->complete);
    assert_true(stage->samples.count > 5);
    assert_true(stage->elapsed_ns > 0);
    assert_int_equal(stage->cpu_count, result->machine.cpu_count);
}

/* As if they were siblings. */
static void share_a_core(struct place *place)
{
    struct machine *machine = &place->result.machine;
    for (size_t i = 0; i < machine->cpu_count; i++)
        machine->cpus[i].core = machine->cpus[i].allowed ? 7 : -1;
}

static void a_right_machine_is_found_right(void **state)
{
    struct place place;
    init(&place, be_right, CPUS_MOST);
    share_a_core(&place);
    run_well(&place);
    const struct result_check *check = &place.result.check;
    assert_true(check->measured);
    assert_true(check->complete);
    assert_true(check->host[0] != '\0');
    assert_int_equal(
        check->expected_ns, check_expected_ns(&place.result.plan, &place.result.machine));
    assert_true(check->elapsed_ns > 0);
    assert_in_range(check->unit_ns, NS_PER_MS, 100 * NS_PER_MS);
    assert_in_range(check->units * check->unit_ns, 20 * NS_PER_MS, 200 * NS_PER_MS);
    assert_true(check->quiet.looked_ns > 0);
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        assert_true(i == 0 || cpu->id > check->cpus[i - 1].id);
        assert_true(cpu->alone.rounds > 0);
        assert_true(cpu->together.rounds > 0);
        assert_int_equal(cpu->cores.rounds > 0, i == 0 && check->cpu_count > 1);
        assert_true(
            cpu->tasks > cpu->alone.rounds + cpu->cores.rounds + cpu->together.rounds);
        assert_true(cpu->alone.min_ns >= check->units * NS_PER_MS);
        assert_true(cpu->alone.median_ns >= cpu->alone.min_ns);
        assert_true(cpu->alone.elapsed_ns >= check->units * NS_PER_MS);
        assert_int_equal(cpu->wrong, 0);
        assert_int_equal(cpu->again_tasks, 0);
        assert_int_equal(cpu->neighbour, -1);
        assert_int_equal(cpu->refused, 0);
        assert_int_equal(cpu->died_of, 0);
    }
    assert_null(find(&place, "answer"));
    assert_true(check->verdict != CHECK_FAIL);
    assert_true(place.seen[CHECK_QUIET] && place.seen[CHECK_ALONE]);
    assert_true(place.seen[CHECK_TOGETHER]);
    assert_int_equal(place.seen[CHECK_CORES], check->cpu_count > 1);
    assert_false(place.seen[CHECK_ANSWERS]);
    expect_stage(&place);
    finish(&place);
    (void)state;
}

static void a_wrong_answer_is_repeated_there_and_next_to_it(void **state)
{
    struct place place;
    init(&place, be_wrong_there, CPUS_MOST);
    run_well(&place);
    const struct result_check *check = &place.result.check;
    const struct check_cpu *cpu = target_of(&place);
    assert_true(place.seen[CHECK_ANSWERS]);
    assert_false(place.seen[CHECK_CORES]); /* no topology is known */
    assert_int_equal(cpu->wrong, cpu->tasks);
    assert_true(cpu->wrong_answer == WRONG);
    assert_in_range(cpu->again_tasks, 1, 10);
    assert_int_equal(cpu->again_wrong, cpu->again_tasks);
    assert_int_equal(cpu->neighbour_wrong, 0);
    assert_int_equal(cpu->neighbour, check->cpu_count > 1 ? check->cpus[0].id : -1);
    for (size_t i = 0; i + 1 < check->cpu_count; i++) {
        assert_int_equal(check->cpus[i].wrong, 0);
        assert_int_equal(check->cpus[i].again_tasks, 0);
    }
    assert_non_null(find(&place, "answer"));
    assert_int_equal(find(&place, "answer")->cpu, target);
    assert_int_equal(check->verdict, CHECK_FAIL);
    finish(&place);
    (void)state;
}

/* Else other processes have left too little of the CPUs for a verdict. */
static bool has_enough(const struct place *place, enum check_part part)
{
    const struct result_check *check = &place->result.check;
    bool enough = check->cpu_count > 1;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        const struct check_times *times = part == CHECK_ALONE ? &cpu->alone : &cpu->again;
        enough = enough && times->rounds >= CHECK_ROUNDS_MIN;
    }
    if (!enough)
        print_message("one CPU, or others are busy: too few rounds to compare\n");
    return enough;
}

static void expect_slow(const struct place *place)
{
    const struct result_check *check = &place->result.check;
    const struct check_cpu *cpu = target_of(place);
    assert_true(cpu->alone.slowness > 1.3);
    assert_true(place->seen[CHECK_AGAIN]);
    assert_true(check->cpus[0].again.rounds > 0);
    if (!has_enough(place, CHECK_AGAIN))
        return;
    assert_true(cpu->again.slowness > 1.3);
    assert_true(cpu->slow);
    assert_false(check->cpus[0].slow);
}

static void a_slow_cpu_is_found_twice(void **state)
{
    struct place place;
    init(&place, be_slow_there, CPUS_MOST);
    make_quiet(&place);
    run_well(&place);
    assert_true(place.result.check.quiet.quiet);
    assert_int_equal(place.result.check.wrong, 0);
    if (has_enough(&place, CHECK_ALONE))
        expect_slow(&place);
    finish(&place);
    (void)state;
}

static void a_cpu_on_which_workers_die_is_named(void **state)
{
    struct place place;
    init(&place, die_there, CPUS_MOST);
    run_well(&place);
    const struct result_check *check = &place.result.check;
    assert_int_equal(target_of(&place)->died_of, SIGILL);
    assert_int_equal(target_of(&place)->tasks, 0);
    for (size_t i = 0; i + 1 < check->cpu_count; i++) {
        assert_int_equal(check->cpus[i].died_of, 0);
        assert_true(check->cpus[i].together.rounds > 0);
    }
    assert_non_null(find(&place, "died"));
    assert_int_equal(find(&place, "died")->cpu, target);
    assert_int_equal(check->verdict, CHECK_FAIL);
    finish(&place);
    (void)state;
}

/* Then nobody is left to compare with. */
static void a_wrong_cpu_is_named_beside_one_on_which_workers_die(void **state)
{
    struct place place;
    init(&place, die_there_be_wrong_elsewhere, CPUS_MOST);
    run_well(&place);
    const struct result_check *check = &place.result.check;
    assert_int_equal(target_of(&place)->died_of, SIGSEGV);
    assert_int_equal(target_of(&place)->wrong, 0);
    for (size_t i = 0; i + 1 < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        assert_true(cpu->tasks > 0);
        assert_int_equal(cpu->wrong, cpu->tasks);
        assert_true(cpu->wrong_answer == RIGHT + 1);
        assert_int_equal(cpu->again_wrong, cpu->again_tasks);
        assert_int_equal(cpu->died_of, 0);
    }
    assert_int_equal(find(&place, "died")->level, CHECK_FAIL);
    assert_int_equal(find(&place, "answer") != NULL, check->cpu_count > 1);
    assert_int_equal(check->verdict, CHECK_FAIL);
    finish(&place);
    (void)state;
}

static void add_cpu(struct machine *machine, int id)
{
    struct machine_cpu *cpus = memory_new(machine->cpu_count + 1, sizeof *cpus);
    memcpy(cpus, machine->cpus, machine->cpu_count * sizeof *cpus);
    cpus[machine->cpu_count] = cpus[0];
    cpus[machine->cpu_count].id = id;
    cpus[machine->cpu_count++].allowed = true;
    free(machine->cpus);
    machine->cpus = cpus;
}

static void a_cpu_that_cannot_be_run_on_is_named(void **state)
{
    struct place place;
    init(&place, be_right, 1);
    add_cpu(&place.result.machine, NO_CPU);
    run_well(&place);
    const struct result_check *check = &place.result.check;
    assert_int_equal(check->cpu_count, 2);
    assert_int_equal(check->cpus[1].refused, EINVAL);
    assert_int_equal(check->cpus[1].tasks, 0);
    assert_int_equal(check->cpus[0].refused, 0);
    assert_true(check->cpus[0].together.rounds > 0);
    assert_non_null(find(&place, "refused"));
    assert_int_equal(find(&place, "refused")->cpu, NO_CPU);
    assert_int_equal(check->verdict, CHECK_FAIL);
    finish(&place);
    (void)state;
}

static pid_t compete_on(int cpu)
{
    pid_t parent = getpid(), pid = fork();
    if (pid != 0)
        return pid;
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET(cpu, &mask);
    sched_setaffinity(0, sizeof mask, &mask);
    while (getppid() == parent)
        use_cpu(NS_PER_MS);
    _exit(EXIT_SUCCESS);
}

/* Whatever it does to speeds, nothing is said of them for certain. */
static void where_another_process_is_busy_speeds_are_left_open(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, be_right, 1);
    pid_t pid = compete_on(target);
    assert_true(pid > 0);
    assert_int_equal(run(&place, &fault), 0);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    expect_as_before(&place);
    const struct result_check *check = &place.result.check;
    assert_true(check->quiet.busy > CHECK_BUSY_MOST);
    assert_true(check->quiet.busy_most > CHECK_BUSY_MOST);
    assert_false(check->quiet.quiet);
    assert_false(place.seen[CHECK_AGAIN]);
    for (size_t i = 0; i < check->cpu_count; i++)
        assert_false(check->cpus[i].slow);
    assert_non_null(find(&place, "quiet"));
    assert_int_equal(check->verdict, CHECK_INCONCLUSIVE);
    finish(&place);
    (void)state;
}

static void expect_stopped_in(const struct place *place, enum check_part part)
{
    const struct result_check *check = &place->result.check;
    assert_true(place->seen[part]);
    assert_false(check->complete);
    assert_false(place->result.stages[0].complete);
    assert_int_equal(check->measured, part != CHECK_QUIET);
    for (int later = (int)part + 1; later < CHECK_PARTS; later++)
        assert_false(place->seen[later]);
}

/* What makes each part come, on as few CPUs as will do. */
static void stopped_in_any_part_it_ends_at_once(void **state)
{
    static const enum check_part parts[] = {
        CHECK_QUIET, CHECK_ALONE, CHECK_AGAIN, CHECK_TOGETHER, CHECK_ANSWERS};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct place place;
        bool again = parts[i] == CHECK_AGAIN;
        init(&place, be_slow_and_wrong_there, again ? 2 : 1);
        make_quiet(&place);
        place.stop_at = parts[i];
        run_well(&place);
        if (!again || has_enough(&place, CHECK_ALONE))
            expect_stopped_in(&place, parts[i]);
        finish(&place);
    }
    (void)state;
}

static void run_starved(void)
{
    struct place place;
    init(&place, be_right, 1);
    place.starve_at = CHECK_ALONE;
    run_well(&place);
    assert_false(place.result.check.complete);
    assert_int_equal(place.result.check.cpus[0].together.rounds, 0);
    assert_true(place.result.remark_count > 0);
    assert_non_null(find(&place, "unmeasured"));
    assert_null(find(&place, "stopped"));
    assert_int_equal(place.result.check.verdict, CHECK_INCONCLUSIVE);
    finish(&place);
}

/* In a process of its own, which cannot have its files back. */
static void what_cannot_be_done_is_not_called_stopped(void **state)
{
    int status = -1;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(60);
        run_starved();
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    (void)state;
}

/* On one CPU, which is a machine, too. */
static void run_suspended(void)
{
    struct place place;
    sigset_t stop;
    setpgid(0, 0); /* not orphaned: the test is its parent, in another group */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    init(&place, be_right, 1);
    place.suspend_at = CHECK_ALONE;
    int64_t before_ns = clock_now_ns();
    run_well(&place);
    int64_t wall_ns = clock_now_ns() - before_ns;
    const struct result_check *check = &place.result.check;
    assert_true(check->suspended_ns >= 250 * NS_PER_MS);
    assert_true(check->elapsed_ns + check->suspended_ns <= wall_ns);
    assert_int_equal(place.result.stages[0].suspended_ns, check->suspended_ns);
    assert_true(check->cpus[0].alone.rounds > 0);
    assert_true(check->cpus[0].together.rounds > 0);
    assert_int_equal(check->wrong, 0);
    assert_int_equal(check->verdict, CHECK_INCONCLUSIVE);
    finish(&place);
}

static void a_suspension_leaves_speeds_open(void **state)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(60);
        run_suspended();
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
    struct timespec rest = clock_timespec(300 * NS_PER_MS);
    nanosleep(&rest, NULL);
    assert_int_equal(kill(pid, SIGCONT), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_SUCCESS);
    (void)state;
}

static void the_inventory_alone_runs_nothing(void **state)
{
    struct place place;
    init(&place, die_there, CPUS_MOST);
    place.result.plan.only_inventory = true;
    run_well(&place);
    const struct result_check *check = &place.result.check;
    assert_int_equal(check->expected_ns, 0);
    assert_false(check->measured);
    assert_true(check->complete);
    assert_true(check->cpu_count > 0);
    assert_int_equal(check->tasks, 0);
    assert_int_equal(check->quiet.looked_ns, 0);
    assert_true(isnan(check->loaded.celsius));
    assert_int_equal(place.scenes, 1);
    finish(&place);
    (void)state;
}

static void of_a_simulated_machine_nothing_is_run(void **state)
{
    struct place place;
    char folder[] = "/tmp/parfor-test-XXXXXX";
    struct fault fault = {0};
    init(&place, die_there, CPUS_MOST);
    assert_non_null(mkdtemp(folder));
    root_close(&place.root);
    assert_int_equal(root_open(folder, &place.root, &fault), 0);
    assert_int_equal(run(&place, &fault), -ENOENT); /* it has no counters */
    assert_false(place.ended);
    place.result.machine.simulated = true;
    run_well(&place);
    assert_false(place.result.check.measured);
    assert_string_equal(place.result.check.host, ""); /* it is not this computer */
    assert_int_equal(place.result.stage_count, 0);
    finish(&place);
    rmdir(folder);
    (void)state;
}

enum { IS_RIGHT, IS_NOT_PERMITTED, IS_WRONG };

/* In a process of its own, which is not of this name when it has ended. */
static int find_odd_host(void)
{
    static const char name[] = "a\033[31mb";
    struct result result = {0};
    if (unshare(CLONE_NEWUTS) < 0 || sethostname(name, sizeof name - 1) < 0)
        return IS_NOT_PERMITTED;
    check_find_host(&result);
    return strcmp(result.check.host, "a?[31mb") == 0 ? IS_RIGHT : IS_WRONG;
}

static void the_name_of_a_machine_cannot_reach_the_terminal(void **state)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(find_odd_host());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == IS_NOT_PERMITTED) {
        print_message("may not name a machine\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), IS_RIGHT);
    (void)state;
}

static int64_t expected_of(int cpus, int64_t seconds)
{
    struct result result;
    made_result(&result, "", 0, cpus);
    plan_init(&result.plan, PLAN_CHECK, "");
    result.plan.lasts_ns = seconds * NS_PER_S;
    int64_t expected_ns = check_expected_ns(&result.plan, &result.machine);
    result.plan.only_inventory = true;
    assert_int_equal(check_expected_ns(&result.plan, &result.machine), 0);
    result.plan.only_inventory = false;
    result.machine.simulated = true;
    assert_int_equal(check_expected_ns(&result.plan, &result.machine), 0);
    result_finish(&result);
    return expected_ns;
}

static void it_says_how_long_it_takes(void **state)
{
    assert_int_equal(expected_of(1, 20), 20 * NS_PER_S);
    assert_int_equal(expected_of(32, 20), 20 * NS_PER_S);
    assert_int_equal(expected_of(8, 5), 5 * NS_PER_S);
    assert_int_equal(expected_of(64, 600), 600 * NS_PER_S);
    /* Fifteen rounds of 20 ms on each. */
    assert_true(expected_of(256, 20) > 256 * 15 * 20 * NS_PER_MS);
    assert_true(expected_of(256, 20) < 120 * NS_PER_S);
    assert_true(expected_of(5000, 20) == expected_of(4096, 20));
    (void)state;
}

static struct check_rounds rounds_of(
    int cpus, int64_t seconds, int64_t unit_ns, bool quiet)
{
    struct plan plan;
    plan_init(&plan, PLAN_CHECK, "");
    plan.lasts_ns = seconds * NS_PER_S;
    struct check_budget budget = check_budget_of(&plan, cpus);
    struct check_rounds rounds = check_rounds_of(&budget, cpus, unit_ns, quiet);
    assert_in_range(rounds.count, CHECK_ROUNDS_MIN, PROBE_ROUNDS_KEPT);
    assert_true(rounds.units * unit_ns >= 20 * NS_PER_MS);
    assert_true(rounds.units == 1 || rounds.units * unit_ns <= 100 * NS_PER_MS);
    assert_int_equal(rounds.round_ns, (rounds.units + 1) * unit_ns);
    return rounds;
}

static void rounds_fit_into_the_time_there_is(void **state)
{
    /* As many as are kept, then as long as there is time for. */
    struct check_rounds rounds = rounds_of(2, 20, 2 * NS_PER_MS, true);
    assert_int_equal(rounds.count, PROBE_ROUNDS_KEPT);
    assert_in_range(2 * rounds.count * rounds.round_ns, NS_PER_S * 13 / 2, 7 * NS_PER_S);
    assert_int_equal(rounds_of(1, 600, 2 * NS_PER_MS, true).units, 50);
    rounds = rounds_of(8, 5, 2 * NS_PER_MS, true);
    assert_int_equal(rounds.count, CHECK_ROUNDS_MIN);
    assert_int_equal(rounds.units, 10);
    /* Where others are busy, no more than must be. */
    rounds = rounds_of(2, 20, 2 * NS_PER_MS, false);
    assert_int_equal(rounds.count, CHECK_ROUNDS_MIN);
    assert_int_equal(rounds.units, 10);
    assert_int_equal(rounds_of(2, 20, 3 * NS_PER_S, true).units, 1);
    assert_in_range(rounds_of(4096, 20, 300000, true).units, 67, 77);
    (void)state;
}

/* So that nobody is told to wait for what is left out; never longer than was said. */
static void the_time_left_follows_where_speed_is_not_judged(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_CHECK, "");
    plan.lasts_ns = PLAN_CHECK_NS;
    struct check_budget budget = check_budget_of(&plan, 2);
    assert_int_equal(budget.expected_ns, PLAN_CHECK_NS);
    check_shorten(&budget, 2, budget.quiet_ns);
    assert_in_range(
        budget.expected_ns, budget.quiet_ns + NS_PER_S, budget.quiet_ns + 2 * NS_PER_S);
    budget = check_budget_of(&plan, 256);
    int64_t said_ns = budget.expected_ns;
    check_shorten(&budget, 256, said_ns);
    assert_int_equal(budget.expected_ns, said_ns);
    (void)state;
}

/* On siblings, too, which have half a core each. */
static void all_at_once_has_enough_rounds_wherever_time_is_short(void **state)
{
    static const int cpus[] = {1, 2, 32, 256, 4096};
    for (size_t i = 0; i < sizeof cpus / sizeof *cpus; i++) {
        struct check_rounds rounds = rounds_of(cpus[i], 5, 2 * NS_PER_MS, true);
        int64_t enough_ns = CHECK_ROUNDS_MIN * rounds.round_ns;
        assert_true(check_cores_ns(&rounds, 0) >= enough_ns);
        assert_true(check_cores_ns(&rounds, 0) <= 2 * enough_ns);
        assert_int_equal(check_together_ns(&rounds, -NS_PER_S), 2 * enough_ns);
        assert_int_equal(check_together_ns(&rounds, 90 * NS_PER_S), 90 * NS_PER_S);
        int64_t cores_ns = check_cores_ns(&rounds, 90 * NS_PER_S);
        assert_in_range(cores_ns, 10 * NS_PER_S, 30 * NS_PER_S);
    }
    (void)state;
}

/* What the checks of these tests may use. */
static void narrow(void)
{
    cpu_set_t mask, narrowed;
    CPU_ZERO(&narrowed);
    sched_getaffinity(0, sizeof mask, &mask);
    for (int id = 0; id < CPU_SETSIZE && CPU_COUNT(&narrowed) < CPUS_MOST; id++)
        if (CPU_ISSET(id, &mask))
            CPU_SET(id, &narrowed);
    sched_setaffinity(0, sizeof narrowed, &narrowed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_machine_is_found_right),
        cmocka_unit_test(a_wrong_answer_is_repeated_there_and_next_to_it),
        cmocka_unit_test(a_slow_cpu_is_found_twice),
        cmocka_unit_test(a_cpu_on_which_workers_die_is_named),
        cmocka_unit_test(a_wrong_cpu_is_named_beside_one_on_which_workers_die),
        cmocka_unit_test(a_cpu_that_cannot_be_run_on_is_named),
        cmocka_unit_test(where_another_process_is_busy_speeds_are_left_open),
        cmocka_unit_test(stopped_in_any_part_it_ends_at_once),
        cmocka_unit_test(what_cannot_be_done_is_not_called_stopped),
        cmocka_unit_test(a_suspension_leaves_speeds_open),
        cmocka_unit_test(the_inventory_alone_runs_nothing),
        cmocka_unit_test(of_a_simulated_machine_nothing_is_run),
        cmocka_unit_test(the_name_of_a_machine_cannot_reach_the_terminal),
        cmocka_unit_test(it_says_how_long_it_takes),
        cmocka_unit_test(rounds_fit_into_the_time_there_is),
        cmocka_unit_test(the_time_left_follows_where_speed_is_not_judged),
        cmocka_unit_test(all_at_once_has_enough_rounds_wherever_time_is_short),
    };
    narrow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
