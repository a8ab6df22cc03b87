// SPDX-License-Identifier: MIT
#include "base/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"

enum watch_kind { WATCH_BORROWED, WATCH_TIMER, WATCH_SIGNALS };

struct watch {
    struct loop *loop;
    enum watch_kind kind;
    loop_callback *callback;
    void *data;
    int *ret_signal;      /* WATCH_SIGNALS: where the number goes */
    sigset_t mask_before; /* WATCH_SIGNALS */
};

/* Two arrays side by side: poll() wants its own dense.  A watch removed while events are
 * being dispatched leaves a hole (fd -1, watch NULL) that the next loop_run() round
 * closes. */
struct loop {
    size_t count, room;
    struct pollfd *polls;
    struct watch **watches;
};

int loop_create(struct loop **ret_loop)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop)
        return -ENOMEM;
    *ret_loop = loop;
    return 0;
}

void loop_destroy(struct loop *loop)
{
    if (!loop)
        return;
    for (size_t i = loop->count; i > 0; i--) /* the first signal mask comes back last */
        loop_unwatch(loop->watches[i - 1]);
    free(loop->polls);
    free(loop->watches);
    free(loop);
}

static int make_room(struct loop *loop)
{
    if (loop->count < loop->room)
        return 0;
    size_t room = loop->room ? loop->room * 2 : 16;
    struct pollfd *polls = reallocarray(loop->polls, room, sizeof *polls);
    if (polls)
        loop->polls = polls;
    struct watch **watches = reallocarray(loop->watches, room, sizeof *watches);
    if (watches)
        loop->watches = watches;
    if (!polls || !watches)
        return -ENOMEM;
    loop->room = room;
    return 0;
}

static int add_watch(struct loop *loop, struct pollfd entry, const struct watch *model,
    struct watch **ret_watch)
{
    struct watch *watch = malloc(sizeof *watch);
    if (!watch || make_room(loop) < 0) {
        free(watch);
        return -ENOMEM;
    }
    *watch = *model;
    watch->loop = loop;
    loop->polls[loop->count] = entry;
    loop->watches[loop->count++] = watch;
    *ret_watch = watch;
    return 0;
}

int loop_watch(struct loop *loop, int fd, loop_callback *callback, void *data,
    struct watch **ret_watch)
{
    struct watch model = {.kind = WATCH_BORROWED, .callback = callback, .data = data};
    return add_watch(
        loop, (struct pollfd){.fd = fd, .events = POLLIN}, &model, ret_watch);
}

int loop_watch_room(struct loop *loop, int fd, loop_callback *callback, void *data,
    struct watch **ret_watch)
{
    struct watch model = {.kind = WATCH_BORROWED, .callback = callback, .data = data};
    return add_watch(
        loop, (struct pollfd){.fd = fd, .events = POLLOUT}, &model, ret_watch);
}

static int timer_open(int64_t period_ns)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct itimerspec setting = {
        .it_value = clock_timespec(period_ns), .it_interval = clock_timespec(period_ns)};
    if (fd < 0)
        return -errno;
    if (timerfd_settime(fd, 0, &setting, NULL) < 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    return fd;
}

int loop_watch_timer(struct loop *loop, int64_t period_ns, loop_callback *callback,
    void *data, struct watch **ret_watch)
{
    int fd = timer_open(period_ns);
    if (fd < 0)
        return fd;
    struct watch model = {.kind = WATCH_TIMER, .callback = callback, .data = data};
    int error =
        add_watch(loop, (struct pollfd){.fd = fd, .events = POLLIN}, &model, ret_watch);
    if (error < 0)
        close(fd);
    return error;
}

int loop_watch_signals(struct loop *loop, const sigset_t *signals,
    loop_callback *callback, void *data, int *ret_signal, struct watch **ret_watch)
{
    int fd = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        return -errno;
    struct watch model = {.kind = WATCH_SIGNALS,
        .callback = callback,
        .data = data,
        .ret_signal = ret_signal};
    sigprocmask(SIG_BLOCK, signals, &model.mask_before);
    int error =
        add_watch(loop, (struct pollfd){.fd = fd, .events = POLLIN}, &model, ret_watch);
    if (error < 0) {
        sigprocmask(SIG_SETMASK, &model.mask_before, NULL);
        close(fd);
    }
    return error;
}

void loop_unwatch(struct watch *watch)
{
    if (!watch)
        return;
    struct loop *loop = watch->loop;
    size_t i = 0;
    while (loop->watches[i] != watch)
        i++;
    if (watch->kind != WATCH_BORROWED)
        close(loop->polls[i].fd);
    if (watch->kind == WATCH_SIGNALS)
        sigprocmask(SIG_SETMASK, &watch->mask_before, NULL);
    loop->polls[i].fd = -1;
    loop->watches[i] = NULL;
    free(watch);
}

static void close_holes(struct loop *loop)
{
    size_t kept = 0;
    for (size_t i = 0; i < loop->count; i++) {
        if (!loop->watches[i])
            continue;
        loop->polls[kept] = loop->polls[i];
        loop->watches[kept++] = loop->watches[i];
    }
    loop->count = kept;
}

static void call_back(struct watch *watch, int fd)
{
    uint64_t expirations;
    struct signalfd_siginfo info;
    switch (watch->kind) {
    case WATCH_TIMER:
        if (read(fd, &expirations, sizeof expirations) < 0)
            return;
        break;
    case WATCH_SIGNALS:
        if (read(fd, &info, sizeof info) != sizeof info)
            return;
        *watch->ret_signal = (int)info.ssi_signo;
        break;
    case WATCH_BORROWED:
        break;
    }
    watch->callback(watch->data);
}

int loop_turn(struct loop *loop)
{
    close_holes(loop);
    size_t count = loop->count; /* watches added meanwhile wait for the next round */
    int ready = poll(loop->polls, count, -1);
    if (ready < 0 && errno != EINTR)
        return -errno;
    for (size_t i = 0; i < count && ready > 0; i++)
        if (loop->watches[i] && loop->polls[i].revents)
            call_back(loop->watches[i], loop->polls[i].fd);
    return 0;
}

int loop_run(struct loop *loop, const bool *done)
{
    int error = 0;
    while (!*done && error == 0)
        error = loop_turn(loop);
    return error;
}
