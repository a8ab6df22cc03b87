// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/items.h"

/* What the cutter gave, each ended by a bar. */
struct given {
    char text[256];
    size_t longest;
};

static int take(void *data, const char *item, size_t size)
{
    struct given *given = data;
    size_t used = strlen(given->text);
    if (size > given->longest)
        given->longest = size;
    if (size < 100)
        snprintf(given->text + used, sizeof given->text - used, "%.*s|", (int)size, item);
    return size == 4 && memcmp(item, "stop", size) == 0 ? -ECANCELED : 0;
}

/* In pieces of that size, each in memory of its own, so that reading past it is seen. */
static int cut(const char *text, size_t size, size_t piece, struct items_cutter *cutter,
    struct given *given, struct fault *fault)
{
    int error = 0;
    *given = (struct given){0};
    for (size_t at = 0; at < size && error == 0; at += piece) {
        size_t length = size - at < piece ? size - at : piece;
        char *copy = malloc(length);
        memcpy(copy, text + at, length);
        error = items_cut(cutter, length, copy, take, given, fault);
        free(copy);
    }
    if (error == 0)
        error = items_cut_end(cutter, take, given, fault);
    return error;
}

static void check_cut(const char *text, size_t size, bool nul, const char *expected)
{
    for (size_t piece = 1; piece <= size; piece++) {
        struct items_cutter cutter = {.nul = nul};
        struct given given;
        struct fault fault;
        assert_int_equal(cut(text, size, piece, &cutter, &given, &fault), 0);
        assert_string_equal(given.text, expected);
        items_cutter_finish(&cutter);
    }
}

static void lines_are_items(void **state)
{
    check_cut("a\nb c\n\nlast", 11, false, "a|b c||last|");
    check_cut("a\n", 2, false, "a|");
    check_cut("\n", 1, false, "|");
    check_cut("dos\r\nx\ry\r\n\r\n", 12, false, "dos|x\ry||");
    check_cut("a\nb\0\0c", 6, true, "a\nb||c|");
    check_cut("a\r\0", 3, true, "a\r|");
    (void)state;
}

static void check_refused(const char *text, size_t size, const char *expected)
{
    for (size_t piece = 1; piece <= size; piece++) {
        struct items_cutter cutter = {0};
        struct given given;
        struct fault fault;
        assert_int_equal(cut(text, size, piece, &cutter, &given, &fault), -EINVAL);
        assert_non_null(strstr(fault.text, expected));
        items_cutter_finish(&cutter);
    }
}

static void a_nul_in_a_line_is_named(void **state)
{
    check_refused("a\nb\0c\n", 6, "item 2 has a NUL in it (-0");
    check_refused("a\0", 2, "item 1 has a NUL in it");
    (void)state;
}

static void cutting_ends_where_the_callback_says(void **state)
{
    struct items_cutter cutter = {0};
    struct given given;
    struct fault fault;
    assert_int_equal(cut("a\nstop\nb\n", 9, 9, &cutter, &given, &fault), -ECANCELED);
    assert_string_equal(given.text, "a|stop|");
    items_cutter_finish(&cutter);
    (void)state;
}

static void no_item_is_longer_than_an_argument(void **state)
{
    size_t size = ITEMS_LENGTH_MAX + 2;
    char *text = malloc(size);
    for (size_t piece = 1000; piece < 300000; piece += 298000) {
        struct items_cutter cutter = {0};
        struct given given;
        struct fault fault;
        memset(text, 'a', size);
        memcpy(text + ITEMS_LENGTH_MAX, "\r\n", 2);
        assert_int_equal(cut(text, size, piece, &cutter, &given, &fault), 0);
        assert_int_equal(given.longest, ITEMS_LENGTH_MAX);
        text[ITEMS_LENGTH_MAX] = 'a';
        assert_int_equal(cut(text, size, piece, &cutter, &given, &fault), -EINVAL);
        assert_non_null(strstr(fault.text, "item 2 is too long"));
        items_cutter_finish(&cutter);
    }
    free(text);
    (void)state;
}

static struct items *create(void)
{
    struct items *items;
    struct fault fault;
    assert_int_equal(items_create(&items, &fault), 0);
    return items;
}

static void add(struct items *items, int64_t number, const char *text)
{
    struct fault fault;
    assert_int_equal(items_add(items, number, 1, &text, &fault), 0);
}

static bool is_task(
    const struct items *items, int64_t index, int64_t number, const char *text)
{
    struct items_task task;
    if (items_read(items, index, &task) < 0)
        return false;
    bool same = task.number == number && task.count == 1 &&
                strcmp(task.texts[0], text) == 0 && !task.texts[1];
    items_drop(&task);
    return same;
}

static void the_writer_finds_them_at_once(void **state)
{
    static const char *const texts[] = {"one", "", "th\nree", "\xff"};
    struct items *items = create();
    struct items_task task;
    struct fault fault;
    add(items, 5, "first");
    assert_int_equal(items_add(items, 9, 4, texts, &fault), 0);
    assert_int_equal(items_count(items), 2);
    for (int written = 0; written < 2; written++) {
        assert_true(is_task(items, 0, 5, "first"));
        assert_int_equal(items_read(items, 1, &task), 0);
        assert_int_equal(task.number, 9);
        assert_int_equal(task.count, 4);
        for (size_t i = 0; i < 4; i++)
            assert_string_equal(task.texts[i], texts[i]);
        assert_null(task.texts[4]);
        items_drop(&task);
        assert_int_equal(items_read(items, 2, &task), -ENOENT);
        assert_int_equal(items_flush(items, &fault), 0);
    }
    items_destroy(items);
    items_destroy(NULL);
    (void)state;
}

/* Forked before anything was there, and in the middle. */
static void others_find_them_after_a_flush(void **state)
{
    struct items *items = create();
    struct fault fault;
    int gate[2];
    pid_t pids[2];
    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < 2; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            char byte;
            close(gate[1]);
            (void)!read(gate[0], &byte, 1);
            _exit(!is_task(items, 0, 0, "a") || !is_task(items, 1, 1, "b") ||
                  !is_task(items, 2, 2, "c"));
        }
        add(items, i, i == 0 ? "a" : "b");
    }
    add(items, 2, "c");
    assert_int_equal(items_flush(items, &fault), 0);
    close(gate[0]);
    close(gate[1]);
    for (int i = 0; i < 2; i++) {
        int status;
        waitpid(pids[i], &status, 0);
        assert_int_equal(status, 0);
    }
    items_destroy(items);
    (void)state;
}

static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Nothing stays in memory for each of them: a byte each would show. */
static void a_million_need_no_memory(void **state)
{
    enum { COUNT = 1000000 };
    struct items *items = create();
    struct fault fault;
    char text[32];
    long before_kib = peak_kib();
    for (int i = 0; i < COUNT; i++) {
        snprintf(text, sizeof text, "data/item-%d", i);
        add(items, i, text);
    }
    assert_int_equal(items_flush(items, &fault), 0);
    assert_int_equal(items_count(items), COUNT);
    assert_true(is_task(items, 0, 0, "data/item-0"));
    assert_true(is_task(items, 567890, 567890, "data/item-567890"));
    assert_true(is_task(items, COUNT - 1, COUNT - 1, "data/item-999999"));
    assert_true(peak_kib() - before_kib < 900);
    items_destroy(items);
    (void)state;
}

static void no_room_is_said(void **state)
{
    struct items *items = create();
    struct rlimit before, none = {0};
    struct fault fault = {0};
    getrlimit(RLIMIT_FSIZE, &before);
    none.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    add(items, 0, "a");
    setrlimit(RLIMIT_FSIZE, &none);
    assert_int_equal(items_flush(items, &fault), -EFBIG);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_non_null(strstr(fault.text, "$TMPDIR"));
    const char *text = "b";
    assert_int_equal(items_add(items, 1, 1, &text, &fault), -EFBIG);
    items_destroy(items);
    (void)state;
}

static void check_description(
    const char *const texts[], size_t size, const char *expected)
{
    char text[64];
    struct items_task task = {.texts = (const char **)(uintptr_t)texts};
    while (texts[task.count])
        task.count++;
    items_describe(&task, size, text);
    assert_string_equal(text, expected);
}

static void they_are_described_for_a_person(void **state)
{
    check_description((const char *[]){"a b", "c", NULL}, 64, "a b c");
    check_description((const char *[]){"a\tb\x1b[2J\n", NULL}, 64, "a?b?[2J?");
    check_description((const char *[]){"caf\xc3\xa9 \xff\xc3(\xc2\x9b\xed\xa0\x80", NULL},
        64,
        "caf\xc3\xa9 ??"
        "(?????");
    check_description((const char *[]){"caf\xc3\xa9", "x", NULL}, 5, "caf");
    check_description((const char *[]){"abc", "d", NULL}, 4, "abc");
    check_description((const char *[]){"abc", "d", NULL}, 5, "abc ");
    check_description((const char *[]){"abc", NULL}, 1, "");
    check_description((const char *[]){NULL}, 4, "");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_items),
        cmocka_unit_test(a_nul_in_a_line_is_named),
        cmocka_unit_test(cutting_ends_where_the_callback_says),
        cmocka_unit_test(no_item_is_longer_than_an_argument),
        cmocka_unit_test(the_writer_finds_them_at_once),
        cmocka_unit_test(others_find_them_after_a_flush),
        cmocka_unit_test(a_million_need_no_memory),
        cmocka_unit_test(no_room_is_said),
        cmocka_unit_test(they_are_described_for_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
