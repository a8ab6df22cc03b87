// SPDX-License-Identifier: MIT
/* What saving a result in each of its forms takes: pictures, tables, traces. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "large.h"
#include "model/statistics.h"
#include "report/report.h"

enum { TIMES = 5 };

/* CPU time, which others on the machine do not lengthen. */
static int64_t cpu_now_ns(void)
{
    return clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
}

static void time_format(const struct result *result, const struct report_format *format)
{
    static const struct report_manner manner = {0};
    double took_ms[TIMES], best_ms = 0;
    size_t size = 0;
    for (int i = 0; i < TIMES; i++) {
        char *text;
        struct fault fault = {0};
        int64_t from_ns = cpu_now_ns();
        if (report_write(format, result, &manner, &text, &size, &fault) < 0) {
            printf("  %-12s %s\n", format->name, fault.text);
            return;
        }
        took_ms[i] = (double)(cpu_now_ns() - from_ns) / 1e6;
        best_ms = i == 0 || took_ms[i] < best_ms ? took_ms[i] : best_ms;
        free(text);
    }
    printf("  %-12s %10.1f %10.1f %12zu\n", format->name,
        statistics_median(TIMES, took_ms), best_ms, size);
}

int main(void)
{
    static const struct large kinds[] = {
        {"1024 CPUs, 10 min", 1024, 600, 1000, 10000, 10000, 1024},
        {"1000000 tasks", 2, 600, 1000, 10000, 1000000, 2},
        {"4 CPUs, 110 tasks", 4, 100, 100, 110, 110, 4},
    };
    setlocale(LC_ALL, "C.UTF-8");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct result result;
        large_make(&kinds[i], &result);
        printf("%-14s %10s %10s %12s\n", "save", "median, ms", "best, ms", "bytes");
        printf("%s\n", kinds[i].name);
        for (const struct report_format *format = report_formats; format->name; format++)
            time_format(&result, format);
        result_finish(&result);
    }
    return EXIT_SUCCESS;
}
