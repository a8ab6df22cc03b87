// SPDX-License-Identifier: MIT
#include "pool/process.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/pin.h"
#include "pool/gate.h"
#include "pool/told.h"

/* The terminal's signals are for the parent, which ends or stops its workers itself. */
static void reset_signals(const sigset_t *caught)
{
    static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU};
    for (int number = 1; number < NSIG; number++)
        if (sigismember(caught, number) == 1)
            signal(number, SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What it starts is not to meet a limit that nobody there has set. */
static void limit_descriptors(rlim_t most)
{
    struct rlimit limit;
    if (most == 0 || getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return;
    limit.rlim_cur = most;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void release(const struct worker_setup *setup, void *own)
{
    struct workload_place place = told_place(setup);
    place.own = own;
    if (setup->job->ops->release)
        setup->job->ops->release(&place);
}

_Noreturn void process_main(const struct worker_setup *setup, pid_t parent, int null_fd)
{
    struct table_slot *slot = &setup->table->slots[setup->worker];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    if (setup->telling.ward)
        atomic_store(&setup->telling.ward->worker, getpid());
    reset_signals(&setup->caught);
    limit_descriptors(setup->telling.descriptors);
    if (setup->pin >= 0)
        slot->notes.unpinned = -pin_to(setup->pin);
    atomic_store(&slot->settled, getpid());
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(null_fd, fd);
    void *own = NULL;
    int status = gate_pass(setup, &own);
    if (status == 0) {
        status = worker_work(setup, own);
        release(setup, own);
    }
    _exit(status);
}
