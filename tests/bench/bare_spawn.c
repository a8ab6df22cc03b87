// SPDX-License-Identifier: MIT
/* The least that starting a program for each item can cost: a loop of vfork and exec, so
 * many at a time, and nothing else.  The program has its item as an argument (/bin/true
 * does half as much again with one).  With megabytes, so much memory is resident. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int start(char *path, long item)
{
    char word[24];
    snprintf(word, sizeof word, "%ld", item);
    char *argv[] = {path, word, NULL};
    pid_t pid = vfork();
    if (pid == 0) {
        execve(path, argv, environ);
        _exit(127);
    }
    return pid < 0 ? -1 : 0;
}

int main(int argc, char *argv[])
{
    if (argc < 4) {
        fputs("usage: bare_spawn PROGRAM COUNT WIDTH [MEGABYTES]\n", stderr);
        return 2;
    }
    long count = atol(argv[2]), width = atol(argv[3]), failed = 0, started = 0;
    size_t size = argc > 4 ? (size_t)atol(argv[4]) << 20 : 0;
    char *resident = malloc(size + 1);
    if (!resident)
        return 3;
    memset(resident, 1, size + 1);
    for (long ended = 0; ended < count; ended++) {
        int status;
        while (started < count && started - ended < width) {
            if (start(argv[1], started + 1) < 0)
                return 3;
            started++;
        }
        if (wait(&status) < 0)
            return 3;
        failed += status != 0;
    }
    free(resident);
    return failed > 0;
}
