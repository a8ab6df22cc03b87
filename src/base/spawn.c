// SPDX-License-Identifier: MIT
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

#define SHELL "/bin/sh"

/* What the child needs.  It runs in the memory of its parent, which waits until it has
 * become the program: all that it writes here the parent sees. */
struct launch {
    const struct spawn_setup *setup;
    const char *path;
    char *const *argv;
    sigset_t changed;
    pid_t parent;
    int fds[3];
    volatile int error; /* -errno; 0: it is the program */
};

void spawn_list_changed(sigset_t *ret_changed)
{
    sigemptyset(ret_changed);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
            sigaddset(ret_changed, number);
    }
}

/* All are blocked meanwhile: a handler would run in the parent's memory. */
static void reset_signals(const sigset_t *changed)
{
    for (int number = 1; number < NSIG; number++)
        if (sigismember(changed, number) == 1)
            signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Those that are in the place of another are moved away first; what stays in its place
 * must lose its close-on-exec, which a dup2() to itself leaves. */
static int place_fds(int fds[3])
{
    for (int i = 0; i < 3; i++) {
        if (fds[i] >= 3 || fds[i] == i)
            continue;
        fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 3);
        if (fds[i] < 0)
            return -1;
    }
    for (int i = 0; i < 3; i++) {
        int done = fds[i] == i ? fcntl(i, F_SETFD, 0) : dup2(fds[i], i);
        if (done < 0)
            return -1;
    }
    return 0;
}

static int renice(int more)
{
    errno = 0;
    return nice(more) == -1 && errno != 0 ? -1 : 0;
}

_Noreturn __attribute__((noinline)) static void become(struct launch *launch)
{
    const struct spawn_setup *setup = launch->setup;
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != launch->parent)
        _exit(EXIT_FAILURE);
    if (setup->ret_group)
        *setup->ret_group = getpid();
    reset_signals(&launch->changed);
    if (place_fds(launch->fds) == 0 && (!setup->folder || chdir(setup->folder) == 0) &&
        (setup->nice == 0 || renice(setup->nice) == 0))
        execve(launch->path, launch->argv, setup->envp);
    launch->error = -errno;
    _exit(EXIT_FAILURE);
}

static int start_once(struct launch *launch, pid_t *ret_pid)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = vfork();
    if (pid == 0)
        become(launch);
    int error = pid < 0 ? -errno : launch->error;
    if (pid > 0 && error < 0) {
        if (launch->setup->ret_group)
            *launch->setup->ret_group = 0; /* before the pid can be another's */
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error == 0)
        *ret_pid = pid;
    return error;
}

static int start_by_shell(struct launch *launch, pid_t *ret_pid)
{
    size_t count = 0;
    while (launch->argv[count])
        count++;
    char **words = memory_new(count + 3, sizeof *words);
    char *const *after = launch->argv + (count > 0 ? 1 : 0);
    char shell[] = SHELL, *script = text_duplicate(launch->path);
    words[0] = shell;
    words[1] = script;
    for (size_t i = 0; after[i]; i++)
        words[i + 2] = after[i];
    launch->path = shell;
    launch->argv = words;
    launch->error = 0;
    int error = start_once(launch, ret_pid);
    free(script);
    free(words);
    return error;
}

int spawn_start(const struct spawn_setup *setup, pid_t *ret_pid)
{
    struct launch launch = {
        .setup = setup, .path = setup->path, .argv = setup->argv, .parent = getpid()};
    memcpy(launch.fds, setup->fds, sizeof launch.fds);
    if (setup->changed)
        launch.changed = *setup->changed;
    else
        spawn_list_changed(&launch.changed);
    int error = start_once(&launch, ret_pid);
    if (error == -ENOEXEC) {
        memcpy(launch.fds, setup->fds, sizeof launch.fds);
        error = start_by_shell(&launch, ret_pid);
    }
    return error;
}

/* 0, or -errno: -EISDIR for a folder, -EACCES for what cannot be executed. */
static int try_file(int folder_fd, const char *path)
{
    struct stat about;
    if (fstatat(folder_fd, path, &about, 0) < 0)
        return -errno;
    if (S_ISDIR(about.st_mode))
        return -EISDIR;
    if (!S_ISREG(about.st_mode) || faccessat(folder_fd, path, X_OK, AT_EACCESS) < 0)
        return -EACCES;
    return 0;
}

static int refuse(const char *path, int error, struct fault *fault)
{
    if (error == -EISDIR)
        return fault_input(fault, "not a program: %s (it is a folder)", path);
    if (error == -EACCES)
        return fault_input(fault,
            "cannot be executed: %s (chmod +x, or its interpreter before it)", path);
    if (error == -ENOENT || error == -ENOTDIR)
        return fault_input(fault, "no such program: %s", path);
    return fault_input(fault, "no such program: %s (%s)", path, strerror(-error));
}

/* The first in PATH that can be executed, else the first that is there at all. */
static int search(int folder_fd, const char *name, char **ret_path, struct fault *fault)
{
    const char *rest = getenv("PATH");
    char *locked = NULL;
    int error = -ENOENT;
    for (rest = rest ? rest : "/bin:/usr/bin"; rest && error != 0;) {
        size_t length = strcspn(rest, ":");
        char *path = length == 0 ? text_format("./%s", name)
                                 : text_format("%.*s/%s", (int)length, rest, name);
        rest = rest[length] ? rest + length + 1 : NULL;
        error = try_file(folder_fd, path);
        if (error == 0) {
            *ret_path = path;
            break;
        }
        if (error == -EACCES && !locked)
            locked = path;
        else
            free(path);
    }
    if (error != 0 && locked)
        refuse(locked, -EACCES, fault);
    else if (error != 0 && try_file(folder_fd, name) == 0)
        fault_input(
            fault, "no such program: %s (the one in this folder is ./%s)", name, name);
    else if (error != 0)
        fault_input(fault, "no such program: %s (not in a folder of PATH)", name);
    free(locked);
    return error == 0 ? 0 : -EINVAL;
}

int spawn_find(const char *name, const char *folder, char **ret_path, struct fault *fault)
{
    int folder_fd = AT_FDCWD;
    if (!*name)
        return fault_input(fault, "no such program: \"\" (its name is empty)");
    if (folder)
        folder_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder_fd < 0 && folder)
        return fault_input(fault, "no such folder: %s (%s)", folder, strerror(errno));
    int error = 0;
    if (!strchr(name, '/')) {
        error = search(folder_fd, name, ret_path, fault);
    } else {
        error = try_file(folder_fd, name);
        if (error < 0)
            error = refuse(name, error, fault);
        else
            *ret_path = text_duplicate(name);
    }
    if (folder)
        close(folder_fd);
    return error;
}
