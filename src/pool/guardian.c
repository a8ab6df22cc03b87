// SPDX-License-Identifier: MIT
#include "pool/guardian.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/vigil.h"

enum { WRITE_MOST_S = 2 }; /* so long a terminal may refuse to read */

/* Shared with the guardian. */
struct page {
    _Atomic int armed; /* set last, cleared first: `terminal` is whole while it is set */
    struct guardian_terminal terminal;
};
static_assert(ATOMIC_INT_LOCK_FREE == 2, "read after the writer was killed");

struct guardian {
    int terminal_fd; /* borrowed */
    struct page *page;
    struct vigil *vigil;
};

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

static void stand_guard(void *data)
{
    const struct guardian *guardian = data;
    give_back(guardian->terminal_fd, guardian->page);
}

static int create_page(struct page **ret_page)
{
    struct page *page = mmap(
        NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -errno;
    *ret_page = page;
    return 0;
}

int guardian_create(int terminal_fd, struct guardian **ret_guardian, struct fault *fault)
{
    struct guardian *guardian = memory_new(1, sizeof *guardian);
    struct vigil_setup vigil = {.name = "guardian",
        .kept_fd = terminal_fd,
        .duty = stand_guard,
        .data = guardian};
    guardian->terminal_fd = terminal_fd;
    int error = create_page(&guardian->page);
    if (error == 0)
        error = vigil_create(&vigil, &guardian->vigil);
    if (error < 0) {
        guardian_destroy(guardian);
        return fault_system(fault, error, "the terminal's guardian cannot be started");
    }
    *ret_guardian = guardian;
    return 0;
}

void guardian_destroy(struct guardian *guardian)
{
    if (!guardian)
        return;
    if (guardian->page)
        guardian_disarm(guardian);
    vigil_destroy(guardian->vigil);
    if (guardian->page)
        munmap(guardian->page, sizeof *guardian->page);
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
