// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "emulator.h"
#include "launch.h"
#include "processes.h"

enum {
    LOOK_AGAIN_MS = 20, /* for what no descriptor tells */
    READS_AT_ONCE = 100,
    KILL_ROUNDS = 100,
    PROCESSES_MAX = 1000
};

struct terminal {
    struct launch launch; /* master: -1 when it is hung up */
    struct stream *stream;
    struct emulator *emulator;
    bool drained; /* nothing was there to read the last time */
    int bursts;
    bool ended; /* the process; reaped, with `status` */
    int status;
};

/* A terminal that nobody reads from loses its answers, as a real one's would. */
static void answer(const char *bytes, size_t size, void *data)
{
    struct terminal *terminal = data;
    if (terminal->launch.master >= 0 && write(terminal->launch.master, bytes, size) < 0)
        return;
}

static int64_t now_ms(void)
{
    return clock_now_ns() / NS_PER_MS;
}

static void reap(struct terminal *terminal)
{
    pid_t pid = waitpid(terminal->launch.pid, &terminal->status, WNOHANG);
    terminal->ended = pid == terminal->launch.pid;
}

/* Reads once what is there; false: nothing. */
static bool take(struct terminal *terminal)
{
    char bytes[1 << 16];
    const char *shown;
    size_t shown_size;
    ssize_t size = -1;
    if (terminal->launch.master >= 0)
        size = read(terminal->launch.master, bytes, sizeof bytes);
    if (size <= 0) { /* EAGAIN; EIO: nobody has the other end open now */
        terminal->drained = true;
        return false;
    }
    terminal->bursts += terminal->drained;
    terminal->drained = false;
    stream_take(terminal->stream, (size_t)size, bytes, &shown, &shown_size);
    emulator_write(terminal->emulator, shown_size, shown);
    return true;
}

/* Reads all that is there (some of it, where it does not end); false: nothing was. */
static bool drain(struct terminal *terminal)
{
    int reads = 0;
    while (reads < READS_AT_ONCE && take(terminal))
        reads++;
    return reads > 0;
}

/* Reads what is there or comes within a time; false: nothing came. */
static bool pump(struct terminal *terminal, int64_t timeout_ms)
{
    struct pollfd fds[] = {{.fd = terminal->launch.master, .events = POLLIN},
        {.fd = terminal->ended ? -1 : terminal->launch.pidfd, .events = POLLIN}};
    if (drain(terminal))
        return true;
    poll(fds, 2, timeout_ms < 0 ? 0 : (int)timeout_ms);
    if (fds[1].revents & POLLIN)
        reap(terminal);
    if ((fds[0].revents & (POLLIN | POLLHUP)) == POLLHUP) /* would not wait at all */
        poll(NULL, 0, timeout_ms < LOOK_AGAIN_MS ? (int)timeout_ms : LOOK_AGAIN_MS);
    return drain(terminal);
}

struct terminal *terminal_start(const struct terminal_setup *setup)
{
    struct terminal *terminal = memory_new(1, sizeof *terminal);
    terminal->drained = true;
    terminal->launch = launch_program(setup);
    terminal->stream = stream_create();
    terminal->emulator = emulator_create(setup->rows ? setup->rows : 24,
        setup->columns ? setup->columns : 80, answer, terminal);
    if (setup->in_shell) {
        terminal_expect_prompt(terminal);
        if (setup->argv)
            terminal_command(terminal, setup->argv);
    }
    return terminal;
}

void terminal_kill(struct terminal *terminal)
{
    pid_t pids[PROCESSES_MAX];
    size_t count = 1;
    if (!terminal->ended)
        kill(terminal->launch.pid, SIGKILL);
    for (int round = 0; round < KILL_ROUNDS && count > 0; round++) {
        count = terminal_processes(terminal, PROCESSES_MAX, pids);
        for (size_t i = 0; i < count && i < PROCESSES_MAX; i++)
            kill(pids[i], SIGKILL);
        pump(terminal, count > 0 ? LOOK_AGAIN_MS : 0);
    }
}

void terminal_destroy(struct terminal *terminal)
{
    if (!terminal)
        return;
    terminal_kill(terminal);
    if (!terminal->ended)
        waitpid(terminal->launch.pid, NULL, 0);
    terminal_hang_up(terminal);
    close(terminal->launch.pidfd);
    emulator_destroy(terminal->emulator);
    stream_destroy(terminal->stream);
    free(terminal);
}

void terminal_type(struct terminal *terminal, const char *text)
{
    size_t size = strlen(text);
    int64_t end_ms = now_ms() + TERMINAL_PATIENCE_MS;
    while (size > 0 && now_ms() < end_ms) {
        ssize_t written = write(terminal->launch.master, text, size);
        if (written < 0 && errno != EAGAIN)
            break;
        text += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
        if (size > 0)
            pump(terminal, LOOK_AGAIN_MS);
    }
    if (size > 0)
        terminal_fail(terminal, "the terminal does not take what is typed: %s", text);
}

void terminal_press(struct terminal *terminal, enum terminal_key key)
{
    emulator_press(terminal->emulator, key);
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    struct winsize size = {
        .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    drain(terminal); /* was written for the old size */
    emulator_resize(terminal->emulator, rows, columns);
    ioctl(terminal->launch.master, TIOCSWINSZ, &size);
}

bool terminal_wait_until(struct terminal *terminal,
    bool (*holds)(struct terminal *terminal, void *data), void *data, int deadline_ms)
{
    int64_t end_ms = now_ms() + deadline_ms;
    drain(terminal);
    while (!holds(terminal, data)) {
        int64_t left_ms = end_ms - now_ms();
        if (left_ms <= 0)
            return false;
        pump(terminal, left_ms < LOOK_AGAIN_MS ? left_ms : LOOK_AGAIN_MS);
    }
    return true;
}

/* Whether the program has yet to read some of what was typed. */
static bool has_unread(const struct terminal *terminal)
{
    int unread = 0, fd = -1;
    if (terminal->launch.master >= 0)
        fd = ioctl(terminal->launch.master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0) {
        ioctl(fd, FIONREAD, &unread);
        close(fd);
    }
    return unread > 0;
}

static bool has_read_all(struct terminal *terminal, void *data)
{
    (void)data;
    return !has_unread(terminal);
}

bool terminal_wait_read(struct terminal *terminal, int deadline_ms)
{
    return terminal_wait_until(terminal, has_read_all, NULL, deadline_ms);
}

bool terminal_settle(struct terminal *terminal, int quiet_ms, int deadline_ms)
{
    int64_t start_ms = now_ms(), last_ms = start_ms;
    for (;;) {
        int64_t now = now_ms(), left_ms = last_ms + quiet_ms - now;
        if (left_ms <= 0)
            return true;
        if (now - start_ms >= deadline_ms)
            return false;
        if (pump(terminal, left_ms < LOOK_AGAIN_MS ? left_ms : LOOK_AGAIN_MS) ||
            has_unread(terminal))
            last_ms = now_ms();
    }
}

void terminal_read_for(struct terminal *terminal, int duration_ms)
{
    int64_t end_ms = now_ms() + duration_ms;
    for (int64_t left_ms; (left_ms = end_ms - now_ms()) > 0;)
        pump(terminal, left_ms);
}

static bool has_ended(struct terminal *terminal, void *data)
{
    (void)data;
    return terminal->ended;
}

bool terminal_wait_end(struct terminal *terminal, int deadline_ms, int *ret_status)
{
    if (!terminal_wait_until(terminal, has_ended, NULL, deadline_ms))
        return false;
    drain(terminal);
    *ret_status = terminal->status;
    return true;
}

struct terminal_state terminal_state(const struct terminal *terminal)
{
    return emulator_state(terminal->emulator);
}

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column)
{
    return emulator_cell(terminal->emulator, row, column);
}

char *terminal_full_row(const struct terminal *terminal, int row)
{
    return emulator_row(terminal->emulator, row);
}

const char *terminal_bytes(const struct terminal *terminal, size_t *ret_size)
{
    return stream_bytes(terminal->stream, ret_size);
}

struct stream_counts terminal_counts(const struct terminal *terminal)
{
    return stream_counts(terminal->stream);
}

int terminal_bursts(const struct terminal *terminal)
{
    return terminal->bursts;
}

struct termios terminal_modes(const struct terminal *terminal)
{
    struct termios modes = {0};
    tcgetattr(terminal->launch.master, &modes);
    return modes;
}

pid_t terminal_pid(const struct terminal *terminal)
{
    return terminal->launch.pid;
}

pid_t terminal_foreground(const struct terminal *terminal)
{
    pid_t group = 0;
    if (ioctl(terminal->launch.master, TIOCGPGRP, &group) < 0)
        return 0;
    return group;
}

void terminal_signal(const struct terminal *terminal, int signal)
{
    if (!terminal->ended)
        kill(terminal->launch.pid, signal);
}

void terminal_hang_up(struct terminal *terminal)
{
    if (terminal->launch.master >= 0)
        close(terminal->launch.master);
    terminal->launch.master = -1;
}

size_t terminal_processes(const struct terminal *terminal, size_t room, pid_t pids[])
{
    return processes_marked(terminal->launch.mark, room, pids);
}
