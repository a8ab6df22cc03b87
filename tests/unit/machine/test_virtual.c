// SPDX-License-Identifier: MIT
#include "machine/virtual.h"

#include "fixture.h"

static void signatures_have_names(void **state)
{
    static const char kvm[12] = "KVMKVMKVM", nobody[12] = "NobodyAtAll";
    assert_string_equal(virtual_of_signature(kvm), "kvm");
    assert_string_equal(virtual_of_signature("VMwareVMware"), "vmware");
    assert_string_equal(virtual_of_signature("Microsoft Hv"), "hyper-v");
    assert_null(virtual_of_signature(nobody));
    (void)state;
}

static void firmware_names_the_guest(void **state)
{
    assert_string_equal(
        virtual_of_product("Microsoft Corporation", "Virtual Machine"), "hyper-v");
    assert_null(virtual_of_product("Microsoft Corporation", "Surface Laptop 4"));
    assert_string_equal(virtual_of_product("QEMU", "Standard PC (i440FX)"), "qemu");
    assert_string_equal(virtual_of_product("Red Hat", "KVM"), "kvm");
    assert_string_equal(virtual_of_product("VMware, Inc.", "VMware20,1"), "vmware");
    assert_string_equal(virtual_of_product("Amazon EC2", "c5.large"), "kvm");
    assert_null(virtual_of_product("Amazon EC2", "c5.metal"));
    assert_null(virtual_of_product("Dell Inc.", "PowerEdge R740"));
    assert_null(virtual_of_product("", ""));
    (void)state;
}

static void check_tree(const char *name, const char *cpuinfo, const char *expected)
{
    struct root root;
    fixture_open(name, &root);
    assert_string_equal(virtual_find(&root, cpuinfo), expected);
    root_close(&root);
}

static void trees_are_asked(void **state)
{
    check_tree("holes", "", "qemu");
    check_tree("switches", "", "kvm");
    check_tree("nothing", "flags : fpu hypervisor\n", "vm");
    check_tree("nothing", "flags : fpu\n", "");
    (void)state;
}

static void xen_says_so_in_sysfs(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/hypervisor/type", "xen\n");
    struct root root;
    fixture_open_path(folder, &root);
    assert_string_equal(virtual_find(&root, ""), "xen");
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* On x86 the processor and the kernel must agree whether this is a guest. */
static void this_machine_agrees_with_its_cpuinfo(void **state)
{
#if defined(__x86_64__) || defined(__i386__)
    char *cpuinfo;
    if (file_read("/proc/cpuinfo", 1 << 26, &cpuinfo) < 0)
        skip();
    struct root root;
    fixture_open_path(NULL, &root);
    bool guest = strstr(cpuinfo, " hypervisor ") != NULL;
    assert_int_equal(virtual_find(&root, cpuinfo)[0] != '\0', guest);
    root_close(&root);
    free(cpuinfo);
#endif
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_have_names),
        cmocka_unit_test(firmware_names_the_guest),
        cmocka_unit_test(trees_are_asked),
        cmocka_unit_test(xen_says_so_in_sysfs),
        cmocka_unit_test(this_machine_agrees_with_its_cpuinfo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
