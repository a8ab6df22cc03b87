// SPDX-License-Identifier: MIT
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum { GIVE_UP_MS = 5000, ROWS_UNKNOWN = 24, COLUMNS_UNKNOWN = 80 };

struct terminal {
    struct loop *events;
    int fd;
    struct termios before;
    struct watch *room; /* while something is queued */
    char *queue;        /* what was not taken yet is from `taken` to `queued` */
    size_t taken, queued;
    bool gone;
};

int terminal_open(
    struct loop *events, struct terminal **ret_terminal, struct fault *fault)
{
    int fd = open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fault_system(fault, -errno, "cannot open the terminal");
    struct terminal *terminal = memory_new(1, sizeof *terminal);
    *terminal = (struct terminal){.events = events, .fd = fd};
    if (tcgetattr(fd, &terminal->before) < 0) {
        int error = fault_system(fault, -errno, "cannot read the terminal's modes");
        terminal_close(terminal);
        return error;
    }
    *ret_terminal = terminal;
    return 0;
}

int terminal_descriptor(const struct terminal *terminal)
{
    return terminal->fd;
}

bool terminal_is_foreground(const struct terminal *terminal)
{
    return tcgetpgrp(terminal->fd) == getpgrp();
}

bool terminal_is_gone(const struct terminal *terminal)
{
    struct termios modes;
    return terminal->gone || tcgetattr(terminal->fd, &modes) < 0;
}

void terminal_size(const struct terminal *terminal, int *ret_rows, int *ret_columns)
{
    struct winsize size = {0};
    ioctl(terminal->fd, TIOCGWINSZ, &size);
    *ret_rows = size.ws_row > 0 ? size.ws_row : ROWS_UNKNOWN;
    *ret_columns = size.ws_col > 0 ? size.ws_col : COLUMNS_UNKNOWN;
}

static void forget_queue(struct terminal *terminal)
{
    loop_unwatch(terminal->room);
    terminal->room = NULL;
    free(terminal->queue);
    terminal->queue = NULL;
    terminal->taken = terminal->queued = 0;
}

/* Writes as much as the terminal takes. */
static void write_queue(struct terminal *terminal)
{
    while (terminal->taken < terminal->queued) {
        ssize_t written = write(terminal->fd, terminal->queue + terminal->taken,
            terminal->queued - terminal->taken);
        if (written < 0 && errno == EAGAIN)
            return;
        if (written < 0 && errno != EINTR)
            terminal->gone = true;
        if (terminal->gone)
            break;
        if (written > 0)
            terminal->taken += (size_t)written;
    }
    forget_queue(terminal);
}

static void on_room(void *data)
{
    write_queue(data);
}

void terminal_write(struct terminal *terminal, size_t size, const char bytes[])
{
    if (terminal->gone || size == 0)
        return;
    terminal->queue = memory_need(realloc(terminal->queue, terminal->queued + size));
    memcpy(terminal->queue + terminal->queued, bytes, size);
    terminal->queued += size;
    write_queue(terminal);
    if (terminal->queue && !terminal->room &&
        loop_watch_room(
            terminal->events, terminal->fd, on_room, terminal, &terminal->room) < 0)
        terminal->room = NULL; /* the next frame tries again */
}

bool terminal_is_waiting(const struct terminal *terminal)
{
    return terminal->queue != NULL;
}

const struct termios *terminal_modes_before(const struct terminal *terminal)
{
    return &terminal->before;
}

struct termios terminal_modes(const struct terminal *terminal)
{
    struct termios modes = terminal->before;
    tcgetattr(terminal->fd, &modes);
    return modes;
}

struct termios terminal_modes_of_screen(const struct termios *before)
{
    struct termios modes = *before;
    modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
    modes.c_oflag &= ~(tcflag_t)ONLCR;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL);
    modes.c_lflag |= ISIG;
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    return modes;
}

void terminal_set_modes(struct terminal *terminal, const struct termios *modes)
{
    if (terminal_is_foreground(terminal))
        tcsetattr(terminal->fd, TCSANOW, modes);
}

void terminal_drain(struct terminal *terminal)
{
    int64_t until_ns = clock_now_ns() + GIVE_UP_MS * NS_PER_MS, left_ns;
    while (
        terminal->queue && !terminal->gone && (left_ns = until_ns - clock_now_ns()) > 0) {
        struct pollfd room = {.fd = terminal->fd, .events = POLLOUT};
        poll(&room, 1, (int)(left_ns / NS_PER_MS) + 1);
        write_queue(terminal);
    }
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    forget_queue(terminal);
    close(terminal->fd);
    free(terminal);
}
