// SPDX-License-Identifier: MIT
#include "pool/guardian.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum {
    WRITE_MOST_S = 2, /* so long a terminal may refuse to read */
    LOOK_EVERY_S = 1, /* for a parent whose end was not told */
};

/* Shared with the guardian.  The parent holds `alive`, a robust mutex, for its life: the
 * kernel tells its end before it takes the memory down and well before the shell learns
 * of it; a pidfd comes after that.  Forked workers do not inherit a mutex. */
struct page {
    pthread_mutex_t alive;
    _Atomic int armed; /* set last, cleared first: `terminal` is whole while it is set */
    struct guardian_terminal terminal;
};
static_assert(ATOMIC_INT_LOCK_FREE == 2, "read after the writer was killed");

struct guardian {
    pid_t pid;
    int terminal_fd; /* borrowed */
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

/* Interrupts a write again and again, or one that begins just after would wait for ever.
 */
static void on_alarm(int number)
{
    (void)number;
    alarm(1);
}

static void allow_alarm(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    sigset_t only_alarm;
    sigemptyset(&only_alarm);
    sigaddset(&only_alarm, SIGALRM);
    sigaction(SIGALRM, &action, NULL);
    sigprocmask(SIG_UNBLOCK, &only_alarm, NULL);
    alarm(WRITE_MOST_S);
}

/* The descriptor waits or does not: that is shared with the shell, so it is not changed.
 */
static void write_leave(int fd, const struct guardian_terminal *terminal)
{
    int64_t end_ns = clock_now_ns() + WRITE_MOST_S * NS_PER_S;
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    size_t written = 0;
    while (written < terminal->leave_size && clock_now_ns() < end_ns) {
        ssize_t count =
            write(fd, terminal->leave + written, terminal->leave_size - written);
        if (count > 0)
            written += (size_t)count;
        else if (count < 0 && errno == EAGAIN)
            poll(&room, 1, 100);
        else if (count == 0 || errno != EINTR)
            return; /* the terminal is gone */
    }
}

/* Not with memcmp(): there is padding, and the speeds are nobody's doing. */
static bool same_modes(const struct termios *one, const struct termios *other)
{
    return one->c_iflag == other->c_iflag && one->c_oflag == other->c_oflag &&
           one->c_cflag == other->c_cflag && one->c_lflag == other->c_lflag &&
           memcmp(one->c_cc, other->c_cc, sizeof one->c_cc) == 0;
}

/* A shell that was quicker has set modes of its own, which are left alone. */
static void reset_modes(int fd, const struct guardian_terminal *terminal)
{
    struct termios now;
    if (tcgetattr(fd, &now) == 0 && same_modes(&now, &terminal->ours))
        tcsetattr(fd, TCSANOW, &terminal->before);
}

/* Modes first: that takes 2 us and never waits, while bytes may wait for a terminal that
 * does not read; and a shell that finds our modes, as zsh did, keeps them as its own.
 * Disarms afterwards, not before: who is killed in between has it done once more. */
static void give_back(int fd, struct page *page)
{
    if (!atomic_load_explicit(&page->armed, memory_order_acquire))
        return;
    allow_alarm();
    reset_modes(fd, &page->terminal);
    write_leave(fd, &page->terminal);
    alarm(0);
    atomic_store_explicit(&page->armed, 0, memory_order_release);
}

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
static _Noreturn void stand_guard(const struct guardian *guardian, pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_NAME, "guardian");
    close_all_but(guardian->terminal_fd);
    ask_for_short_slice();
    wait_for_end(guardian->page, parent);
    give_back(guardian->terminal_fd, guardian->page);
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
static int start(struct guardian *guardian)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid();
    guardian->pid = fork();
    if (guardian->pid == 0)
        stand_guard(guardian, parent);
    int error = guardian->pid < 0 ? -errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error == 0)
        setpgid(guardian->pid, guardian->pid);
    return error;
}

int guardian_create(int terminal_fd, struct guardian **ret_guardian, struct fault *fault)
{
    struct guardian *guardian = memory_new(1, sizeof *guardian);
    guardian->terminal_fd = terminal_fd;
    int error = create_page(&guardian->page);
    if (error == 0)
        error = start(guardian);
    if (error < 0) {
        guardian_destroy(guardian);
        return fault_system(fault, error, "the terminal's guardian cannot be started");
    }
    *ret_guardian = guardian;
    return 0;
}

/* Killed rather than asked: one that somebody has stopped would not answer. */
void guardian_destroy(struct guardian *guardian)
{
    if (!guardian)
        return;
    if (guardian->page)
        guardian_disarm(guardian);
    if (guardian->pid > 0) {
        kill(guardian->pid, SIGKILL);
        while (waitpid(guardian->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (guardian->page) {
        pthread_mutex_unlock(&guardian->page->alive);
        munmap(guardian->page, sizeof *guardian->page);
    }
    free(guardian);
}

void guardian_arm(struct guardian *guardian, const struct guardian_terminal *terminal)
{
    assert(terminal->leave_size <= sizeof terminal->leave);
    guardian_disarm(guardian);
    guardian->page->terminal = *terminal;
    atomic_store_explicit(&guardian->page->armed, 1, memory_order_release);
}

/* Sequentially consistent: what guardian_arm() writes next may not come before it. */
void guardian_disarm(struct guardian *guardian)
{
    atomic_store(&guardian->page->armed, 0);
}

void guardian_give_back(struct guardian *guardian)
{
    give_back(guardian->terminal_fd, guardian->page);
}
