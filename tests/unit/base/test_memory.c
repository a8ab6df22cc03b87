// SPDX-License-Identifier: MIT
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct item {
    int64_t number;
    char filler[9];
};

static void new_memory_is_zero(void **state)
{
    static const char zeros[1000 * sizeof(struct item)];
    struct item *items = memory_new(1000, sizeof *items);
    assert_memory_equal(items, zeros, sizeof zeros);
    free(items);
    void *nothing = memory_new(0, sizeof *items);
    assert_non_null(nothing);
    free(nothing);
    (void)state;
}

static void appending_keeps_what_is_there_and_zeroes_the_new(void **state)
{
    enum { COUNT = 1025 };
    static const struct item zero;
    void *items = NULL;
    for (size_t i = 0; i < COUNT; i++) {
        struct item *item = memory_append(&items, i, sizeof *item);
        assert_ptr_equal(item, (struct item *)items + i);
        assert_memory_equal(item, &zero, sizeof *item);
        memset(item, 0xff, sizeof *item);
        item->number = (int64_t)i;
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(((struct item *)items)[i].number, i);
    free(items);
    (void)state;
}

/* An element that was taken off the end again is zeroed when it is appended anew. */
static void appending_again_zeroes_again(void **state)
{
    void *items = NULL;
    for (size_t i = 0; i < 3; i++)
        *(int *)memory_append(&items, i, sizeof(int)) = 7;
    assert_int_equal(*(int *)memory_append(&items, 2, sizeof(int)), 0);
    free(items);
    (void)state;
}

/* A sanitizer's allocator ends the program in its own way. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* In a process of its own, for it ends by SIGABRT. */
static void refused_memory_ends_the_program(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    pid_t pid = fork();
    if (pid == 0) {
        close(STDERR_FILENO);
        void *volatile nowhere = memory_new(SIZE_MAX / 32, 16);
        _exit(nowhere != NULL);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zero),
        cmocka_unit_test(appending_keeps_what_is_there_and_zeroes_the_new),
        cmocka_unit_test(appending_again_zeroes_again),
        cmocka_unit_test(refused_memory_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
