// SPDX-License-Identifier: MIT
/* How long the program takes to start, and how much memory it needs: whole processes, in
 * turn with /bin/true, which is what starting any process costs here. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "model/statistics.h"
#include "written_machine.h"

enum { ROUNDS = 21 };

struct command {
    const char *name, *most;
    const char *arguments[10];
    double ms[ROUNDS];
    long peak_kib; /* of the process or a child of it */
};

static void run(struct command *command, int round)
{
    int64_t start_ns = clock_now_ns();
    pid_t pid = fork();
    if (pid == 0) {
        int null_fd = open("/dev/null", O_RDWR);
        dup2(null_fd, STDOUT_FILENO);
        dup2(null_fd, STDERR_FILENO);
        execv(command->arguments[0], (char **)(uintptr_t)command->arguments);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(pid, &status, 0, &usage) < 0 || status != 0)
        exit(EXIT_FAILURE);
    command->ms[round] = (double)(clock_now_ns() - start_ns) / 1e6;
    if (usage.ru_maxrss > command->peak_kib)
        command->peak_kib = usage.ru_maxrss;
}

int main(void)
{
    const char *parfor = getenv("PARFOR");
    char folder[] = "/tmp/parfor-bench-XXXXXX";
    if (!parfor || !mkdtemp(folder))
        return EXIT_FAILURE;
    write_machine(folder, 1024);
    struct command commands[] = {
        {"/bin/true", "", {"/bin/true"}, {0}, 0},
        {"parfor list", "10 ms", {parfor, "list"}, {0}, 0},
        {"parfor map empty -n 1, whole", "30 ms", {parfor, "map", "empty", "-n", "1"},
            {0}, 0},
        {"... with 1024 simulated CPUs", "8192 KiB",
            {parfor, "map", "spin", "-s", "100000", "-n", "6", "--sysroot", folder}, {0},
            0},
    };
    enum { COMMANDS = sizeof commands / sizeof *commands };
    for (int i = 0; i < ROUNDS; i++)
        for (int k = 0; k < COMMANDS; k++)
            run(&commands[k], i);
    printf("%-32s %10s %12s %10s\n", "start to end, median of 21", "ms", "peak KiB",
        "at most");
    for (int k = 0; k < COMMANDS; k++)
        printf("%-32s %10.2f %12ld %10s\n", commands[k].name,
            statistics_median(ROUNDS, commands[k].ms), commands[k].peak_kib,
            commands[k].most);
    remove_machine(folder);
    return 0;
}
