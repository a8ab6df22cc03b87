// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 1 << 20 };

static int open_spool(void)
{
    struct fault fault = {0};
    int fd = spool_create(&fault);
    assert_true(fd >= 0);
    return fd;
}

static struct spool_range append(int fd, const char *text)
{
    struct spool_range range = {-1, -1};
    assert_int_equal(spool_append(fd, strlen(text), text, &range), 0);
    return range;
}

static void assert_holds(int fd, struct spool_range range, const char *text)
{
    char data[64] = "";
    size_t size = strlen(text);
    assert_int_equal(range.end - range.begin, size);
    assert_int_equal(spool_read(fd, range.begin, size, data), size);
    assert_memory_equal(data, text, size);
}

static int64_t room_of(int fd)
{
    struct stat about;
    assert_int_equal(fstat(fd, &about), 0);
    return (int64_t)about.st_blocks * 512;
}

static void ranges_follow_each_other(void **state)
{
    (void)state;
    int fd = open_spool();
    struct spool_range first = append(fd, "one\n"), none = append(fd, ""),
                       second = append(fd, "second\n");
    assert_int_equal(first.begin, 0);
    assert_int_equal(none.begin, none.end);
    assert_int_equal(second.begin, first.end);
    assert_holds(fd, first, "one\n");
    assert_holds(fd, second, "second\n");
    char rest[8];
    assert_int_equal(spool_read(fd, second.begin + 4, sizeof rest, rest), 3);
    assert_int_equal(spool_read(fd, second.end, sizeof rest, rest), 0);
    close(fd);
}

static void has_no_name_and_is_closed_by_exec(void **state)
{
    (void)state;
    int fd = open_spool();
    struct stat about;
    assert_int_equal(fstat(fd, &about), 0);
    assert_int_equal(about.st_nlink, 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    close(fd);
}

static void another_process_goes_on_at_the_end(void **state)
{
    (void)state;
    int fd = open_spool();
    append(fd, "parent ");
    pid_t pid = fork();
    if (pid == 0) {
        struct spool_range range;
        _exit(spool_append(fd, 6, "child ", &range) == 0 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    struct spool_range again = append(fd, "parent again");
    assert_int_equal(again.begin, 13);
    assert_holds(fd, (struct spool_range){0, 25}, "parent child parent again");
    close(fd);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    (void)state;
    const char *before = getenv("TMPDIR");
    char *kept = before ? strdup(before) : NULL;
    struct fault fault = {0};
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_int_equal(spool_create(&fault), -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_non_null(strstr(fault.text, "/no/such/folder"));
    if (kept)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    free(kept);
}

/* A process that may write 100 kB only, for want of a full disk. */
static int append_too_much(int fd)
{
    struct spool_range small, large = {-1, -1};
    char *data = calloc(MANY, 1);
    signal(SIGXFSZ, SIG_IGN);
    if (!data || setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, 100000}) < 0)
        return 1;
    if (spool_append(fd, 5, "first", &small) != 0)
        return 2;
    if (spool_append(fd, MANY, data, &large) != -EFBIG || large.begin != -1)
        return 3;
    free(data);
    return spool_append(fd, 4, "next", &small) == 0 && small.begin == 5 ? 0 : 4;
}

static void what_did_not_fit_counts_for_nothing(void **state)
{
    (void)state;
    int fd = open_spool();
    pid_t pid = fork();
    if (pid == 0)
        _exit(append_too_much(fd));
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_holds(fd, (struct spool_range){0, 9}, "firstnext");
    close(fd);
}

static void gives_room_back_in_large_pieces(void **state)
{
    (void)state;
    int fd = open_spool();
    char *data = malloc(MANY);
    assert_non_null(data);
    memset(data, 'x', MANY);
    struct spool_range before = append(fd, "before"), large;
    assert_int_equal(spool_append(fd, MANY, data, &large), 0);
    struct spool_range after = append(fd, "after");
    assert_int_equal(fsync(fd), 0);
    assert_true(room_of(fd) >= MANY);
    spool_discard(fd, large);
    assert_true(room_of(fd) <= MANY / 2);
    assert_holds(fd, before, "before");
    assert_holds(fd, after, "after");
    free(data);
    close(fd);
}

/* Most outputs are far smaller than what a file system gives room in. */
static void gives_room_back_in_small_pieces(void **state)
{
    (void)state;
    enum { COUNT = 40000 };
    int fd = open_spool();
    struct spool_range first = append(fd, "stays");
    int64_t most = 0;
    for (int i = 0; i < COUNT; i++) {
        spool_discard(fd, append(fd, "forty bytes of output, and a few more ..."));
        most = i % 4096 == 0 && room_of(fd) > most ? room_of(fd) : most;
    }
    assert_true(most < MANY);
    assert_int_equal(fsync(fd), 0);
    assert_true(room_of(fd) < MANY);
    assert_holds(fd, first, "stays");
    close(fd);
}

static void what_is_not_let_go_stays_in_any_order(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static struct spool_range ranges[COUNT];
    int fd = open_spool();
    for (int i = 0; i < COUNT; i++)
        ranges[i] = append(fd, i % 2 ? "odd ones are kept until the end" : "even");
    for (int i = 0; i < COUNT; i++) {
        int which = (int)((int64_t)i * 7919 % COUNT);
        if (which % 2 == 0)
            spool_discard(fd, ranges[which]);
    }
    for (int i = 1; i < COUNT; i += 2)
        assert_holds(fd, ranges[i], "odd ones are kept until the end");
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_follow_each_other),
        cmocka_unit_test(has_no_name_and_is_closed_by_exec),
        cmocka_unit_test(another_process_goes_on_at_the_end),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(what_did_not_fit_counts_for_nothing),
        cmocka_unit_test(gives_room_back_in_large_pieces),
        cmocka_unit_test(gives_room_back_in_small_pieces),
        cmocka_unit_test(what_is_not_let_go_stays_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
