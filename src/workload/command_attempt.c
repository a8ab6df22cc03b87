// SPDX-License-Identifier: MIT
#include "workload/command_attempt.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

enum {
    LINGER_MS = 250, /* what the process has left behind may take so long to end */
    KILLED_MS = 100, /* how long what has been killed is waited for */
    PAUSE_MOST_MS = 16,
    REFUSED_PAUSE_MS = 50,
    REFUSED_TIMES = 100, /* so often a start is tried again that the system refuses */
    SMALL_FLOOR_KIB = 16 * 1024,
};

/* A process under way. */
struct running {
    pid_t pid; /* and its group */
    int pid_fd;
    int status;
    int64_t user_ns, system_ns;
    long max_rss_kib;
    bool others; /* it has left something behind, in its group or elsewhere, … */
    bool alone;  /* … of which nothing is left */
    struct command_capture *capture;
};

/* What a command leaves behind when it ends becomes a child of the worker, so that its
 * end and what it used are seen.  Whoever started parfor may have left SIGCHLD ignored,
 * and then no child's end would be; a limit on the size of files (SIGXFSZ) shall be a
 * failure of that task, not the end of the worker. */
void command_attempt_prepare(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    signal(SIGCHLD, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN);
}

static int64_t ns_of(struct timeval time)
{
    return time.tv_sec * NS_PER_S + time.tv_usec * NS_PER_US;
}

static void add_usage(struct running *running, const struct rusage *usage)
{
    running->user_ns += ns_of(usage->ru_utime);
    running->system_ns += ns_of(usage->ru_stime);
    if (usage->ru_maxrss > running->max_rss_kib)
        running->max_rss_kib = usage->ru_maxrss;
}

/* A child has the largest size of the process that started it for its least, for vfork
 * has let it share that until its exec.  A worker is small, and so small an error is
 * none; that of a large one would tell nothing. */
static int64_t max_rss_bytes(const struct running *running)
{
    struct rusage own;
    if (running->max_rss_kib > SMALL_FLOOR_KIB && getrusage(RUSAGE_SELF, &own) == 0 &&
        running->max_rss_kib <= own.ru_maxrss)
        return 0;
    return (int64_t)running->max_rss_kib * 1024;
}

/* Too many processes for now, or a program that is just being written. */
static bool may_pass(int error)
{
    return error == -EAGAIN || error == -ETXTBSY;
}

static int start(const struct command_attempt *attempt, struct running *running)
{
    struct spawn_setup spawn = attempt->spawn;
    int error = command_capture_begin(running->capture, attempt->spools);
    if (error < 0)
        return error;
    spawn.fds[1] = running->capture->write_fds[0];
    spawn.fds[2] = running->capture->write_fds[1];
    error = spawn_start(&spawn, &running->pid);
    for (int i = 0; may_pass(error) && i < REFUSED_TIMES; i++) {
        if (*attempt->closed != WORKLOAD_OPEN)
            break;
        poll(NULL, 0, REFUSED_PAUSE_MS);
        error = spawn_start(&spawn, &running->pid);
    }
    if (error == 0)
        running->pid_fd = (int)syscall(SYS_pidfd_open, running->pid, 0);
    return error;
}

/* Without a descriptor of the process (there were too many) it is looked for its end. */
static bool has_ended(const struct running *running)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)running->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == running->pid;
}

static void wait_for_end(struct running *running)
{
    bool ended = false, took;
    while (!ended) {
        int timeout_ms = running->pid_fd < 0 ? PAUSE_MOST_MS : -1;
        ended =
            command_capture_turn(running->capture, running->pid_fd, timeout_ms, &took);
        if (running->pid_fd < 0)
            took = ended = has_ended(running);
    }
    if (took)
        command_capture_drain(running->capture);
    struct rusage usage;
    while (wait4(running->pid, &running->status, 0, &usage) < 0)
        assert(errno == EINTR);
    add_usage(running, &usage);
}

/* Whether anything is left of its group.  Without a child nothing is, for what has lost
 * its parent has become one. */
static bool group_is_left(struct running *running)
{
    struct rusage usage;
    pid_t got;
    while ((got = wait4(-1, NULL, WNOHANG, &usage)) > 0) {
        add_usage(running, &usage);
        running->others = true;
    }
    running->others |= got == 0;
    running->alone = got < 0;
    return got == 0 && (kill(-running->pid, 0) == 0 || errno == EPERM);
}

/* Until nothing of the group is left, or the time is over: that in which it could run,
 * for it may be stopped or starved together with this process. */
static bool group_ends_within(struct running *running, int most_ms)
{
    int64_t left_ns = most_ms * NS_PER_MS;
    for (int pause_ms = 1; group_is_left(running);) {
        bool took;
        if (left_ns <= 0)
            return false;
        int64_t most_ns = pause_ms * NS_PER_MS, before_ns = clock_now_ns();
        command_capture_turn(running->capture, -1, pause_ms, &took);
        int64_t passed_ns = clock_now_ns() - before_ns;
        left_ns -= passed_ns < most_ns ? passed_ns : most_ns;
        pause_ms = pause_ms < PAUSE_MOST_MS ? pause_ms * 2 : pause_ms;
    }
    return true;
}

static void tell(const struct running *running, struct workload_outcome *outcome)
{
    if (WIFSIGNALED(running->status))
        outcome->signal = WTERMSIG(running->status);
    else
        outcome->exit_status = WEXITSTATUS(running->status);
    outcome->user_ns = running->user_ns;
    outcome->system_ns = running->system_ns;
    outcome->cpu_ns = running->user_ns + running->system_ns;
    outcome->max_rss_bytes = max_rss_bytes(running);
    outcome->out = running->capture->ranges[0];
    outcome->err = running->capture->ranges[1];
    outcome->error = running->capture->error;
}

/* What it has left behind has a moment to end, and is ended then; only what has left its
 * group may go on, without us to read its output. */
static void end_group(struct running *running)
{
    if (!group_ends_within(running, LINGER_MS)) {
        kill(-running->pid, SIGKILL);
        group_ends_within(running, KILLED_MS);
    }
    if (running->others)
        command_capture_drain(running->capture);
    if (!running->alone)
        command_capture_close(running->capture);
}

void command_attempt_run(
    const struct command_attempt *attempt, struct workload_outcome *outcome)
{
    struct running running = {.pid_fd = -1, .capture = attempt->capture};
    *outcome = (struct workload_outcome){.exit_status = -1};
    int error = start(attempt, &running);
    if (error < 0) {
        outcome->error = -error;
        return;
    }
    wait_for_end(&running);
    if (running.pid_fd >= 0)
        close(running.pid_fd);
    end_group(&running);
    if (attempt->spawn.ret_group)
        *attempt->spawn.ret_group = 0;
    tell(&running, outcome);
}
