// SPDX-License-Identifier: MIT
#include "experiment/headroom.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

int64_t headroom_available_bytes(void)
{
    char line[128];
    int64_t kib, available = -1;
    FILE *file = fopen("/proc/meminfo", "re");
    while (file && available < 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %" SCNd64 " kB", &kib) == 1)
            available = kib * 1024;
    if (file)
        fclose(file);
    return available;
}

/* "3.1 GB", "640 MB". */
static void format_bytes(int64_t bytes, size_t size, char text[])
{
    double giga = (double)bytes / 1e9;
    if (giga < 0.995)
        snprintf(text, size, "%.0f MB", giga * 1000);
    else
        snprintf(text, size, "%.*f GB", giga < 9.95, giga);
}

void headroom_warn(
    int workers, int64_t peak_bytes, int64_t available_bytes, size_t size, char text[])
{
    char peak[32], available[32];
    text_copy(size, text, "");
    if (peak_bytes <= 0 || available_bytes <= 0 ||
        workers <= available_bytes / peak_bytes)
        return;
    int64_t fit = available_bytes / peak_bytes;
    format_bytes(peak_bytes, sizeof peak, peak);
    format_bytes(available_bytes, sizeof available, available);
    if (workers == 1 || fit < 1)
        snprintf(text, size, "%d worker%s x %s %s more than the %s free", workers,
            workers == 1 ? "" : "s", peak, workers == 1 ? "is" : "are", available);
    else
        snprintf(text, size,
            "%d workers x %s are more than the %s free: -j %" PRId64 " would fit",
            workers, peak, available, fit);
}
