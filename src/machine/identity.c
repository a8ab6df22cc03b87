// SPDX-License-Identifier: MIT
#include "machine/identity.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "machine/brand.h"
#include "machine/cpuinfo.h"
#include "machine/virtual.h"

#if HAVE_LIBCPUID
#include <libcpuid.h>
#endif

/* The first CPUs' share of /proc/cpuinfo: both sorts of a hybrid ARM board are within. */
enum { CPUINFO_READ = 16384 };

/* Caller frees; empty if the file cannot be read. */
static char *read_cpuinfo(const struct root *root)
{
    char *text = memory_new(CPUINFO_READ + 1, 1);
    int fd = root_open_file(root, "proc/cpuinfo");
    size_t length = 0;
    for (ssize_t got = 1; fd >= 0 && got > 0 && length < CPUINFO_READ;) {
        got = read(fd, text + length, CPUINFO_READ - length);
        length += got > 0 ? (size_t)got : 0;
    }
    if (fd >= 0)
        close(fd);
    return text;
}

#if HAVE_LIBCPUID
static void stay_silent(const char *warning)
{
    (void)warning;
}

/* cpu_identify() with no data of its own asks the CPU we are on.  Its namesakes that ask
 * all of them would leave us bound to the last one. */
static void ask_processor(struct identity *identity)
{
    struct cpu_id_t *id = memory_new(1, sizeof *id);
    cpuid_set_warn_function(stay_silent);
    if (cpuid_present() && cpu_identify(NULL, id) == 0) {
        brand_tidy(id->brand_str, sizeof identity->cpu_name, identity->cpu_name);
        brand_codename(id->cpu_codename, id->brand_str, sizeof identity->codename,
            identity->codename);
    }
    free(id);
}
#else
static void ask_processor(struct identity *identity)
{
    (void)identity;
}
#endif

static bool read_device_tree(const struct root *root, size_t size, char text[])
{
    return root_read_line(root, "proc/device-tree/model", size, text) == 0 ||
           root_read_line(root, "sys/firmware/devicetree/base/model", size, text) == 0;
}

static void ask_files(
    struct identity *identity, const struct root *root, const char *cpuinfo)
{
    char found[128] = "";
    struct utsname system;
    if (!cpuinfo_find_model(cpuinfo, sizeof found, found) &&
        !read_device_tree(root, sizeof found, found) && !root->simulated &&
        uname(&system) == 0)
        text_copy(sizeof found, found, system.machine);
    brand_tidy(found, sizeof identity->cpu_name, identity->cpu_name);
    if (identity->cpu_name[0] == '\0')
        text_copy(sizeof identity->cpu_name, identity->cpu_name, "unknown processor");
}

void identity_init(struct identity *identity, const struct root *root)
{
    char *cpuinfo = read_cpuinfo(root);
    *identity = (struct identity){.virtual_kind = virtual_find(root, cpuinfo)};
    if (!root->simulated)
        ask_processor(identity);
    identity->name_is_own = identity->cpu_name[0] != '\0';
    if (!identity->name_is_own)
        ask_files(identity, root, cpuinfo);
    free(cpuinfo);
}
