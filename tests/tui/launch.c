// SPDX-License-Identifier: MIT
#include "launch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define MARK_NAME "TUI_BENCH_MARK"

struct pty {
    int master, slave;
};

static struct pty open_pty(int rows, int columns)
{
    struct pty pty;
    char name[64];
    struct winsize size = {
        .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    pty.master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    assert_true(pty.master >= 0);
    assert_int_equal(grantpt(pty.master), 0);
    assert_int_equal(unlockpt(pty.master), 0);
    assert_int_equal(ptsname_r(pty.master, name, sizeof name), 0);
    pty.slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(pty.slave >= 0);
    assert_int_equal(ioctl(pty.master, TIOCSWINSZ, &size), 0);
    return pty;
}

static void set_variable(const char *entry)
{
    const char *equals = strchr(entry, '=');
    char name[64];
    if (!equals) {
        unsetenv(entry);
        return;
    }
    snprintf(name, sizeof name, "%.*s", (int)(equals - entry), entry);
    setenv(name, equals + 1, 1);
}

/* What would change the outcome comes from the test alone. */
static void set_environment(const struct terminal_setup *setup, const char *mark)
{
    static const char *const others[] = {"COLUMNS", "LINES", "NO_COLOR", "COLORTERM",
        "PARFOR_PLAIN", "LANG", "LANGUAGE", "LC_CTYPE", "POSIXLY_CORRECT", "TERMINFO",
        "NCURSES_NO_UTF8_ACS", "ESCDELAY", "ENV", "PROMPT_COMMAND",
        "PS1=" TERMINAL_PROMPT " ", "INPUTRC=/dev/null", "HISTFILE=/dev/null"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        set_variable(others[i]);
    setenv("TERM", setup->term ? setup->term : "xterm-256color", 1);
    setenv("LC_ALL", setup->locale ? setup->locale : "C.UTF-8", 1);
    set_variable(mark);
    for (size_t i = 0; setup->environment && setup->environment[i]; i++)
        set_variable(setup->environment[i]);
}

static void place_descriptors(const struct terminal_setup *setup, int slave)
{
    const int sources[] = {setup->stdin_fd, setup->stdout_fd, setup->stderr_fd};
    for (int fd = 0; fd < 3; fd++)
        if (dup2(sources[fd] > 0 ? sources[fd] : slave, fd) < 0)
            _exit(126);
}

static void execute(const struct terminal_setup *setup)
{
    static const char *const shells[][4] = {
        {"bash", "--norc", "-i", NULL}, {"sh", "-i", NULL}};
    for (size_t i = 0; setup->in_shell && i < sizeof shells / sizeof *shells; i++)
        execvp(shells[i][0], (char *const *)(uintptr_t)shells[i]);
    if (!setup->in_shell)
        execvp(setup->argv[0], (char *const *)(uintptr_t)setup->argv);
}

/* The child: what a terminal emulator gives its program, and the cause of a failure into
 * `report`, which a successful exec closes. */
static void run_child(
    const struct terminal_setup *setup, const char *mark, int slave, int report)
{
    sigset_t none;
    for (int signal_number = 1; signal_number < NSIG; signal_number++)
        signal(signal_number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nothing stays behind if the test crashes */
    if (setsid() >= 0 && ioctl(slave, TIOCSCTTY, 0) == 0) {
        place_descriptors(setup, slave);
        set_environment(setup, mark);
        execute(setup);
    }
    int error = errno;
    if (write(report, &error, sizeof error) < 0)
        _exit(126);
    _exit(127);
}

struct launch launch_program(const struct terminal_setup *setup)
{
    struct launch launch;
    struct pty pty =
        open_pty(setup->rows ? setup->rows : 24, setup->columns ? setup->columns : 80);
    int report[2], error = 0;
    assert_int_equal(pipe2(report, O_CLOEXEC), 0);
    snprintf(launch.mark, sizeof launch.mark, MARK_NAME "=%d-%" PRIx64, (int)getpid(),
        (uint64_t)clock_now_ns());
    fflush(NULL);
    launch.master = pty.master;
    launch.pid = fork();
    if (launch.pid == 0)
        run_child(setup, launch.mark, pty.slave, report[1]);
    assert_true(launch.pid > 0);
    close(report[1]);
    close(pty.slave);
    launch.pidfd = (int)syscall(SYS_pidfd_open, launch.pid, 0);
    assert_true(launch.pidfd >= 0);
    ssize_t got = read(report[0], &error, sizeof error);
    close(report[0]);
    if (got > 0)
        fail_msg(
            "%s: %s", setup->in_shell ? "no shell" : setup->argv[0], strerror(error));
    return launch;
}
