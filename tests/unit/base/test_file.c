// SPDX-License-Identifier: MIT
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Every test has a folder of its own and works inside it. */
struct place {
    char path[64];
};

static int enter_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    strcpy(place->path, "/tmp/parfor-test-file.XXXXXX");
    *state = place;
    return mkdtemp(place->path) && chdir(place->path) == 0 ? 0 : -1;
}

/* All entries but "." and ".."; what `keep` is false for is removed. */
static int count_entries(bool keep)
{
    int count = 0;
    DIR *folder = opendir(".");
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (!keep && remove(entry->d_name) < 0 && chdir(entry->d_name) == 0) {
            count_entries(false);
            if (chdir("..") == 0)
                remove(entry->d_name);
        }
    }
    if (folder)
        closedir(folder);
    return count;
}

static int leave_place(void **state)
{
    struct place *place = *state;
    count_entries(false);
    int error = chdir("/") < 0 || rmdir(place->path) < 0 ? -1 : 0;
    free(place);
    return error;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *path, const char *expected)
{
    char *text = NULL;
    assert_int_equal(file_read(path, 1 << 20, &text), 0);
    assert_string_equal(text, expected);
    free(text);
}

static void writes_and_reads_back(void **state)
{
    struct fault fault = {0};
    assert_int_equal(file_write("a.json", 6, "{\"a\"}\n", &fault), 0);
    assert_content("a.json", "{\"a\"}\n");
    assert_int_equal(file_write("a.json", 2, "ab", &fault), 0);
    assert_content("a.json", "ab");
    assert_int_equal(file_write("a.json", 0, "", &fault), 0);
    assert_content("a.json", "");
    assert_int_equal(count_entries(true), 1);
    assert_int_equal(fault.kind, FAULT_NONE);
    (void)state;
}

static void reads_nuls_as_they_are(void **state)
{
    struct fault fault = {0};
    char *data = NULL;
    size_t size = 0;
    assert_int_equal(file_write("nuls", 5, "a\0b\0\0", &fault), 0);
    assert_int_equal(file_read_bytes("nuls", 5, &data, &size), 0);
    assert_int_equal(size, 5);
    assert_memory_equal(data, "a\0b\0\0", 6);
    free(data);
    assert_int_equal(file_read_bytes("nuls", 4, &data, &size), -EFBIG);
    assert_int_equal(size, 5);
    (void)state;
}

static void writes_large_data_whole(void **state)
{
    enum { SIZE = 5 << 20 };
    struct fault fault = {0};
    char *data = malloc(SIZE + 1), *read_back = NULL;
    for (size_t i = 0; i < SIZE; i++)
        data[i] = (char)('a' + i % 23);
    data[SIZE] = '\0';
    assert_int_equal(file_write("large", SIZE, data, &fault), 0);
    assert_int_equal(file_read("large", SIZE, &read_back), 0);
    assert_memory_equal(data, read_back, SIZE + 1);
    free(data);
    free(read_back);
    (void)state;
}

static void the_mode_is_what_the_umask_leaves(void **state)
{
    static const mode_t masks[] = {022, 077, 0, 027};
    struct fault fault = {0};
    struct stat status;
    mode_t before = umask(0);
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        umask(masks[i]);
        assert_int_equal(file_write("mode", 1, "x", &fault), 0);
        assert_int_equal(stat("mode", &status), 0);
        assert_int_equal(status.st_mode & 07777, 0666 & ~masks[i]);
        assert_int_equal(umask(masks[i]), masks[i]); /* and the umask is as it was */
    }
    umask(before);
    (void)state;
}

static void a_missing_folder_is_a_fault(void **state)
{
    struct fault fault = {0};
    assert_int_equal(file_write("no/where.json", 1, "x", &fault), -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_string_equal(
        fault.text, "cannot write no/where.json: No such file or directory");
    assert_int_equal(count_entries(true), 0);
    (void)state;
}

/* A disk that is full after 100 bytes. */
static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, bytes == RLIM_INFINITY ? SIG_DFL : SIG_IGN);
}

static void a_full_disk_leaves_what_was_there(void **state)
{
    char data[1000];
    struct fault fault = {0};
    memset(data, 'x', sizeof data);
    put("old", "the old content");
    limit_file_size(100);
    int with_old = file_write("old", sizeof data, data, &fault);
    int without = file_write("new", sizeof data, data, &fault);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(with_old, -EFBIG);
    assert_int_equal(without, -EFBIG);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_content("old", "the old content");
    assert_int_equal(count_entries(true), 1);
    (void)state;
}

static void a_folder_in_the_way_stays(void **state)
{
    struct fault fault = {0};
    assert_int_equal(mkdir("taken", 0755), 0);
    put("taken/inside", "x");
    assert_true(file_write("taken", 1, "x", &fault) < 0);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_content("taken/inside", "x");
    assert_int_equal(count_entries(true), 1);
    (void)state;
}

static void probing_leaves_nothing_behind(void **state)
{
    struct fault fault = {0};
    assert_int_equal(file_probe("fine.json", &fault), 0);
    assert_int_equal(count_entries(true), 0);
    put("there", "stays");
    assert_int_equal(file_probe("there", &fault), 0);
    assert_content("there", "stays");
    assert_int_equal(count_entries(true), 1);
    assert_int_equal(fault.kind, FAULT_NONE);
    (void)state;
}

static void probing_says_what_will_not_do(void **state)
{
    struct fault fault = {0};
    assert_int_equal(file_probe("no/where.json", &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_string_equal(
        fault.text, "cannot write no/where.json: No such file or directory");
    assert_int_equal(file_probe(".", &fault), -EINVAL);
    assert_string_equal(fault.text, "cannot write .: it is a folder");
    assert_int_equal(file_probe("", &fault), -EINVAL);
    put("file", "x");
    assert_int_equal(file_probe("file/x.json", &fault), -EINVAL);
    assert_int_equal(file_probe("/proc/x.json", &fault), -EINVAL);
    assert_int_equal(count_entries(true), 1);
    (void)state;
}

static void a_link_stays_one(void **state)
{
    static const char *const links[][2] = {
        {"near", "target"}, {"far", "folder/target"}, {"dangling", "nothing-yet"}};
    struct fault fault = {0};
    assert_int_equal(mkdir("folder", 0777), 0);
    put("target", "old");
    put("folder/target", "old");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct stat about;
        assert_int_equal(symlink(links[i][1], links[i][0]), 0);
        assert_int_equal(file_probe(links[i][0], &fault), 0);
        assert_int_equal(file_write(links[i][0], 3, "new", &fault), 0);
        assert_int_equal(lstat(links[i][0], &about), 0);
        assert_true(S_ISLNK(about.st_mode));
        assert_content(links[i][1], "new");
    }
    assert_int_equal(count_entries(true), 6);
    (void)state;
}

static void a_pipe_is_written_into(void **state)
{
    struct fault fault = {0};
    struct stat about;
    char text[8] = "";
    assert_int_equal(mkfifo("pipe", 0666), 0);
    int fd = open("pipe", O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(file_probe("pipe", &fault), 0);
    assert_int_equal(file_write("pipe", 5, "hello", &fault), 0);
    assert_int_equal(read(fd, text, sizeof text - 1), 5);
    assert_string_equal(text, "hello");
    close(fd);
    assert_int_equal(stat("pipe", &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    assert_int_equal(count_entries(true), 1);
    (void)state;
}

static void a_limit_on_sizes_is_a_failure_like_others(void **state)
{
    struct rlimit before, small = {.rlim_cur = 1000};
    struct fault fault = {0};
    char *data = calloc(1, 5000);
    put("there", "stays");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int error = file_write("there", 5000, data, &fault);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(error, -EFBIG);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_string_equal(fault.text, "cannot write there: File too large");
    assert_content("there", "stays");
    assert_int_equal(count_entries(true), 1);
    assert_int_equal(file_write("there", 3, "new", &fault), 0);
    assert_content("there", "new");
    free(data);
    (void)state;
}

static void drafts_are_there_together_or_not_at_all(void **state)
{
    struct fault fault = {0};
    struct file_draft drafts[2];
    put("one", "old");
    assert_int_equal(file_draft_write(&drafts[0], "one", 3, "new", &fault), 0);
    assert_content("one", "old");
    file_draft_drop(&drafts[0]);
    assert_content("one", "old");
    assert_int_equal(count_entries(true), 1);
    assert_int_equal(file_draft_write(&drafts[0], "one", 3, "new", &fault), 0);
    assert_int_equal(file_draft_write(&drafts[1], "two", 3, "new", &fault), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(file_draft_keep(&drafts[i], &fault), 0);
        file_draft_drop(&drafts[i]);
    }
    assert_content("one", "new");
    assert_content("two", "new");
    assert_int_equal(count_entries(true), 2);
    assert_int_equal(file_draft_write(&drafts[0], "no/where", 1, "x", &fault), -ENOENT);
    file_draft_drop(&drafts[0]);
    (void)state;
}

static void reading_stops_at_the_limit(void **state)
{
    static const size_t sizes[] = {0, 1, 4095, 4096, 4097, 8192, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct fault fault = {0};
        char *data = calloc(1, sizes[i] + 1), *text = NULL;
        memset(data, 'y', sizes[i]);
        assert_int_equal(file_write("sized", sizes[i], data, &fault), 0);
        assert_int_equal(file_read("sized", sizes[i], &text), 0);
        assert_int_equal(strlen(text), sizes[i]);
        free(text);
        char *kept = text = data;
        if (sizes[i] > 0)
            assert_int_equal(file_read("sized", sizes[i] - 1, &text), -EFBIG);
        assert_ptr_equal(text, kept);
        free(data);
    }
    char *text = NULL;
    assert_int_equal(file_read("/dev/zero", 100000, &text), -EFBIG);
    assert_int_equal(file_read("missing", 10, &text), -ENOENT);
    assert_int_equal(file_read(".", 10, &text), -EISDIR);
    assert_null(text);
    (void)state;
}

static void reads_below_its_root(void **state)
{
    struct fault fault = {0};
    struct root root;
    char *text = NULL, line[8];
    assert_int_equal(mkdir("machine", 0755), 0);
    assert_int_equal(mkdir("machine/proc", 0755), 0);
    put("machine/proc/stat", "cpu  1 2 3\ncpu0 1 2 3\n");
    assert_int_equal(root_open("machine", &root, &fault), 0);
    assert_true(root.simulated);
    assert_int_equal(root_read(&root, "proc/stat", 4096, &text), 0);
    assert_string_equal(text, "cpu  1 2 3\ncpu0 1 2 3\n");
    free(text);
    assert_int_equal(root_read(&root, "proc/stat", 21, &text), -EFBIG);
    assert_int_equal(root_read(&root, "proc/cpuinfo", 21, &text), -ENOENT);
    assert_int_equal(root_read_line(&root, "proc/stat", sizeof line, line), 0);
    assert_string_equal(line, "cpu  1 ");
    put("machine/one", "ab\ncd\n");
    assert_int_equal(root_read_line(&root, "one", sizeof line, line), 0);
    assert_string_equal(line, "ab");
    put("machine/none", "");
    assert_int_equal(root_read_line(&root, "none", sizeof line, line), 0);
    assert_string_equal(line, "");
    assert_int_equal(root_read_line(&root, "two", sizeof line, line), -ENOENT);
    assert_int_equal(root_read_line(&root, "proc", sizeof line, line), -EISDIR);
    int fd = root_open_file(&root, "one");
    assert_true(fd >= 0);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
    root_close(&root);
    root_close(&root); /* twice is fine */
    (void)state;
}

/* Where no shell was to do it; of others' homes nothing is known. */
static void a_typed_path_may_begin_at_home(void **state)
{
    static const char *const pairs[][2] = {{"~/x.json", "/home/me/x.json"}, {"~", "~"},
        {"~you/x", "~you/x"}, {"a/~/x", "a/~/x"}, {"", ""}};
    (void)state;
    char *before = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    setenv("HOME", "/home/me", 1);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *path = file_typed(pairs[i][0]);
        assert_string_equal(path, pairs[i][1]);
        free(path);
    }
    unsetenv("HOME");
    char *path = file_typed("~/x.json");
    assert_string_equal(path, "~/x.json");
    free(path);
    if (before)
        setenv("HOME", before, 1);
    free(before);
}

static void the_real_machine_is_the_root_without_a_path(void **state)
{
    struct fault fault = {0};
    struct root root;
    char *text = NULL;
    assert_int_equal(root_open(NULL, &root, &fault), 0);
    assert_false(root.simulated);
    assert_int_equal(root_read(&root, "proc/self/stat", 4096, &text), 0);
    assert_int_equal(strtol(text, NULL, 10), getpid());
    free(text);
    root_close(&root);
    assert_true(root_open("missing", &root, &fault) < 0);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_string_equal(
        fault.text, "no such machine: missing (No such file or directory)");
    put("file", "x");
    assert_true(root_open("file", &root, &fault) < 0);
    (void)state;
}

#define TEST_IN_PLACE(test)                                                              \
    cmocka_unit_test_setup_teardown(test, enter_place, leave_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(writes_and_reads_back),
        TEST_IN_PLACE(reads_nuls_as_they_are),
        TEST_IN_PLACE(writes_large_data_whole),
        TEST_IN_PLACE(the_mode_is_what_the_umask_leaves),
        TEST_IN_PLACE(a_missing_folder_is_a_fault),
        TEST_IN_PLACE(a_full_disk_leaves_what_was_there),
        TEST_IN_PLACE(a_folder_in_the_way_stays),
        TEST_IN_PLACE(probing_leaves_nothing_behind),
        TEST_IN_PLACE(probing_says_what_will_not_do),
        TEST_IN_PLACE(a_link_stays_one),
        TEST_IN_PLACE(a_pipe_is_written_into),
        TEST_IN_PLACE(a_limit_on_sizes_is_a_failure_like_others),
        TEST_IN_PLACE(drafts_are_there_together_or_not_at_all),
        TEST_IN_PLACE(reading_stops_at_the_limit),
        TEST_IN_PLACE(reads_below_its_root),
        cmocka_unit_test(a_typed_path_may_begin_at_home),
        TEST_IN_PLACE(the_real_machine_is_the_root_without_a_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
