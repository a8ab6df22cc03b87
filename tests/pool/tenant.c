// SPDX-License-Identifier: MIT
#include "tenant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "scene.h"

enum { DEADLINE_S = 30 }; /* generous: something hangs */

/* What signals did before cmocka set handlers, which are not for the program: the default
 * or a sanitizer's report. */
static struct sigaction first_actions[SIGSYS + 1];

void tenant_init(void)
{
    for (int number = 1; number <= SIGSYS; number++)
        sigaction(number, NULL, &first_actions[number]);
}

static int64_t deadline_ns(void)
{
    return clock_now_ns() + DEADLINE_S * NS_PER_S;
}

static _Noreturn void live(struct tenant *tenant, tenant_body *body)
{
    for (int number = 1; number <= SIGSYS; number++)
        sigaction(number, &first_actions[number], NULL);
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
    CHECK_EQUAL(tcsetpgrp(tenant->slave, getpid()), 0);
    signal(SIGTTOU, SIG_DFL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    struct guardian_terminal terminal = {.before = tenant->before,
        .ours = tenant->ours,
        .leave_size = strlen(TENANT_LEAVE)};
    memcpy(terminal.leave, TENANT_LEAVE, terminal.leave_size);
    CHECK_EQUAL(guardian_create(tenant->slave, &tenant->guardian, &tenant->fault), 0);
    guardian_arm(tenant->guardian, &terminal);
    CHECK_EQUAL(tcsetattr(tenant->slave, TCSANOW, &tenant->ours), 0);
    body(tenant);
    _exit(EXIT_SUCCESS);
}

void tenant_ready(const struct tenant *tenant)
{
    pid_t pid = getpid();
    CHECK_EQUAL(write(tenant->report[1], &pid, sizeof pid), sizeof pid);
}

static _Noreturn void be_shell(struct tenant *tenant, tenant_body *body)
{
    int status = 0;
    CHECK(setsid() > 0);
    CHECK_EQUAL(ioctl(tenant->slave, TIOCSCTTY, 0), 0);
    signal(SIGHUP, SIG_IGN);
    close(tenant->master);
    close(tenant->report[0]);
    pid_t program = fork();
    if (program == 0)
        live(tenant, body);
    CHECK_EQUAL(waitpid(program, &status, 0), program);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(tenant->slave, getpid());
    CHECK_EQUAL(write(tenant->report[1], &status, sizeof status), sizeof status);
    _exit(EXIT_SUCCESS);
}

/* A number that the other side reports: they are written whole. */
static int read_report(struct tenant *tenant)
{
    int number = 0;
    struct pollfd report = {.fd = tenant->report[0], .events = POLLIN};
    assert_int_equal(poll(&report, 1, DEADLINE_S * 1000), 1);
    assert_int_equal(read(tenant->report[0], &number, sizeof number), sizeof number);
    return number;
}

void tenant_start(struct tenant *tenant, tenant_body *body)
{
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    *tenant = (struct tenant){.master = -1};
    assert_int_equal(openpty(&tenant->master, &tenant->slave, NULL, NULL, NULL), 0);
    assert_int_equal(pipe2(tenant->report, O_CLOEXEC), 0);
    assert_int_equal(tcgetattr(tenant->slave, &tenant->before), 0);
    struct termios raw = tenant->before;
    cfmakeraw(&raw);
    assert_int_equal(tcsetattr(tenant->slave, TCSANOW, &raw), 0);
    assert_int_equal(tcgetattr(tenant->slave, &tenant->ours), 0);
    assert_int_equal(tcsetattr(tenant->slave, TCSANOW, &tenant->before), 0);
    fflush(NULL);
    pid_t shell = fork();
    if (shell == 0)
        be_shell(tenant, body);
    assert_true(shell > 0);
    close(tenant->report[1]);
    tenant->program = read_report(tenant);
}

void tenant_kill(struct tenant *tenant)
{
    assert_int_equal(kill(tenant->program, SIGKILL), 0);
}

int tenant_wait(struct tenant *tenant)
{
    return read_report(tenant);
}

void tenant_wait_all(void)
{
    for (int64_t end_ns = deadline_ns(); clock_now_ns() < end_ns; usleep(2000)) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD)
            return;
    }
    fail_msg("a process is left after %d s", DEADLINE_S);
}

void tenant_expect_leave(struct tenant *tenant)
{
    char text[256] = "";
    size_t size = 0;
    struct pollfd output = {.fd = tenant->master, .events = POLLIN};
    while (!memmem(text, size, TENANT_LEAVE, strlen(TENANT_LEAVE))) {
        assert_true(size < sizeof text);
        assert_int_equal(poll(&output, 1, DEADLINE_S * 1000), 1);
        ssize_t count = read(tenant->master, text + size, sizeof text - size);
        assert_true(count > 0);
        size += (size_t)count;
    }
    assert_int_equal(size, strlen(TENANT_LEAVE));
}

void tenant_expect_nothing(struct tenant *tenant)
{
    struct pollfd output = {.fd = tenant->master, .events = POLLIN};
    if (poll(&output, 1, 0) > 0)
        assert_false(output.revents & POLLIN);
}

void tenant_fill(struct tenant *tenant)
{
    char path[64], bytes[4096];
    memset(bytes, 'x', sizeof bytes);
    snprintf(path, sizeof path, "/proc/self/fd/%d", tenant->slave);
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
    assert_true(fd >= 0);
    for (size_t size = sizeof bytes; size > 0;)
        if (write(fd, bytes, size) < 0)
            size /= 2;
    close(fd);
}

bool tenant_has_modes(const struct tenant *tenant, const struct termios *modes)
{
    struct termios now;
    assert_int_equal(tcgetattr(tenant->slave, &now), 0);
    return now.c_iflag == modes->c_iflag && now.c_oflag == modes->c_oflag &&
           now.c_cflag == modes->c_cflag && now.c_lflag == modes->c_lflag &&
           memcmp(now.c_cc, modes->c_cc, sizeof now.c_cc) == 0;
}

static bool is_guardian_of(const char *process, pid_t parent)
{
    char path[300], name[32];
    int its_parent = 0;
    char state = 'Z';
    snprintf(path, sizeof path, "/proc/%s/stat", process);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    int count = fscanf(file, "%*d (%31[^)]) %c %d", name, &state, &its_parent);
    fclose(file);
    return count == 3 && state != 'Z' && its_parent == parent &&
           strcmp(name, "guardian") == 0;
}

static pid_t look_for_guardian(pid_t parent)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            is_guardian_of(entry->d_name, parent))
            found = (pid_t)atoi(entry->d_name);
    if (folder)
        closedir(folder);
    return found;
}

/* It may not have come to naming itself. */
pid_t tenant_guardian_of(pid_t parent)
{
    pid_t found = 0;
    for (int64_t end_ns = deadline_ns(); found == 0 && clock_now_ns() < end_ns;) {
        found = look_for_guardian(parent);
        usleep(1000);
    }
    return found;
}

void tenant_close(struct tenant *tenant)
{
    close(tenant->report[0]);
    if (tenant->slave >= 0)
        close(tenant->slave);
    if (tenant->master >= 0)
        close(tenant->master);
}
