// SPDX-License-Identifier: MIT
/* Who sets the clocks, and how: pm/cpufreq.rst, pm/intel_pstate.rst, pm/amd-pstate.rst. A
 * policy is a group of CPUs whose clock is set together. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "machine/inventory_inside.h"

#define SYS_CPU "sys/devices/system/cpu"

enum { READ_MAX = 128 }; /* policies: of more than these only some are asked, for time */

/* Where the files of a policy are: below `folder`, in the one that `prefix`, its number
 * and `suffix` make. */
struct policies {
    const char *place;  /* "sys/…", of … */
    struct root folder; /* -1: there is none */
    const char *prefix, *suffix;
    struct ids ids;
};

static void open_folder(
    struct policies *policies, const struct root *root, const char *place)
{
    policies->place = place;
    policies->folder = *root;
    int fd = root_open_file(root, place);
    policies->folder.fd = fd < 0 ? -1 : fd;
}

static void list_policies(struct policies *policies)
{
    int fd = policies->folder.fd < 0 ? -1 : dup(policies->folder.fd);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    int64_t id;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strncmp(entry->d_name, "policy", 6) == 0 &&
            number_parse(entry->d_name + 6, &id) == 0 && id >= 0)
            ids_add(&policies->ids, (size_t)id);
    if (folder)
        closedir(folder);
}

/* Old kernels have no folder of policies, but one in each CPU's. */
static void policies_init(struct policies *policies, struct inventory_look *look)
{
    *policies = (struct policies){.prefix = "policy", .suffix = ""};
    open_folder(policies, look->root, SYS_CPU "/cpufreq");
    list_policies(policies);
    if (ids_count(&policies->ids) > 0)
        return;
    root_close(&policies->folder);
    open_folder(policies, look->root, SYS_CPU);
    policies->prefix = "cpu";
    policies->suffix = "/cpufreq";
    for (size_t i = 0; i < look->machine->cpu_count; i++)
        ids_add(&policies->ids, (size_t)look->machine->cpus[i].id);
}

static void policies_finish(struct policies *policies)
{
    root_close(&policies->folder);
    ids_finish(&policies->ids);
}

/* Returns 0 or -errno. */
static int read_file(const struct policies *policies, size_t id, const char *name,
    size_t size, char word[])
{
    char path[96];
    if (policies->folder.fd < 0)
        return -ENOENT;
    snprintf(
        path, sizeof path, "%s%zu%s/%s", policies->prefix, id, policies->suffix, name);
    return root_read_line(&policies->folder, path, size, word);
}

/* The different words that a file of all policies holds, and how often each. */
struct tally {
    size_t count;
    int all;
    struct {
        char word[32];
        int times;
    } words[6]; /* the last is "others" where there are more */
};

static void tally_add(struct tally *tally, const char *word)
{
    enum { ROOM = sizeof tally->words / sizeof tally->words[0] };
    size_t i = 0;
    while (i < tally->count && strcmp(tally->words[i].word, word) != 0)
        i++;
    if (i == ROOM)
        i--;
    if (i == tally->count)
        text_copy(sizeof tally->words[i].word, tally->words[tally->count++].word,
            i == ROOM - 1 ? "others" : word);
    tally->words[i].times++;
    tally->all++;
}

static int tally_find(const struct tally *tally, const char *word)
{
    for (size_t i = 0; i < tally->count; i++)
        if (strcmp(tally->words[i].word, word) == 0)
            return tally->words[i].times;
    return 0;
}

/* Reads the file `name` of every policy, or where there are many of every second or
 * third; none further where the first has none (one whose CPUs are offline has it, and
 * cannot be read).  Returns how many were left out. */
static size_t tally_read(
    struct tally *tally, const struct policies *policies, const char *name)
{
    char word[32];
    size_t count = ids_count(&policies->ids), step = (count + READ_MAX - 1) / READ_MAX;
    size_t seen = 0, asked = 0;
    *tally = (struct tally){0};
    for (size_t id = 0; id < policies->ids.room; id++) {
        if (!ids_has(&policies->ids, id) || seen++ % step != 0)
            continue;
        int error = read_file(policies, id, name, sizeof word, word);
        if (error == 0 && word[0] != '\0')
            tally_add(tally, word);
        else if (asked == 0 && error == -ENOENT)
            break;
        asked++;
    }
    return count - asked;
}

static struct inventory_line *add_file(struct inventory_look *look, const char *topic,
    const struct policies *policies, const char *name)
{
    char where[128];
    snprintf(where, sizeof where, "%s/%s*%s/%s", policies->place, policies->prefix,
        policies->suffix, name);
    return inventory_add(look, topic, where);
}

/* A new line for that file: "powersave", "powersave on 4 of 8, …". */
static struct inventory_line *add_tally(struct inventory_look *look, const char *topic,
    const struct policies *policies, const char *name, struct tally *ret_tally)
{
    struct inventory_line *line = add_file(look, topic, policies, name);
    size_t left_out = tally_read(ret_tally, policies, name);
    if (ret_tally->count == 1)
        inventory_say(line, "%s", ret_tally->words[0].word);
    for (size_t i = 0; ret_tally->count > 1 && i < ret_tally->count; i++)
        inventory_say(line, "%s%s on %d of %d", i > 0 ? ", " : "",
            ret_tally->words[i].word, ret_tally->words[i].times, ret_tally->all);
    if (line->visible && left_out > 0)
        inventory_say(
            line, " (%d of %zu files read)", ret_tally->all, ids_count(&policies->ids));
    return line;
}

/* All policies have the same driver.  Returns whether it chooses the clock by itself, so
 * that "powersave" means the ordinary way. */
static bool add_driver(struct inventory_look *look, const struct policies *policies)
{
    static const char *const files[] = {
        SYS_CPU "/intel_pstate/status", SYS_CPU "/amd_pstate/status"};
    char driver[32], status[16];
    struct inventory_line *line = add_file(look, "driver", policies, "scaling_driver");
    size_t id = 0;
    while (id < policies->ids.room && !ids_has(&policies->ids, id))
        id++;
    if (read_file(policies, id, "scaling_driver", sizeof driver, driver) < 0)
        return false;
    inventory_say(line, "%s", driver);
    for (size_t i = 0; i < 2; i++)
        if (root_read_line(look->root, files[i], sizeof status, status) == 0)
            inventory_say(line, " (%s)", status);
    return strcmp(driver, "intel_pstate") == 0 || strcmp(driver, "amd-pstate-epp") == 0;
}

static void add_governor(
    struct inventory_look *look, const struct policies *policies, bool chooses)
{
    struct tally tally;
    struct inventory_line *line =
        add_tally(look, "governor", policies, "scaling_governor", &tally);
    int saving = tally_find(&tally, "powersave");
    if (saving == 0 || chooses)
        return;
    char scope[48] = "";
    if (saving < tally.all)
        snprintf(scope, sizeof scope, " on %d of %d groups of CPUs", saving, tally.all);
    inventory_worry(line,
        "As root: cpupower frequency-set -g schedutil (or performance).",
        "The governor is powersave%s, which with this driver keeps the lowest clock",
        scope);
}

static void add_energy(struct inventory_look *look, const struct policies *policies)
{
    struct tally tally;
    struct inventory_line *line =
        add_tally(look, "energy", policies, "energy_performance_preference", &tally);
    int saving = tally_find(&tally, "power");
    if (saving > 0)
        inventory_worry(line,
            "As root, write balance_performance or performance to those files.",
            "The energy preference is \"power\" on %d of %d groups of CPUs: low clocks "
            "are "
            "preferred",
            saving, tally.all);
}

/* 1: on, 0: off, -1: not visible.  no_turbo is the other way round. */
static int read_switch(const struct root *root, const char **ret_path)
{
    static const char *const paths[] = {
        SYS_CPU "/cpufreq/boost", SYS_CPU "/intel_pstate/no_turbo"};
    int64_t number;
    for (int i = 0; i < 2; i++)
        if (inventory_read_number(root, paths[i], &number)) {
            *ret_path = paths[i];
            return (number != 0) != (i == 1);
        }
    return -1;
}

/* The switch of the whole machine turns off what those of the policies have on. */
static void add_boost(struct inventory_look *look, const struct policies *policies)
{
    static const char next[] =
        "As root, turn that switch; where it will not turn, the firmware has it off.";
    const char *path = SYS_CPU "/cpufreq/boost";
    struct tally tally;
    int on = read_switch(look->root, &path);
    size_t left_out = on != 0 ? tally_read(&tally, policies, "boost") : 0;
    int off = on != 0 ? tally_find(&tally, "0") : 0;
    bool by_policy = on != 0 && tally.all > 0 && (on < 0 || off > 0);
    struct inventory_line *line = by_policy ? add_file(look, "boost", policies, "boost")
                                            : inventory_add(look, "boost", path);
    if (!by_policy && on < 0)
        return;
    if (off > 0 && off < tally.all)
        inventory_say(line, "off on %d of %d", off, tally.all);
    else
        inventory_say(line, on == 0 || off > 0 ? "off" : "on");
    if (by_policy && left_out > 0)
        inventory_say(
            line, " (%d of %zu files read)", tally.all, ids_count(&policies->ids));
    if (on == 0)
        inventory_worry(line, next, "Boost is off: no CPU goes beyond its base clock");
    else if (off > 0)
        inventory_worry(line, next,
            "Boost is off for %d of %d groups of CPUs: they do not go beyond the base "
            "clock",
            off, tally.all);
}

void inventory_clocks_add(struct inventory_look *look)
{
    struct policies policies;
    policies_init(&policies, look);
    bool chooses = add_driver(look, &policies);
    add_governor(look, &policies, chooses);
    add_energy(look, &policies);
    add_boost(look, &policies);
    policies_finish(&policies);
}
