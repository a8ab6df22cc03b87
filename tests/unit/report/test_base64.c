// SPDX-License-Identifier: MIT
#include "report/base64.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* RFC 4648, section 10, and bytes that need the alphabet's end. */
static const struct {
    const char *bytes, *text;
} vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xfb\xef\xff", "++//"},
};

static void the_rfc_s_examples_go_both_ways(void **state)
{
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char *text = base64_encode(strlen(vectors[i].bytes), vectors[i].bytes);
        assert_string_equal(text, vectors[i].text);
        char *bytes;
        size_t size;
        assert_int_equal(base64_decode(text, &bytes, &size), 0);
        assert_string_equal(bytes, vectors[i].bytes);
        assert_int_equal(size, strlen(vectors[i].bytes));
        free(bytes);
        free(text);
    }
    (void)state;
}

static void all_bytes_come_back(void **state)
{
    char data[256];
    for (int i = 0; i < 256; i++)
        data[i] = (char)i;
    for (size_t length = 0; length <= sizeof data; length++) {
        char *text = base64_encode(length, data), *bytes;
        size_t size;
        assert_int_equal(base64_decode(text, &bytes, &size), 0);
        assert_int_equal(size, length);
        assert_memory_equal(bytes, data, length);
        assert_int_equal(bytes[size], 0);
        free(bytes);
        free(text);
    }
    (void)state;
}

static void what_is_not_base64_is_refused(void **state)
{
    static const char *const texts[] = {"Z", "Zg", "Zg=", "Zg===", "=",
        "====", "Zg==Zg==", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "Zm9-", "Zm9_",
        "Z\xc3\xa4=", "=Zg="};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *bytes = NULL;
        size_t size = 77;
        if (base64_decode(texts[i], &bytes, &size) != -EINVAL)
            fail_msg("taken: %s", texts[i]);
        assert_null(bytes);
        assert_int_equal(size, 77);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rfc_s_examples_go_both_ways),
        cmocka_unit_test(all_bytes_come_back),
        cmocka_unit_test(what_is_not_base64_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
