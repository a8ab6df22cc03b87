// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app.h"
#include "options/command_line.h"
#include "status.h"

/* A file opened later must not take the place of a standard stream that was closed. */
static void keep_standard_streams(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    close(fd);
}

static int end_with(int signal_number)
{
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal_number);
    signal(signal_number, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    raise(signal_number);
    return 128 + signal_number;
}

int main(int argc, char *argv[])
{
    struct options options;
    struct fault fault = {0};
    int status = STATUS_WRONG_INPUT, signal_number = 0;
    keep_standard_streams();
    setlocale(LC_CTYPE, ""); /* of letters alone: numbers are the same everywhere */
    if (command_line_parse(argc, argv, &options, &fault) == 0)
        status = app_run(&options, &signal_number, &fault);
    if (fault.kind != FAULT_NONE)
        fprintf(stderr, "parfor: %s\n", fault.text);
    return signal_number ? end_with(signal_number) : status;
}
