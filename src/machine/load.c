// SPDX-License-Identifier: MIT
#include "machine/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "machine/ids.h"

enum {
    FIELDS_LEAST = 4,  /* user nice system idle: what the oldest kernels wrote */
    TEXT_ROOM = 4096,  /* at first; doubled until the CPUs' lines fit */
    TEXT_MAX = 1 << 24 /* 65536 CPUs with ten fields of 20 digits need less */
};

struct load_file {
    int fd;
    size_t room;
    char *text;
};

int load_reading_init(struct load_reading *reading, size_t room)
{
    struct load_counters *cpus = calloc(room > 0 ? room : 1, sizeof cpus[0]);
    if (!cpus)
        return -ENOMEM;
    *reading = (struct load_reading){.room = room, .cpus = cpus};
    return 0;
}

void load_reading_finish(struct load_reading *reading)
{
    free(reading->cpus);
    *reading = (struct load_reading){0};
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline const char *parse_number(const char *text, uint64_t *ret_number)
{
    uint64_t number = 0;
    for (; is_digit(*text); text++)
        number = number * 10 + (uint64_t)(*text - '0');
    *ret_number = number;
    return text;
}

static const char *skip_line(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? end + 1 : text + strlen(text);
}

static bool is_cpu_line(const char *text)
{
    return text[0] == 'c' && text[1] == 'p' && text[2] == 'u' && is_digit(text[3]);
}

/* The first cpuN line: behind the "cpu" line with the sums, where there is one.  NULL if
 * the text does not begin the way a /proc/stat does. */
static const char *first_cpu_line(const char *text)
{
    if (strncmp(text, "cpu", 3) != 0)
        return NULL;
    return is_digit(text[3]) ? text : skip_line(text);
}

/* Reads the fields behind "cpuN"; returns where they end, NULL if there are too few. */
static const char *parse_fields(const char *text, struct load_counters *ret_counters)
{
    uint64_t *ticks = ret_counters->ticks;
    int count = 0;
    for (; count < LOAD_FIELDS; count++) {
        while (*text == ' ')
            text++;
        if (!is_digit(*text))
            break;
        text = parse_number(text, &ticks[count]);
    }
    for (int field = count; field < LOAD_FIELDS; field++)
        ticks[field] = 0;
    ret_counters->present = true;
    return count >= FIELDS_LEAST ? text : NULL;
}

int load_parse(const char *text, struct load_reading *reading)
{
    for (size_t id = 0; id < reading->room; id++)
        reading->cpus[id].present = false;
    int count = 0;
    const char *line = first_cpu_line(text);
    if (!line)
        return -EINVAL;
    for (; is_cpu_line(line); line = skip_line(line)) {
        uint64_t id;
        struct load_counters counters;
        line = parse_fields(parse_number(line + 3, &id), &counters);
        if (!line)
            return -EINVAL;
        if (id < reading->room)
            reading->cpus[id] = counters;
        count++;
    }
    return count;
}

size_t load_room_needed(const char *text)
{
    size_t room = 0;
    const char *line = first_cpu_line(text);
    for (; line && is_cpu_line(line); line = skip_line(line)) {
        uint64_t id;
        parse_number(line + 3, &id);
        if (id >= room && id < IDS_MAX)
            room = (size_t)id + 1;
    }
    return room;
}

struct load_share load_share_between(
    const struct load_counters *before, const struct load_counters *after)
{
    if (!before->present || !after->present)
        return (struct load_share){.busy = -1};
    double delta[LOAD_FIELDS], total = 0;
    for (int field = 0; field < LOAD_FIELDS; field++) {
        uint64_t from = before->ticks[field], to = after->ticks[field];
        delta[field] = to > from ? (double)(to - from) : 0;
        total += delta[field];
    }
    if (total <= 0)
        return (struct load_share){.busy = -1};
    double irq = delta[LOAD_IRQ] + delta[LOAD_SOFTIRQ];
    double busy = delta[LOAD_USER] + delta[LOAD_NICE] + delta[LOAD_SYSTEM] + irq;
    return (struct load_share){
        .busy = (float)(busy / total),
        .user = (float)(delta[LOAD_USER] / total),
        .nice = (float)(delta[LOAD_NICE] / total),
        .system = (float)(delta[LOAD_SYSTEM] / total),
        .irq = (float)(irq / total),
        .steal = (float)(delta[LOAD_STEAL] / total),
    };
}

int load_file_open(const struct root *root, struct load_file **ret_file)
{
    int fd = root_open_file(root, "proc/stat");
    if (fd < 0)
        return fd;
    struct load_file *file = memory_new(1, sizeof *file);
    *file =
        (struct load_file){.fd = fd, .room = TEXT_ROOM, .text = memory_new(TEXT_ROOM, 1)};
    *ret_file = file;
    return 0;
}

void load_file_close(struct load_file *file)
{
    if (!file)
        return;
    close(file->fd);
    free(file->text);
    free(file);
}

/* Whether a text that filled its buffer has all of the CPUs' lines: its last, cut line is
 * not one of them.  The interrupts, which come next, may be many times as long and are
 * not needed. */
static bool has_all_cpus(const char *text, size_t length)
{
    const char *last = memrchr(text, '\n', length);
    return last && last[1] != '\0' && last[1] != 'c';
}

static int grow(struct load_file *file)
{
    if (file->room >= TEXT_MAX)
        return -EFBIG;
    char *text = realloc(file->text, file->room * 2);
    if (!text)
        return -ENOMEM;
    file->text = text;
    file->room *= 2;
    return 0;
}

int load_file_read(struct load_file *file, struct load_reading *reading)
{
    for (;;) {
        ssize_t got = pread(file->fd, file->text, file->room - 1, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -errno;
        file->text[got] = '\0';
        if ((size_t)got < file->room - 1 || has_all_cpus(file->text, (size_t)got))
            break;
        int error = grow(file);
        if (error < 0)
            return error;
    }
    reading->time_ns = clock_now_ns();
    return load_parse(file->text, reading);
}
