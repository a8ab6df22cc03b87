// SPDX-License-Identifier: MIT
#include "pool/vigil.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum { LOOK_EVERY_S = 1 }; /* for a parent whose end was not told */

/* Shared with the process.  The parent holds `alive`, a robust mutex, for its life: the
 * kernel tells its end before it takes the memory down and well before the shell learns
 * of it; a pidfd comes after that.  Forked workers do not inherit a mutex. */
struct page {
    pthread_mutex_t alive;
};

struct vigil {
    struct vigil_setup setup;
    pid_t pid;
    struct page *page;
};

/* The first version of the kernel's struct sched_attr, whose header old C libraries
 * cannot bear: linux/sched/types.h. */
struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime_ns, deadline_ns, period_ns;
};
static_assert(sizeof(struct attributes) == 48, "SCHED_ATTR_SIZE_VER0");

/* Whatever stayed open would keep somebody's pipe from coming to its end. */
static void close_all_but(int kept)
{
    DIR *folder = opendir("/proc/self/fd");
    if (!folder)
        return;
    const struct dirent *entry;
    while ((entry = readdir(folder))) {
        int fd = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && fd != kept && fd != dirfd(folder))
            close(fd);
    }
    closedir(folder);
}

/* A short slice lets it run at once although workers keep all CPUs busy (Linux 6.12; a
 * kernel that knows of no slices ignores it). */
static void ask_for_short_slice(void)
{
    struct attributes attributes;
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) < 0 ||
        attributes.policy != SCHED_OTHER)
        return;
    attributes.runtime_ns = 100 * NS_PER_US;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

/* Until the mutex is given free by the parent's end.  The list of mutexes is in the
 * parent's memory, where a wild write may have reached it: so it looks by itself, too. */
static void wait_for_end(struct page *page, pid_t parent)
{
    for (;;) {
        struct timespec look =
            clock_timespec(clock_read_ns(CLOCK_REALTIME) + LOOK_EVERY_S * NS_PER_S);
        int error = pthread_mutex_timedlock(&page->alive, &look);
        if (error == EOWNERDEAD || getppid() != parent)
            return;
        if (error != ETIMEDOUT) /* that wild write may have reached the mutex, too */
            poll(NULL, 0, LOOK_EVERY_S * 1000);
    }
}

/* All signals are blocked: nothing ends it but SIGKILL, and nothing stops a background
 * process that touches the terminal. */
static _Noreturn void stand_by(const struct vigil *vigil, pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_NAME, vigil->setup.name);
    close_all_but(vigil->setup.kept_fd);
    ask_for_short_slice();
    wait_for_end(vigil->page, parent);
    vigil->setup.duty(vigil->setup.data);
    _exit(EXIT_SUCCESS);
}

static int create_page(struct page **ret_page)
{
    struct page *page = mmap(
        NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -errno;
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    int error = pthread_mutex_init(&page->alive, &kind);
    pthread_mutexattr_destroy(&kind);
    if (error == 0)
        error = pthread_mutex_lock(&page->alive);
    if (error != 0)
        munmap(page, sizeof *page);
    else
        *ret_page = page;
    return -error;
}

/* Signals are blocked before the fork, so there is no moment when one could end it.  Both
 * sides set the group, so that it has one of its own on return. */
static int start(struct vigil *vigil)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid();
    vigil->pid = fork();
    if (vigil->pid == 0)
        stand_by(vigil, parent);
    int error = vigil->pid < 0 ? -errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error == 0)
        setpgid(vigil->pid, vigil->pid);
    return error;
}

int vigil_create(const struct vigil_setup *setup, struct vigil **ret_vigil)
{
    struct vigil *vigil = memory_new(1, sizeof *vigil);
    vigil->setup = *setup;
    int error = create_page(&vigil->page);
    if (error == 0)
        error = start(vigil);
    if (error < 0)
        vigil_destroy(vigil);
    else
        *ret_vigil = vigil;
    return error;
}

/* Killed rather than asked: one that somebody has stopped would not answer. */
void vigil_destroy(struct vigil *vigil)
{
    if (!vigil)
        return;
    if (vigil->pid > 0) {
        kill(vigil->pid, SIGKILL);
        while (waitpid(vigil->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (vigil->page) {
        pthread_mutex_unlock(&vigil->page->alive);
        munmap(vigil->page, sizeof *vigil->page);
    }
    free(vigil);
}
