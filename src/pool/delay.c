// SPDX-License-Identifier: MIT
#include "pool/delay.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

int delay_open(const char *process)
{
    char path[48];
    snprintf(path, sizeof path, "/proc/%s/schedstat", process);
    return open(path, O_RDONLY | O_CLOEXEC);
}

int64_t delay_read_ns(int fd)
{
    char text[96];
    ssize_t length = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
    if (length <= 0)
        return -1;
    text[length] = '\0';
    int64_t ran_ns, waited_ns, times; /* … it ran, which is 0 where nothing is kept */
    bool kept = sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64, &ran_ns, &waited_ns,
                    &times) == 3;
    return kept && times > 0 ? waited_ns : -1;
}

int64_t delay_of_ns(const char *process)
{
    int fd = delay_open(process);
    int64_t waited_ns = delay_read_ns(fd);
    if (fd >= 0)
        close(fd);
    return waited_ns;
}
