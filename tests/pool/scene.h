// SPDX-License-Identifier: MIT
#pragma once
/* A pool with its event loop and a log of its events, run in a child of the test: a round
 * that hangs, crashes or leaves processes behind fails, and the others go on. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/loop.h"
#include "pool/order.h"
#include "pool/pool.h"
#include "workload/builtin.h"

/* Under the address sanitizer a fork takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

enum {
    SCENE_EVENTS = 4096,
    SCENE_SKIP = 77, /* exit status of a body that cannot do its test here */
};

/* For the bodies of scene_guard(), which run outside of cmocka. */
#define CHECK(condition)                                                                 \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            dprintf(                                                                     \
                STDERR_FILENO, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
            _exit(EXIT_FAILURE);                                                         \
        }                                                                                \
    } while (0)
#define CHECK_EQUAL(value, expected)                                                     \
    do {                                                                                 \
        long long value_ = (long long)(value), expected_ = (long long)(expected);        \
        if (value_ != expected_) {                                                       \
            dprintf(STDERR_FILENO, "%s:%d: %s is %lld, not %s (%lld)\n", __FILE__,       \
                __LINE__, #value, value_, #expected, expected_);                         \
            _exit(EXIT_FAILURE);                                                         \
        }                                                                                \
    } while (0)

/* Runs the body in a child that has so many seconds. */
void scene_guard(void (*body)(void *data), void *data, unsigned seconds);

struct scene {
    struct workload_job job;
    struct pool_setup setup;
    struct fault fault;
    struct loop *loop;
    struct pool *pool;
    struct pool_event events[SCENE_EVENTS];
    int count;                                                             /* of events */
    void (*on_event)(struct scene *scene, const struct pool_event *event); /* or NULL */
    void *data; /* of the test */
};

/* A loop of so many tasks over `ops`, with usual settings that the test may change. */
struct scene *scene_create(const struct workload_ops *ops, int64_t size,
    const char *schedule, int64_t tasks, int workers);
int scene_start(struct scene *scene); /* what pool_create() returned */
void scene_run(struct scene *scene);  /* until it has finished */

/* Checks what holds for every pool that has finished or was stopped, then destroys all.
 */
void scene_close(struct scene *scene);

int64_t scene_done(const struct scene *scene);
int64_t scene_failed(const struct scene *scene);
uint64_t scene_digest(const struct scene *scene);
int scene_count(const struct scene *scene, enum pool_event_kind kind);

/* The digest of the whole loop, computed one task after the other; without task `but`, if
 * that is not -1. */
uint64_t scene_expected_digest(const struct scene *scene, int64_t but);

/* All tasks but so many were done, each exactly once; the others failed; none is missing.
 */
void scene_check_whole(const struct scene *scene, int64_t failed);
