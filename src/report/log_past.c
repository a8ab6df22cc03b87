// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "report/base64.h"
#include "report/log.h"
#include "report/log_mend.h"
#include "report/log_read.h"
#include "workload/digest.h"

/* An item that has ended well: 24 bytes, for there may be a million.  They are sorted by
 * key and then by place, so that the occurrences of a command follow each other. */
struct past_item {
    uint64_t key[2]; /* of its words */
    int64_t place;   /* of its line in the file; in the first of a command, once that was
                        taken: minus the number of its occurrences taken so far */
};

/* The file, to look up the rest of a line. */
struct past_file {
    struct log_reader lines;
    int64_t begin; /* of the line of the one taken last, -1 before that */
    char *results; /* its folder, once it was asked for */
};

struct log_past {
    struct past_item *items;
    size_t count;
    struct past_file *file;
};

/* Two digests of 64 bits each, over all words with the NULs behind them.  That two
 * commands of 10^6 have the same is a matter of 1 in 10^26. */
static void fold(uint64_t key[2], size_t size, const char data[])
{
    for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t length = size - i < sizeof word ? size - i : sizeof word;
        memcpy(&word, data + i, length);
        key[0] = digest_fold(key[0], word);
        key[1] = (key[1] ^ word) * UINT64_C(0xff51afd7ed558ccd);
        key[1] ^= key[1] >> 29;
    }
}

static void start(uint64_t key[2])
{
    key[0] = DIGEST_START;
    key[1] = UINT64_C(0x2545f4914f6cdd1d);
}

/* Folds the texts of a list, or their base64; false where it is no such list. */
static bool fold_words(uint64_t key[2], const json_t *words, bool encoded)
{
    bool sound = json_is_array(words) && json_array_size(words) > 0;
    for (size_t i = 0; sound && i < json_array_size(words); i++) {
        const json_t *word = json_array_get(words, i);
        const char *text = json_string_value(word);
        size_t size = json_string_length(word);
        char *decoded = NULL;
        if (!text || (encoded && base64_decode(text, &decoded, &size) < 0))
            return false;
        fold(key, size + 1, decoded ? decoded : text);
        free(decoded);
    }
    return sound;
}

/* The key of an item by its line; false where it has none. */
static bool find_key(const json_t *json, uint64_t ret_key[2])
{
    static const char *const names[] = {"key", "key_base64", "argv", "argv_base64"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const json_t *words = json_object_get(json, names[i]);
        start(ret_key);
        if (words)
            return fold_words(ret_key, words, i % 2 == 1);
    }
    return false;
}

static int compare_keys(const uint64_t one[2], const uint64_t other[2])
{
    for (int i = 0; i < 2; i++)
        if (one[i] != other[i])
            return one[i] < other[i] ? -1 : 1;
    return 0;
}

static int compare(const struct past_item *first, const struct past_item *second)
{
    int by_key = compare_keys(first->key, second->key);
    return by_key ? by_key
                  : (first->place > second->place) - (first->place < second->place);
}

static void add(struct log_past *past, const json_t *json)
{
    const char *status = json_string_value(json_object_get(json, "status"));
    struct past_item found = {.place = past->file->lines.begin};
    if (!status || strcmp(status, "ok") != 0 || !find_key(json, found.key))
        return;
    void *items = past->items;
    struct past_item *item = memory_append(&items, past->count++, sizeof *item);
    past->items = items;
    *item = found;
}

/* Lets an item sink to its place in a heap that has the last one on top. */
static void sink(struct past_item *items, size_t count, size_t i)
{
    struct past_item sinking = items[i];
    for (size_t child = 2 * i + 1; child < count; child = 2 * i + 1) {
        if (child + 1 < count && compare(&items[child], &items[child + 1]) < 0)
            child++;
        if (compare(&sinking, &items[child]) >= 0)
            break;
        items[i] = items[child];
        i = child;
    }
    items[i] = sinking;
}

/* By heap: qsort() would take as much memory again. */
static void sort(struct past_item *items, size_t count)
{
    for (size_t i = count / 2; i > 0; i--)
        sink(items, count, i - 1);
    for (size_t end = count; end > 1; end--) {
        struct past_item last = items[0];
        items[0] = items[end - 1];
        items[end - 1] = last;
        sink(items, end - 1, 0);
    }
}

static int read_lines(struct log_past *past, struct fault *fault)
{
    struct log_reader *lines = &past->file->lines;
    json_t *json;
    int more;
    while ((more = log_reader_next(lines, &json, fault)) > 0) {
        add(past, json);
        json_decref(json);
    }
    struct stat status;
    if (more < 0 || lines->whole > 0 || fstat(fileno(lines->in), &status) < 0 ||
        log_may_begin(fileno(lines->in), status.st_size))
        return more; /* or it was cut off before its first line was safe */
    return fault_input(fault, "not the log of a run: %s", lines->path);
}

int log_past_read(const char *path, struct log_past **ret_past, struct fault *fault)
{
    struct log_past *past = memory_new(1, sizeof *past);
    past->file = memory_new(1, sizeof *past->file);
    past->file->begin = -1;
    int error = log_reader_init(&past->file->lines, path, fault);
    if (error == 0)
        error = read_lines(past, fault);
    if (error < 0) {
        log_past_destroy(past);
        return error;
    }
    sort(past->items, past->count);
    *ret_past = past;
    return 0;
}

void log_past_destroy(struct log_past *past)
{
    if (!past)
        return;
    log_reader_finish(&past->file->lines);
    free(past->file->results);
    free(past->file);
    free(past->items);
    free(past);
}

/* The first item that is not before the key. */
static size_t find_first(const struct log_past *past, const uint64_t key[2])
{
    size_t low = 0, high = past->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(past->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool log_past_take(struct log_past *past, char *const argv[])
{
    uint64_t key[2];
    start(key);
    for (size_t i = 0; argv[i]; i++)
        fold(key, strlen(argv[i]) + 1, argv[i]);
    size_t first = find_first(past, key);
    if (first == past->count || compare_keys(past->items[first].key, key) != 0)
        return false;
    struct past_item *head = &past->items[first];
    size_t taken = head->place < 0 ? (size_t)-head->place : 0;
    struct past_item *item = head + taken;
    if (first + taken >= past->count || compare_keys(item->key, key) != 0)
        return false;
    past->file->begin = item->place;
    head->place = -(int64_t)(taken + 1);
    free(past->file->results);
    past->file->results = NULL;
    return true;
}

/* Reads the line again: there is no room in memory for a million of folders. */
static char *read_results(struct log_reader *lines, int64_t begin)
{
    size_t size;
    clearerr(lines->in);
    if (fseeko(lines->in, begin, SEEK_SET) < 0)
        return NULL;
    ssize_t length = getline(&lines->text, &lines->room, lines->in);
    json_t *json = length > 0 ? log_read_line((size_t)length, lines->text) : NULL;
    char *results = json ? log_read_text(json, "results", &size) : NULL;
    json_decref(json);
    return results;
}

const char *log_past_results(const struct log_past *past)
{
    struct past_file *file = past->file;
    if (!file->results && file->begin >= 0)
        file->results = read_results(&file->lines, file->begin);
    return file->results;
}

int64_t log_past_count(const struct log_past *past)
{
    return (int64_t)past->count;
}
