// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/builtin.h"

enum { INCREMENTS = 5000000, WORKERS_MOST = 4096 };

/* What the workers of a stage share. */
struct area {
    struct workload_job job;
    size_t bytes;
    uint64_t *words;
};

static struct area share(int64_t size)
{
    struct area area = {.job = {.ops = &workload_sharing, .size = size}};
    area.bytes = workload_sharing.shared_size(&area.job);
    area.words =
        mmap(NULL, area.bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(area.words, MAP_FAILED);
    return area;
}

static void count(const struct area *area, int worker, int64_t index)
{
    struct workload_result result = {.value = -1};
    struct workload_place place = {.job = &area->job,
        .worker = worker,
        .workers = WORKERS_MOST,
        .shared = area->words};
    assert_int_equal(workload_sharing.run(&place, index, &result), 0);
    assert_true(result.digest == INCREMENTS);
    assert_int_equal(result.value, INCREMENTS);
}

/* The one word that is not 0, and makes it so. */
static size_t take_counter(const struct area *area)
{
    size_t words = area->bytes / sizeof(uint64_t), found = words;
    for (size_t i = 0; i < words; i++) {
        if (area->words[i] == 0)
            continue;
        assert_int_equal(found, words);
        assert_int_equal(area->words[i], INCREMENTS);
        found = i;
    }
    assert_true(found < words);
    area->words[found] = 0;
    return found;
}

static void counters_are_as_far_apart_as_asked(void **state)
{
    static const int64_t sizes[] = {8, 16, 64, 128, 4096};
    static const int workers[] = {0, 1, 2, 7, WORKERS_MOST - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct area area = share(sizes[i]);
        for (size_t j = 0; j < sizeof workers / sizeof *workers; j++) {
            count(&area, workers[j], 0);
            assert_int_equal(take_counter(&area) * 8, sizes[i] * workers[j]);
        }
        munmap(area.words, area.bytes);
    }
    (void)state;
}

/* Wherever the area begins: in one line of 64, and before its end. */
static void neighbours_share_a_line(void **state)
{
    struct area area = share(8), moved = area;
    for (size_t offset = 0; offset < 16; offset += 5) {
        moved.words = area.words + offset;
        count(&moved, 0, 0);
        size_t first = take_counter(&area);
        assert_int_equal(first % 8, 0);
        assert_true(
            first >= offset && (first - offset) * 8 + WORKERS_MOST * 8 <= area.bytes);
    }
    munmap(area.words, area.bytes);
    (void)state;
}

/* Several at a time do not lose any, and later tasks give the same as the first. */
static void nothing_is_lost_between_workers(void **state)
{
    enum { WORKERS = 4, TASKS = 3 };
    struct area area = share(8);
    for (int worker = 0; worker < WORKERS; worker++) {
        if (fork() != 0)
            continue;
        for (int64_t index = 0; index < TASKS; index++)
            count(&area, worker, WORKLOAD_ITERATIONS_MAX - 1 - index);
        _exit(0);
    }
    for (int worker = 0; worker < WORKERS; worker++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    for (int worker = 0; worker < WORKERS; worker++)
        assert_int_equal(area.words[worker], TASKS * INCREMENTS);
    assert_int_equal(area.words[WORKERS], 0);
    assert_true(workload_sharing.uniform);
    munmap(area.words, area.bytes);
    (void)state;
}

static void sizes_between_two_words_are_refused(void **state)
{
    static const int64_t wrong[] = {9, 12, 65, 4095};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct workload_job job;
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(
            workload_job_init(&job, &workload_sharing, wrong[i], &fault), -EINVAL);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, "multiples of 8"));
    }
    (void)state;
}

static void the_headline_names_the_distance(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_sharing, .size = 64};
    workload_sharing.describe(&job, sizeof text, text);
    assert_string_equal(text, "count to 5000000 in counters 64 bytes apart");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_are_as_far_apart_as_asked),
        cmocka_unit_test(neighbours_share_a_line),
        cmocka_unit_test(nothing_is_lost_between_workers),
        cmocka_unit_test(sizes_between_two_words_are_refused),
        cmocka_unit_test(the_headline_names_the_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
