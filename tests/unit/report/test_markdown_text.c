// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/markdown_text.h"

typedef char *make_text(const char *text);

static void assert_made(make_text *make, const char *text, const char *expected)
{
    char *made = make(text);
    assert_string_equal(made, expected);
    free(made);
}

static void what_has_a_meaning_is_escaped(void **state)
{
    assert_made(markdown_escape, "1000! computed 3 times", "1000! computed 3 times");
    assert_made(markdown_escape, "a|b", "a|b");
    assert_made(markdown_cell, "a|b", "a\\|b");
    assert_made(markdown_cell, "a\\|b", "a\\\\\\|b");
    assert_made(markdown_escape, "<b>x</b><!-", "\\<b>x\\</b>\\<!-");
    assert_made(markdown_escape, "<- a < b <", "<- a < b <");
    assert_made(markdown_escape, "`x` *y* [z](w)", "\\`x\\` \\*y\\* \\[z](w)");
    assert_made(markdown_escape, "&lt; & &#1; a&", "\\&lt; & \\&#1; a&");
    assert_made(markdown_escape, "snake_case _x_ a__b", "snake_case \\_x\\_ a\\_\\_b");
    assert_made(markdown_escape, "~1.97 $x$", "\\~1.97 \\$x\\$");
    assert_made(markdown_escape, "", "");
    (void)state;
}

static void no_byte_leaves_its_line(void **state)
{
    assert_made(markdown_escape, "a\nb\r\nc\td", "a b  c d");
    assert_made(markdown_escape, "\x1b[31m\x01\x7f", "?\\[31m?\?");
    assert_made(markdown_escape, "\xff\xc3", "??");
    assert_made(markdown_escape, "µ…", "µ…");
    (void)state;
}

static void code_has_a_fence_that_is_longer(void **state)
{
    assert_made(markdown_code, "parfor run", "`parfor run`");
    assert_made(markdown_code, "a `b` c", "``a `b` c``");
    assert_made(markdown_code, "`a``b", "``` `a``b ```");
    assert_made(markdown_code, " a ", "`  a  `");
    assert_made(markdown_code, "a\nb", "`a b`");
    assert_made(markdown_code, "<b> | \\", "`<b> | \\`");
    (void)state;
}

static void code_in_a_cell_has_no_bare_pipe(void **state)
{
    assert_made(markdown_cell_code, "a | b", "`a \\| b`");
    assert_made(markdown_cell_code, "a", "`a`");
    assert_made(markdown_cell_code, "a \\| b", "a \\\\\\| b");
    (void)state;
}

/* What is printed of a text; caller frees. */
static char *print(void (*printer)(FILE *out, const char *text), const char *text)
{
    char *printed = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&printed, &size);
    assert_non_null(out);
    printer(out, text);
    fclose(out);
    return printed;
}

static void assert_printed(const char *text, const char *expected)
{
    char *printed = print(markdown_print, text);
    assert_string_equal(printed, expected);
    free(printed);
}

static void a_line_is_nothing_but_a_line(void **state)
{
    assert_printed("# x", "\\# x\n\n");
    assert_printed("- x", "\\- x\n\n");
    assert_printed("+ x", "\\+ x\n\n");
    assert_printed("> x", "\\> x\n\n");
    assert_printed("---", "\\---\n\n");
    assert_printed("===", "\\===\n\n");
    assert_printed("--- | :-:", "\\--- | :-:\n\n");
    assert_printed("-x", "-x\n\n");
    assert_printed("--x -", "--x -\n\n");
    assert_printed("-", "\\-\n\n");
    assert_printed("1. x", "1\\. x\n\n");
    assert_printed("12) x", "12\\) x\n\n");
    assert_printed("4.00 times", "4.00 times\n\n");
    assert_printed("    x", "x\n\n");
    assert_printed("7", "7\n\n");
    assert_printed("", "");
    assert_printed(" \n ", "");
    assert_printed("a\nb", "a\n\nb\n\n");
    (void)state;
}

/* Also where it begins a line only because the one before is full. */
static void wrapped_lines_are_no_items(void **state)
{
    char text[400] = "";
    for (int i = 0; i < 60; i++)
        strcat(text, i % 2 ? "- " : "7. ");
    char *printed = print(markdown_print, text);
    for (const char *line = printed; *line; line += strcspn(line, "\n") + 1) {
        assert_true(*line != '-');
        assert_true(strncmp(line, "7. ", 3) != 0);
    }
    free(printed);
    (void)state;
}

static void an_item_is_indented(void **state)
{
    char text[200] = "# ";
    for (int i = 0; i < 30; i++)
        strcat(text, "word ");
    char *printed = print(markdown_print_item, text);
    assert_int_equal(strncmp(printed, "- \\# word", 9), 0);
    assert_non_null(strstr(printed, "\n  word"));
    free(printed);
    printed = print(markdown_print_item, " ");
    assert_string_equal(printed, "");
    free(printed);
    (void)state;
}

static void print_heading(FILE *out, const char *text)
{
    markdown_print_heading(out, 2, text);
}

static void a_heading_is_one_line(void **state)
{
    char *printed = print(print_heading, "a\nb # ");
    assert_string_equal(printed, "## a b \\#\n\n");
    free(printed);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_a_meaning_is_escaped),
        cmocka_unit_test(no_byte_leaves_its_line),
        cmocka_unit_test(code_has_a_fence_that_is_longer),
        cmocka_unit_test(code_in_a_cell_has_no_bare_pipe),
        cmocka_unit_test(a_line_is_nothing_but_a_line),
        cmocka_unit_test(wrapped_lines_are_no_items),
        cmocka_unit_test(an_item_is_indented),
        cmocka_unit_test(a_heading_is_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
