// SPDX-License-Identifier: MIT
#pragma once
/* Whether this machine is a guest, and whose. */
#include <stddef.h>

#include "base/file.h"

/* The name for the 12 letters that a hypervisor shows in CPUID leaf 0x40000000; NULL if
 * they are not known. */
const char *virtual_of_signature(const char signature[12]);

/* The name for what the firmware calls the machine (DMI sys_vendor and product_name);
 * NULL if that is not a known guest. */
const char *virtual_of_product(const char *vendor, const char *product);

/* Finds out: by CPUID on a real x86 machine, else by what sysfs, the device tree and
 * `cpuinfo`, the text of /proc/cpuinfo, say.  A constant, "" on bare metal. */
const char *virtual_find(const struct root *root, const char *cpuinfo);
