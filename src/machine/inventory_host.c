// SPDX-License-Identifier: MIT
/* Whether this machine is a guest of another, and whether this process is in a container
 * (systemd's CONTAINER_INTERFACE; the marks that Docker and Podman leave). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "machine/inventory_inside.h"

enum { CGROUP_MAX = 1 << 16, ENVIRON_MAX = 1 << 16, CPUINFO_READ = 4096 };

static bool is_there(const struct root *root, const char *path)
{
    return faccessat(root->fd, path, F_OK, 0) == 0;
}

/* Whether /proc/cpuinfo has flags at all, as on x86: "hypervisor" is one. */
static bool has_flags(const struct root *root)
{
    char text[CPUINFO_READ];
    int fd = root_open_file(root, "proc/cpuinfo");
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    return strstr(text, "\nflags") != NULL;
}

/* What can say it, in the order in which it is asked (virtual.h); NULL: nothing here. */
static const char *find_witness(const struct root *root)
{
    static const char *const files[] = {"sys/hypervisor/type",
        "sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/product_name",
        "proc/device-tree/hypervisor/compatible"};
#if defined(__x86_64__) || defined(__i386__)
    if (!root->simulated)
        return "the processor (CPUID)";
#endif
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char text[8];
        if (root_read_line(root, files[i], sizeof text, text) == 0 && text[0] != '\0')
            return files[i];
    }
    return has_flags(root) ? "proc/cpuinfo" : NULL;
}

static void add_virtual(struct inventory_look *look)
{
    const char *kind = look->machine->virtual_kind;
    const char *witness = find_witness(look->root);
    struct inventory_line *line =
        inventory_add(look, "virtual", witness ? witness : "sys/class/dmi/id/sys_vendor");
    if (strcmp(kind, "vm") == 0)
        inventory_say(line, "a virtual machine of an unknown kind");
    else if (kind[0] != '\0')
        inventory_say(line, "a virtual machine: %s", kind);
    else if (witness)
        inventory_say(line, "no hypervisor shows itself");
}

struct mark {
    const char *text, *kind;
};

static bool find_file_mark(struct inventory_look *look, struct inventory_line *line)
{
    static const struct mark files[] = {
        {".dockerenv", "docker"}, {"run/.containerenv", "podman"}};
    static const char *const names[] = {
        "run/systemd/container", "run/host/container-manager"};
    char text[64], where[64];
    for (size_t i = 0; i < 2; i++) {
        snprintf(where, sizeof where, "/%s", names[i]);
        inventory_cite(line, where);
        if (root_read_line(look->root, names[i], sizeof text, text) == 0 &&
            text[0] != '\0') {
            inventory_say(line, "%s", text);
            return true;
        }
        snprintf(where, sizeof where, "/%s", files[i].text);
        inventory_cite(line, where);
        if (is_there(look->root, files[i].text)) {
            inventory_say(line, "%s, by its mark", files[i].kind);
            return true;
        }
    }
    return false;
}

/* Variables end with a NUL each; mostly only root may read those of process 1. */
static bool find_variable(struct inventory_look *look, struct inventory_line *line)
{
    char text[ENVIRON_MAX];
    int fd = root_open_file(look->root, "proc/1/environ");
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(text + at) + 1) {
        if (strncmp(text + at, "container=", 10) != 0 || text[at + 10] == '\0')
            continue;
        inventory_cite(line, "/proc/1/environ");
        inventory_say(line, "%s", text + at + 10);
        return true;
    }
    return false;
}

static const char *parse_group(const char *text)
{
    static const struct mark groups[] = {{"kubepods", "kubernetes"},
        {"/docker", "docker"}, {"docker-", "docker"}, {"libpod", "podman"},
        {"/lxc", "lxc"}, {"/machine.slice/", "a machine of systemd or libvirt"},
        {"containerd", "containerd"}, {"crio-", "cri-o"}, {"garden", "garden"}};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strstr(text, groups[i].text))
            return groups[i].kind;
    return NULL;
}

static bool find_group(struct inventory_look *look, struct inventory_line *line)
{
    char *text;
    if (root_read(look->root, "proc/self/cgroup", CGROUP_MAX, &text) < 0)
        return false;
    const char *kind = parse_group(text);
    free(text);
    inventory_cite(line, "/proc/self/cgroup");
    inventory_say(
        line, kind ? "%s, by the path of its control group" : "none shows itself", kind);
    return true;
}

/* What is below the root of a recorded tree was hardly recorded for the sake of marks:
 * their absence says nothing there. */
static void add_container(struct inventory_look *look)
{
    struct inventory_line *line = inventory_add(look, "container", "/.dockerenv");
    if (find_file_mark(look, line) || find_variable(look, line) || find_group(look, line))
        return;
    inventory_cite(line, "/.dockerenv");
    if (!look->root->simulated)
        inventory_say(line, "none shows itself");
}

void inventory_host_add(struct inventory_look *look)
{
    add_virtual(look);
    add_container(look);
}
