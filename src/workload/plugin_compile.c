// SPDX-License-Identifier: MIT
#include "workload/plugin_compile.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "workload/plugin_text.h"

static void list_ending_signals(sigset_t *ret_signals)
{
    sigemptyset(ret_signals);
    sigaddset(ret_signals, SIGINT);
    sigaddset(ret_signals, SIGTERM);
    sigaddset(ret_signals, SIGHUP);
    sigaddset(ret_signals, SIGQUIT);
}

static int write_header(const char *folder)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/parfor", folder);
    if (mkdir(path, 0700) < 0)
        return -errno;
    snprintf(path, sizeof path, "%s/parfor/workload.h", folder);
    FILE *file = fopen(path, "we");
    if (!file)
        return -errno;
    fputs(plugin_text_header, file);
    return fclose(file) == 0 ? 0 : -errno;
}

/* The public header is written there, too: the program needs nothing beside itself. */
static int make_folder(struct plugin_compile *compile, struct fault *fault)
{
    const char *parent = getenv("TMPDIR");
    if (!parent || !*parent)
        parent = "/tmp";
    int length = snprintf(
        compile->folder, sizeof compile->folder, "%s/parfor-body-XXXXXX", parent);
    int error = length < (int)sizeof compile->folder ? 0 : -ENAMETOOLONG;
    if (error == 0 && !mkdtemp(compile->folder))
        error = -errno;
    if (error < 0) {
        compile->folder[0] = '\0';
        return fault_system(fault, error, "cannot make a temporary folder in %s", parent);
    }
    error = write_header(compile->folder);
    if (error < 0)
        return fault_system(fault, error, "cannot write to %s", compile->folder);
    snprintf(compile->object, sizeof compile->object, "%s/body.so", compile->folder);
    return 0;
}

/* The words of `flags` follow, split where there is space; they come last, for that is
 * where libraries belong, and where they win over what is before.  `words` is cut up. */
static char **list_arguments(const char *const *first, size_t count, char *words)
{
    char **arguments = memory_new(count + strlen(words) / 2 + 2, sizeof *arguments);
    char *rest = words;
    for (size_t i = 0; i < count; i++)
        arguments[i] = text_duplicate(first[i]);
    for (char *word; (word = strtok_r(rest, " \t\n", &rest));)
        arguments[count++] = text_duplicate(word);
    return arguments;
}

static void free_arguments(char **arguments)
{
    for (size_t i = 0; arguments[i]; i++)
        free(arguments[i]);
    free(arguments);
}

/* Its standard output is standard error here: what it says is no data.  Returns 0 or the
 * errno. */
static int start(
    const struct plugin_compile *compile, char *const *arguments, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t ending, mask = compile->blocked_before;
    list_ending_signals(&ending);
    for (int signal = 1; signal < NSIG; signal++) /* it can be ended, though we wait */
        if (sigismember(&ending, signal) == 1)
            sigdelset(&mask, signal);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setsigdefault(&attributes, &ending);
    int error = posix_spawnp(ret_pid, "cc", &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int await(pid_t pid, const char *path, struct fault *fault)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fault_system(fault, -errno, "cannot wait for the compiler");
    if (WIFSIGNALED(status))
        return fault_input(fault, "the compiler was ended by signal SIG%s: %s",
            sigabbrev_np(WTERMSIG(status)), path);
    if (WEXITSTATUS(status) != 0)
        return fault_input(
            fault, "the compiler refused: %s (its messages say why)", path);
    return 0;
}

static int run_compiler(const struct plugin_compile *compile, const char *path,
    const char *flags, struct fault *fault)
{
    const char *before = path[0] == '-' ? "./" : ""; /* or it would be an option */
    char *source = text_format("%s%s", before, path);
    char *words = text_duplicate(flags ? flags : "");
    const char *first[] = {"cc", "-O2", "-fPIC", "-shared", "-I", compile->folder, "-o",
        compile->object, source, "-lm"};
    char **arguments = list_arguments(first, sizeof first / sizeof *first, words);
    pid_t pid;
    int error = start(compile, arguments, &pid);
    free_arguments(arguments);
    free(words);
    free(source);
    if (error == ENOENT)
        return fault_input(fault,
            "no C compiler to make a loop body from %s: cc (install gcc or clang, or "
            "give "
            "a shared object, body.so)",
            path);
    if (error > 0)
        return fault_system(fault, -error, "cannot start the compiler, cc");
    return await(pid, path, fault);
}

int plugin_compile_begin(struct plugin_compile *compile, const char *path,
    const char *flags, struct fault *fault)
{
    sigset_t ending;
    list_ending_signals(&ending);
    sigprocmask(SIG_BLOCK, &ending, &compile->blocked_before);
    compile->folder[0] = '\0';
    int error = make_folder(compile, fault);
    return error < 0 ? error : run_compiler(compile, path, flags, fault);
}

static int remove_entry(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    remove(path);
    return 0;
}

void plugin_compile_end(struct plugin_compile *compile)
{
    enum { OPEN_FOLDERS = 8 };
    if (compile->folder[0] != '\0')
        nftw(compile->folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    sigprocmask(SIG_SETMASK, &compile->blocked_before, NULL);
}
