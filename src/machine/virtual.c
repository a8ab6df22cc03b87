// SPDX-License-Identifier: MIT
#include "machine/virtual.h"

#include <string.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include "machine/cpuinfo.h"

struct pair {
    const char *text, *name;
};

const char *virtual_of_signature(const char signature[12])
{
    static const struct pair known[] = {
        {"KVMKVMKVM\0\0\0", "kvm"},
        {"Linux KVM Hv", "kvm"},
        {"LKVMLKVMLKVM", "kvm"},
        {"TCGTCGTCGTCG", "qemu"},
        {"VMwareVMware", "vmware"},
        {"VBoxVBoxVBox", "virtualbox"},
        {"XenVMMXenVMM", "xen"},
        {"Microsoft Hv", "hyper-v"},
        {"prl hyperv  ", "parallels"},
        {" lrpepyh  vr", "parallels"},
        {"bhyve bhyve ", "bhyve"},
        {"ACRNACRNACRN", "acrn"},
        {"QNXQVMBSQG\0\0", "qnx"},
        {"SRESRESRESRE", "lmhs"},
        {"Jailhouse\0\0\0", "jailhouse"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (memcmp(signature, known[i].text, 12) == 0)
            return known[i].name;
    return NULL;
}

/* A cloud's metal machines name the cloud as their vendor as well. */
const char *virtual_of_product(const char *vendor, const char *product)
{
    static const struct pair products[] = {
        {"KVM", "kvm"},
        {"OpenStack", "kvm"},
        {"Google Compute Engine", "kvm"},
        {"Alibaba Cloud ECS", "kvm"},
        {"Droplet", "kvm"},
        {"VMware", "vmware"},
        {"VirtualBox", "virtualbox"},
        {"Virtual Machine", "hyper-v"},
        {"HVM domU", "xen"},
        {"Parallels", "parallels"},
        {"BHYVE", "bhyve"},
        {"Bochs", "bochs"},
        {"Standard PC", "qemu"},
    };
    static const struct pair vendors[] = {
        {"QEMU", "qemu"},
        {"VMware", "vmware"},
        {"innotek GmbH", "virtualbox"},
        {"Xen", "xen"},
        {"Parallels", "parallels"},
        {"BHYVE", "bhyve"},
    };
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
        if (strstr(product, products[i].text))
            return products[i].name;
    for (size_t i = 0; i < sizeof vendors / sizeof vendors[0]; i++)
        if (strncmp(vendor, vendors[i].text, strlen(vendors[i].text)) == 0)
            return vendors[i].name;
    if (strcmp(vendor, "Amazon EC2") == 0 && !strstr(product, "metal"))
        return "kvm";
    return NULL;
}

static const char *find_in_tree(const struct root *root)
{
    char vendor[128] = "", product[128] = "", hypervisor[64] = "";
    if (root_read_line(root, "sys/hypervisor/type", sizeof vendor, vendor) == 0 &&
        strcmp(vendor, "xen") == 0)
        return "xen";
    vendor[0] = '\0';
    root_read_line(root, "sys/class/dmi/id/sys_vendor", sizeof vendor, vendor);
    root_read_line(root, "sys/class/dmi/id/product_name", sizeof product, product);
    const char *name = virtual_of_product(vendor, product);
    if (name || root_read_line(root, "proc/device-tree/hypervisor/compatible",
                    sizeof hypervisor, hypervisor) < 0)
        return name;
    return strstr(hypervisor, "kvm") ? "kvm" : strstr(hypervisor, "xen") ? "xen" : "vm";
}

#if defined(__x86_64__) || defined(__i386__)
static const char *signature_of_leaf(unsigned leaf)
{
    unsigned highest, registers[3];
    char signature[12];
    __cpuid(leaf, highest, registers[0], registers[1], registers[2]);
    memcpy(signature, registers, sizeof signature);
    return virtual_of_signature(signature);
}

/* Other hypervisors that speak Hyper-V's language show their own name one step higher. */
static const char *find_by_cpuid(const struct root *root)
{
    unsigned eax, ebx, ecx = 0, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx >> 31))
        return "";
    const char *name = signature_of_leaf(0x40000000);
    if (name && strcmp(name, "hyper-v") == 0) {
        const char *own = signature_of_leaf(0x40000100);
        return own ? own : name;
    }
    if (!name)
        name = find_in_tree(root);
    return name ? name : "vm";
}
#endif

const char *virtual_find(const struct root *root, const char *cpuinfo)
{
#if defined(__x86_64__) || defined(__i386__)
    if (!root->simulated)
        return find_by_cpuid(root);
#endif
    const char *name = find_in_tree(root);
    if (!name && cpuinfo_has_flag(cpuinfo, "hypervisor"))
        name = "vm";
    return name ? name : "";
}
