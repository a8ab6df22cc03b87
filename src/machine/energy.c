// SPDX-License-Identifier: MIT
#include "machine/energy.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/patience.h"
#include "machine/sensor_files.h"

#define POWERCAP "sys/class/powercap"

enum {
    TEXT_SIZE = 64,
    WAIT_MS = 3,   /* for what has no answer ready */
    SLOW_TIMES = 3 /* in a row: one may be an accident */
};

/* A package uses 1 kW at most; one whose counter went back and that would have used more
 * than ten times that was set back. */
static const double WATTS_MAX = 10000, SLACK_J = 10000;

struct zone {
    char *folder;    /* below the root; owned */
    int64_t last_uj; /* its counter, as it was read last … */
    int64_t last_ns; /* … then; 0: never */
    int64_t used_uj;
};

struct energy {
    struct root root; /* borrowed */
    size_t count;
    struct zone *zones;
    int slow_times;
    bool given_up;
};

/* Whatever is there in place of the file, nobody waits for it for ever. */
static bool read_soon(const struct root *root, const char *path, char text[TEXT_SIZE])
{
    int fd = openat(root->fd, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, text, TEXT_SIZE - 1);
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    if (got < 0 && errno == EAGAIN && poll(&wait, 1, WAIT_MS) > 0)
        got = read(fd, text, TEXT_SIZE - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    return got > 0;
}

static bool read_number(
    const struct energy *energy, const struct zone *zone, const char *name, int64_t *ret)
{
    char text[TEXT_SIZE], *end;
    char *path = text_format("%s/%s", zone->folder, name);
    bool there = read_soon(&energy->root, path, text);
    free(path);
    if (!there || text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    if (errno != 0 || end[strspn(end, " \t\n")] != '\0')
        return false;
    *ret = number;
    return true;
}

/* False: it was set back, and what was used meanwhile is not known. */
static bool count_wrap(
    const struct energy *energy, struct zone *zone, int64_t now_uj, int64_t now_ns)
{
    int64_t range_uj;
    if (!read_number(energy, zone, "max_energy_range_uj", &range_uj) ||
        range_uj < zone->last_uj)
        return false;
    int64_t used_uj = range_uj - zone->last_uj + now_uj;
    double seconds = (double)(now_ns - zone->last_ns) / NS_PER_S;
    if ((double)used_uj > (SLACK_J + WATTS_MAX * seconds) * 1e6)
        return false;
    zone->used_uj += used_uj;
    return true;
}

static bool read_zone(struct energy *energy, struct zone *zone)
{
    int64_t now_uj, now_ns = clock_now_ns();
    if (!read_number(energy, zone, "energy_uj", &now_uj))
        return false;
    bool known = true;
    if (zone->last_ns != 0 && now_uj < zone->last_uj)
        known = count_wrap(energy, zone, now_uj, now_ns);
    else if (zone->last_ns != 0)
        zone->used_uj += now_uj - zone->last_uj;
    energy->given_up = energy->given_up || !known;
    zone->last_uj = now_uj;
    zone->last_ns = now_ns;
    return known;
}

static bool is_package(const struct root *root, const char *folder)
{
    char name[TEXT_SIZE];
    char *path = text_format("%s/name", folder);
    bool is = read_soon(root, path, name) && strncmp(name, "package-", 8) == 0;
    free(path);
    return is;
}

static void find_zones(struct energy *energy)
{
    int *numbers;
    size_t count =
        sensor_files_list(&energy->root, POWERCAP, "intel-rapl:", "", &numbers);
    for (size_t i = 0; i < count; i++) {
        char *folder = text_format(POWERCAP "/intel-rapl:%d", numbers[i]);
        if (!is_package(&energy->root, folder)) {
            free(folder);
            continue;
        }
        struct zone *zone = memory_append(
            (void **)&energy->zones, energy->count++, sizeof *energy->zones);
        *zone = (struct zone){.folder = folder};
    }
    free(numbers);
}

int energy_open(const struct root *root, struct energy **ret_energy)
{
    struct energy *energy = memory_new(1, sizeof *energy);
    double joules;
    energy->root = *root;
    find_zones(energy);
    if (!energy_read(energy, &joules)) {
        energy_close(energy);
        return -ENOENT;
    }
    *ret_energy = energy;
    return 0;
}

void energy_close(struct energy *energy)
{
    if (!energy)
        return;
    for (size_t i = 0; i < energy->count; i++)
        free(energy->zones[i].folder);
    free(energy->zones);
    free(energy);
}

bool energy_read(struct energy *energy, double *ret_joules)
{
    struct patience patience = patience_begin(0);
    bool known = energy->count > 0, slow = false;
    int64_t used_uj = 0;
    for (size_t i = 0; i < energy->count && !energy->given_up; i++) {
        int64_t began_ns = clock_now_ns();
        known = read_zone(energy, &energy->zones[i]) && known;
        slow = patience_was_tried(&patience, began_ns) || slow;
        used_uj += energy->zones[i].used_uj;
    }
    energy->slow_times = slow ? energy->slow_times + 1 : 0;
    energy->given_up = energy->given_up || energy->slow_times >= SLOW_TIMES;
    if (!known || energy->given_up)
        return false;
    *ret_joules = (double)used_uj / 1e6;
    return true;
}
