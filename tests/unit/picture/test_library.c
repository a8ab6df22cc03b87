// SPDX-License-Identifier: MIT
/* cairo is loaded when it is asked for, and where it is not there that is said. */
#include "picture/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <sys/resource.h>

/* Must come first: what is loaded stays.  Where no file can be opened there is no library
 * either. */
static void missing_library_is_named(void **state)
{
    struct rlimit files, none;
    struct library library;
    struct fault fault = {0};
    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
    none = files;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    int error = library_open(&library, &fault);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
    assert_int_equal(error, -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_ptr_equal(strstr(fault.text, "pictures are drawn by cairo: "), fault.text);
    assert_non_null(strstr(fault.text, "libcairo.so.2"));
    assert_null(strchr(fault.text, '\n'));
}

static void library_is_there_again_and_again(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct library library;
        struct fault fault;
        assert_int_equal(library_open(&library, &fault), 0);
        assert_string_equal(
            library.status_to_string(CAIRO_STATUS_SUCCESS), "no error has occurred");
        library_close(&library);
        assert_null(library.handle);
        library_close(&library);
    }
}

static void every_function_is_found(void **state)
{
    struct library library;
    struct fault fault;
    (void)state;
    memset(&library, 0, sizeof library);
    assert_int_equal(library_open(&library, &fault), 0);
    for (size_t i = 0; i < sizeof library; i += sizeof(void *)) {
        void *member;
        memcpy(&member, (char *)&library + i, sizeof member);
        assert_non_null(member);
    }
    library_close(&library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_library_is_named),
        cmocka_unit_test(library_is_there_again_and_again),
        cmocka_unit_test(every_function_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
