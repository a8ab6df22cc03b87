// SPDX-License-Identifier: MIT
#include "machine/identity.h"

#include "fixture.h"

static void check_tree(const char *name, const char *cpu_name, const char *virtual_kind)
{
    struct root root;
    struct identity identity;
    fixture_open(name, &root);
    identity_init(&identity, &root);
    root_close(&root);
    assert_string_equal(identity.cpu_name, cpu_name);
    assert_string_equal(identity.virtual_kind, virtual_kind);
    assert_string_equal(identity.codename, "");
    assert_false(identity.name_is_own);
}

static void cpuinfo_s_name_comes_first(void **state)
{
    check_tree("holes", "Xeon Platinum 8370C", "qemu");
    (void)state;
}

static void then_the_device_tree_s(void **state)
{
    check_tree("switches", "Toy Board 3", "kvm");
    (void)state;
}

static void a_tree_never_gets_this_machine_s_name(void **state)
{
    check_tree("nothing", "unknown processor", "");
    (void)state;
}

static void this_machine_has_a_name(void **state)
{
    struct root root;
    struct identity identity;
    fixture_open_path(NULL, &root);
    identity_init(&identity, &root);
    root_close(&root);
    size_t length = strlen(identity.cpu_name);
    assert_in_range(length, 1, sizeof identity.cpu_name - 1);
    assert_true(identity.cpu_name[0] != ' ' && identity.cpu_name[length - 1] != ' ');
    assert_null(strstr(identity.cpu_name, "(R)"));
    assert_null(strstr(identity.cpu_name, "  "));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cpuinfo_s_name_comes_first),
        cmocka_unit_test(then_the_device_tree_s),
        cmocka_unit_test(a_tree_never_gets_this_machine_s_name),
        cmocka_unit_test(this_machine_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
