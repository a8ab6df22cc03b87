// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/builtin.h"
#include "workload/digest.h"

enum { MIB = 1 << 20 };

static struct workload_result run_warm(struct workload_place *place, int64_t index)
{
    struct workload_result result = {.value = -1};
    assert_int_equal(workload_memory.warm(place), 0);
    assert_non_null(place->own);
    assert_int_equal(workload_memory.run(place, index, &result), 0);
    return result;
}

static void give_back(struct workload_place *place)
{
    assert_int_equal(munmap(place->own, (size_t)place->job->size * MIB), 0);
    place->own = NULL;
}

static struct workload_result read_all(int64_t size, int64_t index)
{
    struct workload_job job = {.ops = &workload_memory, .size = size};
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = run_warm(&place, index);
    give_back(&place);
    return result;
}

/* Word k is k times a constant, so their sum is known. */
static void the_sum_is_known(void **state)
{
    for (int64_t size = 1; size < 20; size = size * 2 + 1) {
        uint64_t words = (uint64_t)size * MIB / 8, digest = DIGEST_START;
        uint64_t sum = words / 2 * (words - 1) * UINT64_C(0x9e3779b97f4a7c15);
        struct workload_result result = read_all(size, 0);
        for (int pass = 0; pass < 4; pass++)
            digest = digest_fold(digest, sum);
        assert_true(result.digest == digest);
        assert_int_equal(result.value, 4 * size);
    }
    (void)state;
}

static void the_digest_depends_on_the_size_alone(void **state)
{
    assert_true(read_all(2, 0).digest == read_all(2, WORKLOAD_ITERATIONS_MAX - 1).digest);
    assert_true(read_all(2, 0).digest != read_all(3, 0).digest);
    assert_true(workload_memory.uniform);
    (void)state;
}

/* Wherever one bit of it is wrong, and whenever: every task reads all of it. */
static void a_wrong_bit_shows(void **state)
{
    struct workload_job job = {.ops = &workload_memory, .size = 1};
    struct workload_place place = {.job = &job, .workers = 1};
    uint64_t right = run_warm(&place, 0).digest, *words = place.own;
    for (size_t word = 0; word < MIB / 8; word += MIB / 8 / 7) {
        struct workload_result result;
        words[word] ^= UINT64_C(1) << (word % 64);
        assert_int_equal(job.ops->run(&place, 0, &result), 0);
        assert_true(result.digest != right);
        words[word] ^= UINT64_C(1) << (word % 64);
        assert_int_equal(job.ops->run(&place, 0, &result), 0);
        assert_true(result.digest == right);
    }
    give_back(&place);
    (void)state;
}

/* Not even tried: the kernel would promise it and kill later. */
static void more_than_the_machine_has_is_refused(void **state)
{
    struct workload_job job = {.ops = &workload_memory, .size = workload_memory.size_max};
    struct workload_place place = {.job = &job, .workers = 4096};
    assert_int_equal(job.ops->warm(&place), -ENOMEM);
    assert_null(place.own);
    (void)state;
}

static void what_the_kernel_refuses_is_said(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the address sanitizer needs an address space without a limit */
#endif
    struct workload_job job = {.ops = &workload_memory, .size = 512};
    struct workload_place place = {.job = &job, .workers = 1};
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_AS, &(struct rlimit){1 << 28, 1 << 28});
        _exit(job.ops->warm(&place) == -ENOMEM && !place.own ? 7 : 8);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    (void)state;
}

static void the_headline_names_it(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_memory, .size = 128};
    workload_memory.describe(&job, sizeof text, text);
    assert_string_equal(text, "128 MiB of memory");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_is_known),
        cmocka_unit_test(the_digest_depends_on_the_size_alone),
        cmocka_unit_test(a_wrong_bit_shows),
        cmocka_unit_test(more_than_the_machine_has_is_refused),
        cmocka_unit_test(what_the_kernel_refuses_is_said),
        cmocka_unit_test(the_headline_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
