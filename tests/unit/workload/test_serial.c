// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/builtin.h"
#include "workload/digest.h"
#include "workload/rounds.h"

/* A round takes a microsecond, by this scale. */
enum { ROUNDS_PER_MS = 1000, TASK_ROUNDS = 20000 };

static struct workload_job job_of(int64_t size, int64_t iterations)
{
    return (struct workload_job){.ops = &workload_serial,
        .size = size,
        .scale = ROUNDS_PER_MS,
        .iterations = iterations};
}

static uint64_t digest_with(const struct workload_job *job, uint64_t prepared)
{
    struct workload_place place = {.job = job, .workers = 1, .shared = &prepared};
    struct workload_result result = {.value = -1};
    assert_int_equal(job->ops->run(&place, 0, &result), 0);
    assert_int_equal(result.value, 0);
    return result.digest;
}

static void nothing_is_prepared_for_no_iterations(void **state)
{
    uint64_t prepared = 0;
    struct workload_job job = job_of(50, 0);
    struct workload_place place = {.job = &job, .workers = 1, .shared = &prepared};
    assert_int_equal(job.ops->prepare(&place), 0);
    assert_true(prepared == 0);
    (void)state;
}

/* With a share f, it is f / (1 - f) of what the tasks do. */
static void the_share_is_what_was_asked_for(void **state)
{
    static const int64_t known[][3] = {/* percent, iterations, tasks' worth */
        {50, 1, 1}, {50, 30, 30}, {20, 40, 10}, {90, 3, 27}, {75, 5, 15}, {10, 90, 10},
        {1, 99, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint64_t prepared = 0;
        struct workload_job job = job_of(known[i][0], known[i][1]);
        struct workload_place place = {.job = &job, .workers = 1, .shared = &prepared};
        assert_int_equal(job.ops->prepare(&place), 0);
        assert_true(prepared == rounds_compute(0, known[i][2] * TASK_ROUNDS));
        double share = (double)known[i][2] / (double)(known[i][1] + known[i][2]);
        assert_true(job.ops->serial_share(&job) == share);
    }
    (void)state;
}

static void every_task_spins_and_takes_in_what_was_prepared(void **state)
{
    struct workload_job job = job_of(20, 8);
    for (uint64_t prepared = 0; prepared < 20; prepared++)
        assert_true(digest_with(&job, prepared) ==
                    digest_fold(rounds_compute(0, TASK_ROUNDS), prepared));
    assert_true(workload_serial.uniform);
    (void)state;
}

static void what_was_not_prepared_or_twice_shows(void **state)
{
    uint64_t prepared = 0;
    struct workload_job job = job_of(20, 8);
    struct workload_place place = {.job = &job, .workers = 1, .shared = &prepared};
    uint64_t never = digest_with(&job, prepared);
    assert_int_equal(job.ops->prepare(&place), 0);
    uint64_t once = digest_with(&job, prepared);
    assert_int_equal(job.ops->prepare(&place), 0);
    uint64_t twice = digest_with(&job, prepared);
    assert_true(never != once && once != twice && never != twice);
    (void)state;
}

static void other_shares_and_loops_prepare_something_else(void **state)
{
    uint64_t digests[3] = {0};
    struct workload_job jobs[] = {job_of(20, 8), job_of(21, 8), job_of(20, 12)};
    for (size_t i = 0; i < 3; i++) {
        struct workload_place place = {
            .job = &jobs[i], .workers = 1, .shared = &digests[i]};
        assert_int_equal(jobs[i].ops->prepare(&place), 0);
    }
    assert_true(digests[0] != digests[1] && digests[0] != digests[2]);
    (void)state;
}

static void another_process_sees_what_was_prepared(void **state)
{
    struct workload_job job = job_of(20, 8);
    size_t size = job.ops->shared_size(&job);
    assert_true(size >= sizeof(uint64_t));
    uint64_t *shared =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(shared, MAP_FAILED);
    struct workload_place place = {.job = &job, .workers = 2, .shared = shared};
    struct workload_result result;
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(job.ops->prepare(&place) == 0 ? 7 : 8);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 7);
    place.worker = 1;
    assert_int_equal(job.ops->run(&place, WORKLOAD_ITERATIONS_MAX - 1, &result), 0);
    assert_true(result.digest == digest_with(&job, rounds_compute(0, 2 * TASK_ROUNDS)));
    munmap(shared, size);
    (void)state;
}

static void the_headline_names_the_share(void **state)
{
    char text[64];
    struct workload_job job = job_of(20, 0);
    workload_serial.describe(&job, sizeof text, text);
    assert_string_equal(text, "spin for 20 ms with 20 % serial");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_prepared_for_no_iterations),
        cmocka_unit_test(the_share_is_what_was_asked_for),
        cmocka_unit_test(every_task_spins_and_takes_in_what_was_prepared),
        cmocka_unit_test(what_was_not_prepared_or_twice_shows),
        cmocka_unit_test(other_shares_and_loops_prepare_something_else),
        cmocka_unit_test(another_process_sees_what_was_prepared),
        cmocka_unit_test(the_headline_names_the_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
