// SPDX-License-Identifier: MIT
#pragma once
/* The one time type of the program: int64_t nanoseconds, monotonic unless said otherwise.
 */
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S INT64_C(1000000000)

static inline int64_t clock_read_ns(clockid_t id)
{
    struct timespec time;
    clock_gettime(id, &time);
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

static inline int64_t clock_now_ns(void)
{
    return clock_read_ns(CLOCK_MONOTONIC);
}

/* CPU time of the calling process so far; costs about twenty times clock_now_ns(). */
static inline int64_t clock_cpu_ns(void)
{
    return clock_read_ns(CLOCK_PROCESS_CPUTIME_ID);
}

/* How much of that was in the kernel: scaled by ticks, so only long times tell.  As dear.
 */
static inline int64_t clock_system_ns(void)
{
    struct rusage own;
    getrusage(RUSAGE_SELF, &own);
    return own.ru_stime.tv_sec * NS_PER_S + own.ru_stime.tv_usec * NS_PER_US;
}

static inline struct timespec clock_timespec(int64_t ns)
{
    return (struct timespec){.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S};
}
