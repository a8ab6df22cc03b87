// SPDX-License-Identifier: MIT
/* Profile, battery, heat and clocks: sysfs-platform_profile, sysfs-class-power. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "machine/inventory_inside.h"
#include "machine/sensors.h"

#define PROFILE "sys/firmware/acpi/platform_profile"
#define SUPPLIES "sys/class/power_supply"

static void add_profile(struct inventory_look *look)
{
    char profile[32];
    struct inventory_line *line = inventory_add(look, "profile", PROFILE);
    if (root_read_line(look->root, PROFILE, sizeof profile, profile) < 0)
        return;
    inventory_say(line, "%s", profile);
    if (strcmp(profile, "low-power") == 0)
        inventory_worry(line,
            "Choose another with powerprofilesctl, or in the settings of the desktop.",
            "The platform profile is low-power: the firmware holds the clocks down");
}

/* What the supplies say together. */
struct supplies {
    int count;
    bool mains, mains_online;
    bool discharging;
    char status[32];                    /* of the first battery; "": there is none */
    char battery[INVENTORY_WHERE_SIZE]; /* its file … */
    char line[INVENTORY_WHERE_SIZE];    /* … and that of the mains */
};

static bool read_supply(
    const struct root *root, const char *name, const char *file, size_t size, char text[])
{
    char *path = text_format(SUPPLIES "/%s/%s", name, file);
    int error = root_read_line(root, path, size, text);
    free(path);
    return error == 0;
}

static void name_file(
    char where[INVENTORY_WHERE_SIZE], const char *name, const char *file)
{
    where[0] = '\0';
    text_append(INVENTORY_WHERE_SIZE, where, "/" SUPPLIES "/%s/%s", name, file);
}

/* Of several batteries one that discharges is named. */
static void take_battery(
    struct supplies *supplies, const struct root *root, const char *name)
{
    char status[32];
    if (!read_supply(root, name, "status", sizeof status, status))
        return;
    bool discharging = strcmp(status, "Discharging") == 0;
    if (supplies->status[0] != '\0' && !discharging)
        return;
    supplies->discharging = discharging;
    text_copy(sizeof supplies->status, supplies->status, status);
    name_file(supplies->battery, name, "status");
}

static void take_mains(
    struct supplies *supplies, const struct root *root, const char *name)
{
    int64_t online;
    char path[INVENTORY_WHERE_SIZE];
    name_file(path, name, "online");
    if (!inventory_read_number(root, path + 1, &online))
        return;
    if (online != 0 || !supplies->mains)
        text_copy(sizeof supplies->line, supplies->line, path);
    supplies->mains = true;
    supplies->mains_online = supplies->mains_online || online != 0;
}

/* Scope "Device" is that of a mouse or a keyboard. */
static void take_supply(
    struct supplies *supplies, const struct root *root, const char *name)
{
    char type[32], scope[32];
    if (!read_supply(root, name, "type", sizeof type, type))
        return;
    if (read_supply(root, name, "scope", sizeof scope, scope) &&
        strcmp(scope, "Device") == 0)
        return;
    supplies->count++;
    if (strcmp(type, "Battery") == 0 || strcmp(type, "UPS") == 0)
        take_battery(supplies, root, name);
    else
        take_mains(supplies, root, name);
}

static bool read_supplies(const struct root *root, struct supplies *ret_supplies)
{
    *ret_supplies = (struct supplies){0};
    int fd = root_open_file(root, SUPPLIES);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            take_supply(ret_supplies, root, entry->d_name);
    closedir(folder);
    return true;
}

/* Some batteries discharge on mains when the machine needs more than the mains give. */
static void add_battery(struct inventory_look *look)
{
    struct supplies supplies;
    struct inventory_line *line = inventory_add(look, "battery", SUPPLIES);
    if (!read_supplies(look->root, &supplies))
        return;
    if (supplies.battery[0] != '\0')
        inventory_cite(line, supplies.battery);
    else if (supplies.mains)
        inventory_cite(line, supplies.line);
    if (supplies.count == 0)
        inventory_say(line, "no battery and no mains are listed");
    else if (supplies.mains)
        inventory_say(line, "mains %s", supplies.mains_online ? "on" : "off");
    if (supplies.status[0] != '\0')
        inventory_say(line, "%sbattery: %s", supplies.mains ? ", " : "", supplies.status);
    if (supplies.discharging && !supplies.mains_online)
        inventory_worry(line, "Plug it in, and check again.",
            "The machine runs on its battery: it may save power by lower clocks");
}

static void add_heat(struct inventory_look *look, const struct sensors_reading *reading)
{
    const char *where = reading->heat_where;
    struct inventory_line *line =
        inventory_add(look, "temperature", where[0] != '\0' ? where : "sys/class/hwmon");
    if (reading->has_heat)
        inventory_say(line, "%.0f degrees Celsius at the hottest", reading->celsius);
}

static void add_clock(struct inventory_look *look, const struct sensors_reading *reading)
{
    const char *where = reading->clocks_where;
    struct inventory_line *line = inventory_add(look, "clock",
        where[0] != '\0' ? where
                         : "sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq");
    if (reading->has_clocks && reading->mhz_low == reading->mhz_high)
        inventory_say(line, "%d MHz now", reading->mhz_low);
    else if (reading->has_clocks)
        inventory_say(line, "%d to %d MHz now, median %d", reading->mhz_low,
            reading->mhz_high, reading->mhz_median);
}

void inventory_power_add(struct inventory_look *look)
{
    struct sensors *sensors;
    struct sensors_reading reading = {0};
    add_profile(look);
    add_battery(look);
    if (sensors_open(look->root, look->machine, &sensors) == 0) {
        sensors_read(sensors, 3 * NS_PER_MS, &reading);
        sensors_close(sensors);
    }
    add_heat(look, &reading);
    add_clock(look, &reading);
}
