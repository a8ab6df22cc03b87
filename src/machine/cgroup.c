// SPDX-License-Identifier: MIT
#include "machine/cgroup.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { TEXT_MAX = 1 << 22 }; /* of the files below /proc; a mount table may be long */

/* A piece of somebody's text, not NUL-ended. */
struct slice {
    const char *start;
    size_t length;
};

/* Cuts what comes before one of `ends` off the front of *text, and skips that one. */
static struct slice take_until(const char **text, const char *ends)
{
    struct slice slice = {*text, strcspn(*text, ends)};
    *text += slice.length;
    if (**text != '\0')
        ++*text;
    return slice;
}

static bool slice_is(struct slice slice, const char *word)
{
    return slice.length == strlen(word) && memcmp(slice.start, word, slice.length) == 0;
}

static char *slice_duplicate(struct slice slice)
{
    char *text = memory_new(slice.length + 1, 1);
    memcpy(text, slice.start, slice.length);
    return text;
}

/* Whether a list like "cpu,cpuacct" has `word`. */
static bool list_has(struct slice list, const char *word)
{
    const char *end = list.start + list.length;
    while (list.start < end) {
        struct slice item = {list.start, 0};
        while (item.start + item.length < end && item.start[item.length] != ',')
            item.length++;
        if (slice_is(item, word))
            return true;
        list.start += item.length + 1;
    }
    return false;
}

int cgroup_parse_place(
    const char *text, const char *controller, struct cgroup_place *ret_place)
{
    struct slice unified = {NULL, 0};
    while (*text != '\0') {
        struct slice line = take_until(&text, "\n");
        const char *rest = line.start, *end = line.start + line.length;
        take_until(&rest, ":\n");
        struct slice controllers = take_until(&rest, ":\n");
        if (rest >= end || *rest != '/')
            continue;
        struct slice path = {rest, (size_t)(end - rest)};
        if (list_has(controllers, controller)) {
            *ret_place = (struct cgroup_place){1, slice_duplicate(path)};
            return 0;
        }
        if (controllers.length == 0 && line.start[0] == '0')
            unified = path;
    }
    if (!unified.start)
        return -ENOENT;
    *ret_place = (struct cgroup_place){2, slice_duplicate(unified)};
    return 0;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* A path of the mount table, whose blanks and backslashes are written as "\040". */
static char *unescape(struct slice slice)
{
    char *path = slice_duplicate(slice), *to = path;
    for (const char *from = path; *from != '\0'; to++) {
        if (from[0] == '\\' && is_octal(from[1]) && is_octal(from[2]) &&
            is_octal(from[3])) {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
    return path;
}

struct mount {
    char *root;  /* what of the hierarchy is mounted */
    char *point; /* where */
};

static void mount_finish(struct mount *mount)
{
    free(mount->root);
    free(mount->point);
    *mount = (struct mount){0};
}

/* Reads a line of the mount table; false if it mounts anything but the hierarchy: of
 * version 1 the one of `controller`. */
static bool parse_mount(
    struct slice line, int version, const char *controller, struct mount *ret_mount)
{
    char *copy = slice_duplicate(line);
    const char *separator = strstr(copy, " - "), *rest = copy;
    bool fits = separator != NULL;
    if (fits) {
        const char *tail = separator + 3;
        struct slice type = take_until(&tail, " ");
        take_until(&tail, " ");
        struct slice options = take_until(&tail, " ");
        fits = version == 2 ? slice_is(type, "cgroup2")
                            : slice_is(type, "cgroup") && list_has(options, controller);
    }
    for (int skipped = 0; skipped < 3; skipped++)
        take_until(&rest, " "); /* its id, its parent's, the device */
    struct slice root = take_until(&rest, " "), point = take_until(&rest, " ");
    fits = fits && rest <= separator + 1 && root.length > 0 && root.start[0] == '/' &&
           point.length > 0 && point.start[0] == '/';
    if (fits)
        *ret_mount = (struct mount){unescape(root), unescape(point)};
    free(copy);
    return fits;
}

static bool ends_step(char c)
{
    return c == '/' || c == '\0';
}

static bool has_parent_steps(const char *path)
{
    for (const char *step = path; (step = strstr(step, "/..")); step += 3)
        if (ends_step(step[3]))
            return true;
    return false;
}

/* Whether a mount's root is outside of our cgroup namespace, and above it: "/../..". */
static bool is_above(const char *root)
{
    size_t length = strlen(root);
    for (size_t step = 0; step < length; step += 3)
        if (strncmp(root + step, "/..", 3) != 0 || !ends_step(root[step + 3]))
            return false;
    return true;
}

/* How well a mount of `root` shows `path`: 0 not at all, 1 an unknown way below its top,
 * else better with a longer root.  *ret_rest is what of the path lies below the mount: ""
 * or "/…". */
static size_t match_root(const char *root, const char *path, const char **ret_rest)
{
    size_t length = strlen(root);
    if (root[length - 1] == '/')
        length--;
    bool is_prefix = strncmp(root, path, length) == 0 && ends_step(path[length]);
    if (is_prefix && !has_parent_steps(path + length)) {
        const char *rest = path + length;
        *ret_rest = rest[strspn(rest, "/")] ? rest : "";
        return length + 2;
    }
    *ret_rest = "";
    return !is_prefix && is_above(root) && !has_parent_steps(path);
}

int cgroup_parse_mounts(const char *text, const char *controller,
    const struct cgroup_place *place, struct cgroup_folder *ret_folder)
{
    struct mount best = {0};
    const char *best_rest = NULL;
    size_t best_match = 0;
    while (*text != '\0') {
        struct mount mount;
        if (!parse_mount(take_until(&text, "\n"), place->version, controller, &mount))
            continue;
        const char *rest;
        size_t match = match_root(mount.root, place->path, &rest);
        if (match > best_match) {
            mount_finish(&best);
            best = mount;
            best_rest = rest;
            best_match = match;
        } else {
            mount_finish(&mount);
        }
    }
    if (best_match == 0)
        return -ENOENT;
    *ret_folder = (struct cgroup_folder){
        .path = text_format("%s%s", best.point, best_rest),
        .mount_length = strlen(best.point),
    };
    mount_finish(&best);
    return 0;
}

/* A positive whole number, and nothing behind it but blanks; 0 for anything else. */
static double parse_positive(const char *text)
{
    const char *rest = text + strspn(text, "0123456789");
    bool ended = rest[strspn(rest, " \t\n")] == '\0';
    return rest > text && ended ? strtod(text, NULL) : 0;
}

double cgroup_parse_cfs(const char *quota, const char *period)
{
    double quota_us = parse_positive(quota), period_us = parse_positive(period);
    return quota_us > 0 && period_us > 0 ? quota_us / period_us : 0;
}

double cgroup_parse_max(const char *text)
{
    char quota[32];
    size_t length = strcspn(text, " \n");
    if (length >= sizeof quota)
        return 0;
    memcpy(quota, text, length);
    quota[length] = '\0';
    return cgroup_parse_cfs(quota, text + length + strspn(text + length, " "));
}

/* Reads `folder`/`name` (an absolute path, taken relative to the root). */
int cgroup_read_value(const struct root *root, const char *folder, const char *name,
    size_t size, char text[])
{
    char *path = text_format("%s/%s", folder, name);
    int error = root_read_line(root, path + strspn(path, "/"), size, text);
    free(path);
    return error;
}

/* Where this process's group is; *ret_folder's path is the caller's. */
static int find_folder(const struct root *root, const char *controller, int *ret_version,
    struct cgroup_folder *ret_folder)
{
    char *text;
    struct cgroup_place place;
    int error = root_read(root, "proc/self/cgroup", TEXT_MAX, &text);
    if (error < 0)
        return error;
    error = cgroup_parse_place(text, controller, &place);
    free(text);
    if (error < 0)
        return error;
    error = root_read(root, "proc/self/mountinfo", TEXT_MAX, &text);
    if (error == 0) {
        error = cgroup_parse_mounts(text, controller, &place, ret_folder);
        free(text);
    }
    free(place.path);
    if (error == 0)
        *ret_version = place.version;
    return error;
}

void cgroup_climb(const struct root *root, const char *controller,
    bool (*visit)(void *data, const char *folder, int version), void *data)
{
    struct cgroup_folder folder;
    int version = 0;
    if (find_folder(root, controller, &version, &folder) < 0)
        return;
    while (visit(data, folder.path, version)) {
        char *last = strrchr(folder.path, '/');
        if (!last || strlen(folder.path) <= folder.mount_length)
            break;
        *last = '\0';
    }
    free(folder.path);
}

double cgroup_read_quota(const struct root *root, const char *folder, int version)
{
    char quota[64], period[64];
    if (version == 2)
        return cgroup_read_value(root, folder, "cpu.max", sizeof quota, quota) == 0
                   ? cgroup_parse_max(quota)
                   : 0;
    if (cgroup_read_value(root, folder, "cpu.cfs_quota_us", sizeof quota, quota) < 0 ||
        cgroup_read_value(root, folder, "cpu.cfs_period_us", sizeof period, period) < 0)
        return 0;
    return cgroup_parse_cfs(quota, period);
}

struct smallest {
    const struct root *root;
    double cpus;
    char *where; /* NULL: none has a quota so far */
};

static bool take_smaller(void *data, const char *folder, int version)
{
    struct smallest *smallest = data;
    double cpus = cgroup_read_quota(smallest->root, folder, version);
    if (cpus > 0 && (!smallest->where || cpus < smallest->cpus)) {
        free(smallest->where);
        smallest->where =
            text_format("%s/%s", folder, version == 2 ? "cpu.max" : "cpu.cfs_quota_us");
        smallest->cpus = cpus;
    }
    return true;
}

bool cgroup_find_quota(const struct root *root, double *ret_cpus, char **ret_where)
{
    struct smallest smallest = {.root = root};
    cgroup_climb(root, "cpu", take_smaller, &smallest);
    if (!smallest.where)
        return false;
    *ret_cpus = smallest.cpus;
    *ret_where = smallest.where;
    return true;
}
