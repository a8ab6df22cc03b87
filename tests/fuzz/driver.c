// SPDX-License-Identifier: MIT
/* Stands in for libFuzzer where the compiler has none: tries every file of the folders
 * given, then random mutations of them for a while.  Takes libFuzzer's command line as
 * far as fuzz_x -max_total_time=SECONDS -artifact_prefix=PATH -max_len=BYTES FOLDER... An
 * input on which the program dies is left behind as PATHcrash. */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUTS_MAX = 1000, MUTATIONS_MAX = 8, TIMEOUT_S = 20 };

struct input {
    size_t size;
    uint8_t *data;
};

struct driver {
    int64_t seconds;
    size_t room; /* bytes of the longest input */
    const char *prefix;
    uint64_t random;
    size_t count;
    struct input inputs[INPUTS_MAX];
    uint8_t *trial; /* mapped from a file, so that it outlives a crash */
    int trial_fd;
    char artifact[4096];
};

/* xorshift64*, Vigna 2016. */
static uint64_t draw(struct driver *driver, uint64_t below)
{
    driver->random ^= driver->random >> 12;
    driver->random ^= driver->random << 25;
    driver->random ^= driver->random >> 27;
    return ((driver->random * UINT64_C(0x2545f4914f6cdd1d)) >> 16) % below;
}

static void fail(const char *what, const char *where)
{
    fprintf(stderr, "fuzz: %s: %s\n", what, where);
    exit(1);
}

static void add_file(struct driver *driver, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || driver->count == INPUTS_MAX)
        fail("cannot read one more input", path);
    struct input *input = &driver->inputs[driver->count++];
    input->data = malloc(driver->room);
    if (!input->data)
        fail("no memory for", path);
    input->size = fread(input->data, 1, driver->room, file);
    fclose(file);
}

static void add_folder(struct driver *driver, const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        fail("no such folder", path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.')
            add_file(driver, name);
    }
    closedir(folder);
}

static const char *value_of(const char *argument, const char *option)
{
    size_t length = strlen(option);
    return strncmp(argument, option, length) == 0 ? argument + length : NULL;
}

static void read_arguments(struct driver *driver, int count, char *arguments[])
{
    for (int i = 1; i < count; i++) {
        const char *value;
        if ((value = value_of(arguments[i], "-max_total_time=")))
            driver->seconds = strtol(value, NULL, 10);
        else if ((value = value_of(arguments[i], "-max_len=")))
            driver->room = strtoul(value, NULL, 10);
        else if ((value = value_of(arguments[i], "-artifact_prefix=")))
            driver->prefix = value;
    }
    if (driver->room == 0)
        fail("too small", "-max_len");
    for (int i = 1; i < count; i++)
        if (arguments[i][0] != '-')
            add_folder(driver, arguments[i]);
}

static void set_trial_size(struct driver *driver, size_t size)
{
    if (ftruncate(driver->trial_fd, (off_t)size) < 0)
        fail("cannot write", driver->artifact);
}

static void open_trial(struct driver *driver)
{
    snprintf(driver->artifact, sizeof driver->artifact, "%scrash", driver->prefix);
    driver->trial_fd =
        open(driver->artifact, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (driver->trial_fd < 0)
        fail("cannot write", driver->artifact);
    set_trial_size(driver, driver->room);
    driver->trial =
        mmap(NULL, driver->room, PROT_READ | PROT_WRITE, MAP_SHARED, driver->trial_fd, 0);
    if (driver->trial == MAP_FAILED)
        fail("cannot map", driver->artifact);
}

/* The parser gets a heap copy of exactly this size, so that reading past it is seen. */
static void try_input(struct driver *driver, size_t size)
{
    uint8_t *copy = malloc(size + (size == 0));
    if (!copy)
        fail("no memory for", "an input");
    memcpy(copy, driver->trial, size);
    set_trial_size(driver, size); /* what a crash leaves behind is the input alone */
    alarm(TIMEOUT_S);
    LLVMFuzzerTestOneInput(copy, size);
    alarm(0);
    set_trial_size(driver, driver->room);
    free(copy);
}

static size_t flip_bits(struct driver *driver, size_t size)
{
    for (uint64_t flips = size ? 1 + draw(driver, 8) : 0; flips > 0; flips--)
        driver->trial[draw(driver, size)] ^= (uint8_t)(1U << draw(driver, 8));
    return size;
}

static size_t cut(struct driver *driver, size_t size)
{
    if (size == 0)
        return 0;
    size_t from = draw(driver, size), length = 1 + draw(driver, size - from);
    memmove(driver->trial + from, driver->trial + from + length, size - from - length);
    return size - length;
}

/* A part of some input in place of everything from some place on. */
static size_t splice_in(struct driver *driver, size_t size)
{
    const struct input *other = &driver->inputs[draw(driver, driver->count)];
    size_t at = draw(driver, size + 1), from = draw(driver, other->size + 1);
    size_t length = other->size - from;
    if (length > driver->room - at)
        length = driver->room - at;
    if (length > 0)
        memcpy(driver->trial + at, other->data + from, length);
    return at + length;
}

static size_t insert(struct driver *driver, size_t size)
{
    static const char *const words[] = {"0", "-1", "1e30", "max", "18446744073709551615",
        "9223372036854775808", "nan", " ", "\n", "\\u0000", "\xff\xfe", "\"", "{", "[",
        "cpu", "cpu4294967296 ", "--", "%s", "/../"};
    const char *word = words[draw(driver, sizeof words / sizeof *words)];
    size_t at = draw(driver, size + 1), length = strlen(word);
    if (size + length > driver->room)
        return size;
    memmove(driver->trial + at + length, driver->trial + at, size - at);
    memcpy(driver->trial + at, word, length);
    return size + length;
}

static size_t mutate(struct driver *driver)
{
    static size_t (*const ways[])(struct driver *, size_t) = {
        flip_bits, cut, splice_in, insert};
    const struct input *input = &driver->inputs[draw(driver, driver->count)];
    size_t size = input->size;
    memcpy(driver->trial, input->data, size);
    for (uint64_t left = 1 + draw(driver, MUTATIONS_MAX); left > 0; left--)
        size = ways[draw(driver, sizeof ways / sizeof *ways)](driver, size);
    return size;
}

int main(int count, char *arguments[])
{
    static struct driver driver = {
        .seconds = 2, .room = 65536, .prefix = "./", .random = 1};
    read_arguments(&driver, count, arguments);
    if (driver.count == 0)
        fail("nothing to start from", "the folders are empty");
    open_trial(&driver);
    for (size_t i = 0; i < driver.count; i++) {
        memcpy(driver.trial, driver.inputs[i].data, driver.inputs[i].size);
        try_input(&driver, driver.inputs[i].size);
    }
    int64_t tries = 0, end_ns = clock_now_ns() + driver.seconds * NS_PER_S;
    for (; clock_now_ns() < end_ns; tries++)
        try_input(&driver, mutate(&driver));
    unlink(driver.artifact);
    munmap(driver.trial, driver.room);
    close(driver.trial_fd);
    for (size_t i = 0; i < driver.count; i++)
        free(driver.inputs[i].data);
    printf("%zu seeds, %ld mutations, no crash\n", driver.count, (long)tries);
    return 0;
}
