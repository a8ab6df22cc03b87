// SPDX-License-Identifier: MIT
#include "forms.h"

#include <stdlib.h>

#include "base/file.h"

enum { FILE_MAX = 1 << 20 };

char *forms_write(const struct result *result, enum report_text_form form, int width)
{
    struct report_text_style style = {.form = form, .width = width};
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_text_write(result, &style, &text, &size, &fault), 0);
    assert_int_equal(strlen(text), size);
    assert_int_equal(text[size - 1], '\n');
    return text;
}

void forms_assert_width(const char *text, int width)
{
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        int columns = 0;
        for (size_t i = 0; i < length; i++)
            columns += (line[i] & 0xc0) != 0x80;
        bool exempt = strncmp(line, "parfor-1 ", 9) == 0 || !memchr(line, ' ', length);
        if (columns > width && !exempt)
            fail_msg("%d columns of %d: %.*s", columns, width, (int)length, line);
        assert_true(length == 0 || line[length - 1] != ' ');
    }
}

void forms_assert_text(const char *text, const char *name)
{
    char *path = text_format("%s/report/%s.txt", getenv("PARFOR_TEST_DATA"), name);
    const char *wish = getenv("PARFOR_GOLDEN");
    char *expected = NULL;
    struct fault fault;
    if (wish && strcmp(wish, "write") == 0)
        assert_int_equal(file_write(path, strlen(text), text, &fault), 0);
    else if (file_read(path, FILE_MAX, &expected) < 0 || strcmp(text, expected) != 0)
        fail_msg("not as in %s:\n>>>>\n%s<<<<", path, text);
    free(expected);
    free(path);
}

void forms_assert(
    const struct result *result, enum report_text_form form, int width, const char *name)
{
    char *text = forms_write(result, form, width);
    forms_assert_text(text, name);
    if (form == REPORT_TEXT_FULL)
        forms_assert_width(text, width);
    free(text);
}
